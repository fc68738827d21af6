"""Disclosure control: which cells of a period to hide so that none of them can be worked out.

Small counts are hidden first. For each hidden cell that nothing yet leaves open, the cheapest
change of the table is looked for in which it takes another value and everything shown stays
consistent (a linear program); what such a change moves is hidden too. So every hidden cell has a
witness: another table that shows the same. The heuristic is that of Kelly, Golden and Assad for
cell suppression, one cell at a time, with the costs of the cells as distances.

Areas are independent of each other but for what is published of them together. So a change is
looked for among wider places first, then worked out within each area that it touches.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from metrics.disclosure_cells import POSSIBLE_VALUES, Cell, Rule, Table, Terms
from metrics.disclosure_program import Numbers, Program

_TINY = 1e-6
# A hidden cell that is no small count must be able to differ by so much.
_DIFFERENT = 0.01
_NEVER = float("inf")


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
        self.wide = _Wide(table) if table.coarse else None
        self._whole: _Whole | None = None

    def pattern(self) -> Pattern:
        for cell in np.flatnonzero(self.sensitive):
            self._hide(int(cell))
        if self.wide is not None:
            self._open_all(self.wide)
        if self._closed():
            self._open_all(self._all_at_once())
        shown = np.flatnonzero(self.hidden & self.published)
        return Pattern(frozenset(shown.tolist()), frozenset(self.unproven))

    def _all_at_once(self) -> "_Whole":
        self._whole = _Whole(self.table)
        for cell in np.flatnonzero(self.hidden):
            self._whole.release(int(cell))
        return self._whole

    def _open_all(self, changes: "_Wide | _Whole") -> None:
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

    def _open(self, cell: int, changes: "_Wide | _Whole") -> bool:
        need = POSSIBLE_VALUES - 1 if self.sensitive[cell] else 1
        fall = min(need, self.table.cells[cell].value)
        if self._change(cell, need, changes):
            return True
        if fall == need and self._change(cell, -fall, changes):
            return True
        if need == 1:
            return fall > _DIFFERENT and self._change(cell, -fall, changes)
        return fall >= 1 and self._change(cell, 1, changes) and self._change(cell, -1, changes)

    def _change(self, cell: int, by: float, changes: "_Wide | _Whole") -> bool:
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
        return found


class _Rows:
    """A program whose rows are cells, under their numbers."""

    def __init__(
        self,
        cells: Sequence[tuple[int, Terms, Cell]],
        *,
        values: Sequence[float],
        rules: Iterable[Rule],
        held: Sequence[Terms] = (),
    ) -> None:
        self.row = {number: row for row, (number, _, _) in enumerate(cells)}
        self.first_held = len(cells)
        self.program = Program(
            values=values,
            rows=[*(terms for _, terms, _ in cells), *held],
            costs=[
                *(cell.weight if cell.published else _NEVER for _, _, cell in cells),
                *[_NEVER] * len(held),
            ],
            rules=rules,
        )
        for number, _, cell in cells:
            if not cell.published:
                self.program.release(self.row[number])

    def release(self, cell: int) -> None:
        if cell in self.row:
            self.program.release(self.row[cell])

    def find(self, cell: int, by: float) -> Numbers | None:
        """The cheapest change in which the cell rises, or falls, by at least so much."""
        row = self.row[cell]
        found = self.program.change({row: (by, np.inf) if by > 0 else (-np.inf, by)})
        self.program.free([row])
        return found


class _Whole(_Rows):
    """All parts and all cells in one program."""

    def __init__(self, table: Table) -> None:
        self.weights = [cell.weight for cell in table.cells]
        super().__init__(
            [(number, cell.terms, cell) for number, cell in enumerate(table.cells)],
            values=table.parts,
            rules=table.rules,
        )

    def order(self, cell: int) -> tuple[float, int]:
        return -self.weights[cell], cell


class _Wide:
    """Wide places first, by groups of parts; then each block that they touch."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.groups: list[list[int]] = [[] for _ in table.block]
        for part, group in enumerate(table.coarse):
            self.groups[group].append(part)
        terms = {number: self._coarse(cell.terms) for number, cell in enumerate(table.cells)}
        self.top = _Rows(
            [(n, found, table.cells[n]) for n, found in terms.items() if found is not None],
            values=[sum(table.parts[part] for part in group) for group in self.groups],
            rules=self._coarse_rules(),
        )
        rest = [number for number, found in terms.items() if found is None]
        self.blocks = [_Block(table, block, rest) for block in range(max(table.block) + 1)]
        self.sensitive = [cell.sensitive for cell in table.cells]
        self.weights = [cell.weight for cell in table.cells]

    def _coarse(self, terms: Terms) -> Terms | None:
        """A sum of parts as a sum of whole groups, where it is one."""
        factors: dict[int, float] = {}
        seen: dict[int, int] = {}
        for part, factor in terms:
            group = self.table.coarse[part]
            if factors.setdefault(group, factor) != factor:
                return None
            seen[group] = seen.get(group, 0) + 1
        if any(len(self.groups[group]) != count for group, count in seen.items()):
            return None
        return tuple(sorted(factors.items()))

    def _coarse_rules(self) -> list[Rule]:
        """The rules that every part of their groups obeys, summed."""
        alike: dict[Terms, list[float]] = {}
        for rule in self.table.rules:
            groups = [self.table.coarse[part] for part, _ in rule.terms]
            if len(set(groups)) == len(groups):
                factors = (factor for _, factor in rule.terms)
                terms = tuple(sorted(zip(groups, factors, strict=True)))
                alike.setdefault(terms, []).append(rule.lower)
        return [
            Rule(terms, sum(lower))
            for terms, lower in alike.items()
            if all(len(self.groups[group]) == len(lower) for group, _ in terms)
        ]

    def release(self, cell: int) -> None:
        self.top.release(cell)
        for block in self.blocks:
            block.release(cell)

    def order(self, cell: int) -> tuple[bool, bool, float, int]:
        wide = cell in self.top.row
        return not wide, not self.sensitive[cell], -self.weights[cell], cell

    def find(self, cell: int, by: float) -> Numbers | None:
        """The cheapest change, of parts, in which the cell changes by at least so much."""
        parts = np.zeros(len(self.table.parts))
        home = next(rows for rows in (self.top, *self.blocks) if cell in rows.row)
        found = home.find(cell, by)
        if found is None:
            return None
        if isinstance(home, _Block):
            parts[home.parts] = found
            return parts
        for block in self.blocks:
            share = {group: found[group] for group in block.groups if found[group]}
            if share:
                shared = block.share(share)
                if shared is None:
                    return None
                parts[block.parts] = shared
        return parts


