"""Disclosure control of the cube: the pattern of each period.

Each period is published by itself, and its pattern rests on that period alone, as it is and as the
versions that are kept show it: a correction moves as little as can be. So periods that a reader
adds up give away no more than the periods themselves: the ranges of a sum of hidden cells are the
sums of their ranges. What shows a sum over periods must make it of shown values only.
"""

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import duckdb

from metrics.catalogue import indicators, of_dataset
from metrics.datasets import datasets
from metrics.datasets.dataset import Control, Units
from metrics.disclosure.cells import Row, Table, favouring
from metrics.disclosure.marks import mark, marks_of, renew
from metrics.disclosure.past import with_past
from metrics.disclosure.scope import offered, protected
from metrics.due import days
from metrics.indicator import WHOLE, Indicator
from settings import settings
from warehouse import given, loads, store


@dataclass(frozen=True)
class _Past:
    """A period as an older version shows it: its mark, its smallest parts, and its hidden rows."""

    mark: str
    units: Units
    rows: Sequence[tuple[Any, ...]]


def remember(connection: duckdb.DuckDBPyConnection, dataset: str) -> None:
    """Keep what `protect` is to know of the tables beside the cube, before their facts change."""
    how = controls().get(dataset)
    if how is not None and how.beside is not None:
        how.beside.remember(connection)


def protect(connection: duckdb.DuckDBPyConnection, changed: str | None = None) -> None:
    """Hide what must be hidden of the cube, in the view `shown` beside it.

    A period whose facts and rules are as before keeps its pattern. The connection's unqualified
    names mean the version's tables, inside the writer's transaction, after `cube.build`. Facts of
    the dataset `changed` are others: what older versions hide of it must stay so by all of them.
    """
    _offer(connection)
    renew(connection, "", {"": _rules()})
    for dataset, control in controls().items():
        _protect(connection, dataset, control, corrected=dataset == changed)
        if control.beside is not None:
            control.beside.hide(connection)


def controls() -> dict[str, Control]:
    """How each dataset is protected, of those that are not public."""
    return {
        dataset.key: dataset.control
        for dataset in datasets().values()
        if isinstance(dataset.control, Control)
    }


