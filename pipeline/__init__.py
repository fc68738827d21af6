"""The whole chain for one file: check, compare with what is in force, write, compute the cube."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import duckdb

import reference
from loaders import exports as declared
from loaders.answering.profiles import extended
from loaders.declaration import Export, Reported
from loaders.delivery import Delivery, delivery
from loaders.exports import indikatorer
from loaders.problems import Problem
from loaders.questions import NO_ANSWERS, Answers
from machine import scratch
from metrics import cube, protect
from metrics.catalogue import Indicator, of_dataset
from metrics.changes import comparison, corrections, jumps, late
from metrics.datasets import datasets
from metrics.spc import readings
from pipeline.plausibility import against_current, of_inhabitants
from settings import SHIPPED, settings
from warehouse import archive, loads, store
from warehouse.journal import reports_made
from warehouse.journal.reports_made import ReportMade

Progress = Callable[[str], None]
NO_ROOM: tuple[type[BaseException], ...] = (duckdb.Error, MemoryError)
"""What checking a file raises where the machine cannot hold it."""


@dataclass(frozen=True)
class Loaded:
    """What loading or withdrawing did.

    `load_id` is None where the same file was in force already: then nothing has changed.
    `kept_finer` is how many months and municipalities finer loads still hold, and `reports` are
    those made before that hold a number that changed. `withheld` are the periods and municipalities
    whose small counts are added to no sum, since what the sums were before would tell them.
    """

    load_id: int | None
    version: int | None
    kept_finer: int = 0
    changes: tuple[comparison.Change, ...] = ()
    reports: tuple[ReportMade, ...] = ()
    withheld: late.Withheld = ()


@dataclass(frozen=True)
class Preview:
    """What loading or withdrawing would do. `known` files are in force already and do nothing.

    `withheld` is as in `Loaded`.
    """

    known: bool
    kept_finer: int
    changes: tuple[comparison.Change, ...]
    largest: tuple[comparison.ValueChange, ...]
    unusual: tuple[jumps.Jump, ...] = ()
    reports: tuple[ReportMade, ...] = ()
    periods: tuple[comparison.PeriodChange, ...] = ()
    withheld: late.Withheld = ()


def exports() -> tuple[Export, ...]:
    """The declared exports; the general one knows the catalogue's delivered indicators by name.

    Raises SettingsError where the users' own indicators cannot be read.
    """
    return _exports(declared.exports(), tuple(of_dataset(indikatorer.EXPORT.dataset)))


@lru_cache(maxsize=4)
def _exports(of: tuple[Export, ...], delivered: tuple[Indicator, ...]) -> tuple[Export, ...]:
    names = {
        reference.normalise(name): chosen.key
        for chosen in delivered
        for name in (chosen.name, chosen.short, chosen.key)
    }
    known = {
        chosen.key: Reported(
            name=chosen.short,
            grain=chosen.grain,
            levels=chosen.levels,
            calculation=chosen.calculation,
            share=chosen.share,
        )
        for chosen in delivered
    }
    knowing = indikatorer.knowing(names, known)
    return tuple(knowing if export.key == knowing.key else export for export in of)


@contextmanager
def checked(
    path: Path,
    *,
    name: str | None = None,
    covers: Sequence[str] = (),
    answers: Answers = NO_ANSWERS,
    progress: Progress = lambda _: None,
) -> Iterator[Delivery]:
    """A file read and checked, also against what is in force.

    `covers` are the keys of the areas that a file about whole areas is of, where the user says so;
    `answers` is what else the user has said of it.
    """
    with delivery(
        path,
        limits=settings(),
        name=name,
        declared=extended(exports()),
        covers=covers,
        answers=answers,
        progress=progress,
    ) as file:
        if file.ok and file.export is not None:
            dataset = datasets().get(file.export.dataset)
            if dataset is None or dataset.control is None:
                file = replace(file, problems=(*file.problems, _unprotected(file.export)))
            elif store.version() is not None:
                with store.looking(file.connection):
                    found = against_current(file.connection, dataset, cases=file.cases)
                file = replace(file, problems=(*file.problems, *found))
        counted = {c.counts for c in file.export.measures} if file.export else set()
        if file.ok and counted == {"inhabitants"}:
            found = of_inhabitants(file.connection, answers)
            file = replace(file, problems=(*file.problems, *found))
        yield file


def _unprotected(export: Export) -> Problem:
    """Nobody has said how few persons are hidden: that is not to be taken for none to hide."""
    return Problem(
        code="no-disclosure-control",
        message=f"{export.title}: ingen har angett hur få personer ska döljas, så ingenting av "
        "filen publiceras.",
    )


def publish(
    file: Delivery, *, force: bool = False, demo: bool = False, progress: Progress | None = None
) -> Loaded:
    """Publish a checked file; `force` lets it replace finer data.

    Raises store.Busy and store.Unwritable; then nothing has changed. The file must be `ok`.
    """
    if not file.ok or file.book is None or file.export is None:
        raise ValueError("a file with errors cannot be published")
    tell = progress or (lambda _: None)
    done = Loaded(load_id=None, version=None)
    tell("Väntar på datalagret")
    with store.writing(
        file.connection, command=f"load {file.name}", demo=demo, tell=tell
    ) as version:
        if not file.cases:
            archive.keep(file.book.path, file.book.sha256)
        done = replace(_add(file, force=force, demo=demo, tell=tell), version=version)
    return done if done.version else replace(done, version=store.standing().number)


def preview(file: Delivery, *, force: bool = False) -> Preview:
    """What publishing a checked file would change; nothing is changed.

    Raises store.Unwritable where there is no room to try it. The file must be `ok`.
    """
    done = Loaded(load_id=None, version=None)
    largest: tuple[comparison.ValueChange, ...] = ()
    unusual: tuple[jumps.Jump, ...] = ()
    periods: tuple[comparison.PeriodChange, ...] = ()
    with store.trying(file.connection):
        done = _add(file, force=force, demo=False, tell=lambda _: None)
        largest = comparison.largest(file.connection)
        unusual = jumps.jumps(file.connection)
        periods = comparison.by_period(file.connection)
    return Preview(
        known=done.load_id is None,
        kept_finer=done.kept_finer,
        changes=done.changes,
        largest=largest,
        unusual=unusual,
        reports=done.reports,
        periods=periods,
        withheld=done.withheld,
    )


def _add(file: Delivery, *, force: bool, demo: bool, tell: Progress) -> Loaded:
    """Add the file to the version that its connection is changing, and compute the cube."""
    connection = file.connection
    if file.book is None or file.export is None:
        raise ValueError("a file with errors cannot be published")
    if not demo:
        tables = [name for one in datasets().values() for name in one.tables]
        loads.remove_demo(connection, tables=dict.fromkeys(tables))
    if loads.in_force(connection, file.book.sha256) is not None:
        raise store.Unchanged
    tell("Skriver")
    comparison.remember(connection)
    dataset = datasets()[file.export.dataset]
    late.remember(connection, dataset)
    dataset.make_spoken(connection, cases=file.cases)
    finer = loads.held_finer(connection, dataset=dataset.key)
    load_id = loads.add(
        connection,
        loads.NewLoad(
            dataset=dataset.key,
            export=file.export.key,
            file=file.name,
            sha256=file.book.sha256,
            bytes=file.book.size,
            rows=file.rows,
            forced=force and finer > 0,
            demo=demo,
            archived=not file.cases,
            receipt=json.dumps(file.receipt.as_dict(), ensure_ascii=False)
            if file.receipt
            else None,
        ),
    )
    dataset.write(connection, load_id, cases=file.cases)
    withheld = late.withhold(connection, dataset)
    tell("Räknar indikatorerna")
    compute(connection)
    return Loaded(
        load_id=load_id,
        version=None,
        kept_finer=0 if force else finer,
        changes=comparison.changes(connection),
        reports=corrections.corrected(connection, reports_made.made()),
        withheld=withheld,
    )


def compute(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the cube anew, and what readers see of it."""
    cube.build(connection)
    protect.protect(connection)
    readings.fill(connection)


