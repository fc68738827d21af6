"""From a file to grids: every sheet becomes a DuckDB table of text cells c0, c1, … in file order.

Text is all that is decided here; what a cell means is for the checks. Numbers become text with a
decimal point, dates become ISO text, merged text cells are filled, so that a heading stands above
each of its columns.
"""

import csv
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path

import duckdb

from loaders.problems import Problem, Refused, refuse
from loaders.reading import beside_cells, identity, text
from loaders.reading.cells import as_text
from loaders.reading.html import tables
from loaders.reading.safety import FileKind, Inspected, inspect, refuse_wide
from loaders.reading.workbook import parse
from settings.declared import Settings

TOP_ROWS = 60
_CHUNK = 1 << 20
# The sheet of faults in a workbook that was given back marked: never data.
LISTING = "Fel att rätta"


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
    """A readable file: what it is called, its fingerprint, and its visible sheets as grids.

    `path` is the copy that was read; it is there as long as the delivery is.
    """

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

    `name` is what the user calls the file; `scratch` is an empty folder for a copy of it, which is
    what is read, and for intermediate text.
    Raises Refused with the reason where the file cannot or must not be read.
    """
    own = scratch / "original"
    sha256 = _copy(path, own)
    path = own
    inspected = inspect(path, limits=limits)
    if inspected.kind is FileKind.TEXT:
        sheets = [_read_text(path, name=name, connection=connection, scratch=scratch)]
    elif inspected.kind is FileKind.HTML:
        sheets = [
            _grid(rows, name=title, index=index, connection=connection, scratch=scratch)
            for index, (title, rows) in enumerate(tables(path))
        ]
    else:
        sheets = _read_workbook(
            path, unpacked=inspected.unpacked, connection=connection, scratch=scratch
        )
    if not any(any(any(row) for row in sheet.top) for sheet in sheets):
        raise refuse("empty", "Filen innehåller inga ifyllda celler.")
    for sheet in sheets:
        _refuse_identity_numbers(sheet, connection=connection)
    _refuse_beside_cells(path, inspected, name=name, sheets=sheets, connection=connection)
    return Book(
        path=path,
        name=name,
        sha256=sha256,
        size=path.stat().st_size,
        openxml=inspected.openxml,
        sheets=tuple(
            sheet
            for sheet in sheets
            if not sheet.table.startswith("hidden") and sheet.name != LISTING
        ),
    )


def _copy(path: Path, own: Path) -> str:
    """Copy the file; gives the SHA-256 of what was copied, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as source, own.open("wb") as target:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            target.write(chunk)
    return digest.hexdigest()


def _read_text(
    path: Path, *, name: str, connection: duckdb.DuckDBPyConnection, scratch: Path
) -> Sheet:
    """Every line is a row, or part of one; a file where that is not so is written anew first."""
    understood = text.understand(path, scratch=scratch)
    load = partial(_load, title=Path(name).stem, table="grid0", connection=connection)
    dialect = understood.dialect
    try:
        if understood.plain:
            sheet = load(
                understood.utf8, columns=understood.columns, separator=dialect.separator, quote=""
            )
        elif dialect.quote == '"' and len(dialect.widths) == 1:
            sheet = load(
                understood.utf8,
                columns=max(dialect.widths),
                separator=dialect.separator,
                ragged=False,
            )
        else:
            sheet = None
        if sheet is not None and _rows(sheet, connection) == understood.lines:
            return sheet
    except duckdb.InterruptException:
        raise
    except duckdb.Error:
        # Rows of unequal width, stray marks, line breaks inside quotes: they are looked at one by
        # one.
        pass
    clean = text.cleaned(understood, scratch=scratch)
    sheet = load(clean.utf8, columns=clean.columns, separator=clean.dialect.separator)
    if _rows(sheet, connection) != clean.lines:
        raise refuse("not-a-spreadsheet", "Filen går inte att läsa som en tabell.")
    return sheet


