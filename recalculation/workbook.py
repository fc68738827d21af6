"""The sheets that are seen of a workbook (.xlsx, .xls, .ods), as texts."""

import datetime
from io import BytesIO

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

Rows = list[list[str]]
_BEGINNINGS = (b"PK", b"\xd0\xcf\x11\xe0")


def sheets(content: bytes) -> dict[str, Rows]:
    """By the sheet's name, the rows that hold anything; dates as 2020-04-01, numbers as 0,5.

    None of what is no workbook.
    """
    if not content.startswith(_BEGINNINGS):
        return {}
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    seen = [
        one.name
        for one in book.sheets_metadata
        if one.visible == SheetVisibleEnum.Visible and one.typ == SheetTypeEnum.WorkSheet
    ]
    return {name: _rows(book, name) for name in seen}


def _rows(book: CalamineWorkbook, name: str) -> Rows:
    rows = [[_text(cell) for cell in row] for row in book.get_sheet_by_name(name).to_python()]
    return [row for row in rows if any(row)]


def _text(cell: object) -> str:
    match cell:
        case datetime.datetime():
            return f"{cell:%Y-%m-%d}"
        case float():
            return repr(cell).removesuffix(".0").replace(".", ",")
    return str(cell).strip().replace("\n", " ")
