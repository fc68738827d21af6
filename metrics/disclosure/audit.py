"""The attack on a table: what each hidden cell can be, given everything that is shown.

Independent of how cells were chosen: the lowest and the highest value of every hidden cell over all
tables that agree with what is shown and with what everybody knows, by linear programming.
"""

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from metrics.disclosure.cells import POSSIBLE_VALUES, Cell, Table
from metrics.disclosure.program import Attack

_TINY = 1e-6


@dataclass(frozen=True)
class Range:
    """What a hidden cell can be by counting; `highest` may be infinite.

    `given_away` says that with what days say of persons it is one value, though not by the days
    that are shown alone.
    """

    cell: Cell
    lowest: float
    highest: float
    given_away: bool = False

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
        if math.isinf(self.highest):
            return math.inf
        return math.floor(self.highest + _TINY) - math.ceil(self.lowest - _TINY) + 1


def ranges(table: Table, hidden: Collection[int]) -> Iterator[Range]:
    """The range of every hidden cell, and of every small count that shown cells would give."""
    cells = list(enumerate(table.cells))
    shown = [(n, cell) for n, cell in cells if cell.published and n not in hidden]
    attacked = [cell for n, cell in cells if n in hidden or (cell.sensitive and not cell.published)]
    attack = _attack(table, [cell for _, cell in shown], days=False)
    with_days = _attack(table, [cell for _, cell in shown], days=True) if table.bounds else None
    days_alone = _attack(table, [cell for _, cell in shown if cell.settled], days=True)
    for cell in attacked:
        given_away = (
            with_days is not None and _pinned(with_days, cell) and not _pinned(days_alone, cell)
        )
        yield Range(cell, attack.lowest(cell.terms), attack.highest(cell.terms), given_away)


def _attack(table: Table, known: list[Cell], *, days: bool) -> Attack:
    return Attack(
        width=len(table.parts),
        known=[(cell.terms, cell.value) for cell in known],
        rules=(*table.rules, *table.bounds) if days else table.rules,
    )


def _pinned(attack: Attack, cell: Cell) -> bool:
    return attack.highest(cell.terms) - attack.lowest(cell.terms) <= _TINY
