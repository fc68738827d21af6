"""Going back: to a version that is kept, or to what a backup holds; always as a new version."""

from dataclasses import dataclass
from pathlib import Path

from access.checks import require
from access.rights import Act
from machine import scratch
from metrics import protect
from metrics.changes import comparison
from pipeline.checking import Progress
from pipeline.publishing import compute, working
from swedish.refusals import why
from warehouse import loads, store
from warehouse.journal import audit
from warehouse.keeping import backup


@dataclass(frozen=True)
class Restored:
    """What going back made: the new version, what differs from before, and what else came back."""

    version: int
    changes: tuple[comparison.Change, ...] = ()
    brought: tuple[str, ...] = ()


def undo(number: int, *, reason: str, tell: Progress = lambda _: None) -> Restored:
    """Let what a kept version holds be in force again, as a new version.

    Raises KeyError where it is not kept or cannot be read, store.Busy, store.Unwritable and
    checks.Refused.
    """
    require(Act.KEEP)
    if not store.readable(number):
        raise KeyError(number)
    return _from(store.path_of(number), command=f"undo {number}", reason=reason, tell=tell)


def restore(
    source: Path, *, number: int | None = None, reason: str, tell: Progress = lambda _: None
) -> Restored:
    """Let what a backup holds be in force, as a new version; `number` is another of its versions.

    Originals, settings and journal come back where they are missing; what is there stays. Raises
    backup.Unusable, KeyError where it has no such version, store.Busy, store.Unwritable and
    checks.Refused.
    """
    require(Act.KEEP)
    held = backup.contents(source)
    chosen = held.version if number is None else number
    if chosen not in held.versions:
        raise KeyError(chosen)
    try:
        with scratch.folder() as folder:
            tell("Packar upp")
            backup.unpack(source, folder)
            brought = backup.bring_back(folder, held)
            done = _from(
                folder / backup.VERSIONS / f"{chosen:06d}.duckdb",
                command=f"restore {source.name}",
                reason=reason,
                tell=tell,
            )
    except (OSError, store.Unwritable) as error:
        refused = error if isinstance(error, OSError) else error.__cause__
        if refused is None:
            raise
        # What was missing may have been put back by now: nothing has changed in what is shown.
        raise store.Unwritable(
            f"Det gick inte att skriva ({why(refused)}). De uppgifter som gällde gäller "
            "fortfarande. Frigör utrymme och kör kommandot igen."
        ) from error
    return Restored(done.version, done.changes, tuple(brought))


def _from(file: Path, *, command: str, reason: str, tell: Progress) -> Restored:
    changes: tuple[comparison.Change, ...] = ()
    # Two loads with one number would be told apart by nobody who has seen the first.
    highest = max(map(_highest, store.versions()), default=0)
    with working() as connection:
        current = _readable()
        if current is not None:
            with store.looking(connection, current):
                comparison.remember(connection)
        with store.writing(
            connection, command=command, reason=reason, start=file, tell=tell
        ) as version:
            loads.reserve(connection, highest)
            if not protect.current(connection):
                tell("Räknar indikatorerna")
                compute(connection)
            if current is not None:
                changes = comparison.changes(connection)
            # What is not in the audit is not in force either.
            audit.record(audit.EventKind.GOING_BACK, f"version {version}, {command}: {reason}")
    return Restored(version, changes)


def _readable() -> int | None:
    """The version that is shown now, None where none can be."""
    try:
        return store.standing().number
    except store.WarehouseError:
        return None


def _highest(number: int) -> int:
    if not store.readable(number):
        return 0
    with store.reading(number) as connection:
        return loads.highest(connection) if connection else 0
