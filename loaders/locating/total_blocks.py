"""Which blocks are totals of the others, or parts of one whole, by names, titles and heads."""

from collections.abc import Sequence
from dataclasses import replace

from loaders.declaration import Export
from loaders.kinds.total_words import is_total
from loaders.locating.bands import Columns
from loaders.locating.located import Block
from loaders.locating.tables import SheetTable
from loaders.mapping import selections
from loaders.problems import Problem


def apart(blocks: Sequence[Block], export: Export) -> tuple[list[Block], list[Problem]]:
    """A sheet that lacks a dimension which others have is their total, if its name says so.

    Otherwise it cannot be told whether it repeats them, and that is a problem.
    """
    keys = {column.key for column in export.dimensions}
    everywhere = {column.key for column in export.dimensions if column.required}
    kept: list[Block] = []
    problems: dict[str, Problem] = {}
    for block in blocks:
        others = {
            key
            for other in blocks
            for key in (*other.sources, *other.constants)
            if key in everywhere
            or (not other.total and other.sources.keys() & block.sources.keys() - keys)
        }
        lacking = (others & keys) - {*block.sources, *block.constants}
        if block.total or not lacking:
            kept.append(block)
        elif is_total(block.sheet.name) or any(map(is_total, block.sheet.top[0])):
            kept.append(replace(block, total=True))
        else:
            column = next(column for column in export.columns if column.key in lacking)
            problems[block.sheet.name] = Problem(
                code="missing-column",
                message=f"Bladet saknar {column.label.lower()}, som andra blad har.",
                sheet=block.sheet.name,
                column=column.label,
            )
            kept.append(block)
    return kept, list(problems.values())


def tell(cells: list[Columns], totals: list[Columns]) -> None:
    """A total of nothing else is no total; columns that lack what others tell apart are one."""
    for group in totals:
        single = {key for key in group.places if not any(key in other.places for other in cells)}
        if single:
            same = next((c for c in cells if (c.values, c.part) == (group.values, None)), None)
            if same is None:
                same = Columns(group.values, {})
                cells.append(same)
            same.places.update({key: group.places.pop(key) for key in single})
    for group in list(cells):
        keys = {key for key, _ in group.values}
        for other in cells:
            if keys < {k for k, _ in other.values} and other.places.keys() & group.places.keys():
                cells.remove(group)
                totals.append(group)
                break


def in_parts(blocks: Sequence[Block], tables: Sequence[SheetTable]) -> list[Block]:
    """The blocks with those as parts whose tables are called Kvinnor and Män, or the ages.

    All the parts have to be there. A table of the same without a part is their check sum.
    """
    alike: dict[object, list[int]] = {}
    for number in range(len(tables)):
        own = [block for block in blocks if block.table == number and not block.total]
        holds = frozenset((*block.sources, *block.constants.items()) for block in own)
        alike.setdefault(holds, []).append(number)
    part_by_table: dict[int, str | None] = {}
    for numbers in alike.values():
        parts = {number: _part_of(tables[number]) for number in numbers}
        named = [part for part in parts.values() if part]
        if selections.whole(named) and len({*named}) == len(named) >= len(parts) - 1:
            part_by_table |= parts
    return [
        replace(block, part=part_by_table[block.table], total=part_by_table[block.table] is None)
        if block.table in part_by_table
        else block
        for block in blocks
    ]


def _part_of(table: SheetTable) -> str | None:
    """The one part that the sheet's name or the titles above a table name."""
    above = [text for row in table.sheet.top[: table.head.start] for text in row if text]
    parts = {part for text in (table.sheet.name, *above) if (part := selections.part_in(text))}
    return parts.pop() if len(parts) == 1 else None
