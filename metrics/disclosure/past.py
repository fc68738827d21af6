"""A table with what was shown of it before a correction, so that what was hidden then stays so.

Whoever kept an old report knows the numbers of both. A part with the same value before and after is
taken as known to be the same.
"""

import math
from collections.abc import Collection
from dataclasses import replace

from metrics.disclosure.cells import Cell, Rule, Table, Terms
from metrics.indicator import WHOLE

_WIDE = ("county/", "area/")


def with_past(
    table: Table, hidden: Collection[int], before: Table, hidden_before: Collection[int]
) -> Table:
    """The cells of a table, and after them those of the table before the correction.

    What is `hidden` in it by itself, and what was hidden before, is hidden from the beginning; what
    was shown cannot be hidden any more. The county's and the areas' settled numbers of all parts
    together stay shown, also where that tells what a correction has moved them by.
    """
    parts = list(table.parts)
    at = {name: number for number, name in enumerate(table.names)}
    place: dict[int, int] = {}
    for number, (name, value) in enumerate(zip(before.names, before.parts, strict=True)):
        same = at.get(name)
        if same is None or table.parts[same] != value:
            same = len(parts)
            parts.append(value)
        place[number] = same

    def moved(terms: Terms) -> Terms:
        return tuple(sorted((place[part], factor) for part, factor in terms))

    cells = [
        cell if number in hidden or not _stays(cell) else replace(cell, weight=math.inf)
        for number, cell in enumerate(table.cells)
    ]
    numbers = {cell.terms: number for number, cell in enumerate(cells)}
    kept = set(hidden)
    for number, cell in enumerate(before.cells):
        terms = moved(cell.terms)
        if (same := numbers.get(terms)) is None:
            cells.append(replace(cell, terms=terms, weight=math.inf))
            if number in hidden_before:
                kept.add(len(cells) - 1)
        elif number in hidden_before:
            kept.add(same)
        elif cell.published and same not in kept:
            cells[same] = replace(cells[same], weight=math.inf)
    return replace(
        table,
        parts=tuple(parts),
        names=(),
        cells=tuple(cells),
        rules=(*table.rules, *(Rule(moved(one.terms), one.lower) for one in before.rules)),
        bounds=(*table.bounds, *(Rule(moved(one.terms), one.lower) for one in before.bounds)),
        kept=frozenset(kept),
    )


def _stays(cell: Cell) -> bool:
    wide = cell.where.startswith(_WIDE) and cell.where.endswith(f"/{WHOLE}")
    return cell.settled and not cell.sensitive and wide
