"""From a file to grids: every sheet becomes a DuckDB table of text cells c0, c1, … in file order.

Text is all that is decided here; what a cell means is for the checks. Numbers become text with a
decimal point, dates become ISO text, merged text cells are filled, so that a heading stands above
each of its columns.
"""

import csv
import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import duckdb

from loaders import identity, text
from loaders.html import tables
from loaders.problems import Problem, Refused, refuse
from loaders.safety import FileKind, inspect
from settings import Settings

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

Cell: TypeAlias = (
    str | float | int | bool | datetime.date | datetime.time | datetime.timedelta | None
)

TOP_ROWS = 60
# The sheet of faults in a workbook that was given back marked: never data.
LISTING = "Fel att rätta"
_MAX_SHEETS = 200


@dataclass(frozen=True)
class Sheet:
    """A sheet as text: `table` in the book's connection, and its first rows for finding heads.

    A row's number in the file is its rowid in `table` plus one.
    """

    name: str
    table: str
    columns: int
    top: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Book:
    """A readable file: what it is called, its fingerprint, and its visible sheets as grids."""

    path: Path
    name: str
    sha256: str
    size: int
    openxml: bool
    sheets: tuple[Sheet, ...] = field(default=())


def read(
    path: Path, *, name: str, connection: duckdb.DuckDBPyConnection, scratch: Path, limits: Settings
) -> Book:
    """Read a file of any kind that DESIGN.md names into grids.

    `name` is what the user calls the file; `scratch` is an empty folder for intermediate text.
    Raises Refused with the reason where the file cannot or must not be read.
    """
    inspected = inspect(path, limits=limits)
    if inspected.kind is FileKind.TEXT:
        sheets = [_read_text(path, name=name, connection=connection, scratch=scratch)]
    elif inspected.kind is FileKind.HTML:
        sheets = [
            _grid(rows, name=title, index=index, connection=connection, scratch=scratch)
            for index, (title, rows) in enumerate(tables(path))
        ]
    else:
        # calamine goes by how the path ends before it looks inside; a link has no ending.
        unnamed = scratch / "workbook"
        unnamed.symlink_to(path.resolve())
        sheets = _read_workbook(unnamed, connection=connection, scratch=scratch)
    if not any(any(any(row) for row in sheet.top) for sheet in sheets):
        raise refuse("empty", "Filen innehåller inga ifyllda celler.")
    for sheet in sheets:
        _refuse_identity_numbers(sheet, connection=connection)
    return Book(
        path=path,
        name=name,
        sha256=text.sha256(path),
        size=path.stat().st_size,
        openxml=inspected.openxml,
        sheets=tuple(
            sheet
            for sheet in sheets
            if not sheet.table.startswith("hidden") and sheet.name != LISTING
        ),
    )


def _read_text(
    path: Path, *, name: str, connection: duckdb.DuckDBPyConnection, scratch: Path
) -> Sheet:
    understood = text.understand(path, scratch=scratch)
    title = Path(name).stem
    if not understood.blank_lines:
        try:
            return _load(
                understood.utf8,
                title=title,
                table="grid0",
                columns=understood.columns,
                separator=understood.separator,
                connection=connection,
            )
        except duckdb.Error:
            # Ragged rows or line breaks inside quotes: Python's reader takes them.
            connection.execute("drop table if exists grid0")
    content = understood.utf8.read_text(encoding="utf-8")
    rows = text.rows_of(content, separator=understood.separator)
    return _grid(rows, name=title, index=0, connection=connection, scratch=scratch)


def _read_workbook(
    path: Path, *, connection: duckdb.DuckDBPyConnection, scratch: Path
) -> list[Sheet]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

    try:
        with CalamineWorkbook.from_path(path) as workbook:
            metadata = workbook.sheets_metadata
            if len(metadata) > _MAX_SHEETS:
                raise refuse("too-large", f"Arbetsboken har {len(metadata)} blad.")
            sheets = []
            for index, sheet in enumerate(metadata):
                visible = sheet.visible is SheetVisibleEnum.Visible
                rows = _cells(workbook.get_sheet_by_name(sheet.name))
                sheets.append(
                    _grid(
                        rows,
                        name=sheet.name,
                        index=index,
                        hidden=not visible,
                        connection=connection,
                        scratch=scratch,
                    )
                )
            return sheets
    except PasswordError as error:
        raise refuse("encrypted", "Arbetsboken är skyddad med lösenord.") from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise refuse("not-a-spreadsheet", "Arbetsboken är skadad och går inte att läsa.") from error


