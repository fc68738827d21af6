"""Where in a book the table is: head rows, which column is what, what titles and sheet names say.

The result is blocks. A block is a set of columns of one sheet that share what their heads say of
month, place and care form, so a report with two care forms side by side is two blocks, and a sheet
with twelve months as columns is twelve.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from loaders import vocabulary
from loaders.declaration import DIMENSIONS, Column, Export, Kind
from loaders.problems import Problem
from loaders.read import Book, Sheet
from loaders.total_words import is_total

_BAND = 3


@dataclass(frozen=True)
class Block:
    """Columns of one sheet with the same constants.

    `first_row` is the zero-based row where the data begins; `sources` maps a column's key to the
    zero-based columns that hold it (several only for a municipality's code and name); `constants`
    maps a dimension's key to its value. A `total` block is no data but a check sum of the others.
    """

    sheet: Sheet
    first_row: int
    sources: Mapping[str, tuple[int, ...]]
    constants: Mapping[str, str]
    total: bool = False


@dataclass(frozen=True)
class Located:
    """A book understood as an export: its blocks, and what could not be understood."""

    export: Export
    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...] = ()


@dataclass
class _Head:
    """What the head says of one column."""

    key: str | None = None
    rank: int = 0
    values: dict[str, str] = field(default_factory=dict)
    total: bool = False
    texts: tuple[str, ...] = ()


def locate(book: Book, exports: Iterable[Export]) -> Located | Problem:
    """The export that the book fits best, with its blocks; or the problem that it fits none.

    Where required columns are missing the blocks are given all the same, with the problems.
    """
    best: tuple[tuple[int, int], Located] | None = None
    for export in exports:
        blocks, problems = _blocks(book, export)
        found = {key for block in blocks for key in (*block.sources, *block.constants)}
        required = [column for column in export.columns if column.required]
        missing = [column for column in required if column.key not in found]
        known = len(required) - len(missing)
        if not blocks or known < 2 or 2 * known < len(required):
            continue
        problems += [_missing(column, book) for column in missing]
        rank = (-len(missing), len(found))
        if best is None or rank > best[0]:
            best = rank, Located(export=export, blocks=tuple(blocks), problems=tuple(problems))
    if best is None:
        return Problem(
            code="unknown-export",
            message="Filen känns inte igen: inget blad har de kolumner som någon känd export har.",
        )
    return best[1]


def _missing(column: Column, book: Book) -> Problem:
    where = " (kan också stå i rubriken eller bladets namn)" if column.kind is Kind.MONTH else ""
    return Problem(
        code="missing-column",
        message=f"Kolumnen {column.label} saknas{where}.",
        sheet=book.sheets[0].name if len(book.sheets) == 1 else None,
        column=column.label,
    )


def _blocks(book: Book, export: Export) -> tuple[list[Block], list[Problem]]:
    blocks: list[Block] = []
    problems: list[Problem] = []
    for sheet in book.sheets:
        band = _band(sheet, export)
        if band is None:
            continue
        titles = _titles(sheet, before=band.start)
        heads = _heads(sheet, band, export, titles)
        found = _grouped(sheet, band, export, heads)
        constants, conflict = _constants(book, sheet, export, titles)
        if any(
            problem_key not in (*block.sources, *block.constants)
            for block in found
            for problem_key in conflict
        ):
            problems += conflict.values()
        for block in found:
            known = {*block.sources, *block.constants}
            outer = {key: value for key, value in constants.items() if key not in known}
            blocks.append(
                Block(
                    sheet=sheet,
                    first_row=block.first_row,
                    sources=block.sources,
                    constants={**outer, **block.constants},
                    total=block.total,
                )
            )
    return blocks, problems


def _titles(sheet: Sheet, *, before: int) -> list[str]:
    seen = dict.fromkeys(text for row in sheet.top[:before] for text in row if text)
    return list(seen)


def _band(sheet: Sheet, export: Export) -> range | None:
    """The rows of the head: the row with most known headings, and known ones next to it."""
    scores = [_score(row, export) for row in sheet.top]
    best = max(range(len(scores)), key=lambda row: (scores[row], -row), default=None)
    if best is None or scores[best] == 0:
        return None
    first = best
    while first > 0 and best - first < _BAND - 1 and _is_head(sheet.top[first - 1], export):
        first -= 1
    last = best
    while last + 1 < len(sheet.top) and last - first < _BAND - 1 and scores[last + 1]:
        if _has_numbers(sheet.top[last + 1]):
            break
        last += 1
    return range(first, last + 1) if sum(scores[first : last + 1]) >= 2 else None


def _score(row: Sequence[str], export: Export) -> int:
    """How many columns a row's cells name, counting each dimension spread over columns as one."""
    names = vocabulary.headings(export)
    keys = {named[0] for text in row if text and (named := names.key(text))}
    spread = 0
    for column in export.dimensions:
        values = {value for text in row if text and (value := vocabulary.value_of(column, text))}
        spread += len(values) >= 2
    spread += sum(map(vocabulary.is_month_name, set(row))) >= 2
    return len(keys) + spread if keys or spread else 0


def _is_head(row: Sequence[str], export: Export) -> bool:
    texts = {text for text in row if text}
    names = vocabulary.headings(export)
    return (
        len(texts) > 1
        and not _has_numbers(row)
        and any(
            names.key(text)
            or any(vocabulary.value_of(column, text) for column in export.dimensions)
            for text in texts
        )
    )


def _has_numbers(row: Sequence[str]) -> bool:
    """Whether the row holds data: numbers that are not years or months."""
    for text in row:
        plain = text.replace(",", ".").replace("\u00a0", "").replace(" ", "")
        try:
            number = float(plain)
        except ValueError:
            continue
        if not (1990 <= number <= 2100 or 199001 <= number <= 210012):
            return True
    return False


def _heads(sheet: Sheet, band: range, export: Export, titles: Sequence[str]) -> list[_Head]:
    levels = [list(sheet.top[row]) for row in band]
    names = vocabulary.headings(export)
    for upper, lower in pairwise(levels):
        for column in range(1, len(upper)):
            if upper[column] or not lower[column]:
                continue
            named = names.key(upper[column - 1])
            if named is None or export.column(named[0]).kind not in DIMENSIONS:
                upper[column] = upper[column - 1]
    year = next(filter(None, map(vocabulary.year_in, [sheet.name, *titles])), None)
    heads = [
        _head(
            tuple(dict.fromkeys(level[column] for level in levels if level[column])),
            export,
            year=year,
        )
        for column in range(sheet.columns)
    ]
    pending = vocabulary.measure_in(export, sheet.name) or next(
        (key for title in titles if (key := vocabulary.measure_in(export, title))), None
    )
    for head in heads:
        if head.key is None and (head.values or head.total):
            head.key = pending
    return heads


def _head(texts: tuple[str, ...], export: Export, *, year: str | None) -> _Head:
    """What a column's head says; months without a year in the head are of the title's year."""
    head = _Head(texts=texts)
    names = vocabulary.headings(export)
    for text in texts:
        if named := names.key(text):
            head.key, head.rank = named
        elif found := _dimension(text, export):
            head.values[found[0]] = found[1]
        elif is_total(text):
            head.total = True
    if any(map(vocabulary.is_month_name, texts)):
        dated = texts if any(map(vocabulary.year_in, texts)) else (*texts, year or "")
        for column in export.dimensions:
            if column.kind is Kind.MONTH and (month := vocabulary.month_in(" ".join(dated))):
                head.values.setdefault(column.key, month)
    return head


def _dimension(text: str, export: Export) -> tuple[str, str] | None:
    """The dimension, and its value, that a text in a head gives."""
    for column in export.dimensions:
        if value := vocabulary.value_of(column, text):
            return column.key, value
    return None


def _grouped(sheet: Sheet, band: range, export: Export, heads: Sequence[_Head]) -> list[Block]:
    rows: dict[str, list[tuple[int, int]]] = {}
    cells: dict[tuple[tuple[str, str], ...], dict[str, tuple[int, int]]] = {}
    totals: dict[tuple[tuple[str, str], ...], dict[str, tuple[int, int]]] = {}
    for position, head in enumerate(heads):
        if head.key is None:
            continue
        if export.column(head.key).kind in DIMENSIONS:
            rows.setdefault(head.key, []).append((head.rank, position))
            continue
        group = totals if head.total else cells
        columns = group.setdefault(tuple(sorted(head.values.items())), {})
        columns[head.key] = min(columns.get(head.key, (head.rank, position)), (head.rank, position))
    fixed = {key: _chosen(export.column(key), found) for key, found in rows.items()}
    if not cells or not fixed:
        return []
    return [
        Block(
            sheet=sheet,
            first_row=band.stop,
            sources={
                **{key: found for key, found in fixed.items() if key not in dict(values)},
                **{key: (position,) for key, (_, position) in columns.items()},
            },
            constants=dict(values),
            total=total,
        )
        for total, groups in ((False, cells), (True, totals))
        for values, columns in groups.items()
    ]


def _chosen(column: Column, found: list[tuple[int, int]]) -> tuple[int, ...]:
    positions = [position for _, position in sorted(found)]
    return tuple(positions[:2] if column.kind is Kind.MUNICIPALITY else positions[:1])


def _constants(
    book: Book, sheet: Sheet, export: Export, titles: Sequence[str]
) -> tuple[dict[str, str], dict[str, Problem]]:
    """What the sheet's name and titles say of dimensions, and on which they disagree."""
    constants: dict[str, str] = {}
    problems: dict[str, Problem] = {}
    texts = [sheet.name, *titles]
    for column in export.dimensions:
        match column.kind:
            case Kind.MONTH:
                months = list(dict.fromkeys(filter(None, map(vocabulary.month_in, texts))))
                months = months or list(filter(None, [vocabulary.month_in(Path(book.name).stem)]))
                if len(months) > 1:
                    problems[column.key] = Problem(
                        code="not-a-period",
                        message="Bladets namn och rubrik nämner olika månader: "
                        f"{' och '.join(months)}.",
                        sheet=sheet.name,
                        column=column.label,
                    )
                found = months[0] if months else None
            case Kind.CHOICE:
                named = (vocabulary.choice_in(column, text) for text in texts)
                found = next(filter(None, named), None)
            case Kind.HOSPITAL:
                found = next(filter(None, map(vocabulary.hospital_in, texts)), None)
            case _:
                found = None
        if found:
            constants[column.key] = found
    return constants, problems
