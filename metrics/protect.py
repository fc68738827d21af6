"""Disclosure control of the cube: the pattern of each period, and the proof that it holds.

Each period is published by itself, and its pattern rests on that period alone, as it is and as it
was hidden before: a correction moves as little as can be. So periods that a reader adds up give
away no more than the periods themselves: the ranges of a sum of hidden cells are the sums of their
ranges. What shows a sum over periods must make it of shown values only.
"""

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import duckdb

from metrics.catalogue import indicators, of_dataset
from metrics.datasets import datasets, name_of
from metrics.datasets.dataset import Control, Public, Units
from metrics.disclosure.audit import Range, ranges
from metrics.disclosure.cells import Row, Table, favouring
from metrics.disclosure.marks import mark, renew
from metrics.disclosure.pattern import pattern
from metrics.disclosure.scope import offered, protected, why_shown
from metrics.indicator import WHOLE, Indicator
from settings import settings
from swedish.periods import holds, is_period
from warehouse import store


@dataclass(frozen=True)
class Proof:
    """The attack on a period: cells and rows that are shown and hidden, and each hidden range.

    `name` is what users call what is attacked.
    """

    name: str
    period: str
    cells: int
    hidden_cells: int
    rows: int
    hidden_rows: int
    ranges: tuple[Range, ...]

    @property
    def narrowest(self) -> Range | None:
        """The hidden small count that leaves fewest values open, None where there is none."""
        small = [found for found in self.ranges if found.cell.sensitive]
        return min(small, key=lambda found: found.values, default=None)

    @property
    def open_cells(self) -> tuple[Range, ...]:
        """The hidden cells that could be worked out: none, or the control has failed."""
        return tuple(found for found in self.ranges if not found.safe)


@dataclass(frozen=True)
class Whole:
    """What is shown whole for a period, as users call it, and why in words."""

    name: str
    period: str
    why: str


def protect(connection: duckdb.DuckDBPyConnection) -> None:
    """Hide what must be hidden of the cube, in the view `shown` beside it.

    A period whose facts and rules are as before keeps its pattern. The connection's unqualified
    names mean the version's tables, inside the writer's transaction, after `cube.build`.
    """
    _offer(connection)
    renew(connection, "", {"": _rules()})
    for dataset, control in _controls().items():
        _protect(connection, dataset, control)
        if control.beside is not None:
            control.beside.hide(connection)


def _controls() -> dict[str, Control]:
    """How each dataset is protected, of those that are not public."""
    return {
        dataset.key: dataset.control
        for dataset in datasets().values()
        if isinstance(dataset.control, Control)
    }


def current(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether a version hides by the rules that hold now: an older program may have written it."""
    found = connection.execute(
        "select fingerprint from disclosure_period where dataset = ''"
    ).fetchone()
    return found == (_rules(),)


def _rules() -> str:
    chosen = [_rules_of(dataset) for dataset in _controls()]
    return mark(settings().disclosure_threshold, chosen, _offers())


def _offer(connection: duckdb.DuckDBPyConnection) -> None:
    """Say which rows are published at all."""
    connection.execute("delete from disclosure_offer")
    connection.execute(
        """
        insert into disclosure_offer
        select o[1], o[2], o[3]::boolean, o[4]::boolean, o[5]::boolean
        from (select unnest($rows::varchar[][]) as o)
        """,
        {"rows": _offers()},
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


def _protect(connection: duckdb.DuckDBPyConnection, dataset: str, how: Control) -> None:
    chosen = _indicators(dataset)
    periods = _units(connection, dataset, how)
    threshold, rules = settings().disclosure_threshold, _rules_of(dataset)
    marks = {period: mark(threshold, rules, list(units)) for period, units in periods.items()}
    changed = renew(connection, dataset, marks)
    before = {period: _marked(connection, dataset, period) for period in changed}
    connection.execute(
        """
        delete from disclosure_hidden
        where dataset = $dataset and list_contains($periods, period)
        """,
        {"dataset": dataset, "periods": changed},
    )

    def chosen_for(period: str) -> tuple[Table, frozenset[int]]:
        made = how.table(periods[period], chosen, threshold)
        return made, pattern(favouring(made, _hidden_cells(made, before[period]))).hidden

    wanted = [period for period in changed if period in marks]
    # Most of the time goes to the solver, which lets other threads run.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for period, (made, hidden) in zip(wanted, pool.map(chosen_for, wanted), strict=True):
            _write(connection, dataset, period, made, hidden)


def _units(
    connection: duckdb.DuckDBPyConnection, dataset: str, how: Control
) -> Mapping[str, Units]:
    datasets()[dataset].gather(connection)
    return how.units(connection)


def _hidden_cells(made: Table, rows: Sequence[tuple[Any, ...]]) -> set[int]:
    """The published cells that nothing shows, by the marks that `_marked` gives."""
    marked = {(indicator, *location): whole for indicator, *location, whole in rows}
    shown: set[int | None] = set()
    for row in made.rows:
        shown.update(_shown_of(row, marked.get((row.indicator, *row.location))))
    return {number for number, cell in enumerate(made.cells) if cell.published} - shown


def _shown_of(row: Row, whole: bool | None) -> tuple[int | None, ...]:
    """The cells of a row that the view `shown` shows, by the row's mark; without one, both."""
    if whole:
        return ()
    return (row.numerator,) if whole is False else (row.numerator, row.denominator)


def _indicators(dataset: str) -> list[Indicator]:
    return [one for one in of_dataset(dataset) if protected(one)]


def _rules_of(dataset: str) -> list[tuple[object, ...]]:
    return [
        (
            *(one.key, one.calculation, one.numerator, one.denominator, one.threshold, one.levels),
            *(one.counts, one.share),
        )
        for one in _indicators(dataset)
    ]


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
        """
        insert into disclosure_hidden
        select $dataset, h[1], $period, h[2], h[3], h[4], h[5], h[6]::boolean
        from (select unnest($rows::varchar[][]) as h)
        """,
        {"dataset": dataset, "period": period, "rows": _hidden_rows(made, hidden)},
    )


