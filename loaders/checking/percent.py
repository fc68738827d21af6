"""Cells that Excel shows as per cent hold a fraction: they are read as they are shown."""

import duckdb

from loaders.declaration import Kind
from loaders.locating.located import Located
from loaders.reading.book import Book

_FRACTION = r"\d?\.\d+"
_OF_ALL = ("0", "1")


def as_shown(book: Book, located: Located, connection: duckdb.DuckDBPyConnection) -> None:
    """Put what is shown (75.5 %) where a cell of a number is formatted as per cent (0.755).

    Only an Open XML workbook is looked through, and only where there are fractions at all.
    """
    if not book.openxml:
        return
    for block in located.blocks:
        for key, places in block.sources.items():
            if located.export.column(key).kind not in (Kind.NUMBER, Kind.COUNT):
                continue
            for at in places:
                rows = _fractions(block.sheet.table, at, block.first_row, connection)
                shown = _percent(book, block.sheet.name, at, rows) if rows else {}
                if shown:
                    _put(block.sheet.table, at, shown, connection)


def _fractions(
    table: str, column: int, first: int, connection: duckdb.DuckDBPyConnection
) -> dict[int, float]:
    """The numbers by row of a column that has fractions."""
    found = connection.execute(
        f"""
        select rowid, c{column}::double
        from {table}
        where rowid >= $first
            and (regexp_full_match(c{column}, $fraction) or list_contains($whole, c{column}))
            and exists (from {table} where rowid >= $first
                and regexp_full_match(c{column}, $fraction))
        """,
        {"first": first, "fraction": _FRACTION, "whole": list(_OF_ALL)},
    ).fetchall()
    return dict(found)


def _percent(book: Book, sheet: str, column: int, rows: dict[int, float]) -> dict[int, str]:
    """The texts by row of those cells that are formatted as per cent."""
    import openpyxl

    shown = {}
    with book.path.open("rb") as source:
        workbook = openpyxl.load_workbook(source, read_only=True)
        cells = workbook[sheet].iter_rows(
            min_row=min(rows) + 1, max_row=max(rows) + 1, min_col=column + 1, max_col=column + 1
        )
        for row, line in enumerate(cells, start=min(rows)):
            for cell in line:
                if row in rows and "%" in str(getattr(cell, "number_format", "")):
                    shown[row] = f"{round(rows[row] * 100, 8):g} %"
    return shown


def _put(
    table: str, column: int, shown: dict[int, str], connection: duckdb.DuckDBPyConnection
) -> None:
    connection.execute(
        f"""
        update {table}
        set c{column} = r[2]
        from (select unnest($rows::varchar[][]) as r)
        where {table}.rowid = r[1]::bigint
        """,
        {"rows": [[str(row), text] for row, text in shown.items()]},
    )
