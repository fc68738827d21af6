"""What calamine cannot tell of the cells of an OpenDocument sheet, read from its content.

Shares, which are shown as per cent; footnote marks in superscript; hidden rows and columns.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from loaders.problems import refuse
from loaders.reading.limits import MAX_COLUMNS
from loaders.reading.marks import MARK, Marks, Place

_CONTENT = "content.xml"
_SIGNS = re.compile(
    rb'text-position="super|visibility="(?:collapse|filter)|value-type="percentage"'
)
_CHUNK = 1 << 22
_HIDDEN = frozenset({"collapse", "filter"})
_CELLS = frozenset({"table-cell", "covered-table-cell"})


def of_opendocument(path: Path) -> Mapping[str, Marks]:
    """The marks of an OpenDocument workbook, by the names of its sheets.

    Raises Refused where its content is damaged.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            if _CONTENT not in archive.namelist() or not _has_signs(archive):
                return {}
            with archive.open(_CONTENT) as source:
                return _of_content(ElementTree.iterparse(source, events=("start", "end")))
    except (ElementTree.ParseError, ValueError) as error:
        raise refuse("not-a-spreadsheet", "Arbetsboken är skadad och går inte att läsa.") from error


def _has_signs(archive: zipfile.ZipFile) -> bool:
    with archive.open(_CONTENT) as source:
        rest = b""
        while chunk := source.read(_CHUNK):
            if _SIGNS.search(rest + chunk):
                return True
            rest = chunk[-64:]
    return False


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _said(element: Element, name: str) -> str:
    return next((text for key, text in element.items() if _local(key) == name), "")


def _times(element: Element, name: str) -> int:
    text = _said(element, name)
    return int(text) if text.isdigit() else 1


def _of_content(events: Iterator[tuple[str, Element]]) -> dict[str, Marks]:
    marks_by_sheet: dict[str, Marks] = {}
    raised: set[str] = set()
    shown: dict[Place, str] = {}
    rows: set[int] = set()
    columns: set[int] = set()
    name, row, at = "", 0, 0
    for event, element in events:
        tag = _local(element.tag)
        if event == "start" and tag == "table":
            name, row, at = _said(element, "name"), 0, 0
            shown, rows, columns = {}, set(), set()
        elif event == "start":
            continue
        elif tag == "style":
            _look_at_style(element, raised)
        elif tag == "table-column":
            number = min(_times(element, "number-columns-repeated"), MAX_COLUMNS)
            if _said(element, "visibility") in _HIDDEN:
                columns.update(range(at, at + number))
            at += number
        elif tag == "table-row":
            number = _times(element, "number-rows-repeated")
            # Rows that are repeated to the end of the sheet hold nothing.
            if _said(element, "visibility") in _HIDDEN and number <= MAX_COLUMNS:
                rows.update(range(row, row + number))
            shown |= {
                (row + below, position): text
                for position, text in _cells(element, raised)
                for below in range(min(number, MAX_COLUMNS))
            }
            row += number
            element.clear()
        elif tag == "table":
            marks_by_sheet[name] = Marks(
                shown=shown, hidden_rows=frozenset(rows), hidden_columns=frozenset(columns)
            )
            element.clear()
    return marks_by_sheet


def _look_at_style(element: Element, raised: set[str]) -> None:
    for properties in element:
        if _said(properties, "text-position").startswith("super"):
            raised.add(_said(element, "name"))


def _cells(row: Element, raised: set[str]) -> Iterator[tuple[int, str]]:
    """What stands in the cells of a row where the value alone would be read otherwise."""
    at = 0
    for cell in row:
        if _local(cell.tag) not in _CELLS:
            continue
        number = min(_times(cell, "number-columns-repeated"), MAX_COLUMNS)
        if _said(cell, "value-type") == "percentage":
            text: str | None = f"{float(_said(cell, 'value') or 0) * 100:.12g} %"
        else:
            text = _without_marks(cell, raised)
        if text is not None:
            yield from ((at + beside, text) for beside in range(number))
        at += number


def _without_marks(cell: Element, raised: set[str]) -> str | None:
    """The text without its footnote marks; None where it has none, or nothing else."""
    marks = [
        span
        for span in cell.iter()
        if _local(span.tag) == "span"
        and _said(span, "style-name") in raised
        and len("".join(span.itertext()).strip()) <= MARK
    ]
    if not marks:
        return None
    for span in marks:
        span.text = ""
        for inner in span:
            inner.text = ""
    return "".join(cell.itertext()).strip() or None
