"""The pull: what is new at the sources is checked, and published or left waiting in the inbox."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

import pipeline
from access.checks import Refused
from loaders.delivery import Delivery
from machine import durable
from metrics.changes import corrections
from metrics.loaded import loads
from settings import inbox_dir
from sources import measures
from sources.declaration import Source, SourceError, sources
from sources.fetching import Fetched, fetched
from swedish import typography
from swedish.refusals import why
from warehouse.journal import arrivals
from warehouse.journal.arrivals import Arrival, ArrivalState
from warehouse.store import Unwritable, WarehouseError

_KNOWN = "Samma fil gäller redan."


@dataclass(frozen=True)
class Answered:
    """What came of asking a source: the files that were new, and what was wrong, in Swedish."""

    source: str
    files: tuple[Arrival, ...]
    trouble: str = ""


def pull(*, tell: Callable[[str], None] = lambda _: None) -> tuple[Answered, ...]:
    """Ask every declared source; one that does not answer keeps none of the others waiting.

    Raises SettingsError where the declaration cannot be used, store.Busy and store.Unwritable; a
    file that then was not kept comes with the next pull.
    """
    settle()
    return tuple(_ask(source, tell) for source in sources() if _due(source))


def waiting() -> tuple[Arrival, ...]:
    """The files in the inbox that nobody has decided of, newest first."""
    return tuple(
        arrival
        for arrival in arrivals.latest()
        if arrival.state is ArrivalState.WAITING and inboxed(arrival).is_file()
    )


def settle() -> None:
    """Take out of the inbox what has been published in the meantime."""
    in_force = {load.sha256: load.load_id for load in loads() if not load.withdrawn_at}
    for arrival in waiting():
        if arrival.sha256 in in_force:
            told = f"Inläsning {in_force[arrival.sha256]}."
            decided(arrival, ArrivalState.PUBLISHED, told=told)


def inboxed(arrival: Arrival) -> Path:
    """Where a waiting file lies, under its fingerprint."""
    return inbox_dir() / arrival.sha256


def decided(arrival: Arrival, state: ArrivalState, *, told: str) -> None:
    """Keep what was decided of a waiting file, and take it out of the inbox."""
    arrivals.keep(replace(arrival, state=state, told=told))
    inboxed(arrival).unlink(missing_ok=True)


def _due(source: Source) -> bool:
    """Whether to ask it now: one that did not answer is asked again, whenever it was."""
    last = arrivals.answers().get(source.name) if source.rests_days else None
    rested = timedelta(days=source.rests_days)
    return last is None or bool(last.trouble) or datetime.now() - last.at >= rested


def _ask(source: Source, tell: Callable[[str], None]) -> Answered:
    came: list[Arrival] = []
    trouble = ""
    tell(source.name)
    try:
        for file in fetched(source, known=arrivals.seen(source.name)):
            arrival = _received(source, file)
            if arrival is not None:
                came.append(arrival)
    except SourceError as error:
        trouble = str(error)
    with _noting(*came):
        arrivals.answered(source.name, trouble=trouble)
    return Answered(source.name, tuple(came), trouble)


def _received(source: Source, file: Fetched) -> Arrival | None:
    """What came of one file; None where the same has come before."""
    arrival = Arrival(
        source=source.name,
        name=file.name,
        stamp=file.stamp,
        sha256=file.sha256,
        bytes=file.size,
        state=ArrivalState.FAULTY,
        told=file.refused,
    )
    before = _before(arrival)
    if before is not None:
        if file.stamp:
            arrivals.keep(replace(arrival, state=before.state, told=before.told))
        return None
    if file.refused:
        arrivals.keep(arrival)
        return arrival
    if any(load.sha256 == file.sha256 and not load.withdrawn_at for load in loads()):
        arrival = replace(arrival, state=ArrivalState.KNOWN, told=_KNOWN)
        arrivals.keep(arrival)
        return arrival
    try:
        if source.api == "kolada":
            measures.declare(source, file.path)
        with pipeline.checked(file.path, name=file.name) as delivery:
            state, told = _decide(source, delivery)
    except (duckdb.Error, MemoryError):
        state, told = ArrivalState.FAULTY, "Filen är för stor för datorns minne."
    if state is ArrivalState.WAITING:
        _keep(file)
    arrival = replace(arrival, state=state, told=told)
    with _noting(arrival):
        arrivals.keep(arrival)
    return arrival


@contextmanager
def _noting(*came: Arrival) -> Iterator[None]:
    """Say what of it is published, where no note is taken of it: that something has changed."""
    try:
        yield
    except WarehouseError as error:
        published = [one for one in came if one.state is ArrivalState.PUBLISHED]
        if not published:
            raise
        told = " ".join(f"{one.name} är publicerad: {one.told}" for one in published)
        raise Unwritable(
            f"{told} Allt om hämtningen gick inte att anteckna ({why(error.__cause__ or error)}); "
            "nästa hämtning ser vad som redan gäller."
        ) from error


def _before(arrival: Arrival) -> Arrival | None:
    """The same file, come before; of one that was refused, the same refusal."""
    return next(
        (
            known
            for known in arrivals.latest()
            if known.sha256 == arrival.sha256
            and (
                known.sha256
                or (known.source, known.name, known.told)
                == (arrival.source, arrival.name, arrival.told)
            )
        ),
        None,
    )


def _decide(source: Source, file: Delivery) -> tuple[ArrivalState, str]:
    if not file.ok:
        errors = [problem for problem in file.problems if problem.severity == "error"]
        number = typography.plural(len(errors), "fel", "fel")
        return ArrivalState.FAULTY, f"{number}. {errors[0].message}"
    if file.warnings:
        number = typography.plural(len(file.warnings), "varning", "varningar")
        return ArrivalState.WAITING, f"{number}. {file.warnings[0].message}"
    if source.publish == "nothing":
        return ArrivalState.WAITING, "Inga fel och inga varningar."
    try:
        done = pipeline.publish(file)
    except (Refused, pipeline.NeedsReason) as error:
        return ArrivalState.WAITING, str(error)
    if done.load_id is None:
        return ArrivalState.KNOWN, _KNOWN
    told = f"Inläsning {done.load_id}. {corrections.sentence(done.reports)}"
    return ArrivalState.PUBLISHED, told.strip()


def _keep(file: Fetched) -> None:
    """Put the file in the inbox, readable by this user alone: it may speak of single persons."""
    folder = inbox_dir()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    durable.copy(file.path, folder / file.sha256)
