"""A second pass over empty cells, with openpyxl: calamine reads an error as an empty cell."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from loaders.declaration import Column
from loaders.locating.locate import Located

Blank = tuple[int, int, str | None, str]
_CODES = {"e": "error-cell", "f": "formula-without-value"}


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
    wanted: dict[str, dict[tuple[int, int], list[tuple[int, int, str]]]] = {}
    for column, blanks in empty:
        for row, block, _, _ in blanks:
            if (block, column.key) in where:
                sheet, position = where[block, column.key]
                cells = wanted.setdefault(sheet, {})
                cells.setdefault((row + 1, position + 1), []).append((row, block, column.key))
    import openpyxl

    found: dict[tuple[int, int, str], tuple[str | None, str]] = {}
    # By its contents: openpyxl refuses a path by how it ends. Row by row: as a whole it is large.
    with path.open("rb") as source:
        workbook = openpyxl.load_workbook(source, data_only=False, read_only=True)
        for name, cells in wanted.items():
            for line in workbook[name].iter_rows(max_row=max(row for row, _ in cells)):
                for cell in line:
                    code = _CODES.get(cell.data_type)
                    if code and cell.row and cell.column:
                        for key in cells.get((cell.row, cell.column), ()):
                            found[key] = (str(cell.value), code)
    return found
