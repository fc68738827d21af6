"""What each cell of a file was read as, by its row and its column: the parts of the receipt."""

from collections.abc import Iterable, Sequence

import duckdb

from loaders import kinds
from loaders.answering.receipt import Receipt, ReceiptPart, Role
from loaders.checking.doubts.leftovers import Leftover
from loaders.locating.located import Located
from loaders.locating.tables import SheetTable
from loaders.reading.book import Book
from loaders.reading.grids import Sheet
from swedish.typography import plural

_ASIDE = {
    "aside": "rader utan känd kommun",
    "outside": "rader från andra län",
    "alone": "rader för områden utan sina kommuner",
    "repeat": "en tabell som upprepar en annan",
    "part": "delar av det som har en egen rad",
}
_OTHER_TABLE = "har andra kolumner"
_ROLES = {
    "note": Role.TITLE,
    "head": Role.HEAD,
    "total": Role.TOTAL,
    **dict.fromkeys(_ASIDE, Role.SET_ASIDE),
}


def unread(book: Book, reason: str, connection: duckdb.DuckDBPyConnection) -> Receipt:
    """The receipt of a file of which nothing is read."""
    parts = [_sheet(sheet, reason, connection) for sheet in book.sheets]
    parts += _hidden(book, connection)
    return _receipt(sum(part.cells for part in parts), parts, ())


def receipt(
    book: Book,
    located: Located,
    leftovers: Sequence[Leftover],
    said: Iterable[str],
    connection: duckdb.DuckDBPyConnection,
) -> Receipt:
    """The receipt of a file whose rows have their roles; nothing of it has been dropped yet."""
    parts: list[ReceiptPart] = []
    for sheet in book.sheets:
        of_sheet = {block.table for block in located.blocks if block.sheet.table == sheet.table}
        mine = sorted(of_sheet)
        if mine:
            parts += _tables(sheet, mine, located, leftovers, connection)
        else:
            parts.append(_sheet(sheet, "inga kända kolumner", connection))
    parts += _hidden(book, connection)
    cells = sum(_cells(sheet, "true", connection) for sheet in (*book.sheets, *book.hidden))
    if cells > sum(part.cells for part in parts):
        # Nothing is published of a file of which something has been passed over in silence.
        raise AssertionError(f"cells with no role in {book.name}: {cells}, {parts}")
    return _receipt(cells, parts, [*said, *_missing(located, connection)])


def _receipt(cells: int, parts: Iterable[ReceiptPart], said: Iterable[str]) -> Receipt:
    return Receipt(cells, tuple(part for part in parts if part.cells), tuple(said))


def _cells(sheet: Sheet, where: str, connection: duckdb.DuckDBPyConnection) -> int:
    return sum(_filled(sheet, range(sheet.columns), where, connection))


def _sheet(sheet: Sheet, reason: str, connection: duckdb.DuckDBPyConnection) -> ReceiptPart:
    return ReceiptPart(Role.UNREAD_SHEET, sheet.name, _cells(sheet, "true", connection), "", reason)


def _hidden(book: Book, connection: duckdb.DuckDBPyConnection) -> list[ReceiptPart]:
    return [_sheet(sheet, "dolt", connection) for sheet in book.hidden]


def _filled(
    sheet: Sheet, columns: Iterable[int], where: str, connection: duckdb.DuckDBPyConnection
) -> list[int]:
    """How many cells of each column hold something."""
    counts = ", ".join(f"count(c{at})" for at in columns)
    if not counts:
        return []
    row = connection.execute(f"select {counts} from {sheet.table} where {where}").fetchone()
    return [int(count) for count in row or ()]


def _tables(
    sheet: Sheet,
    numbers: Sequence[int],
    located: Located,
    leftovers: Sequence[Leftover],
    connection: duckdb.DuckDBPyConnection,
) -> list[ReceiptPart]:
    parts: list[ReceiptPart] = []
    for number in numbers:
        parts += _body(sheet, number, located.tables[number], located, leftovers, connection)
    read = {located.tables[number].head: located.tables[number] for number in numbers}
    passed = {
        table.head: table
        for table in located.passed
        if table.sheet.table == sheet.table and table.head not in read
    }
    for table in passed.values():
        until = "" if table.end is None else f"and rowid < {table.end}"
        cells = _cells(sheet, f"rowid >= {table.titles} {until}", connection)
        what = f"tabellen {table.headings}"
        parts.append(ReceiptPart(Role.UNREAD_COLUMN, sheet.name, cells, what, _OTHER_TABLE))
    for head, table in read.items():
        here = [located.tables[n].columns for n in numbers if located.tables[n].head == head]
        parts += _around(sheet, table, here, connection)
    first = min(table.titles for table in (*read.values(), *passed.values()))
    before = _cells(sheet, f"rowid < {first}", connection)
    return [*parts, ReceiptPart(Role.TITLE, sheet.name, before, "rubriker")]


