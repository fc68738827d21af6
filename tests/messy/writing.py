"""A draft written as a file: text, a workbook, an OpenDocument sheet or a web page."""

import csv
import html
import io
import zipfile
from pathlib import Path

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.messy.draft import Cell, Draft, Row

_ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
)
_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
)
_ENDINGS = {"csv": "csv", "xlsx": "xlsx", "ods": "ods", "html": "xls"}


def write(draft: Draft, folder: Path) -> Path:
    """Write the file into the folder, under the draft's name."""
    path = folder / f"{draft.name}.{_ENDINGS[draft.form]}"
    match draft.form:
        case "xlsx":
            _workbook(draft, path)
        case "ods":
            _opendocument(draft, path)
        case "html":
            path.write_text(_page(draft), encoding="utf-8")
        case _:
            path.write_bytes(_text(draft))
    return path


def shown(cell: Cell) -> str:
    """A cell as Swedish text has it."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:g}".replace(".", ",")
    return str(cell)


def _text(draft: Draft) -> bytes:
    lines = [_line([shown(cell) for cell in row], draft) for row in draft.grid]
    for sheet, rows in draft.sheets.items():
        lines += ["", sheet, *(_line([shown(cell) for cell in row], draft) for row in rows)]
    for change in draft.text:
        lines = _CHANGES[change](lines, draft)
    content = draft.line_end.join([*lines, ""])
    if draft.encoding == "misread":
        return _misread(content.encode(), "cp1252")
    if draft.encoding == "misread-dos":
        return _misread(content.encode("cp850", errors="replace"), "cp1252")
    return content.encode(draft.encoding, errors="replace")


def _misread(content: bytes, encoding: str) -> bytes:
    signs = (bytes([byte]) for byte in content)
    return "".join(
        sign.decode(encoding, errors="ignore") or chr(sign[0]) for sign in signs
    ).encode()


def _line(cells: list[str], draft: Draft) -> str:
    if draft.quoting == "single":
        return draft.separator.join(f"'{text}'" for text in cells)
    if draft.quoting == "never":
        return draft.separator.join(cells)
    if draft.quoting == "backslash":
        return draft.separator.join('"' + text.replace('"', '\\"') + '"' for text in cells)
    target = io.StringIO()
    csv.writer(
        target,
        delimiter=draft.separator,
        lineterminator="",
        quoting=csv.QUOTE_ALL if draft.quoting == "all" else csv.QUOTE_MINIMAL,
    ).writerow(cells)
    return target.getvalue()


def _middle(lines: list[str], draft: Draft) -> int:
    """The line of a row in the middle of the table."""
    return len(draft.titles) + 2


def _blank_lines(lines: list[str], draft: Draft) -> list[str]:
    at = _middle(lines, draft)
    return [*lines[:at], "", *lines[at:], "", ""]


def _preamble(lines: list[str], draft: Draft) -> list[str]:
    return ["# Skapad av systemet", "# Ansvarig enhet: Uppföljning", "", *lines]


def _separator_line(lines: list[str], draft: Draft) -> list[str]:
    return [f"sep={draft.separator}", *lines]


def _trailing(lines: list[str], draft: Draft) -> list[str]:
    return [line + draft.separator * 2 for line in lines]


def _leading(lines: list[str], draft: Draft) -> list[str]:
    return [draft.separator + line for line in lines]


def _head_again(lines: list[str], draft: Draft) -> list[str]:
    at = _middle(lines, draft)
    return [*lines[:at], lines[len(draft.titles)], *lines[at:]]


def _shifted(lines: list[str], draft: Draft) -> list[str]:
    """A separator too many within a row moves its numbers one column to the right."""
    at = _middle(lines, draft)
    first, apart, rest = lines[at].rpartition(draft.separator)
    return [*lines[:at], first + apart * 2 + rest, *lines[at + 1 :]]


def _joined(lines: list[str], draft: Draft) -> list[str]:
    """A separator is missing: two numbers have become one."""
    at = _middle(lines, draft)
    first, _, rest = lines[at].rpartition(draft.separator)
    return [*lines[:at], first + rest, *lines[at + 1 :]]


def _end_sign(lines: list[str], draft: Draft) -> list[str]:
    return [*lines, "\x1a"]


def _spaced(lines: list[str], draft: Draft) -> list[str]:
    return [line.replace(draft.separator, f" {draft.separator} ") for line in lines]


def _without_head(lines: list[str], draft: Draft) -> list[str]:
    at = len(draft.titles)
    return [*lines[:at], *lines[at + 1 :]]


_CHANGES = {
    "blank lines": _blank_lines,
    "preamble": _preamble,
    "sep line": _separator_line,
    "trailing": _trailing,
    "leading": _leading,
    "head again": _head_again,
    "shifted": _shifted,
    "joined": _joined,
    "end sign": _end_sign,
    "spaced": _spaced,
    "without head": _without_head,
}


def _workbook(draft: Draft, path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Blad1"
    for row in draft.grid:
        sheet.append(list(row))
    first = len(draft.titles) + 2
    for (down, right), what in draft.cells.items():
        _change(sheet, first + down, right + 1, what)
    for position in draft.hidden:
        sheet.column_dimensions[get_column_letter(position + 1)].hidden = True
    for name, rows in draft.sheets.items():
        other = book.create_sheet(name)
        for row in rows:
            other.append(list(row))
    book.save(path)


def _change(sheet: Worksheet, row: int, column: int, what: str) -> None:
    cell = sheet.cell(row, column)
    match what:
        case "footnote":
            raised = TextBlock(InlineFont(vertAlign="superscript"), "1")
            sheet.cell(row, column, CellRichText(str(cell.value), raised))
        case "per cent":
            cell.number_format = "0.0%"
        case "two lines":
            sheet.cell(row, column, f"{cell.value}\n8")
        case "formula":
            sheet.cell(row, column, f"={cell.value}*1")
        case "error":
            sheet.cell(row, column, "#DIV/0!")
        case "date":
            cell.number_format = "yyyy-mm-dd"


def _marked(row: int, column: int, text: str, draft: Draft) -> str:
    match draft.cells.get((row, column)):
        case "footnote":
            return f"{text}<sup>1</sup>"
        case "two lines":
            return f"{text}<br>8"
        case _:
            return text


def _page(draft: Draft) -> str:
    titles = "".join(f"<tr><td>{html.escape(shown(row[0]))}</td></tr>" for row in draft.titles)
    heads = "".join(f"<th>{html.escape(text)}</th>" for text in draft.head)
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td>{_marked(number, position, html.escape(shown(cell)), draft)}</td>"
            for position, cell in enumerate(row)
        )
        + "</tr>"
        for number, row in enumerate(draft.rows)
    )
    notes = "".join(_plain_row(row) for row in draft.notes)
    others = "".join(
        f"<p>{html.escape(name)}</p><table>{''.join(map(_plain_row, rows))}</table>"
        for name, rows in draft.sheets.items()
    )
    return (
        '<html><head><meta charset="utf-8"></head><body>'
        f"<table>{titles}<tr>{heads}</tr>{rows}{notes}</table>{others}</body></html>"
    )


def _plain_row(row: Row) -> str:
    return "<tr>" + "".join(f"<td>{html.escape(shown(cell))}</td>" for cell in row) + "</tr>"


def _opendocument(draft: Draft, path: Path) -> None:
    def cell(value: Cell) -> str:
        if value is None:
            return "<table:table-cell/>"
        text = f"<text:p>{html.escape(shown(value))}</text:p>"
        if isinstance(value, str):
            return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'
        return (
            f'<table:table-cell office:value-type="float" office:value="{value}">{text}'
            "</table:table-cell>"
        )

    tables = {"Blad1": tuple(draft.grid), **draft.sheets}
    body = "".join(
        f'<table:table table:name="{html.escape(name)}">'
        + "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
        + "</table:table>"
        for name, rows in tables.items()
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        end = "</office:spreadsheet></office:body></office:document-content>"
        archive.writestr("content.xml", f"{_ODS}{body}{end}")