def withdraw(load_id: int, *, reason: str, tell: Progress = lambda _: None) -> Loaded:
    """Withdraw a load, so that what it had covered counts again.

    Raises KeyError where there is no such load in force, store.Busy and store.Unwritable.
    """
    if store.version() is None:
        raise KeyError(load_id)
    done = Loaded(load_id=load_id, version=None)
    with (
        working() as connection,
        store.writing(
            connection, command=f"withdraw {load_id}", reason=reason, tell=tell
        ) as version,
    ):
        withheld = _withdraw(connection, load_id, reason=reason)
        done = Loaded(
            load_id=load_id,
            version=version,
            changes=comparison.changes(connection),
            reports=corrections.corrected(connection, reports_made.made()),
            withheld=withheld,
        )
    return done


def _withdraw(connection: duckdb.DuckDBPyConnection, load_id: int, *, reason: str) -> late.Withheld:
    """Withdraw a load and compute the cube; gives what is withheld then. Raises KeyError."""
    found = next((one for one in loads.history(connection) if one.load_id == load_id), None)
    if found is None:
        raise KeyError(load_id)
    dataset = datasets().get(found.dataset)
    if dataset is not None:
        late.remember(connection, dataset)
    if not loads.withdraw(connection, load_id, reason=reason):
        raise KeyError(load_id)
    comparison.remember(connection)
    withheld = late.withhold(connection, dataset) if dataset is not None else ()
    compute(connection)
    return withheld


