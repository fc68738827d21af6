"""The proof that what is hidden stays hidden: everything that readers see of a period is attacked.

A period's values of all indicators and crossings, and the tables beside them, are one problem. No
published number is over several periods, so the problem of many periods is that of each. What an
older version that is kept showed of a period that has changed is one problem with what is shown
now.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from metrics.catalogue import indicators
from metrics.datasets import datasets, name_of
from metrics.datasets.dataset import Beside, Connection, Laid, Public
from metrics.disclosure.audit import Range, ranges
from metrics.disclosure.cells import Table, united
from metrics.disclosure.past import with_past
from metrics.disclosure.scope import protected, why_shown
from metrics.indicator import WHOLE
from metrics.loaded import loads
from metrics.protect import chosen_of, controls, hidden_cells, marked, units_of
from settings import settings
from swedish.periods import holds, is_period
from warehouse import store


@dataclass(frozen=True)
class Proof:
    """The attack on a period: cells and rows that are shown and hidden, and each hidden range.

    `name` is what users call what is attacked; `beside` is the oldest version that it was attacked
    together with, None where it was by itself.
    """

    name: str
    period: str
    cells: int
    hidden_cells: int
    rows: int
    hidden_rows: int
    ranges: tuple[Range, ...]
    beside: int | None = None

    @property
    def narrowest(self) -> Range | None:
        """The hidden small count that leaves fewest values open, None where there is none."""
        small = [interval for interval in self.ranges if interval.cell.sensitive]
        return min(small, key=lambda interval: interval.values, default=None)

    @property
    def told(self) -> int:
        """How many small counts the days that are shown say by themselves."""
        return sum(interval.told and interval.cell.sensitive for interval in self.ranges)

    @property
    def open_cells(self) -> tuple[Range, ...]:
        """The hidden cells that could be worked out: none, or the control has failed."""
        return tuple(interval for interval in self.ranges if not interval.safe)


@dataclass(frozen=True)
class Whole:
    """What is shown whole for a period, as users call it, and why in words."""

    name: str
    period: str
    why: str


def proofs(period: str = "") -> list[Proof]:
    """The attack on what is published for a period and the periods in it; empty for all of them.

    It takes a second a month: several linear programs for every hidden cell. What is attacked is
    the pattern that readers see, not one that is worked out anew.
    """
    with store.reading() as connection:
        return [] if connection is None else list(_proofs(connection, period))


def proofs_beside(period: str = "") -> list[Proof]:
    """The attack on what is published now together with what an older version that is kept, and all
    after it, show of the periods that have changed since; only small counts are attacked.

    Demo data that real data has taken the place of is no older version of it.
    """
    now = store.version()
    if now is None:
        return []
    told = {key: (one.table, one) for key, one in _seen(now, period).items()}
    attacked = []
    for number in reversed(store.versions()):
        if number == now or _is_demo(number) != _is_demo(now):
            continue
        for key, old in _seen(number, period).items():
            every, newer = told.get(key, (None, old))
            if every is not None and newer != old:
                every = with_past(every, every.kept or newer.hidden, old.table, old.hidden)
                told[key] = every, old
                attacked.append(_together(*key, every, beside=number))
    return attacked


def whole(period: str = "") -> list[Whole]:
    """What nothing is hidden of, for a period and the periods in it, or all where it is empty:
    public datasets, and indicators that count nobody."""
    with store.reading() as connection:
        if connection is None:
            return []
        rows = [
            (dataset.name, at, dataset.control.why)
            for dataset in datasets().values()
            if isinstance(dataset.control, Public)
            for (at,) in connection.execute(
                "select distinct period from owner where dataset = $key", {"key": dataset.key}
            ).fetchall()
        ]
        rows += [
            (one.name, at, why_shown(one))
            for one in indicators().values()
            if datasets()[one.dataset].alone and not protected(one)
            for (at,) in connection.execute(
                "select distinct period from shown where indicator = $key", {"key": one.key}
            ).fetchall()
        ]
    return [Whole(*one) for one in sorted(rows) if _asked(period, one[1])]


@dataclass(frozen=True)
class _Seen:
    """A table of a period as a version shows it: its cells and those that are hidden."""

    table: Table
    hidden: frozenset[int]


def _is_demo(number: int) -> bool:
    return any(load.demo for load in loads(number))


def _seen(number: int, period: str) -> dict[tuple[str, str], _Seen]:
    """What a version shows of each period, by what users call it and period."""
    seen: dict[tuple[str, str], _Seen] = {}
    with store.reading(number) as connection:
        if connection is None:
            return seen
        for dataset, how in controls().items():
            for one, units in units_of(connection, dataset, how).items():
                if _asked(period, one):
                    made = how.table(units, chosen_of(dataset), settings().disclosure_threshold)
                    hidden = hidden_cells(made, marked(connection, dataset, one))
                    seen[name_of(dataset), one] = _Seen(made, frozenset(hidden))
            if how.beside is not None:
                for one, laid in how.beside.cells(connection).items():
                    if _asked(period, one):
                        seen[how.beside.name, one] = _Seen(laid.table, laid.hidden)
    return seen


def _together(name: str, period: str, every: Table, *, beside: int) -> Proof:
    return Proof(
        name=name,
        period=period,
        cells=len(every.cells),
        hidden_cells=len(every.kept),
        rows=0,
        hidden_rows=0,
        ranges=tuple(one for one in ranges(every, every.kept) if one.cell.sensitive),
        beside=beside,
    )


def _asked(period: str, one: str) -> bool:
    return is_period(one) and (not period or holds(period, one))


def _proofs(connection: Connection, period: str) -> Iterator[Proof]:
    for dataset, how in controls().items():
        beside = how.beside.cells(connection) if how.beside else {}
        for one, units in sorted(units_of(connection, dataset, how).items()):
            if not _asked(period, one):
                continue
            made = how.table(units, chosen_of(dataset), settings().disclosure_threshold)
            rows = marked(connection, dataset, one)
            hidden = frozenset(hidden_cells(made, rows))
            laid = beside.get(one)
            if how.beside is None or laid is None:
                intervals: tuple[Range, ...] = tuple(ranges(made, hidden))
            else:
                intervals = _of_both(how.beside, made, hidden, laid)
                yield _beside(how.beside.name, one, laid, intervals[_attacked(made, hidden) :])
            yield Proof(
                name=name_of(dataset),
                period=one,
                cells=sum(cell.published for cell in made.cells),
                hidden_cells=len(hidden),
                rows=len(made.rows),
                hidden_rows=sum(whole for *_, whole in rows),
                ranges=intervals[: _attacked(made, hidden)],
            )


def _of_both(beside: Beside, made: Table, hidden: frozenset[int], laid: Laid) -> tuple[Range, ...]:
    """The hidden ranges of a period, those of the tables beside it last."""
    totals = {
        row.location[0] + row.location[1]: row.numerator
        for row in made.rows
        if row.indicator == beside.total and row.location[3] == WHOLE
    }
    same = [
        (number, cell)
        for name, cell in laid.totals.items()
        if (number := totals.get(name)) is not None
    ]
    by = len(made.cells)
    return tuple(ranges(united(made, laid.table, same), {*hidden, *(by + n for n in laid.hidden)}))


def _attacked(made: Table, hidden: frozenset[int]) -> int:
    """How many of a table's cells are attacked."""
    return len(hidden) + sum(
        cell.sensitive and not cell.published
        for number, cell in enumerate(made.cells)
        if number not in hidden
    )


def _beside(name: str, period: str, laid: Laid, intervals: tuple[Range, ...]) -> Proof:
    cells = sum(cell.published for cell in laid.table.cells)
    return Proof(
        name=name,
        period=period,
        cells=cells,
        hidden_cells=len(laid.hidden),
        rows=cells,
        hidden_rows=len(laid.hidden),
        ranges=intervals,
    )