def _around(
    sheet: Sheet,
    table: SheetTable,
    columns: Sequence[range],
    connection: duckdb.DuckDBPyConnection,
) -> list[ReceiptPart]:
    """The titles and the head of a table, and what stands beside all tables with that head."""
    head = table.head
    above = f"rowid >= {table.titles} and rowid < {head.start}"
    within = f"rowid >= {head.start} and rowid < {head.stop}"
    until = "" if table.end is None else f"and rowid < {table.end}"
    beside = [at for at in range(sheet.columns) if not any(at in those for those in columns)]
    below = _filled(sheet, beside, f"rowid >= {head.stop} {until}", connection)
    top = [sheet.top[row] for row in head if row < len(sheet.top)]
    return [
        ReceiptPart(Role.TITLE, sheet.name, _cells(sheet, above, connection), "rubriker"),
        ReceiptPart(Role.HEAD, sheet.name, _cells(sheet, within, connection), "kolumnrubriker"),
        *(
            ReceiptPart(
                Role.UNREAD_COLUMN,
                sheet.name,
                cells,
                " ".join(row[at] for row in top if row[at]),
                "hör inte till tabellen",
            )
            for at, cells in zip(beside, below, strict=True)
        ),
    ]


def _body(
    sheet: Sheet,
    number: int,
    table: SheetTable,
    located: Located,
    leftovers: Sequence[Leftover],
    connection: duckdb.DuckDBPyConnection,
) -> list[ReceiptPart]:
    """The cells below a head, by the role of the row and, in rows of data, of the column."""
    blocks = [n for n, block in enumerate(located.blocks) if block.table == number]
    lines = "record_line" if located.export.records else "line"
    until = "" if table.end is None else f"and rowid < {table.end}"
    rows = f"rowid >= {table.head.stop} {until}"
    if located.export.counted is not None:
        role = "'data'"
        source = f"select * from {sheet.table} where {rows}"
    else:
        # A row that is data in one block and a total in another is a row of data.
        role = "coalesce(role, 'note')"
        source = f"""
            select grid.*, role
            from (select rowid as at, * from {sheet.table} where {rows}) as grid
            left join (
                select row, arg_min(role, (role <> 'data')::integer) as role
                from {lines}
                where list_contains({blocks}, block)
                group by row
            ) as line on line.row = grid.at
        """
    counts = ", ".join(f"count(c{at}) as n{at}" for at in table.columns)
    held = connection.execute(
        f"select {role} as role, {counts} from ({source}) group by all"
    ).fetchall()
    columns = _columns(number, located, leftovers)
    parts: list[ReceiptPart] = []
    for row_role, *cells in held:
        for at, count in zip(table.columns, cells, strict=True):
            if row_role == "data":
                known, what, why = columns.get(at, (Role.UNREAD_COLUMN, "", "utan rubrik"))
                parts.append(ReceiptPart(known, sheet.name, count, what, why))
        if row_role != "data":
            parts.append(
                ReceiptPart(
                    _ROLES.get(row_role, Role.TITLE),
                    sheet.name,
                    sum(cells),
                    "",
                    _ASIDE.get(row_role, ""),
                )
            )
    return parts


def _columns(
    number: int, located: Located, leftovers: Sequence[Leftover]
) -> dict[int, tuple[Role, str, str]]:
    """Of each column: the role of its cells in rows of data, what it is called, and why."""
    known: dict[int, tuple[Role, str, str]] = {}
    for left in leftovers:
        if left.table == number:
            label = left.reason.startswith("samma i alla rader")
            role = Role.LABEL if label else Role.UNREAD_COLUMN
            known[left.position] = (role, left.heading or "en kolumn utan rubrik", left.reason)
    mine = (block for block in located.blocks if block.table == number)
    # What is data in one block is no total because it is beside one.
    for block in sorted(mine, key=lambda block: not block.total):
        for key, places in block.sources.items():
            column = located.export.column(key)
            checked = block.total or column.kind is kinds.MEAN
            role = Role.TOTAL if checked else Role.DATA
            for order, at in enumerate(places):
                # One column may hold several: an outline, or measures down the side.
                name = _also(known.get(at), role, column.label)
                known[at] = (Role.LABEL if order else role, name, "")
        only = [block.only[0]] if block.only else []
        beside = [block.year_column, block.unit_column, *block.part_columns, *only]
        for told in (*beside, *(at for at, _ in block.wholes)):
            if told is not None:
                known[told] = (Role.LABEL, "", "")
    return known


def _also(known: tuple[Role, str, str] | None, role: Role, label: str) -> str:
    """What a column is called that is read as one thing, and may be read as others already."""
    if known is None or known[0] is not role or not known[1]:
        return label
    return known[1] if label in known[1].split("/") else f"{known[1]}/{label}"


def _missing(located: Located, connection: duckdb.DuckDBPyConnection) -> list[str]:
    """How many cells of a matrix are empty, and so not reported."""
    if not located.export.tables:
        return []
    count = 0
    for number in located.measured_in_matrix:
        for measure in located.export.measures:
            if measure.key not in located.blocks[number].sources:
                continue
            row = connection.execute(
                f"""
                select count(*) filter (where {measure.key}_state = 'empty'), count(*)
                from line
                where role = 'data' and block = $block
                """,
                {"block": number},
            ).fetchone()
            # A month that has not been is empty from top to bottom.
            count += row[0] if row and row[0] < row[1] else 0
    return [f"{plural(count, 'tom cell', 'tomma celler')} räknas som ej rapporterade."] * (
        count > 0
    )
