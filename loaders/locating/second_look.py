"""A second look at empty cells: a formula whose value was never stored is read as empty."""

from collections.abc import Iterator, Mapping, Sequence

import duckdb

from loaders.declaration import Column
from loaders.locating.located import Located

Blank = tuple[int, int, str | None, str]


def look(
    empty: Sequence[tuple[Column, Sequence[Blank]]],
    located: Located,
    connection: duckdb.DuckDBPyConnection,
) -> Mapping[tuple[int, int, str], tuple[str | None, str]]:
    """What an Open XML workbook has in cells that were read as empty.

    Gives, by row, block and column, the formula and `formula-without-value`; cells that are truly
    empty are left out.
    """
    marks = {block.sheet.name: block.sheet.marks for block in located.blocks}
    if not any(mark.unvalued for mark in marks.values()):
        return {}
    where = {
        (block, key): (sheet, position)
        for block, key, sheet, position in connection.execute(
            "select block, key, sheet, position from cell"
        ).fetchall()
    }

    def texts() -> Iterator[tuple[tuple[int, int, str], tuple[str | None, str]]]:
        for column, blanks in empty:
            for row, block, _, _ in blanks:
                sheet, position = where.get((block, column.key), ("", -1))
                if sheet not in marks:
                    continue
                if text := marks[sheet].unvalued.get((row, position)):
                    yield (row, block, column.key), (text, "formula-without-value")

    return dict(texts())