class _Block(_Rows):
    """The parts of one block; what wider places see of them stays, unless it is asked to change."""

    def __init__(self, table: Table, block: int, cells: Iterable[int]) -> None:
        own = [part for part, group in enumerate(table.coarse) if table.block[group] == block]
        column = {part: at for at, part in enumerate(own)}
        self.parts: NDArray[np.int64] = np.array(own, dtype=np.int64)
        self.groups = sorted({table.coarse[part] for part in own})
        members: dict[int, list[int]] = {group: [] for group in self.groups}
        for part in own:
            members[table.coarse[part]].append(column[part])
        inside = {
            number: tuple((column[p], f) for p, f in table.cells[number].terms if p in column)
            for number in cells
        }
        super().__init__(
            [(n, terms, table.cells[n]) for n, terms in inside.items() if terms],
            values=[table.parts[part] for part in own],
            rules=[
                Rule(tuple((column[p], f) for p, f in rule.terms), rule.lower)
                for rule in table.rules
                if rule.terms[0][0] in column
            ],
            held=[tuple((at, 1.0) for at in members[group]) for group in self.groups],
        )
        self.held = {group: self.first_held + at for at, group in enumerate(self.groups)}

    def share(self, asked: dict[int, float]) -> Numbers | None:
        """A change of the block's parts in which these groups change by so much."""
        rows = {self.held[group]: (by, by) for group, by in asked.items()}
        found = self.program.change(rows)
        self.program.hold(rows)
        return found
