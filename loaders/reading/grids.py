"""Grids: the sheets of a book as DuckDB tables of text cells c0, c1, … in file order.

A cell with nothing but spaces in it is null there, so that what holds something is told at no cost.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from loaders.reading.cells import APART
from loaders.reading.looks.marks import NONE, Marks
from loaders.reading.workbook import Cells

TOP_ROWS = 60
# `="1480"` and `=607`, which Excel keeps as they are; and a text in the quotes of a letter.
_WRAPPED = re.compile(r'="([^"]*)"|=([-+]?\d[\d.,]*)|[“”„»]([^“”„»«]*)[”“»«]')


@dataclass(frozen=True)
class Sheet:
    """A sheet as text: `table` in the book's connection, and its first rows for finding heads.

    A row's number in the file is its rowid in `table` plus one. `marks` are what else an Open XML
    workbook has of the cells.
    """

    name: str
    table: str
    columns: int
    top: tuple[tuple[str, ...], ...]
    marks: Marks = NONE


def of_cells(cells: Cells, *, connection: duckdb.DuckDBPyConnection) -> Sheet:
    """The grid of a sheet whose cells were written as a file of text."""
    sheet = of_text(
        cells.path,
        title=cells.name,
        table=f"{'hidden' if cells.hidden else 'grid'}{cells.path.stem}",
        columns=cells.columns,
        separator=APART,
        quote="",
        ragged=False,
        connection=connection,
    )
    marks = Marks(
        hidden_rows=cells.hidden_rows,
        hidden_columns=cells.hidden_columns,
        struck_rows=cells.struck_rows,
    )
    return replace(sheet, marks=marks)


def of_text(
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
        select {", ".join(f"{_held(f'c{column}')} as c{column}" for column in range(columns))}
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
    return Sheet(name=title, table=table, columns=columns, top=_top(table, connection))


def _held(text: str) -> str:
    """SQL for a text that holds something but spaces, else null.

    Most tell by their first sign; to trim every one takes ten times as long.
    """
    seen = f"{text} between '!' and '~'"
    return f"case when {seen} then {text} when trim({text}) <> '' then {text} end"


def _top(table: str, connection: duckdb.DuckDBPyConnection) -> tuple[tuple[str, ...], ...]:
    rows = connection.execute(f"from {table} where rowid < {TOP_ROWS} order by rowid").fetchall()
    return tuple(tuple((cell or "").strip("\ufeff \t") for cell in row) for row in rows)


def rows_of(sheet: Sheet, connection: duckdb.DuckDBPyConnection) -> int:
    """How many rows a grid has."""
    row = connection.execute(f"select count(*) from {sheet.table}").fetchone()
    return int(row[0]) if row else 0


def unwrapped(sheet: Sheet, connection: duckdb.DuckDBPyConnection) -> Sheet:
    """The sheet with what systems write as `="1480"`, or wholly in quotes, as it is."""
    at = {n for row in sheet.top for n, text in enumerate(row) if _WRAPPED.fullmatch(text)}
    held = " || ".join(f"regexp_extract(c{{}}, $wrapped, {group})" for group in (1, 2, 3))
    for position in at:
        connection.execute(
            f"""
            update {sheet.table}
            set c{position} = nullif(trim({held.replace("{}", str(position))}), '')
            where regexp_full_match(c{position}, $wrapped)
            """,
            {"wrapped": _WRAPPED.pattern},
        )
    return replace(sheet, top=_top(sheet.table, connection)) if at else sheet


def marked(
    sheets: Sequence[Sheet],
    marks_by_sheet: Mapping[str, Marks],
    connection: duckdb.DuckDBPyConnection,
) -> list[Sheet]:
    """The sheets with their marks; what a cell shows stands in the grid, an error too."""
    sheets_marked = []
    for sheet in sheets:
        own = marks_by_sheet.get(sheet.name, NONE)
        texts = {**own.shown, **own.errors}
        if texts:
            places = [place for place in texts if place[1] < sheet.columns]
            connection.execute(
                """
                create or replace temp table shown as
                select
                    unnest($rows::bigint[]) as row,
                    unnest($positions::bigint[]) as position,
                    nullif(trim(unnest($texts::varchar[])), '') as text
                """,
                {
                    "rows": [row for row, _ in places],
                    "positions": [position for _, position in places],
                    "texts": [texts[place] for place in places],
                },
            )
            for position in sorted({position for _, position in places}):
                connection.execute(
                    f"""
                    update {sheet.table} as grid set c{position} = shown.text from shown
                    where grid.rowid = shown.row and shown.position = $position
                    """,
                    {"position": position},
                )
            sheet = replace(sheet, top=_top(sheet.table, connection))
        sheets_marked.append(replace(sheet, marks=own))
    return sheets_marked


def cell_name(row: int, column: int) -> str:
    """The spreadsheet name of a cell from its row and column counted from zero: (4, 1) is B5."""
    letters = ""
    number = column + 1
    while number:
        number, remainder = divmod(number - 1, 26)
        letters = chr(65 + remainder) + letters
    return f"{letters}{row + 1}"
