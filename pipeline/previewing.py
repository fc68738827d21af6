"""What loading, withdrawing or another version would change, before anything does."""

from dataclasses import dataclass, replace

import duckdb

from loaders.delivery import Delivery
from metrics.catalogue import of_dataset
from metrics.changes import comparison, corrections, jumps, late
from metrics.changes.headline import Headline, headline
from pipeline.agreed import SPOKEN, agreed, said
from pipeline.checking import span
from pipeline.publishing import Loaded, added, withdrawn, working
from warehouse import store
from warehouse.journal.reports_made import ReportMade


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What loading or withdrawing would do. `known` files are in force already and do nothing.

    `kept_finer`, `reports` and `withheld` are as in `Loaded`; `opens` says what has been agreed to
    that it would change; `newest` is what would be in force of the file's last period;
    `left_out` that there is something that is not told, since it is not established.
    """

    known: bool = False
    kept_finer: int = 0
    changes: tuple[comparison.Change, ...] = ()
    largest: tuple[comparison.ValueChange, ...] = ()
    unusual: tuple[jumps.Jump, ...] = ()
    reports: tuple[ReportMade, ...] = ()
    periods: tuple[comparison.PeriodChange, ...] = ()
    withheld: late.Withheld = ()
    opens: str = ""
    newest: Headline | None = None
    left_out: bool = False


def preview(file: Delivery, *, force: bool = False) -> Preview:
    """What publishing a checked file would change; nothing is changed.

    Raises store.Unwritable where there is no room to try it. The file must be `ok`.
    """
    made = Preview(known=True)
    _, last, _ = span(file)
    with store.trying(file.connection):
        done = added(file, force=force, demo=False, tell=lambda _: None)
        made = _of(file.connection, done, unusual=jumps.jumps(file.connection))
        if file.export is not None:
            opened = agreed(file.connection, file.export.dataset, SPOKEN)
            made = replace(made, opens=said(opened), newest=_newest(file, last))
    return made


def _newest(file: Delivery, last: str | None) -> Headline | None:
    if file.export is None or last is None:
        return None
    return headline(file.connection, of_dataset(file.export.dataset), period=last)


def preview_withdrawal(load_id: int) -> Preview:
    """What withdrawing a load would change; nothing is changed. Raises KeyError as `withdraw`."""
    made = Preview()
    with working() as connection, store.trying(connection):
        made = _of(connection, withdrawn(connection, load_id, reason=""))
    return made


def _of(
    connection: duckdb.DuckDBPyConnection, done: Loaded, *, unusual: tuple[jumps.Jump, ...] = ()
) -> Preview:
    return Preview(
        kept_finer=done.kept_finer,
        changes=done.changes,
        largest=comparison.largest(connection),
        unusual=unusual,
        reports=done.reports,
        periods=comparison.by_period(connection),
        withheld=done.withheld,
    )


def between(old: int, new: int, *, made: tuple[ReportMade, ...] = ()) -> Preview:
    """What the version `new` has otherwise than `old`, and which of the reports `made` hold it.

    Periods that either version does not show, since they are not established, are left out: what
    was loaded is previewed by those who load it, but versions are for everybody. Of a report it is
    told that a number has changed, and never which.
    Raises KeyError for a version that is not kept.
    """
    for number in (old, new):
        if number not in store.versions():
            raise KeyError(number)
    # Views bring in pandas, which takes longer than to check a small file.
    from views.agreed import visible

    hidden = visible.first_hidden_in((old, new))
    with working() as connection:
        with store.looking(connection, old):
            comparison.remember(connection)
        with store.looking(connection, new):
            return Preview(
                changes=comparison.changes(connection, until=hidden),
                largest=comparison.largest(connection, until=hidden),
                periods=comparison.by_period(connection, until=hidden),
                reports=corrections.corrected(connection, made),
                left_out=bool(hidden),
            )
