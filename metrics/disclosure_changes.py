"""How the cells of a table can change while what is shown stays as it is, and at what cost.

Areas are independent of each other but for what is published of them together. So a change is
looked for among wide places first, then worked out within each area that it touches.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from metrics.disclosure_cells import Cell, Rule, Table, Terms
from metrics.disclosure_program import Numbers, Program

_NEVER = float("inf")


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


class Whole(_Rows):
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


class Wide:
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
