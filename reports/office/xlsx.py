"""A report's numbers as a workbook: a cover, notes, and one marked table a sheet."""

import io
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter

from reports.model import Head, Report, ReportCell, ReportTable
from reports.packing import packed
from reports.theme import Theme
from swedish.phrases import known

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31
_LONGEST_TEXT = 32767
_LONGEST_FOOTER = 220
_A4 = 9
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_HEAD_ROW = 2
_WIDEST = 60
# Points: a line of a row.
_LINE = 15
# What Excel would make of a text, which is to stay a text.
_PLAIN = {
    "strings_to_numbers": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "in_memory": True,
}


@dataclass
class _Book:
    """A workbook being written, and its formats: each is made once."""

    workbook: Any
    theme: Theme
    _formats: dict[str, Any] = field(default_factory=dict)

    def style(self, **asked: Any) -> Any:
        """The format that looks as asked, in the theme's font."""
        key = repr(sorted(asked.items()))
        if key not in self._formats:
            given = {"font_name": self.theme.office_font, **asked}
            self._formats[key] = self.workbook.add_format(given)
        return self._formats[key]

    def write(self, sheet: Any, row: int, column: int, text: str, **asked: Any) -> None:
        """Text as text: what begins like a formula is none."""
        if text.startswith(_FORMULA_STARTS):
            asked = {**asked, "quote_prefix": True}
        shown = text if len(text) <= _LONGEST_TEXT else f"{text[: _LONGEST_TEXT - 1]}…"
        sheet.write_string(row, column, shown, self.style(**asked))


def xlsx(report: Report, theme: Theme) -> bytes:
    """The report's tables as an .xlsx file."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, _PLAIN) as workbook:
        workbook.set_properties(
            {
                "title": f"{report.title}, {report.subtitle}",
                "author": report.organisation,
                "language": "sv-SE",
                "created": report.made,
            }
        )
        book = _Book(workbook, theme)
        names = _names([table.name for table in report.sheets])
        _cover(book, workbook.add_worksheet("Omslag"), report, names)
        _notes(book, workbook.add_worksheet("Att läsa tabellerna"), report)
        for number, (name, table) in enumerate(zip(names, report.sheets, strict=True), start=1):
            _sheet(book, workbook.add_worksheet(name), table, _table_name(name, number))
        for sheet in workbook.worksheets():
            _print(sheet, report)
    return packed(file.getvalue(), made=report.made)


def _print(sheet: Any, report: Report) -> None:
    """On paper: lying A4 as wide as the table, the source under it and its number over it."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    # A footer is at most 255 letters, and & begins its codes: as many whole lines as have room.
    source = ""
    for line in report.footer:
        longer = " · ".join(filter(None, (source, line.replace("&", "&&"))))
        if source and len(longer) > _LONGEST_FOOTER:
            break
        source = longer
    sheet.set_footer(f"&L&8{source[:_LONGEST_FOOTER]}")
    # Over the page: a source of two lines takes the whole width under it.
    sheet.set_header("&R&8Sida &P av &N")


def _names(wanted: list[str]) -> list[str]:
    """Names for tabs: short, allowed and each its own."""
    names: list[str] = []
    for text in wanted:
        plain = _FORBIDDEN.sub(" ", text)[:_LONGEST_NAME].strip() or "Tabell"
        name, number = plain, 1
        while name.lower() in map(str.lower, names):
            number += 1
            name = f"{plain[: _LONGEST_NAME - 3]} {number}"
        names.append(name)
    return names


def _cover(book: _Book, sheet: Any, report: Report, names: list[str]) -> None:
    colors = book.theme.colors
    lines: list[tuple[str, dict[str, Any]]] = [
        (report.organisation, {"font_color": colors.muted}),
        (report.title, {"font_color": colors.accent, "bold": True, "font_size": 18}),
        (report.subtitle, {"font_size": 12}),
    ]
    lines += [(said, {"bold": True}) for said in (report.banner, *report.notices) if said]
    lines += [("", {}), *((said, {}) for said in report.footer)]
    if report.code:
        lines.append((f"Prov {report.code}", {}))
    proof = len(lines) - 1
    lines += [("", {}), ("Innehåll", {"bold": True})]
    sheet.set_column(0, 0, 110)
    sheet.set_row(1, 30)
    sheet.hide_gridlines(2)
    link = {"font_color": colors.accent, "underline": 1}
    for row, (text, look) in enumerate(lines):
        book.write(sheet, row, 0, text, **look)
    if report.code and report.link:
        sheet.write_url(proof, 0, report.link, book.style(**link), lines[proof][0])
    for row, (name, table) in enumerate(zip(names, report.sheets, strict=True), start=len(lines)):
        where = f"internal:'{name.replace(chr(39), chr(39) * 2)}'!A1"
        sheet.write_url(row, 0, where, book.style(**link), table.title)