def proofs(period: str) -> list[Proof]:
    """The attack on what is published for a period and the periods in it: every table of numbers.

    Empty where nothing is. It takes half a second a month: several linear programs for every hidden
    cell. What is attacked is the pattern that readers see, not one that is worked out anew.
    """
    found = []
    with store.reading() as connection:
        if connection is None:
            return []
        for dataset, how in _controls().items():
            for one, units in sorted(_units(connection, dataset, how).items()):
                if is_period(one) and holds(period, one):
                    made = how.table(units, _indicators(dataset), settings().disclosure_threshold)
                    marked = _marked(connection, dataset, one)
                    found.append(_proof(name_of(dataset), one, made, marked))
            if how.beside is None:
                continue
            for one, (made, hidden) in sorted(how.beside.cells(connection).items()):
                if is_period(one) and holds(period, one):
                    found.append(_proof_of_table(how.beside.name, one, made, hidden))
    return found


def whole(period: str) -> list[Whole]:
    """What nothing is hidden of, for a period and the periods in it: public datasets, and
    indicators that count nobody."""
    with store.reading() as connection:
        if connection is None:
            return []
        found = [
            (dataset.name, at, dataset.control.why)
            for dataset in datasets().values()
            if isinstance(dataset.control, Public)
            for (at,) in connection.execute(
                "select distinct period from owner where dataset = $key", {"key": dataset.key}
            ).fetchall()
        ]
        found += [
            (one.name, at, why_shown(one))
            for one in indicators().values()
            if datasets()[one.dataset].alone and not protected(one)
            for (at,) in connection.execute(
                "select distinct period from shown where indicator = $key", {"key": one.key}
            ).fetchall()
        ]
    return [Whole(*one) for one in sorted(found) if is_period(one[1]) and holds(period, one[1])]


def _marked(
    connection: duckdb.DuckDBPyConnection, dataset: str, period: str
) -> Sequence[tuple[Any, ...]]:
    return connection.execute(
        """
        select indicator, level, place, "within", part, whole
        from disclosure_hidden
        where dataset = $dataset and period = $period
        """,
        {"dataset": dataset, "period": period},
    ).fetchall()


def _proof(name: str, period: str, made: Table, rows: Sequence[tuple[Any, ...]]) -> Proof:
    hidden = _hidden_cells(made, rows)
    return Proof(
        name=name,
        period=period,
        cells=sum(cell.published for cell in made.cells),
        hidden_cells=len(hidden),
        rows=len(made.rows),
        hidden_rows=sum(whole for *_, whole in rows),
        ranges=tuple(ranges(made, hidden)),
    )


def _proof_of_table(name: str, period: str, made: Table, hidden: frozenset[int]) -> Proof:
    cells = sum(cell.published for cell in made.cells)
    return Proof(
        name=name,
        period=period,
        cells=cells,
        hidden_cells=len(hidden),
        rows=cells,
        hidden_rows=len(hidden),
        ranges=tuple(ranges(made, hidden)),
    )
