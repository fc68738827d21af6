"""From the tables of a book to blocks: which column holds what, for which month and place."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import duckdb

from loaders import kinds
from loaders.declaration import Column, Export
from loaders.locating import beside_heads, heads, layouts, total_blocks
from loaders.locating.bands import PlacesByKey, SettledBands, Texts, Values, settle
from loaders.locating.located import Block, Located
from loaders.locating.said import constants_of, unit_around
from loaders.locating.tables import SheetTable, tables
from loaders.mapping import title_periods, titles
from loaders.problems import Problem
from loaders.questions import Answers
from loaders.reading.book import Book
from loaders.reading.grids import Sheet


def blocks_of(
    book: Book, export: Export, connection: duckdb.DuckDBPyConnection, answers: Answers
) -> Located:
    """The book as an export, with all tables and blocks that look like it, few as they may be."""
    blocks: list[Block] = []
    problems: list[Problem] = []
    used: list[SheetTable] = []
    passed: list[SheetTable] = []
    said: dict[tuple[str, int, int], str] = {}
    told = answers.constants(export)
    of_time = {column.key for column in export.columns if column.kind.period}
    for sheet in book.sheets:
        inherited: dict[str, str] = {}
        before: list[str] = []
        for table in tables(sheet, export, connection):
            above = _titles(table.sheet, before=table.head.start)
            own_blocks, settled = _grouped(book, table, export, [*above, *before], answers)
            texts = title_periods.completed(above, before)
            constants, conflict = constants_of(book, table.sheet, export, texts)
            if any(map(title_periods.names_time, above)):
                # A table that names a time of its own is of no other.
                inherited = {k: v for k, v in inherited.items() if k not in of_time}
            constants = {**inherited, **constants}
            inherited, before = constants, before or above
            if any(
                key not in (*block.sources, *block.constants, *told)
                for block in own_blocks
                for key in conflict
            ):
                problems += conflict.values()
            if not own_blocks:
                passed.append(table)
                continue
            own_blocks = [_in_outline(block, export, constants, connection) for block in own_blocks]
            problems += settled.problems
            number = len(used)
            used.append(table)
            said |= {(sheet.name, number, at): why for at, why in settled.said.items()}
            unit = None if export.selective else unit_around(book, table, connection)
            for block in own_blocks:
                known = {*block.sources, *block.constants}
                outer = {k: v for k, v in {**constants, **told}.items() if k not in known}
                blocks.append(
                    replace(block, constants={**outer, **block.constants}, table=number, unit=unit)
                )
    if export.records:
        blocks = [block for block in blocks if _holds_records(block, export)]
    if export.tables:
        blocks = total_blocks.in_parts(blocks, used)
    held = {block.table for block in blocks}
    passed += [table for number, table in enumerate(used) if number not in held]
    apart, unclear = total_blocks.apart(blocks, export)
    return Located(
        name=book.name,
        export=export,
        blocks=tuple(apart),
        problems=(*problems, *unclear),
        tables=tuple(used),
        said=said,
        passed=tuple(passed),
    )


def _in_outline(
    block: Block,
    export: Export,
    constants: Mapping[str, str],
    connection: duckdb.DuckDBPyConnection,
) -> Block:
    """The block with its outline, where one column has both periods and municipalities."""
    outline = layouts.outlined(block, export, connection)
    if outline is None or {outline.outer, outline.inner} & constants.keys():
        return block
    places = block.sources["municipality"]
    sources = {**block.sources, outline.outer: places, outline.inner: places}
    return replace(block, sources=sources, outline=outline)


def _holds_records(block: Block, export: Export) -> bool:
    """Whether a block has enough of the columns; a list that explains them has not."""
    required = [column.key for column in export.columns if column.required]
    held = {*block.sources, *(block.constants if len(block.sources) > 1 else ())}
    return 2 * sum(key in held for key in required) >= len(required)


def _titles(sheet: Sheet, *, before: int) -> list[str]:
    """The texts above the head, but for what stands beside a label such as `Uttaget:`."""
    seen: dict[str, None] = {}
    for row in sheet.top[:before]:
        texts = [text for text in row if text]
        for label, text in zip(["", *texts], texts, strict=False):
            if not titles.is_extract(label) or any(map(str.isdigit, label)):
                seen[text] = None
                if label.endswith(":"):
                    seen[f"{label} {text}"] = None
    return list(seen)


def _grouped(
    book: Book, table: SheetTable, export: Export, above: Sequence[str], answers: Answers
) -> tuple[list[Block], SettledBands]:
    sheet, rows = table.sheet, table.head
    around = [sheet.name, *above]
    year = next(filter(None, map(titles.year_in, [*around, titles.file_words(book.name)])), None)
    measure = next(filter(None, (titles.measure_in(export, text) for text in around)), None)
    measure = measure or _only_measure(export)
    named: dict[str, list[tuple[int, int]]] = {}
    gathered: dict[tuple[Values, Texts], PlacesByKey] = {}
    of_totals: dict[tuple[Values, Texts], PlacesByKey] = {}
    beside = []
    years = beside_heads.years(sheet, rows, export)
    found_heads = heads.heads(
        sheet, rows, export, year=year, part=title_periods.part_in(around), measure=measure
    )
    listed = layouts.measured(table, found_heads, export)
    if listed is not None:
        found_heads = [
            heads.Head() if at == listed.at else _without_measure(head, export)
            for at, head in enumerate(found_heads)
        ]
    for position, head in enumerate(found_heads):
        if position == years or any(answers.unused(row[position]) for row in _rows(table)):
            continue
        if head.key is None:
            if not gathered:
                beside.append(position)
        elif export.column(head.key).kind.dimension:
            named.setdefault(head.key, []).append((head.rank, position))
        else:
            group = (of_totals if head.total else gathered).setdefault(
                (tuple(sorted(head.values.items())), head.unknown), {}
            )
            group.setdefault(head.key, []).append((head.rank, position))
    over = {key for head in found_heads for key in head.values}
    for column in export.columns:
        if column.key in named or not (column.kind is kinds.MUNICIPALITY or column.kind.category):
            continue
        of_places = column.kind is kinds.MUNICIPALITY
        ranked = [
            (rank, at)
            for rank, at in enumerate(beside)
            if (of_places and beside_heads.lists_places(sheet, rows, at, export))
            or ("municipality" in over and beside_heads.lists_categories(sheet, rows, at, column))
        ]
        if ranked or of_places:
            named[column.key] = ranked
    if listed is not None:
        rest = _listed(listed, found_heads, named, table, export)
        return [replace(block, year=year, year_column=years) for block in rest], SettledBands()
    settled = settle(gathered, table, export, answers)
    total_columns = settle(of_totals, table, export, answers)
    cells = [columns for columns in settled.columns if columns.places]
    totals = [columns for columns in total_columns.columns if columns.places]
    if export.records and len(cells) > 1:
        # What a head tells apart is of each record; the rest of a row is of them all.
        shared = {k: at for c in cells if not c.values for k, at in c.places.items()}
        cells = [replace(c, places={**shared, **c.places}) for c in cells if c.values]
    fixed = {key: _chosen(export.column(key), places) for key, places in named.items() if places}
    if not fixed and not export.records:
        return [], settled
    twice = {key for columns in cells for key in dict(columns.values) if key in fixed}
    settled.problems += [_said_twice(export.column(key), sheet) for key in sorted(twice)]
    total_blocks.tell(cells, totals)
    return [
        Block(
            sheet=sheet,
            first_row=rows.stop,
            last_row=table.end,
            sources={
                **{key: at for key, at in fixed.items() if key not in dict(columns.values)},
                **{key: (position,) for key, position in columns.places.items()},
            },
            constants=dict(columns.values),
            beside=tuple(beside),
            total=total,
            year=year,
            year_column=years,
            part=columns.part,
            unit_column=beside_heads.units(table, export),
            stub=_stub(found_heads, fixed.get("municipality", ()), columns.places.values()),
        )
        for total, groups in ((False, cells), (True, totals))
        for columns in groups
        if columns.places
    ], settled


def _stub(
    found_heads: Sequence[heads.Head], places: Sequence[int], numbers: Iterable[int]
) -> tuple[int, ...]:
    """The columns without a known heading between the places and the numbers."""
    if not places:
        return ()
    between = range(max(places) + 1, min(numbers))
    return tuple(at for at in between if found_heads[at].key is None)


def _without_measure(head: heads.Head, export: Export) -> heads.Head:
    """A head that says nothing of the measure."""
    dimension = head.key and export.column(head.key).kind.dimension
    return head if dimension else replace(head, key=None)


def _listed(
    listed: layouts.Measured,
    found_heads: Sequence[heads.Head],
    named: dict[str, list[tuple[int, int]]],
    table: SheetTable,
    export: Export,
) -> list[Block]:
    """The blocks of a table that has its measures in rows: one a measure and column of numbers."""
    fixed = {
        key: _chosen(export.column(key), [place for place in places if place[1] != listed.at])
        for key, places in named.items()
    }
    return [
        Block(
            sheet=table.sheet,
            first_row=table.head.stop,
            last_row=table.end,
            sources={
                **{k: at for k, at in fixed.items() if at and k not in values},
                key: (position,),
            },
            constants=dict(values),
            only=(listed.at, texts),
        )
        for key, texts in listed.texts.items()
        for values, position in layouts.value_columns(table, found_heads)
    ]


def _said_twice(column: Column, sheet: Sheet) -> Problem:
    label = column.label
    return Problem(
        code="not-a-period" if column.kind.period else "not-allowed",
        message=f"{label} står både i kolumnen {label} och i rubrikerna över talen. "
        "Ta bort det ena.",
        sheet=sheet.name,
        column=label,
    )


def _rows(table: SheetTable) -> list[tuple[str, ...]]:
    return [table.sheet.top[row] for row in table.head]


def _only_measure(export: Export) -> str | None:
    """What columns headed by a period or a category hold: there is nothing else to hold."""
    if export.headed:
        return export.headed
    categories = any(column.kind.category for column in export.dimensions)
    return export.measures[0].key if categories and len(export.measures) == 1 else None


def _chosen(column: Column, ranked: list[tuple[int, int]]) -> tuple[int, ...]:
    positions = [position for _, position in sorted(ranked)]
    return tuple(positions[:2] if column.kind is kinds.MUNICIPALITY else positions[:1])
