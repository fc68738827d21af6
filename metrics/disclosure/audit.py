"""The attack on a table: what each hidden cell can be, given everything that is shown.

Independent of how cells were chosen: the lowest and the highest value of every hidden cell over all
tables that agree with what is shown and with what everybody knows, by linear programming; where
that leaves a small count few values, by integer programming, since persons and days are whole.
"""

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from metrics.disclosure.cells import POSSIBLE_VALUES, Cell, Rule, Table
from metrics.disclosure.program import Attack

_TINY = 1e-6


@dataclass(frozen=True)
class Range:
    """What a hidden cell can be by counting; `highest` may be infinite.

    `given_away` says that with what days say of persons it is one value, though not by the days
    that are shown alone; `told` that the days alone say it (docs/decisions.md).
    """

    cell: Cell
    lowest: float
    highest: float
    given_away: bool = False
    told: bool = False

    @property
    def safe(self) -> bool:
        """Whether it is open: a small count has three whole values, anything else two values."""
        if self.given_away:
            return False
        if not self.cell.sensitive:
            return self.highest - self.lowest > _TINY
        return self.values >= POSSIBLE_VALUES

    @property
    def values(self) -> float:
        """How many whole values it can have; infinite where nothing bounds it."""
        return _values(self.lowest, self.highest)

    @property
    def first(self) -> int:
        """The lowest whole value."""
        return math.ceil(self.lowest - _TINY)

    @property
    def last(self) -> int:
        """The highest whole value, where something bounds it."""
        return math.floor(self.highest + _TINY)


def ranges(table: Table, hidden: Collection[int]) -> Iterator[Range]:
    """The range of every hidden cell, and of every small count that shown cells would give."""
    cells = list(enumerate(table.cells))
    shown = [cell for n, cell in cells if cell.published and n not in hidden]
    attacked = [cell for n, cell in cells if n in hidden or (cell.sensitive and not cell.published)]
    settled = [cell for cell in shown if cell.settled]
    by_counting = _Attacker(table, shown, table.rules)
    with_days = _Attacker(table, shown, (*table.rules, *table.bounds)) if table.bounds else None
    by_days = _Attacker(table, settled, (*table.rules, *table.bounds))
    for cell in attacked:
        pinned = with_days is not None and with_days.pins(cell)
        told = pinned and by_days.pins(cell)
        lowest, highest = by_counting.range(cell)
        yield Range(cell, lowest, highest, pinned and not told, told)


class _Attacker:
    """One who knows some cells and rules."""

    def __init__(self, table: Table, known: list[Cell], rules: tuple[Rule, ...]) -> None:
        self._width = len(table.parts)
        self._known = [(cell.terms, cell.value) for cell in known]
        self._rules = rules
        self._parts = table.parts
        self._any = Attack(width=self._width, known=self._known, rules=rules)
        self._whole: Attack | None = None

    def range(self, cell: Cell) -> tuple[float, float]:
        """The lowest and the highest value; in whole numbers where a small count has few left."""
        lowest, highest = self._any.lowest(cell.terms), self._any.highest(cell.terms)
        if not cell.sensitive or _values(lowest, highest) > POSSIBLE_VALUES:
            return lowest, highest
        if self._whole is None:
            self._whole = Attack(
                width=self._width,
                known=self._known,
                rules=self._rules,
                whole=[part.is_integer() for part in self._parts],
            )
        return self._whole.lowest(cell.terms), self._whole.highest(cell.terms)

    def pins(self, cell: Cell) -> bool:
        """Whether only one value is left, of a small count only one whole value."""
        lowest, highest = self.range(cell)
        return _values(lowest, highest) <= 1 if cell.sensitive else highest - lowest <= _TINY


def _values(lowest: float, highest: float) -> float:
    """How many whole numbers there are from one to the other."""
    if math.isinf(highest) or math.isinf(lowest):
        return math.inf
    return math.floor(highest + _TINY) - math.ceil(lowest - _TINY) + 1
