"""A table with what was shown of it before a correction, so that what was hidden then stays so.

Whoever kept old reports knows the numbers of all of them. A part that had the same value is taken
as known to be the same.
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
    together stay shown, also where that tells what a correction has moved them by. A table that has
    a past can be given one that is older still.
    """
    names, parts = [*table.names], [*table.parts]
    known = {one: number for number, one in enumerate(zip(names, parts, strict=True))}
    place = []
    for one in zip(before.names, before.parts, strict=True):
        if one not in known:
            known[one] = len(parts)
            names.append(one[0])
            parts.append(one[1])
        place.append(known[one])

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
        names=tuple(names),
        cells=tuple(cells),
        rules=(*table.rules, *(Rule(moved(one.terms), one.lower) for one in before.rules)),
        bounds=(*table.bounds, *(Rule(moved(one.terms), one.lower) for one in before.bounds)),
        kept=frozenset(kept),
    )


def _stays(cell: Cell) -> bool:
    wide = cell.where.startswith(_WIDE) and cell.where.endswith(f"/{WHOLE}")
    return cell.settled and not cell.sensitive and wide
