"""The first sheet that is seen of a workbook, as the lines of a text file."""

import datetime
from io import BytesIO

import openpyxl


def lines(content: bytes) -> list[str]:
    """A line a row that holds anything, cells with ; between them; dates as 2020-04-01."""
    book = openpyxl.load_workbook(BytesIO(content), data_only=True)
    sheet = next(one for one in book.worksheets if one.sheet_state == "visible")
    rows = [[_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    return [";".join(row) for row in rows if any(row)]


def _text(cell: object) -> str:
    match cell:
        case None:
            return ""
        case datetime.datetime():
            return f"{cell:%Y-%m-%d}"
        case float():
            return repr(cell).removesuffix(".0").replace(".", ",")
    text = str(cell).strip().replace("\n", " ")
    return '"' + text.replace('"', '""') + '"' if ";" in text or '"' in text else text
