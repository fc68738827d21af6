"""A report's numbers as a workbook: a cover, notes, and one marked table a sheet."""

import io
import re
from typing import Any

from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.table import TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from reports.model import Report, Table
from reports.packing import packed
from reports.theme import Theme

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31
_LONGEST_FOOTER = 220
_A4 = 9
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_HEAD_ROW = 3
_WIDEST = 60


def xlsx(report: Report, theme: Theme) -> bytes:
    """The report's tables as an .xlsx file."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    about = workbook.properties
    about.title = f"{report.title}, {report.subtitle}"
    about.creator = report.organisation
    about.language = "sv-SE"
    about.lastModifiedBy = report.organisation
    names = _names([table.name for table in report.sheets])
    _cover(workbook.create_sheet("Omslag"), report, theme, names)
    _notes(workbook.create_sheet("Att läsa tabellerna"), report, theme)
    for number, (name, table) in enumerate(zip(names, report.sheets, strict=True), start=1):
        _sheet(workbook.create_sheet(name), table, theme, number)
    for sheet in workbook.worksheets:
        _print(sheet, report)
    file = io.BytesIO()
    workbook.save(file)
    return packed(file.getvalue(), made=report.made)


def _print(sheet: Worksheet, report: Report) -> None:
    """On paper: lying A4 as wide as the table, with the source and the page's number."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    # A footer is at most 255 letters, and & begins its codes.
    source = " · ".join(report.footer).replace("&", "&&")
    footer: Any = sheet.oddFooter
    footer.left.text = source[:_LONGEST_FOOTER]
    footer.left.size = 8
    footer.right.text = "Sida &P av &N"
    footer.right.size = 8


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


def _cover(sheet: Worksheet, report: Report, theme: Theme, names: list[str]) -> None:
    accent = _color(theme.colors.accent)
    lines = [
        (report.organisation, Font(name=theme.office_font, color=_color(theme.colors.muted))),
        (report.title, Font(name=theme.office_font, size=18, bold=True, color=accent)),
        (report.subtitle, Font(name=theme.office_font, size=12)),
    ]
    bold = Font(name=theme.office_font, bold=True)
    plain = Font(name=theme.office_font)
    lines += [(said, bold) for said in (report.banner, *report.notices) if said]
    lines += [("", plain), *((said, plain) for said in report.footer)]
    if report.code:
        lines.append((f"Prov {report.code}", plain))
    proof = len(lines)
    lines += [("", plain), ("Innehåll", bold)]
    for row, (text, font) in enumerate(lines, start=1):
        _write(sheet, row, 1, text, font)
    if report.code and report.link:
        sheet.cell(row=proof, column=1).hyperlink = report.link
    sheet.row_dimensions[2].height = 30
    for row, (name, table) in enumerate(
        zip(names, report.sheets, strict=True), start=len(lines) + 1
    ):
        _write(sheet, row, 1, table.title, plain)
        cell = sheet.cell(row=row, column=1)
        cell.hyperlink = f"#'{name}'!A1"
        cell.font = Font(
            name=theme.office_font, color=_color(theme.colors.accent), underline="single"
        )
    sheet.column_dimensions["A"].width = 110
    sheet.sheet_view.showGridLines = False


def _notes(sheet: Worksheet, report: Report, theme: Theme) -> None:
    bold = Font(name=theme.office_font, bold=True)
    plain = Font(name=theme.office_font)
    _write(sheet, 1, 1, "Att läsa tabellerna", Font(name=theme.office_font, size=14, bold=True))
    for row, (label, text) in enumerate(report.notes, start=3):
        _write(sheet, row, 1, label, bold)
        _write(sheet, row, 2, text, plain)
        for column in (1, 2):
            sheet.cell(row=row, column=column).alignment = Alignment(vertical="top", wrap_text=True)
    sheet.column_dimensions["A"].width = 44
    sheet.column_dimensions["B"].width = 100
    sheet.sheet_view.showGridLines = False


def _sheet(sheet: Worksheet, given: Table, theme: Theme, number: int) -> None:
    plain = Font(name=theme.office_font)
    _write(sheet, 1, 1, given.title, Font(name=theme.office_font, size=13, bold=True))
    heads = _unique([head.text for head in given.heads])
    fill = PatternFill("solid", fgColor=_color(theme.colors.band))
    sheet.print_title_rows = f"{_HEAD_ROW}:{_HEAD_ROW}"
    for column, (text, head) in enumerate(zip(heads, given.heads, strict=True), start=1):
        _write(sheet, _HEAD_ROW, column, text, Font(name=theme.office_font, bold=True))
        cell = sheet.cell(row=_HEAD_ROW, column=column)
        cell.fill = fill
        side = "left" if head.decimals is None else "right"
        indent = 1 if side == "left" and column > 1 else 0
        cell.alignment = Alignment(horizontal=side, vertical="top", wrap_text=True, indent=indent)
    for row, cells in enumerate(given.rows, start=_HEAD_ROW + 1):
        for column, (cell_, head) in enumerate(zip(cells, given.heads, strict=True), start=1):
            if head.decimals is not None and cell_.value is not None:
                target = sheet.cell(row=row, column=column, value=cell_.value)
                # The number stays a number; that it is incomplete stands after it.
                mark = '"*"' if cell_.text.endswith("*") else ""
                decimals = f".{'0' * head.decimals}" if head.decimals else ""
                target.number_format = f"#,##0{decimals}{mark}"
                target.font = plain
            else:
                _write(sheet, row, column, cell_.text, plain)
                words = Alignment(horizontal="left", indent=0 if column == 1 else 1)
                sheet.cell(row=row, column=column).alignment = (
                    words if head.decimals is None else Alignment(horizontal="right")
                )
    for column, head in enumerate(given.heads, start=1):
        texts = [row[column - 1].text for row in given.rows]
        longest = max([*map(len, texts), *map(len, head.text.split()), 8])
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = min(_WIDEST, longest + 3)
    last = _HEAD_ROW + max(1, len(given.rows))
    table = ExcelTable(
        displayName=_table_name(sheet.title, number),
        ref=f"A{_HEAD_ROW}:{get_column_letter(len(heads))}{last}",
    )
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    sheet.add_table(table)
    sheet.freeze_panes = f"B{_HEAD_ROW + 1}"
    if given.note:
        _write(sheet, last + 2, 1, given.note, plain)


def _table_name(sheet: str, number: int) -> str:
    """A name that formulas can use, `Alla_mått_1`: letters, digits and underscores only."""
    plain = re.sub(r"\W+", "_", sheet).strip("_")
    return f"{plain}_{number}"


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


def _write(sheet: Worksheet, row: int, column: int, text: str, font: Font) -> None:
    """Text as text: what begins like a formula is none."""
    cell = sheet.cell(row=row, column=column)
    cell.value = text
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(_FORMULA_STARTS)
    cell.font = font


def _color(color: str) -> str:
    return f"FF{color[1:].upper()}"
