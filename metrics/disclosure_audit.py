"""The attack on a table: what each hidden cell can be, given everything that is shown.

Independent of how cells were chosen: the lowest and the highest value of every hidden cell over all
tables that agree with what is shown and with what everybody knows, by linear programming.
"""

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from metrics.disclosure_cells import POSSIBLE_VALUES, Cell, Table
from metrics.disclosure_program import Attack

_TINY = 1e-6


@dataclass(frozen=True)
class Range:
    """What a hidden cell can be; `highest` may be infinite."""

    cell: Cell
    lowest: float
    highest: float

    @property
    def safe(self) -> bool:
        """Whether it is open: a small count has three whole values, anything else two values."""
        if not self.cell.sensitive:
            return self.highest - self.lowest > _TINY
        if math.isinf(self.highest):
            return True
        whole = math.floor(self.highest + _TINY) - math.ceil(self.lowest - _TINY) + 1
        return whole >= POSSIBLE_VALUES


def ranges(table: Table, hidden: Collection[int]) -> Iterator[Range]:
    """The range of every hidden cell, and of every small count that shown cells would give."""
    attack = Attack(
        width=len(table.parts),
        known=[
            (cell.terms, cell.value)
            for number, cell in enumerate(table.cells)
            if cell.published and number not in hidden
        ],
        rules=table.rules,
    )
    for number, cell in enumerate(table.cells):
        if number in hidden or (cell.sensitive and not cell.published):
            yield Range(cell, attack.lowest(cell.terms), attack.highest(cell.terms))
