"""A second pass over empty cells, with openpyxl: calamine reads an error as an empty cell."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from loaders.declaration import Column
from loaders.locate import Located

Blank = tuple[int, int, str | None, str]


def look(
    path: Path,
    empty: Sequence[tuple[Column, Sequence[Blank]]],
    located: Located,
    connection: duckdb.DuckDBPyConnection,
) -> Mapping[tuple[int, int, str], tuple[str | None, str]]:
    """What an Open XML workbook has in cells that were read as empty.

    Gives, by row, block and column, the text and `error-cell` or `formula-without-value`; cells
    that are truly empty are left out.
    """
    where = {
        (block, key): (sheet, position)
        for block, key, sheet, position in connection.execute(
            "select block, key, sheet, position from cell"
        ).fetchall()
    }
    import openpyxl

    # By its contents: openpyxl refuses a path by how it ends.
    with path.open("rb") as source:
        workbook = openpyxl.load_workbook(source, data_only=False)
    found: dict[tuple[int, int, str], tuple[str | None, str]] = {}
    for column, blanks in empty:
        for row, block, _, _ in blanks:
            if (block, column.key) not in where:
                continue
            sheet, position = where[block, column.key]
            cell = workbook[sheet].cell(row=row + 1, column=position + 1)
            if cell.data_type == "e":
                found[row, block, column.key] = (str(cell.value), "error-cell")
            elif cell.data_type == "f":
                found[row, block, column.key] = (str(cell.value), "formula-without-value")
    return found
