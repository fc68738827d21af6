"""The cells of a workbook or a web page as files of text; a program of its own, within its limits.

A small file can ask for any amount of memory, and the parser then ends the whole process. Run
apart, it ends only this one. Nothing of samverkan is imported for a workbook: the program starts in
no time.

cells.py workbook|html FILE FOLDER BYTES SECONDS SHEETS COLUMNS
writes FOLDER/0.cells, … and prints one JSON object: {"sheets": [{"name", "hidden", "columns"}]} or
{"refused": code, "message": Swedish}. Ended by its limits it prints nothing. In the files there is
a row on each line and APART between its cells, which no cell has: nothing needs quoting.
"""

import contextlib
import datetime
import gc
import json
import re
import resource
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

# Two numbers above each other in a cell do not become one.
_BETWEEN_DIGITS = re.compile(r"(?<=\d)\s*[\r\n]+\s*(?=\d)")
_REMEMBERED = 100_000
_NUMBERS = frozenset({float, int, bool})
# What ASCII has between the units of a record.
APART = "\x1f"
_YEAR = re.compile(r"20[0-4]\d")
_CODE = re.compile(r"\d{4}")
# What stands after a number in the rows that it covers besides its own.
MERGED = "sammanslagen cell"
Cell: TypeAlias = (
    str | float | int | bool | datetime.date | datetime.time | datetime.timedelta | None
)


def as_text(cell: Cell) -> str:
    """One cell as the text that the grids hold; an empty cell is an empty text."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if cell is None:
        return ""
    if isinstance(cell, str):
        if "\n" in cell or "\r" in cell:
            cell = _BETWEEN_DIGITS.sub(" / ", cell).replace("\r", " ").replace("\n", " ")
        return cell.replace("\x00", "").replace(APART, " ").strip()
    if isinstance(cell, bool):
        return "SANT" if cell else "FALSKT"
    if isinstance(cell, datetime.datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    return str(cell)


class _Texts(dict[Cell, str]):
    """Cells as texts, each distinct one worked out once."""

    def __missing__(self, cell: Cell) -> str:
        text = as_text(cell)
        if len(self) < _REMEMBERED:
            self[cell] = text
        return text


def _rows(sheet: "CalamineSheet") -> list[list[str]]:
    texts = _Texts()
    rows = [
        # Of numbers 1, 1.0 and True would be one key; and to work them out takes no longer.
        [as_text(cell) if cell.__class__ in _NUMBERS else texts[cell] for cell in row]
        for row in sheet.to_python(skip_empty_area=False)
    ]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        if bottom >= len(rows) or right >= len(rows[top]):
            continue
        content = rows[top][left]
        outside = rows[top][:left] + rows[top][right + 1 :]
        # Only headings, names and years repeat: a number that covers several cells is one, and a
        # text alone in its row is a title or a note.
        if not content or not any(outside):
            continue
        if _YEAR.fullmatch(content) or not content[0].isdigit():
            for row in range(top, bottom + 1):
                rows[row][left : right + 1] = [content] * (right + 1 - left)
        elif not _CODE.fullmatch(content):
            # Of which row is it? That is told where the cells are used.
            for row in range(top + 1, bottom + 1):
                if any(rows[row]):
                    rows[row][left] = f"{content} ({MERGED})"
    return rows


def _width(rows: Sequence[Sequence[str]]) -> int:
    """How many columns there are up to the last that holds anything, and two at least.

    DuckDB would leave out the line of a row of one cell without anything in it.
    """
    width = len(rows[0]) if rows else 0
    while width > 2 and not any(row[width - 1] for row in rows):
        width -= 1
    return max(2, width)


def _write(workbook: Path, folder: Path, *, sheets: int, columns: int) -> dict[str, Any]:
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    written = []
    with CalamineWorkbook.from_path(workbook) as book:
        metadata = book.sheets_metadata
        if len(metadata) > sheets:
            message = f"Arbetsboken har {len(metadata)} blad; gränsen är {sheets}."
            return {"refused": "too-large", "message": message}
        for number, sheet in enumerate(metadata):
            rows = _rows(book.get_sheet_by_name(sheet.name))
            width = _width(rows)
            if width > columns:
                message = f"Bladet {sheet.name} har {width} kolumner; gränsen är {columns}."
                return {"refused": "too-large", "message": message}
            save(folder / f"{number}.cells", rows, width)
            hidden = sheet.visible is not SheetVisibleEnum.Visible
            written.append({"name": sheet.name, "hidden": hidden, "columns": width})
    return {"sheets": written}


def save(path: Path, rows: list[list[str]], width: int) -> None:
    """Write rows of texts, as `as_text` gives them, each of them so many columns wide.

    Without the empty ones at the end.
    """
    while rows and not any(rows[-1]):
        rows.pop()
    with path.open("w", encoding="utf-8", newline="", errors="replace") as file:
        for row in rows:
            texts = row[:width] if len(row) >= width else row + [""] * (width - len(row))
            file.write(APART.join(texts) + "\n")


def _write_html(page: Path, folder: Path) -> dict[str, Any]:
    sys.path.insert(0, str(Path(__file__).parents[2]))
    from loaders.problems import Refused
    from loaders.reading.html import tables

    written = []
    try:
        for number, table in enumerate(tables(page)):
            rows = [[as_text(text) for text in row] for row in table.rows]
            width = max(2, *map(len, rows))
            save(folder / f"{number}.cells", rows, width)
            written.append(
                {
                    "name": table.name,
                    "hidden": False,
                    "columns": width,
                    "hidden_rows": sorted(table.hidden_rows),
                    "hidden_columns": sorted(table.hidden_columns),
                    "struck_rows": sorted(table.struck_rows),
                }
            )
    except Refused as refused:
        return {"refused": refused.problem.code, "message": refused.problem.message}
    return {"sheets": written}


def _answer(workbook: Path, folder: Path, *, sheets: int, columns: int) -> dict[str, Any]:
    from python_calamine import CalamineError, PasswordError

    try:
        return _write(workbook, folder, sheets=sheets, columns=columns)
    except PasswordError:
        return {"refused": "encrypted", "message": "Arbetsboken är skyddad med lösenord."}
    except (CalamineError, OSError, ValueError, OverflowError):
        message = "Arbetsboken är skadad och går inte att läsa."
        return {"refused": "not-a-spreadsheet", "message": message}


def _limit(memory: int, seconds: int) -> None:
    # Not every system can limit a process's memory: there the checks before parsing stand alone.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def main(arguments: Sequence[str]) -> None:
    """Do what the module says; `arguments` as it lists them."""
    kind = arguments[0]
    path, folder = map(Path, arguments[1:3])
    memory, seconds, sheets, columns = map(int, arguments[3:])
    _limit(memory, seconds)
    # There are as many rows as there are: to look through them for what is used no more takes time.
    gc.disable()
    if kind == "html":
        print(json.dumps(_write_html(path, folder)))
    else:
        print(json.dumps(_answer(path, folder, sheets=sheets, columns=columns)))


if __name__ == "__main__":
    main(sys.argv[1:])