def preview_withdrawal(load_id: int) -> Preview:
    """What withdrawing a load would change; nothing is changed. Raises KeyError as `withdraw`."""
    changes: tuple[comparison.Change, ...] = ()
    largest: tuple[comparison.ValueChange, ...] = ()
    reports: tuple[ReportMade, ...] = ()
    periods: tuple[comparison.PeriodChange, ...] = ()
    withheld: late.Withheld = ()
    with working() as connection, store.trying(connection):
        withheld = _withdraw(connection, load_id, reason="")
        changes = comparison.changes(connection)
        largest = comparison.largest(connection)
        reports = corrections.corrected(connection, reports_made.made())
        periods = comparison.by_period(connection)
    return Preview(
        known=False,
        kept_finer=0,
        changes=changes,
        largest=largest,
        reports=reports,
        periods=periods,
        withheld=withheld,
    )


def between(old: int, new: int) -> Preview:
    """What the version `new` has otherwise than `old`. Raises KeyError for one not kept."""
    for number in (old, new):
        if number not in store.versions():
            raise KeyError(number)
    with working() as connection:
        with store.looking(connection, old):
            comparison.remember(connection)
        with store.looking(connection, new):
            return Preview(
                known=False,
                kept_finer=0,
                changes=comparison.changes(connection),
                largest=comparison.largest(connection),
                periods=comparison.by_period(connection),
            )


def refresh(tell: Progress = lambda _: None) -> None:
    """Make anew what readers see where other rules than those of now chose what to hide.

    Raises store.Busy and store.Unwritable.
    """
    with store.reading() as connection:
        if connection is None or protect.current(connection):
            return
    tell("Reglerna för vad som visas har ändrats. Räknar om …")
    with working() as connection, store.writing(connection, command="refresh"):
        compute(connection)


def load_demo() -> Sequence[Loaded]:
    """Load the shipped demo exports through the same loaders.

    Raises ValueError where the data folder holds anything: what is real is never mixed with it.
    """
    if not store.holds_nothing():
        raise ValueError("demo data goes only into a folder that holds nothing")
    done = []
    for path in sorted((SHIPPED / "demo").glob("*.csv")):
        with checked(path) as file:
            done.append(publish(file, demo=True))
    return done


def span(file: Delivery) -> tuple[str | None, str | None, int]:
    """First and last period, and how many municipalities the file speaks of."""
    if not file.ok or file.export is None:
        return None, None, 0
    datasets()[file.export.dataset].make_spoken(file.connection, cases=file.cases)
    homes = [home.code for home in reference.municipalities()]
    found = file.connection.execute(
        """
        select
            min(period), max(period),
            count(distinct subject) filter (where list_contains($homes, subject))
        from spoken
        """,
        {"homes": homes},
    ).fetchone()
    return (found[0], found[1], int(found[2])) if found else (None, None, 0)


@contextmanager
def working() -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection of its own, which spills where nothing stays."""
    with (
        scratch.folder() as folder,
        duckdb.connect(config={"temp_directory": str(folder)}) as connection,
    ):
        yield connection
