"""Disclosure control: which cells of a period to hide so that none of them can be worked out.

Small counts are hidden first. For each hidden cell that nothing yet leaves open, the cheapest
change of the table is looked for in which it takes another value and everything shown stays
consistent (a linear program); what such a change moves is hidden too. So every hidden cell has a
witness: another table that shows the same. The heuristic is that of Kelly, Golden and Assad for
cell suppression, one cell at a time, with the costs of the cells as distances.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from metrics.disclosure_cells import POSSIBLE_VALUES, Cell, Table
from metrics.disclosure_changes import Whole, Wide
from metrics.disclosure_program import Numbers

_TINY = 1e-6
# A hidden cell that is no small count must be able to differ by so much.
_DIFFERENT = 0.01


@dataclass(frozen=True)
class Pattern:
    """The cells that are hidden, by number, and those that no change of the table could open."""

    hidden: frozenset[int]
    unproven: frozenset[int]


def pattern(table: Table) -> Pattern:
    """What to hide of a table: every small count, and as little else as the heuristic finds."""
    return _Search(table).pattern()


class _Search:
    def __init__(self, table: Table) -> None:
        self.table = table
        self.sums = Sums(table.cells)
        count = len(table.cells)
        self.hidden = np.zeros(count, dtype=bool)
        self.sensitive = np.array([cell.sensitive for cell in table.cells], dtype=bool)
        self.published = np.array([cell.published for cell in table.cells], dtype=bool)
        self.up = np.zeros(count)
        self.down = np.zeros(count)
        self.unproven: set[int] = set()
        self.wide = Wide(table) if table.coarse else None
        self._whole: Whole | None = None

    def pattern(self) -> Pattern:
        for cell in np.flatnonzero(self.sensitive):
            self._hide(int(cell))
        if self.wide is not None:
            self._open_all(self.wide)
        if self._closed():
            self._open_all(self._all_at_once())
        shown = np.flatnonzero(self.hidden & self.published)
        return Pattern(frozenset(shown.tolist()), frozenset(self.unproven))

    def _all_at_once(self) -> Whole:
        self._whole = Whole(self.table)
        for cell in np.flatnonzero(self.hidden):
            self._whole.release(int(cell))
        return self._whole

    def _open_all(self, changes: Wide | Whole) -> None:
        """Find a witness for each cell that has none, as far as these changes reach."""
        failed: set[int] = set()
        while closed := [cell for cell in self._closed() if cell not in failed]:
            cell = min(closed, key=changes.order)
            if not self._open(cell, changes):
                failed.add(cell)
        if changes is self._whole:
            self.unproven = failed

    def _closed(self) -> list[int]:
        """The hidden cells that may still be worked out."""
        whole_values = np.floor(self.up + _TINY) + np.floor(self.down + _TINY)
        proven = np.where(
            self.sensitive,
            whole_values >= POSSIBLE_VALUES - 1,
            self.up + self.down > _DIFFERENT,
        )
        return [int(cell) for cell in np.flatnonzero(self.hidden & ~proven)]

    def _open(self, cell: int, changes: Wide | Whole) -> bool:
        need = POSSIBLE_VALUES - 1 if self.sensitive[cell] else 1
        fall = min(need, self.table.cells[cell].value)
        if self._change(cell, need, changes):
            return True
        if fall == need and self._change(cell, -fall, changes):
            return True
        if need == 1:
            return fall > _DIFFERENT and self._change(cell, -fall, changes)
        return fall >= 1 and self._change(cell, 1, changes) and self._change(cell, -1, changes)

    def _change(self, cell: int, by: float, changes: Wide | Whole) -> bool:
        parts = changes.find(cell, by)
        if parts is None:
            return False
        moved = self.sums.of(parts)
        self.up = np.maximum(self.up, moved)
        self.down = np.maximum(self.down, -moved)
        for other in np.flatnonzero((np.abs(moved) > _TINY) & self.published):
            self._hide(int(other))
        return True

    def _hide(self, cell: int) -> None:
        if self.hidden[cell]:
            return
        self.hidden[cell] = True
        for changes in (self.wide, self._whole):
            if changes is not None:
                changes.release(cell)
        for follower in self.table.follows.get(cell, ()):
            self._hide(follower)


class Sums:
    """The cells' values, or changes, for given parts."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self._count = len(cells)
        self._cell = np.repeat(np.arange(len(cells)), [len(cell.terms) for cell in cells])
        self._part = np.array([part for cell in cells for part, _ in cell.terms], dtype=np.int64)
        self._factor = np.array([factor for cell in cells for _, factor in cell.terms])

    def of(self, parts: Numbers) -> Numbers:
        """One number per cell."""
        products = self._factor * parts[self._part]
        found = np.bincount(self._cell, weights=products, minlength=self._count)
        return found.astype(np.float64)
