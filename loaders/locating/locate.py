"""Where in a book the table is, and what its head, its titles and its sheet say of each column.

The result is blocks. A block is a set of columns of one sheet that share what their heads say of
month, place and care form, so a report with two care forms side by side is two blocks, and a sheet
with twelve months as columns is twelve.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from loaders.declaration import DIMENSIONS, PERIODS, Column, Export, Kind
from loaders.locating import heads
from loaders.mapping import title_periods, titles, vocabulary
from loaders.mapping.total_words import is_total
from loaders.problems import Problem
from loaders.reading.book import Book, Sheet

# By what the head says of dimensions: the columns, as (rank, position).
_YEAR = frozenset({"år", "årtal", "kalenderår"})
_WITHIN_YEAR = frozenset({Kind.MONTH, Kind.QUARTER, Kind.PERIOD})
_Groups: TypeAlias = dict[tuple[tuple[str, str], ...], dict[str, tuple[int, int]]]


@dataclass(frozen=True)
class Block:
    """Columns of one sheet with the same constants.

    `first_row` is the zero-based row where the data begins; `sources` maps a column's key to the
    zero-based columns that hold it (several only for a municipality's code and name); `constants`
    maps a dimension's key to its value; `beside` are columns to the left that are not read, where a
    total may say what it is of. A `total` block is no data but a check sum of the others. Periods
    without a year are of that in `year_column`, or else of `year`.
    """

    sheet: Sheet
    first_row: int
    sources: Mapping[str, tuple[int, ...]]
    constants: Mapping[str, str]
    beside: tuple[int, ...] = ()
    total: bool = False
    year: str | None = None
    year_column: int | None = None


@dataclass(frozen=True)
class Located:
    """A book understood as an export: its blocks, and what could not be understood."""

    export: Export
    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...] = ()


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
        known = len(
            {column.key for column in required for block in blocks if column.key in block.sources}
        )
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
    where = " (kan också stå i rubriken eller bladets namn)" if column.kind in PERIODS else ""
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
        rows = heads.band(sheet, export)
        if rows is None:
            continue
        above = _titles(sheet, before=rows.start)
        found = _grouped(book, sheet, rows, export, above)
        constants, conflict = _constants(book, sheet, export, above)
        if any(
            problem_key not in (*block.sources, *block.constants)
            for block in found
            for problem_key in conflict
        ):
            problems += conflict.values()
        for block in found:
            known = {*block.sources, *block.constants}
            outer = {key: value for key, value in constants.items() if key not in known}
            blocks.append(replace(block, constants={**outer, **block.constants}))
    if export.records:
        blocks = [block for block in blocks if _holds_records(block, export)]
    apart, unclear = _totals_apart(blocks, export)
    return apart, problems + unclear


def _holds_records(block: Block, export: Export) -> bool:
    """Whether a block has enough of the columns; a list that explains them has not."""
    required = [column.key for column in export.columns if column.required]
    return 2 * sum(key in block.sources for key in required) >= len(required)


def _totals_apart(blocks: Sequence[Block], export: Export) -> tuple[list[Block], list[Problem]]:
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


def _titles(sheet: Sheet, *, before: int) -> list[str]:
    """The texts above the head, but for what stands beside a label such as `Uttaget:`."""
    seen: dict[str, None] = {}
    for row in sheet.top[:before]:
        texts = [text for text in row if text]
        for label, text in zip(["", *texts], texts, strict=False):
            if not titles.is_extract(label) or any(map(str.isdigit, label)):
                seen[text] = None
    return list(seen)


def _grouped(
    book: Book, sheet: Sheet, rows: range, export: Export, above: Sequence[str]
) -> list[Block]:
    around = [sheet.name, *above]
    year = next(filter(None, map(titles.year_in, [*around, titles.file_words(book.name)])), None)
    measure = next(filter(None, (titles.measure_in(export, text) for text in around)), None)
    measure = measure or _only_measure(export)
    named: dict[str, list[tuple[int, int]]] = {}
    cells: _Groups = {}
    totals: _Groups = {}
    beside = []
    years = _years(sheet, rows, export)
    for position, head in enumerate(heads.heads(sheet, rows, export, year=year, measure=measure)):
        if position == years:
            continue
        if head.key is None:
            if not cells:
                beside.append(position)
        elif export.column(head.key).kind in DIMENSIONS:
            named.setdefault(head.key, []).append((head.rank, position))
        else:
            group = (totals if head.total else cells).setdefault(
                tuple(sorted(head.values.items())), {}
            )
            group[head.key] = min(group.get(head.key, (head.rank, position)), (head.rank, position))
    for column in export.columns:
        if column.kind is Kind.MUNICIPALITY and column.key not in named:
            named[column.key] = [
                (rank, position)
                for rank, position in enumerate(beside)
                if _lists_places(sheet, rows, position)
            ]
    if export.records and len(cells) > 1:
        # What a head tells apart is of each record; the rest of a row is of them all.
        shared = cells.pop((), {})
        cells = {values: {**shared, **group} for values, group in cells.items()}
    fixed = {key: _chosen(export.column(key), found) for key, found in named.items() if found}
    if not fixed and not export.records:
        return []
    _tell_totals(cells, totals)
    return [
        Block(
            sheet=sheet,
            first_row=rows.stop,
            sources={
                **{key: found for key, found in fixed.items() if key not in dict(values)},
                **{key: (position,) for key, (_, position) in columns.items()},
            },
            constants=dict(values),
            beside=tuple(beside),
            total=total,
            year=year,
            year_column=years,
        )
        for total, groups in ((False, cells), (True, totals))
        for values, columns in groups.items()
        if columns
    ]


def _years(sheet: Sheet, rows: range, export: Export) -> int | None:
    """The column with the years of the months or quarters in another one."""
    heads_of = [
        {vocabulary.heading(sheet.top[row][position]) for row in rows}
        for position in range(sheet.columns)
    ]
    periods = {
        vocabulary.heading(name)
        for column in export.columns
        if column.kind in _WITHIN_YEAR
        for name in (column.label, *column.names)
    } - _YEAR
    found = [position for position, texts in enumerate(heads_of) if texts & _YEAR]
    beside = any(texts & periods for texts in heads_of)
    return found[0] if len(found) == 1 and beside else None


def _only_measure(export: Export) -> str | None:
    """What columns headed by a period or a category hold: there is nothing else to hold."""
    if export.headed:
        return export.headed
    categories = any(column.kind is Kind.CATEGORY for column in export.dimensions)
    return export.measures[0].key if categories and len(export.measures) == 1 else None


def _lists_places(sheet: Sheet, rows: range, position: int) -> bool:
    """Whether a column without a known heading holds municipalities, by its first cells."""
    texts = [text for row in sheet.top[rows.stop :] if (text := row[position])]
    kinds = [vocabulary.place(text).kind for text in texts]
    return kinds.count("municipality") >= 3 and 2 * kinds.count("municipality") > len(kinds)


def _tell_totals(cells: _Groups, totals: _Groups) -> None:
    """A total of nothing else is no total; columns that lack what others tell apart are one."""
    for values in list(totals):
        single = {
            key for key in totals[values] if not any(key in group for group in cells.values())
        }
        if single:
            cells.setdefault(values, {}).update({key: totals[values].pop(key) for key in single})
    for values in list(cells):
        keys = {key for key, _ in values}
        for other, group in cells.items():
            if keys < {key for key, _ in other} and group.keys() & cells[values].keys():
                totals.setdefault(values, {}).update(cells.pop(values))
                break


def _chosen(column: Column, found: list[tuple[int, int]]) -> tuple[int, ...]:
    positions = [position for _, position in sorted(found)]
    return tuple(positions[:2] if column.kind is Kind.MUNICIPALITY else positions[:1])


def _constants(
    book: Book, sheet: Sheet, export: Export, above: Sequence[str]
) -> tuple[dict[str, str], dict[str, Problem]]:
    """What the sheet's name and titles say of dimensions, and on which they disagree."""
    constants: dict[str, str] = {}
    problems: dict[str, Problem] = {}
    texts = [sheet.name, *above]
    file = titles.file_words(book.name)
    for column in export.dimensions:
        match column.kind:
            case Kind.MONTH:
                found, problem = _one_of(titles.months_in(texts, file=file), column, sheet)
                problems |= problem
            case Kind.QUARTER:
                quarters = title_periods.quarters_in(texts, file=file)
                found, problem = _one_of(quarters, column, sheet)
                problems |= problem
            case Kind.YEAR:
                years = title_periods.years_in(texts, file=file)
                found, problem = _one_of(years, column, sheet)
                problems |= problem
            case Kind.PERIOD:
                periods = (
                    titles.months_in(texts, file=file)
                    or title_periods.quarters_in(texts, file=file)
                    or title_periods.years_in(texts, file=file)
                )
                found, problem = _one_of(periods, column, sheet)
                problems |= problem
            case Kind.CHOICE:
                named = (titles.choice_in(column, text) for text in texts)
                found = vocabulary.value_of(column, sheet.name) or next(filter(None, named), None)
            case Kind.HOSPITAL:
                found = next(filter(None, map(titles.hospital_in, texts)), None)
                if vocabulary.place(sheet.name).kind != "municipality":
                    found = vocabulary.value_of(column, sheet.name) or found
            case Kind.MUNICIPALITY | Kind.CATEGORY:
                found = vocabulary.value_of(column, sheet.name)
            case _:
                found = None
        if found:
            constants[column.key] = found
    return constants, problems


def _one_of(
    periods: Sequence[str], column: Column, sheet: Sheet
) -> tuple[str | None, dict[str, Problem]]:
    """The period that the texts around a table name, and the problem that they name several."""
    if len(periods) < 2:
        return next(iter(periods), None), {}
    kinds = {Kind.MONTH: "månader", Kind.QUARTER: "kvartal", Kind.YEAR: "år"}
    kinds[Kind.PERIOD] = "perioder"
    problem = Problem(
        code="not-a-period",
        message=f"Bladets namn och rubrik nämner olika {kinds[column.kind]}: "
        f"{' och '.join(periods)}.",
        sheet=sheet.name,
        column=column.label,
    )
    return periods[0], {column.key: problem}