def _notes(book: _Book, sheet: Any, report: Report) -> None:
    book.write(sheet, 0, 0, "Att läsa tabellerna", bold=True, font_size=14)
    for row, (label, text) in enumerate(report.notes, start=2):
        book.write(sheet, row, 0, label, bold=True, valign="top", text_wrap=True)
        book.write(sheet, row, 1, text, valign="top", text_wrap=True)
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 1, 100)
    sheet.hide_gridlines(2)


def _sheet(book: _Book, sheet: Any, given: ReportTable, name: str) -> None:
    book.write(sheet, 0, 0, given.title, bold=True, font_size=13)
    heads = _unique([head.text for head in given.heads])
    last = _HEAD_ROW + max(1, len(given.rows))
    sheet.add_table(
        _HEAD_ROW,
        0,
        last,
        len(heads) - 1,
        {
            "name": name,
            "style": "Table Style Light 1",
            "banded_rows": False,
            "columns": [{"header": text} for text in heads],
        },
    )
    lines = 1
    for column, (text, head) in enumerate(zip(heads, given.heads, strict=True)):
        look: dict[str, Any] = {"bold": True, "bg_color": book.theme.colors.band, "valign": "top"}
        book.write(sheet, _HEAD_ROW, column, text, **look, text_wrap=True, **_side(head, column))
        texts = [row[column].text for row in given.rows]
        longest = max([*map(len, texts), *map(len, head.text.split()), 8])
        sheet.set_column(column, column, min(_WIDEST, longest + 3))
        lines = max(lines, _lines(text, min(_WIDEST, longest + 1)))
    # Not every program makes a row as high as its wrapped text.
    sheet.set_row(_HEAD_ROW, lines * _LINE)
    for row, cells in enumerate(given.rows, start=_HEAD_ROW + 1):
        _row(book, sheet, row, cells, given.heads)
    sheet.freeze_panes(_HEAD_ROW + 1, 1)
    sheet.repeat_rows(_HEAD_ROW)
    if given.note:
        book.write(sheet, last + 2, 0, given.note)


def _lines(text: str, letters: int) -> int:
    return max(len(textwrap.wrap(text, letters)), 1)


def _row(
    book: _Book, sheet: Any, row: int, cells: Sequence[ReportCell], heads: Sequence[Head]
) -> None:
    lines = max(_lines(cell.text, _WIDEST) for cell in cells)
    if lines > 1:
        sheet.set_row(row, lines * _LINE)
    for column, (cell, head) in enumerate(zip(cells, heads, strict=True)):
        if head.decimals is not None and known(cell.value):
            # The number stays a number; that it is incomplete stands after it.
            mark = '"*"' if cell.text.endswith("*") else ""
            decimals = f".{'0' * head.decimals}" if head.decimals else ""
            shown = book.style(num_format=f"#,##0{decimals}{mark}")
            sheet.write_number(row, column, cell.value, shown)
        else:
            wrapped = {"text_wrap": True, "valign": "top"} if lines > 1 else {}
            book.write(sheet, row, column, cell.text, **wrapped, **_side(head, column))


def _side(head: Head, column: int) -> dict[str, Any]:
    """Words to the left, clear of the numbers before them; numbers to the right."""
    if head.decimals is not None:
        return {"align": "right"}
    return {"align": "left", "indent": 1} if column else {"align": "left"}


def _table_name(sheet: str, number: int) -> str:
    """A name that formulas can use, `Alla_mått_1`: letters, digits and underscores."""
    plain = re.sub(r"\W+", "_", sheet).strip("_")
    return f"{plain}_{number}" if plain[:1].isalpha() else f"Tabell_{plain}_{number}"


def _unique(heads: list[str]) -> list[str]:
    """An Excel table needs each heading to be its own."""
    names: list[str] = []
    for text in heads:
        name, number = text or "Kolumn", 1
        while name.lower() in map(str.lower, names):
            number += 1
            name = f"{text} {number}"
        names.append(name)
    return names