def _cells(sheet: "CalamineSheet") -> list[list[str]]:
    rows = [[as_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        if bottom >= len(rows) or right >= len(rows[top]):
            continue
        content = rows[top][left]
        outside = rows[top][:left] + rows[top][right + 1 :]
        # Only headings and names repeat: a number that covers several cells is one number, and a
        # text alone in its row is a title or a note.
        if content and not content[0].isdigit() and any(outside):
            for row in range(top, bottom + 1):
                rows[row][left : right + 1] = [content] * (right + 1 - left)
    return rows


def as_text(cell: Cell) -> str:
    """One cell as the text that the grids hold; an empty cell is an empty text."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell.replace("\r", " ").replace("\n", " ").replace("\x00", "").strip()
    if isinstance(cell, bool):
        return "SANT" if cell else "FALSKT"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime.datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    return str(cell)


def _grid(
    rows: Iterable[Sequence[str]],
    *,
    name: str,
    index: int,
    connection: duckdb.DuckDBPyConnection,
    scratch: Path,
    hidden: bool = False,
) -> Sheet:
    table = f"{'hidden' if hidden else 'grid'}{index}"
    path = scratch / f"{table}.csv"
    width = 1
    filled = [[as_text(cell) for cell in row] for row in rows]
    width = max((len(row) for row in filled), default=1) or 1
    with path.open("w", encoding="utf-8", newline="", errors="replace") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerows(row + [""] * (width - len(row)) for row in filled)
    return _load(path, title=name, table=table, columns=width, separator=",", connection=connection)


def _load(
    path: Path,
    *,
    title: str,
    table: str,
    columns: int,
    separator: str,
    connection: duckdb.DuckDBPyConnection,
) -> Sheet:
    connection.execute(
        f"""
        create or replace temp table {table} as
        from read_csv(
            $path, header = false, all_varchar = true, auto_detect = false, delim = $separator,
            quote = '"', escape = '"', null_padding = true, max_line_size = 4194304, columns = {{
                {", ".join(f"'c{column}': 'varchar'" for column in range(columns))}
            }}
        )
        """,
        {"path": str(path), "separator": separator},
    )
    top = connection.execute(f"from {table} limit {TOP_ROWS}").fetchall()
    return Sheet(
        name=title,
        table=table,
        columns=columns,
        top=tuple(tuple((cell or "").strip("\ufeff \t") for cell in row) for row in top),
    )


def _refuse_identity_numbers(sheet: Sheet, *, connection: duckdb.DuckDBPyConnection) -> None:
    """Every column is searched, also those that no export reads, over its distinct values."""
    for column in range(sheet.columns):
        # A table of its own: within one query DuckDB would match every row before the distinct.
        connection.execute(
            f"""
            create or replace temp table long_text as
            select distinct c{column} as text from {sheet.table} where length(c{column}) >= 10
            """
        )
        candidates = connection.execute(
            "from long_text where regexp_matches(text, $candidate)",
            {"candidate": identity.CANDIDATE},
        ).fetchall()
        found = identity.first_number(text for (text,) in candidates)
        if found is not None:
            where = connection.execute(
                f"select min(rowid) from {sheet.table} where c{column} = $text", {"text": found}
            ).fetchone()
            raise Refused(
                Problem(
                    code="personal-identity-number",
                    message="Filen innehåller ett personnummer eller samordningsnummer.",
                    sheet=sheet.name,
                    cell=cell_name(where[0], column) if where else None,
                )
            )


def cell_name(row: int, column: int) -> str:
    """The spreadsheet name of a cell from its row and column counted from zero: (4, 1) is B5."""
    letters = ""
    number = column + 1
    while number:
        number, remainder = divmod(number - 1, 26)
        letters = chr(65 + remainder) + letters
    return f"{letters}{row + 1}"
