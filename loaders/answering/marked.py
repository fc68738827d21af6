"""The user's file given back as a workbook that shows every fault where it stands.

An Open XML workbook keeps its sheets, formats and formulas; any other file becomes a workbook of
its rows. Faulty cells are coloured and carry the advice as a comment, and a first sheet lists them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

import openpyxl
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from loaders.delivery import Delivery
from loaders.problems import KINDS, Problem, Severity
from loaders.reading.book import LISTING, Book

_AUTHOR = "samverkan"
_FILLS = {
    Severity.ERROR: PatternFill("solid", fgColor="FFF4C7AB"),
    Severity.WARNING: PatternFill("solid", fgColor="FFFFF2CC"),
}
_WORDS = {Severity.ERROR: "Fel", Severity.WARNING: "Varning"}
_HEADS = (
    ("Nr", 6),
    ("Allvar", 10),
    ("Blad", 20),
    ("Cell", 8),
    ("Kolumn", 22),
    ("Står nu", 24),
    ("Vad som är fel", 60),
    ("Gör så här", 60),
)
# openpyxl holds a workbook in memory at some hundred bytes a cell.
_OWN_CELLS = 1_000_000
_ROWS = 100_000
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


def can_be_marked(file: Delivery) -> bool:
    """Whether the file could be read and has a cell with a fault."""
    return file.book is not None and any(problem.cell for problem in file.problems)


def write(file: Delivery, target: Path) -> None:
    """Write the marked workbook of a checked file to `target`.

    Raises ValueError where `can_be_marked` says no. Other text than the user's own formulas can
    not become a formula.
    """
    if file.book is None or not can_be_marked(file):
        raise ValueError("there is nothing to mark")
    own = _own(file.book, file)
    try:
        _marked(own or _copied(file.book, file), file.book, file.problems).save(target)
    # openpyxl raises whatever its parts raise on what calamine lets pass: then a copy will do.
    except Exception:
        if own is None:
            raise
        _marked(_copied(file.book, file), file.book, file.problems).save(target)


def _marked(workbook: Workbook, book: Book, problems: Sequence[Problem]) -> Workbook:
    _clean(workbook)
    titles = _titles(book, workbook)
    _mark(workbook, problems, titles)
    _list(workbook, problems, titles)
    return workbook


def _own(book: Book, file: Delivery) -> Workbook | None:
    """The user's own workbook; None where it is of another kind, too large or beyond openpyxl."""
    if not book.openxml or sum(_rows(s.table, file) * s.columns for s in book.sheets) > _OWN_CELLS:
        return None
    try:
        # By its contents: openpyxl refuses a path by how it ends.
        with book.path.open("rb") as source:
            return openpyxl.load_workbook(source, rich_text=True)
    # openpyxl raises whatever its parts raise on what calamine lets pass.
    except Exception:
        return None


def _rows(table: str, file: Delivery) -> int:
    row = file.connection.execute(f"select count(*) from {table}").fetchone()
    return int(row[0]) if row else 0


def _copied(book: Book, file: Delivery) -> Workbook:
    """A workbook of the rows as they were read, every cell a text."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for number, sheet in enumerate(book.sheets, start=1):
        title = _FORBIDDEN.sub(" ", sheet.name).strip(" '")[:31] or f"Blad {number}"
        target = workbook.create_sheet(title)
        rows = file.connection.execute(
            f"from {sheet.table} where rowid < $rows order by rowid", {"rows": _ROWS}
        )
        position = 0
        while some := rows.fetchmany(1000):
            for row in some:
                position += 1
                for column, text in enumerate(row, start=1):
                    if text:
                        _put(target, position, column, text)
        for column in range(1, min(sheet.columns, 50) + 1):
            longest = max((len(row[column - 1]) for row in sheet.top), default=0)
            target.column_dimensions[get_column_letter(column)].width = min(max(longest, 8), 40) + 2
    return workbook


def _put(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """A cell that is text whatever it begins with, also after someone has edited it."""
    cell = sheet.cell(row=row, column=column)
    if isinstance(cell, MergedCell):
        raise ValueError("a merged cell cannot hold text")
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:32_767]
    cell.data_type = "s"
    cell.quotePrefix = text[:1] in _STARTS_FORMULA
    return cell


def _clean(workbook: Workbook) -> None:
    """Take away what an earlier round of marking left, and keep text from becoming a formula."""
    if LISTING in workbook.sheetnames:
        workbook.remove(workbook[LISTING])
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment is not None and cell.comment.author == _AUTHOR:
                    cell.comment = None
                    cell.fill = PatternFill()
                if cell.data_type == "s" and str(cell.value)[:1] in _STARTS_FORMULA:
                    cell.quotePrefix = True


def _titles(book: Book, workbook: Workbook) -> Mapping[str, str]:
    """The sheet of the workbook that holds each sheet of the file."""
    if set(names := [sheet.name for sheet in book.sheets]) <= set(workbook.sheetnames):
        return {name: name for name in names}
    return dict(zip(names, workbook.sheetnames, strict=False))


def _mark(workbook: Workbook, problems: Sequence[Problem], titles: Mapping[str, str]) -> None:
    def place(problem: Problem) -> tuple[str, str]:
        return titles.get(problem.sheet or "", ""), problem.cell or ""

    placed = sorted((p for p in problems if p.cell and place(p)[0]), key=place)
    for (title, name), group in groupby(placed, key=place):
        cell = _top_left(workbook[title], name)
        if cell is None:
            continue
        here = list(group)
        worst = min((problem.severity for problem in here), key=list(Severity).index)
        cell.fill = _FILLS[worst]
        words = [f"{problem.message} {problem.advice}" for problem in here]
        if cell.comment is not None:
            words.append(f"Tidigare kommentar: {cell.comment.text}")
        cell.comment = Comment("\n".join(words), _AUTHOR, height=120, width=320)


def _top_left(sheet: Worksheet, name: str) -> Cell | None:
    """The cell itself, or the one that shows for it where cells are merged."""
    cell = sheet[name]
    if isinstance(cell, MergedCell):
        ranges = [area for area in sheet.merged_cells.ranges if name in area]
        cell = sheet.cell(row=ranges[0].min_row, column=ranges[0].min_col) if ranges else None
    return cell if isinstance(cell, Cell) else None


def _list(workbook: Workbook, problems: Sequence[Problem], titles: Mapping[str, str]) -> None:
    sheet = workbook.create_sheet(LISTING, 0)
    for column, (head, width) in enumerate(_HEADS, start=1):
        _put(sheet, 1, column, head).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, texts in enumerate(_lines(problems), start=2):
        for column, text in enumerate(texts, start=1):
            cell = _put(sheet, row, column, text)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
        problem = problems[row - 2]
        sheet.cell(row=row, column=2).fill = _FILLS[problem.severity]
        if problem.cell and (title := titles.get(problem.sheet or "")):
            link = sheet.cell(row=row, column=4)
            quoted = title.replace("'", "''")
            link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{quoted}'!{problem.cell}")
            link.font = Font(color="FF0F5B63", underline="single")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(_HEADS))}{len(problems) + 1}"
    for other in workbook.worksheets:
        other.sheet_view.tabSelected = False
    workbook.active = 0
    sheet.sheet_view.tabSelected = True


def _lines(problems: Sequence[Problem]) -> Iterator[tuple[str, ...]]:
    for number, problem in enumerate(problems, start=1):
        yield (
            str(number),
            _WORDS[problem.severity],
            problem.sheet or "",
            problem.cell or "",
            problem.column or "",
            problem.value or "",
            problem.message,
            KINDS[problem.code].advice,
        )
