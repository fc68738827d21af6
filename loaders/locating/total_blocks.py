"""Which blocks are totals of the others: by a sheet's name, or by what their heads leave out."""

from collections.abc import Sequence
from dataclasses import replace

from loaders.declaration import Export
from loaders.kinds.total_words import is_total
from loaders.locating.bands import Columns
from loaders.locating.located import Block
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
