"""Writing the workbooks and text files that the tests of the loaders make up."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import openpyxl

Row = Sequence[object]
Rows = Sequence[Row]


def write_workbook(
    path: Path,
    sheets: Mapping[str, Rows],
    *,
    merged: Mapping[str, Iterable[str]] | None = None,
    hidden: Iterable[str] = (),
) -> Path:
    """An .xlsx with the given rows; `merged` are cell ranges by sheet."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for area in (merged or {}).get(name, ()):
            sheet.merge_cells(area)
        if name in hidden:
            sheet.sheet_state = "hidden"
    book.save(path)
    return path


def write_text(
    path: Path,
    rows: Rows,
    *,
    separator: str = ";",
    encoding: str = "utf-8",
    quoted: bool = False,
    line_end: str = "\r\n",
    before: str = "",
) -> Path:
    """A CSV file; None is written as an empty cell, `before` is put before the first line."""
    target = io.StringIO()
    writer = csv.writer(
        target,
        delimiter=separator,
        lineterminator=line_end,
        quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL,
    )
    writer.writerows([["" if cell is None else cell for cell in row] for row in rows])
    path.write_bytes((before + target.getvalue()).encode(encoding))
    return path


def put(rows: Rows, *, above: int = 0, left: int = 0, between: int = 0) -> list[list[object]]:
    """The rows moved down and right, with as many blank rows after every fifth of them."""
    blank: list[object] = []
    moved: list[list[object]] = [list(blank) for _ in range(above)]
    for number, row in enumerate(rows):
        moved.append([None] * left + list(row))
        if number and number % 5 == 0:
            moved += [list(blank) for _ in range(between)]
    return moved


def columns(rows: Rows, order: Sequence[int]) -> list[list[object]]:
    """The rows with their columns in another order."""
    return [[row[position] if position < len(row) else None for position in order] for row in rows]
