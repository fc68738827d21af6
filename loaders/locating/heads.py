"""What the head of a table says of each column."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from loaders import kinds
from loaders.declaration import Column, Export
from loaders.kinds.total_words import is_total
from loaders.locating import head_rows
from loaders.mapping import selections, title_periods, titles, vocabulary
from loaders.reading.grids import Sheet

_COUNT = re.compile(r"[\d\s]+|[-–.]|\.\.")


@dataclass
class Head:
    """What the head says of one column: which it is, values of dimensions, whether it is a total.

    `key` is None for a column that the export does not have; `unknown` are the texts that say
    nothing the export knows.
    """

    key: str | None = None
    rank: int = 0
    values: dict[str, str] = field(default_factory=dict)
    total: bool = False
    unknown: tuple[str, ...] = ()


def heads(
    sheet: Sheet,
    rows: range,
    export: Export,
    *,
    year: str | None,
    part: str | None,
    measure: str | None,
) -> list[Head]:
    """What the rows of the head say of each column.

    Months without a year are of `year`, and a year alone of the month or the quarter that `part`
    names; columns that a head gives a month, a care form or such,
    but no name, hold `measure`. Beside columns of known categories, such as processes, columns of
    counts with another name are of categories that are not known.
    """
    levels = [list(sheet.top[row]) for row in rows]
    for upper, lower in reversed(list(pairwise(levels))):
        for column in range(1, len(upper)):
            if not upper[column] and lower[column] and head_rows.spreads(upper[column - 1], export):
                upper[column] = upper[column - 1]
    all_heads = []
    for column in range(sheet.columns):
        texts = dict.fromkeys(level[column] for level in levels if level[column])
        parted = (part for text in texts for part in head_rows.parted(text, export))
        head = _head(tuple(parted), export, year=year, part=part)
        if head.key is None and (head.values or head.total):
            head.key = measure
        all_heads.append(head)
    for category in (column.key for column in export.dimensions if column.kind.category):
        if any(category in head.values for head in all_heads):
            for position, head in enumerate(all_heads):
                names = [level[position] for level in levels if level[position]]
                named = bool(names) and any(map(str.isalpha, names[-1]))
                named = named and not selections.is_no_category(names[-1])
                if (
                    head.key is None
                    and not head.values
                    and named
                    and _counts(sheet, rows, position)
                ):
                    head.key, head.values = measure, {category: names[-1]}
                    head.unknown = tuple(text for text in head.unknown if text != names[-1])
    _name_parts(all_heads, export)
    return all_heads


def _name_parts(all_heads: Sequence[Head], export: Export) -> None:
    """Name columns of women and of men, where no column has both: `Utskrivna kvinnor`.

    Of columns of a plan and of what came about, the latter is named.
    """
    parts_by_key: dict[str, list[tuple[Head, int, str]]] = {}
    for head in all_heads:
        for text in head.unknown if head.key is None else ():
            name, part = selections.without_part(text)
            if part and (known := vocabulary.headings(export).key(name)):
                parts_by_key.setdefault(known[0], []).append((head, known[1], part))
    whole = {head.key for head in all_heads}
    for key, parts in parts_by_key.items():
        if key in whole:
            continue
        achieved = selections.achieved([part for _, _, part in parts])
        if achieved or selections.whole([part for _, _, part in parts]):
            for head, rank, part in parts:
                if part == (achieved or part):
                    head.key, head.rank = key, rank
                    head.unknown = () if achieved else (part,)


def _counts(sheet: Sheet, rows: range, position: int) -> bool:
    """Whether a column holds numbers and signs for none, by its first cells."""
    texts = [row[position] for row in sheet.top[rows.stop :] if row[position]]
    return bool(texts) and all(_COUNT.fullmatch(text) for text in texts)


def _head(texts: tuple[str, ...], export: Export, *, year: str | None, part: str | None) -> Head:
    head = Head()
    for text in texts:
        if head.key and titles.is_unit(text):
            continue
        if named := vocabulary.headings(export).key(text):
            head.key, head.rank = named
        elif named_value := vocabulary.dimension_of(export, text):
            head.values[named_value[0]] = named_value[1]
        elif is_total(text):
            head.total = True
        elif both := vocabulary.combined(export, text):
            head.key, head.rank = both.key, both.rank
            head.values |= both.values
            head.total = head.total or both.total
        elif (again := selections.revised(text)) and (
            named := vocabulary.headings(export).key(again[0])
        ):
            head.key, head.rank = named
            head.unknown += (again[1],)
        elif of_part := _of_part(text, export):
            head.values |= dict([of_part])
            head.unknown += (text,)
        elif not _explained(text, export):
            head.unknown += (text,)
    years = list(filter(None, map(titles.year_in, texts))) or [year or ""]
    for column in export.dimensions:
        said = (*texts, part) if part and years[0] in texts else texts
        if len(years) == 1 and (period := _period(column, said, years[0])):
            head.values.setdefault(column.key, period)
    return head


def _of_part(text: str, export: Export) -> tuple[str, str] | None:
    """The period in a text that also says which part it is of, as `2025 prel.`; of a plan none."""
    words = text.split()
    for cut in range(1, len(words)):
        parts = " ".join(words[:cut]), " ".join(words[cut:])
        for name, rest in (parts, parts[::-1]):
            value = vocabulary.dimension_of(export, name)
            if value and export.column(value[0]).kind.period and selections.selects(rest):
                return None if selections.stands_beside(rest) else value
    return None


def _explained(text: str, export: Export) -> bool:
    """Whether a text in a head is a year, a month, a unit or the name of what is counted."""
    return (
        titles.year_in(text) is not None
        or titles.month_in(text) is not None
        or head_rows.is_bare(text, export)
        or titles.is_unit(text)
        or not any(map(str.isalnum, text))
        or (len(text.strip("()")) == 1)
    )


def _period(column: Column, texts: Sequence[str], year: str) -> str | None:
    """The month or quarter that one of the texts names without its year."""
    if column.kind is kinds.MONTH:
        names = list(filter(titles.is_month_name, texts))
        return titles.month_in(f"{names[0]} {year}") if len(names) == 1 else None
    if column.kind is kinds.QUARTER and year:
        numbers = [n for text in texts for n in title_periods.numbers_in(text)]
        return f"{year}-K{numbers[0]}" if len(numbers) == 1 else None
    return None
