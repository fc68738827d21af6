"""Disclosure control: which cells of a period to hide so that none of them can be worked out.

Small counts are hidden first. For each hidden cell that nothing yet leaves open, the cheapest
change of the table is looked for in which it takes another value and everything shown stays
consistent (a linear program); what such a change moves is hidden too. So every hidden cell has a
witness: another table that shows the same. The heuristic is that of Kelly, Golden and Assad for
cell suppression, one cell at a time, with the costs of the cells as distances.

It is done twice: first by counting alone; then also with what sums of days say of the persons. The
second time days stay shown, since they are what is followed up, but for those that by themselves
would say what a small count is.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from metrics.disclosure.cells import POSSIBLE_VALUES, Cell, Row, Rule, Table
from metrics.disclosure.program import Numbers, Program

Hidden = NDArray[np.bool_]
_TINY = 1e-6
_NEVER = float("inf")
# A hidden cell that is no small count must be able to differ by so much.
_DIFFERENT = 0.01


@dataclass(frozen=True)
class Pattern:
    """The cells that are hidden, by number, and those that no change of the table could open.

    `told` are cells about which the days that are shown say what no hiding of counts can keep.
    """

    hidden: frozenset[int]
    unproven: frozenset[int]
    told: frozenset[int] = frozenset()


def pattern(table: Table) -> Pattern:
    """What to hide of a table: every small count, and as little else as the heuristic finds."""
    cells = table.cells
    counted = _Search(table, table.rules, settled=False)
    for number, cell in enumerate(cells):
        if cell.sensitive or number in table.kept:
            counted.hide(number)
    unproven = counted.open_all()
    told: set[int] = set()
    if table.bounds and counted.hidden.any():
        with_days = _Search(table, (*table.rules, *table.bounds), settled=True)
        with_days.hide_all(counted.hidden)
        told = with_days.open_all()
        counted.hide_all(with_days.hidden)
        counted.hide_all(_opened(table, counted.hidden, with_days.pinned(told)))
        unproven = counted.open_all()
    shown = {int(n) for n in np.flatnonzero(counted.hidden) if cells[n].published}
    return Pattern(frozenset(shown), frozenset(unproven), frozenset(told))


def _opened(table: Table, hidden: Hidden, told: Sequence[int]) -> Hidden:
    """What is hidden when the small counts that days alone would say are opened, by hiding days.

    Only days of municipalities: those of wider places and of hospitals stay shown.
    """
    if not told:
        return hidden
    cells = [
        replace(cell, weight=_NEVER) if cell.settled and not _is_municipal(cell) else cell
        for cell in table.cells
    ]
    search = _Search(
        replace(table, cells=tuple(cells)), (*table.rules, *table.bounds), settled=False
    )
    search.hide_all(hidden)
    for cell in told:
        search.open_a_little(cell)
    return search.hidden


def _is_municipal(cell: Cell) -> bool:
    return cell.where.startswith("municipality/")


class _Search:
    """Cells that are hidden, and how far witnesses move each up and down."""

    def __init__(self, table: Table, rules: Sequence[Rule], *, settled: bool) -> None:
        """Cells that are `settled` stay shown if so asked."""
        self.table = table
        self.rules = rules
        self.settled = settled
        self.sums = Sums(table.cells)
        count = len(table.cells)
        self.hidden = np.zeros(count, dtype=bool)
        self.sensitive = np.array([cell.sensitive for cell in table.cells], dtype=bool)
        self.published = np.array([cell.published for cell in table.cells], dtype=bool)
        self.up = np.zeros(count)
        self.down = np.zeros(count)
        self._rows: dict[int, list[Row]] = defaultdict(list)
        for row in table.rows:
            for cell in {row.numerator, row.denominator}:
                if cell is not None:
                    self._rows[cell].append(row)
        self._program: Program | None = None

    @property
    def program(self) -> Program:
        """The cells' changes, made when first asked of: most tables of zeros need none."""
        if self._program is None:
            cells = self.table.cells
            self._program = Program(
                values=self.table.parts,
                rows=[cell.terms for cell in cells],
                costs=[_NEVER if self.settled and cell.settled else cell.weight for cell in cells],
                rules=self.rules,
            )
            for number in np.flatnonzero(self.hidden | ~self.published):
                self._program.release(int(number))
        return self._program

    def hide(self, cell: int) -> None:
        """Hide a cell, those that follow it, and the denominators that no row shows any more."""
        if self.hidden[cell]:
            return
        self.hidden[cell] = True
        if self._program is not None:
            self._program.release(cell)
        for follower in self.table.follows.get(cell, ()):
            self.hide(follower)
        for row in self._rows[cell]:
            below = row.denominator
            if row.numerator == cell and below is not None and not self._is_shown(below):
                self.hide(below)

    def _is_shown(self, cell: int) -> bool:
        """Whether a row shows a cell that is not hidden itself: a hidden row shows nothing."""
        above = [row.numerator for row in self._rows[cell]]
        return any(number is None or number == cell or not self.hidden[number] for number in above)

    def hide_all(self, cells: Hidden) -> None:
        """Hide what is true in `cells`."""
        for cell in np.flatnonzero(cells):
            self.hide(int(cell))

    def open_all(self) -> set[int]:
        """Find a witness for each hidden cell; give those that have none."""
        failed: set[int] = set()
        weights = [cell.weight for cell in self.table.cells]
        while closed := [cell for cell in self._closed() if cell not in failed]:
            cell = min(closed, key=lambda cell: (-weights[cell], cell))
            if not self._open(cell):
                failed.add(cell)
        return failed

    def pinned(self, cells: Iterable[int]) -> list[int]:
        """Those of the cells that are small counts and have no other whole value."""
        moves = np.floor(self.up + _TINY) + np.floor(self.down + _TINY)
        return sorted(cell for cell in cells if self.sensitive[cell] and moves[cell] < 1)

    def open_a_little(self, cell: int) -> None:
        """Find one other value for a cell, if it has none yet."""
        if self.pinned([cell]) and not self._change(cell, 1):
            self._change(cell, -1)

    def _closed(self) -> list[int]:
        """The hidden cells that may still be worked out."""
        whole_values = np.floor(self.up + _TINY) + np.floor(self.down + _TINY)
        proven = np.where(
            self.sensitive,
            whole_values >= POSSIBLE_VALUES - 1,
            self.up + self.down > _DIFFERENT,
        )
        return [int(cell) for cell in np.flatnonzero(self.hidden & ~proven)]

    def _open(self, cell: int) -> bool:
        need = POSSIBLE_VALUES - 1 if self.sensitive[cell] else 1
        fall = min(need, self.table.cells[cell].value)
        if self._change(cell, need):
            return True
        if fall == need and self._change(cell, -fall):
            return True
        if need == 1:
            return fall > _DIFFERENT and self._change(cell, -fall)
        lower = fall >= 1 and self._change(cell, -1)
        return self._change(cell, 1) and lower

    def _change(self, cell: int, by: float) -> bool:
        parts = self.program.change({cell: (by, np.inf) if by > 0 else (-np.inf, by)})
        self.program.free([cell])
        if parts is None:
            return False
        moved = self.sums.of(parts)
        self.up = np.maximum(self.up, moved)
        self.down = np.maximum(self.down, -moved)
        for other in np.flatnonzero((np.abs(moved) > _TINY) & self.published):
            self.hide(int(other))
        return True


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
        summed = np.bincount(self._cell, weights=products, minlength=self._count)
        return summed.astype(np.float64)
