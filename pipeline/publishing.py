"""Publishing and withdrawing: write, compute the cube, hide, and tell what became of it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import duckdb

from access.checks import require
from access.rights import Act
from loaders.answering.profiles import save_not_persons
from loaders.delivery import Delivery
from machine import scratch
from metrics import cube, protect
from metrics.changes import comparison, corrections, late
from metrics.datasets import datasets
from metrics.spc import readings
from pipeline.agreed import CLAIMED, SPOKEN, agreed, require_reason
from pipeline.checking import Progress
from pipeline.originals import areas_in, require_for
from swedish.refusals import why
from warehouse import archive, loads, store
from warehouse.journal import audit, purged, reports_made
from warehouse.journal.agreements import reopen
from warehouse.journal.reports_made import ReportMade


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


def publish(
    file: Delivery,
    *,
    force: bool = False,
    demo: bool = False,
    reason: str = "",
    progress: Progress | None = None,
) -> Loaded:
    """Publish a checked file; `force` lets it replace finer data.

    `reason` says why, where it changes what somebody has agreed to; else it raises NeedsReason.

    Raises store.Busy, store.Unwritable and checks.Refused; then nothing has changed. The file must
    be `ok`.
    """
    if not file.ok or file.book is None or file.export is None:
        raise ValueError("a file with errors cannot be published")
    if not demo:
        require(Act.PUBLISH, dataset=file.export.dataset, areas=areas_in(file))
        # Before the work, and once more when the others in line have done theirs.
        require_reason(agreed(file.connection, file.export.dataset, SPOKEN), reason)
    tell = progress or (lambda _: None)
    done = Loaded(load_id=None, version=None)
    tell("Väntar på datalagret")
    with store.writing(
        file.connection, command=f"load {file.name}", reason=reason, demo=demo, tell=tell
    ) as version:
        # What was deleted for good is not kept again.
        if not file.cases and file.book.sha256 not in purged.gone():
            archive.keep(file.book.path, file.book.sha256)
        done = replace(added(file, force=force, demo=demo, tell=tell), version=version)
        if not demo:
            opened = agreed(file.connection, file.export.dataset, SPOKEN)
            require_reason(opened, reason)
            reopen(opened, reason=reason)
            # The last thing that can fail: what is not in the audit is not published either.
            about = f"inläsning {done.load_id}, {file.name}, SHA-256 {file.book.sha256}"
            audit.record(audit.EventKind.PUBLICATION, about)
            _remember_not_persons(file, done)
    return done if done.version else replace(done, version=store.standing().number)


def _remember_not_persons(file: Delivery, done: Loaded) -> None:
    """Keep for files to come which numbers are no persons, and write in the audit who said so."""
    if not file.not_persons:
        return
    for numbers in file.not_persons:
        audit.record(audit.EventKind.NOT_PERSONS, f"{numbers}, inläsning {done.load_id}")
    try:
        save_not_persons(file.not_persons)
    except OSError as error:
        raise store.Unwritable(f"Profilen gick inte att spara: {why(error)}.") from error


def added(file: Delivery, *, force: bool, demo: bool, tell: Progress) -> Loaded:
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
    protect.remember(connection, dataset.key)
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
    compute(connection, dataset.key)
    return replace(_done(connection, load_id, withheld=withheld), kept_finer=0 if force else finer)


def withdrawn(connection: duckdb.DuckDBPyConnection, load_id: int, *, reason: str) -> Loaded:
    """Withdraw a load from the version that the connection is changing, and compute the cube.

    Raises KeyError where there is no such load in force.
    """
    load = next((one for one in loads.history(connection) if one.load_id == load_id), None)
    if load is None:
        raise KeyError(load_id)
    dataset = datasets().get(load.dataset)
    protect.remember(connection, load.dataset)
    if dataset is not None:
        late.remember(connection, dataset)
    if not loads.withdraw(connection, load_id, reason=reason):
        raise KeyError(load_id)
    comparison.remember(connection)
    withheld = late.withhold(connection, dataset) if dataset is not None else ()
    compute(connection, load.dataset)
    return _done(connection, load_id, withheld=withheld)


def _done(
    connection: duckdb.DuckDBPyConnection, load_id: int, *, withheld: late.Withheld
) -> Loaded:
    return Loaded(
        load_id=load_id,
        version=None,
        changes=comparison.changes(connection),
        reports=corrections.corrected(connection, reports_made.made()),
        withheld=withheld,
    )


def compute(connection: duckdb.DuckDBPyConnection, changed: str | None = None) -> None:
    """Make the cube anew, and what readers see of it; `changed` is as in `protect.protect`."""
    cube.build(connection)
    protect.protect(connection, changed)
    readings.fill(connection)


def withdraw(load_id: int, *, reason: str, tell: Progress = lambda _: None) -> Loaded:
    """Withdraw a load, so that what it had covered counts again.

    Raises KeyError where there is no such load in force, store.Busy, store.Unwritable and
    checks.Refused.
    """
    if store.version() is None:
        raise KeyError(load_id)
    load = require_for(Act.WITHDRAW, load_id)
    done = Loaded(load_id=load_id, version=None)
    with (
        working() as connection,
        store.writing(
            connection, command=f"withdraw {load_id}", reason=reason, tell=tell
        ) as version,
    ):
        done = replace(withdrawn(connection, load_id, reason=reason), version=version)
        reopen(agreed(connection, load.dataset, CLAIMED, load_id=load_id), reason=reason)
        audit.record(audit.EventKind.WITHDRAWAL, f"inläsning {load_id}: {reason}")
    return done


def refresh(tell: Progress = lambda _: None) -> None:
    """Make anew what readers see where it was counted or hidden by other rules than those of now.

    Raises store.Busy and store.Unwritable.
    """
    with store.reading() as connection:
        if connection is None or protect.current(connection):
            return
    tell("Reglerna för vad som visas har ändrats. Räknar om …")
    with working() as connection, store.writing(connection, command="refresh"):
        compute(connection)


@contextmanager
def working() -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection of its own, which spills where nothing stays."""
    with (
        scratch.folder() as folder,
        duckdb.connect(config={"temp_directory": str(folder)}) as connection,
    ):
        yield connection