def current(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether a version counts and hides by the rules that hold now.

    An older program may have written it, or one with other settings.
    """
    row = connection.execute(
        "select fingerprint from disclosure_period where dataset = ''"
    ).fetchone()
    return row == (_rules(),)


def _rules() -> str:
    chosen = [_rules_of(dataset) for dataset in controls()]
    return mark(settings().disclosure_threshold, days(settings()), chosen, _offers())


def _offer(connection: duckdb.DuckDBPyConnection) -> None:
    """Say which rows are published at all."""
    connection.execute("delete from disclosure_offer")
    connection.execute(
        f"""
        insert into disclosure_offer
        select r[1], r[2], r[3]::boolean, r[4]::boolean, r[5]::boolean from {given.ROWS}
        """,
        {"rows": given.as_text(_offers())},
    )


def _offers() -> list[list[str]]:
    return [
        [one.key, level, str(wide), str(whole), str(one.calculation != "median")]
        for one in indicators().values()
        for level in one.levels
        for wide in (True, False)
        for whole in (True, False)
        if offered(one, (level, "", "lan" if wide else "", WHOLE if whole else ""))
    ]


def _protect(
    connection: duckdb.DuckDBPyConnection, dataset: str, how: Control, *, corrected: bool
) -> None:
    # It brings in numpy, which takes time that checking a file has no use for.
    from metrics.disclosure.pattern import pattern

    chosen = chosen_of(dataset)
    periods = units_of(connection, dataset, how)
    threshold, rules = settings().disclosure_threshold, _rules_of(dataset)
    marks = {period: mark(threshold, rules, list(units)) for period, units in periods.items()}
    changed = renew(connection, dataset, marks)
    before = {period: marked(connection, dataset, period) for period in changed}
    connection.execute(
        """
        delete from disclosure_hidden
        where dataset = $dataset and list_contains($periods, period)
        """,
        {"dataset": dataset, "periods": changed},
    )

    wanted = [period for period in changed if period in marks]
    # A correction of what tells no places is not seen in any sum.
    pasts = _pasts(connection, dataset, how, wanted) if corrected and how.told else {}

    def chosen_for(period: str) -> tuple[Table, frozenset[int]]:
        made = how.table(periods[period], chosen, threshold)
        older = pasts.get(period, ())
        for one in older:
            # Another pattern of the same facts would show what that one hides.
            if one.mark == marks[period]:
                return made, frozenset(hidden_cells(made, one.rows))
        hidden = pattern(favouring(made, hidden_cells(made, before[period]))).hidden
        if not older:
            return made, hidden
        every = replace(made, kept=hidden)
        for one in older:
            old = how.table(one.units, chosen, threshold)
            every = with_past(every, every.kept, old, hidden_cells(old, one.rows))
        return made, frozenset(cell for cell in pattern(every).hidden if cell < len(made.cells))

    # Most of the time goes to the solver, which lets other threads run.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for period, (made, hidden) in zip(wanted, pool.map(chosen_for, wanted), strict=True):
            _write(connection, dataset, period, made, hidden)


def _pasts(
    connection: duckdb.DuckDBPyConnection, dataset: str, how: Control, periods: Sequence[str]
) -> Mapping[str, Sequence[_Past]]:
    """What the versions that are kept show of the periods, newest first, each state of one once.

    Demo data that real data has taken the place of is no older version of it.
    """
    pasts: dict[str, list[_Past]] = {period: [] for period in periods}
    for number in filter(store.readable, reversed(store.versions())):
        with store.reading(number) as kept:
            if kept is None or loads.has_demo(kept) != loads.has_demo(connection):
                continue
            new = {
                period: told
                for period, told in marks_of(kept, dataset).items()
                if period in pasts and told not in {one.mark for one in pasts[period]}
            }
            units = units_of(kept, dataset, how) if new else {}
            for period, told in new.items():
                rows = marked(kept, dataset, period)
                pasts[period].append(_Past(told, units[period], rows))
    return pasts


def units_of(
    connection: duckdb.DuckDBPyConnection, dataset: str, how: Control
) -> Mapping[str, Units]:
    """The smallest parts of a dataset that are in force, by period."""
    if not datasets()[dataset].has_facts(connection):
        return {}
    datasets()[dataset].gather(connection)
    return how.units(connection)


def hidden_cells(made: Table, rows: Sequence[tuple[Any, ...]]) -> set[int]:
    """The published cells that nothing shows, by the marks that `marked` gives."""
    whole_of = {(indicator, *location): whole for indicator, *location, whole in rows}
    shown: set[int | None] = set()
    for row in made.rows:
        shown.update(_shown_of(row, whole_of.get((row.indicator, *row.location))))
    return {number for number, cell in enumerate(made.cells) if cell.published} - shown


def _shown_of(row: Row, whole: bool | None) -> tuple[int | None, ...]:
    """The cells of a row that the view `shown` shows, by the row's mark; without one, both."""
    if whole:
        return ()
    return (row.numerator,) if whole is False else (row.numerator, row.denominator)


def chosen_of(dataset: str) -> list[Indicator]:
    """The indicators of a dataset that are protected."""
    return [one for one in of_dataset(dataset) if protected(one)]


def _rules_of(dataset: str) -> list[object]:
    indicators_of = [
        (
            *(one.key, one.calculation, one.numerator, one.denominator, one.threshold, one.levels),
            *(one.counts, one.share),
        )
        for one in chosen_of(dataset)
    ]
    return [*indicators_of, *controls()[dataset].declared]


def _hidden_rows(made: Table, hidden: frozenset[int]) -> list[list[str]]:
    """Indicator, level, place, within, care form, and whether all of the row is hidden."""
    rows = []
    for row in made.rows:
        whole = row.is_covered(hidden)
        if whole or row.denominator in hidden:
            rows.append([row.indicator, *row.location, str(whole)])
    return rows


def _write(
    connection: duckdb.DuckDBPyConnection,
    dataset: str,
    period: str,
    made: Table,
    hidden: frozenset[int],
) -> None:
    connection.execute(
        f"""
        insert into disclosure_hidden
        select $dataset, r[1], $period, r[2], r[3], r[4], r[5], r[6]::boolean from {given.ROWS}
        """,
        {"dataset": dataset, "period": period, "rows": given.as_text(_hidden_rows(made, hidden))},
    )


def marked(
    connection: duckdb.DuckDBPyConnection, dataset: str, period: str
) -> Sequence[tuple[Any, ...]]:
    """The rows of a period that are hidden: indicator, location, and whether all of the row is."""
    return connection.execute(
        """
        select indicator, level, place, "within", part, whole
        from disclosure_hidden
        where dataset = $dataset and period = $period
        """,
        {"dataset": dataset, "period": period},
    ).fetchall()