def _rows(sheet: Sheet, connection: duckdb.DuckDBPyConnection) -> int:
    found = connection.execute(f"select count(*) from {sheet.table}").fetchone()
    return int(found[0]) if found else 0


def _read_workbook(
    path: Path, *, unpacked: int, connection: duckdb.DuckDBPyConnection, scratch: Path
) -> list[Sheet]:
    return [
        _load(
            cells.path,
            title=cells.name,
            table=f"{'hidden' if cells.hidden else 'grid'}{index}",
            columns=cells.columns,
            separator=",",
            connection=connection,
        )
        for index, cells in enumerate(parse(path, unpacked=unpacked, folder=scratch))
    ]


def _grid(
    rows: Iterable[Sequence[str]],
    *,
    name: str,
    index: int,
    connection: duckdb.DuckDBPyConnection,
    scratch: Path,
) -> Sheet:
    path = scratch / f"grid{index}.csv"
    width = 1
    with path.open("w", encoding="utf-8", newline="", errors="replace") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        for row in rows:
            width = max(width, len(row))
            refuse_wide(width)
            writer.writerow([as_text(cell) for cell in row] or [""])
    return _load(
        path,
        title=name,
        table=f"grid{index}",
        columns=width,
        separator=",",
        connection=connection,
    )


def _load(
    path: Path,
    *,
    title: str,
    table: str,
    columns: int,
    separator: str,
    connection: duckdb.DuckDBPyConnection,
    quote: str = '"',
    ragged: bool = True,
) -> Sheet:
    """Load rows of text; `ragged` ones may be shorter than others."""
    connection.execute(
        f"""
        create or replace temp table {table} as
        from read_csv(
            $path, header = false, all_varchar = true, auto_detect = false, delim = $separator,
            quote = $quote, escape = $quote, null_padding = $ragged, max_line_size = 4194304,
            columns = {{
                {", ".join(f"'c{column}': 'varchar'" for column in range(columns))}
            }}
        )
        """,
        {"path": str(path), "separator": separator, "quote": quote, "ragged": ragged},
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


def _refuse_beside_cells(
    path: Path,
    inspected: Inspected,
    *,
    name: str,
    sheets: Sequence[Sheet],
    connection: duckdb.DuckDBPyConnection,
) -> None:
    """The file's and the sheets' names, comments and other text outside the cells are searched."""
    texts: Iterable[str] = map(identity.without_times, [name, *(sheet.name for sheet in sheets)])
    if inspected.kind is FileKind.HTML:
        texts = chain(texts, beside_cells.of_html(path))
    elif inspected.zipped:
        texts = chain(texts, beside_cells.of_workbook(path))
    elif inspected.kind is FileKind.WORKBOOK:
        known = _in_cells(sheets, connection=connection)
        texts = chain(
            texts, (run for run in beside_cells.of_old_workbook(path) if run not in known)
        )
    if any(map(identity.holds_identity_number, texts)):
        raise refuse(
            "personal-identity-number",
            "Filen innehåller ett personnummer eller samordningsnummer utanför cellerna: i ett "
            "namn, en kommentar, en textruta, ett sidhuvud, en formel eller filens egenskaper.",
        )


def _in_cells(sheets: Sequence[Sheet], *, connection: duckdb.DuckDBPyConnection) -> set[str]:
    """What may be numbers in the cells, which have been searched column by column."""
    found: set[str] = set()
    for sheet in sheets:
        for column in range(sheet.columns):
            texts = connection.execute(
                f"""
                select distinct c{column} from {sheet.table}
                where regexp_matches(c{column}, $candidate)
                """,
                {"candidate": identity.CANDIDATE},
            ).fetchall()
            found.update(run for (words,) in texts for run in beside_cells.runs(words))
    return found


def cell_name(row: int, column: int) -> str:
    """The spreadsheet name of a cell from its row and column counted from zero: (4, 1) is B5."""
    letters = ""
    number = column + 1
    while number:
        number, remainder = divmod(number - 1, 26)
        letters = chr(65 + remainder) + letters
    return f"{letters}{row + 1}"
