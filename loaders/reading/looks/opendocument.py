"""What calamine cannot tell of the cells of an OpenDocument sheet, read from its content.

Shares, which are shown as per cent, and other units; footnote marks in superscript; what is struck
through; hidden rows and columns.
"""

import re
import zipfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from loaders.problems import refuse
from loaders.reading.limits import MAX_COLUMNS, refuse_late
from loaders.reading.looks.formats import as_shown, unit_after
from loaders.reading.looks.marks import Marks, Place
from loaders.reading.looks.rich_text import MARK
from loaders.reading.package import Piece

CONTENT = "content.xml"
_SIGNS = re.compile(
    rb'text-position="super|visibility="(?:collapse|filter)|value-type="percentage"|line-through|'
    rb"(?i:kr|sek|tusen|eur|usd|[$%]|tim|timmar|\xe2\x82\xac)</text:p>"
)
# No row has so many parts, which are held in memory together.
_MOST_HELD = 1_000_000
_HIDDEN = frozenset({"collapse", "filter"})
_CELLS = frozenset({"table-cell", "covered-table-cell"})


def of_opendocument(archive: zipfile.ZipFile, *, plain: Collection[str]) -> Mapping[str, Marks]:
    """The marks of an OpenDocument workbook, by the names of its sheets; none of `plain` parts.

    Raises Refused where its content is damaged.
    """
    if CONTENT in plain or CONTENT not in archive.namelist():
        return {}
    try:
        with archive.open(CONTENT) as source:
            return _of_content(ElementTree.iterparse(source, events=("start", "end")))
    except (ElementTree.ParseError, ValueError) as error:
        raise refuse("not-a-spreadsheet", "Arbetsboken är skadad och går inte att läsa.") from error


def is_marked(piece: Piece) -> bool:
    """Whether a piece of the content may have marks."""
    return _SIGNS.search(piece.content) is not None


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _said(element: Element, name: str) -> str:
    return next((text for key, text in element.items() if _local(key) == name), "")


def _times(element: Element, name: str) -> int:
    text = _said(element, name)
    return int(text) if text.isdigit() else 1


def _of_content(events: Iterator[tuple[str, Element]]) -> dict[str, Marks]:
    marks_by_sheet: dict[str, Marks] = {}
    looks = _Looks()
    struck: set[int] = set()
    shown: dict[Place, str] = {}
    rows: set[int] = set()
    columns: set[int] = set()
    name, row, at = "", 0, 0
    held = 0
    for event, element in events:
        tag = _local(element.tag)
        if event == "start" and tag == "table":
            name, row, at = _said(element, "name"), 0, 0
            shown, rows, columns, struck = {}, set(), set(), set()
        elif event == "start":
            held += 1
            if held > _MOST_HELD:
                raise refuse("too-large", "En rad i arbetsboken är längre än i något äkta blad.")
        elif tag == "style":
            looks.add(element)
        elif tag == "table-column":
            number = min(_times(element, "number-columns-repeated"), MAX_COLUMNS)
            if _said(element, "visibility") in _HIDDEN:
                columns.update(range(at, at + number))
            at += number
        elif tag == "table-row":
            refuse_late()
            number = _times(element, "number-rows-repeated")
            # Rows that are repeated to the end of the sheet hold nothing.
            if _said(element, "visibility") in _HIDDEN and number <= MAX_COLUMNS:
                rows.update(range(row, row + number))
            if number <= MAX_COLUMNS and any(looks.strikes(cell) for cell in element):
                struck.update(range(row, row + number))
            shown |= {
                (row + below, position): text
                for position, text in _cells(element, looks)
                for below in range(min(number, MAX_COLUMNS))
            }
            row += number
            held = 0
            element.clear()
        elif tag == "table":
            marks_by_sheet[name] = Marks(
                shown=shown,
                hidden_rows=frozenset(rows),
                hidden_columns=frozenset(columns),
                struck_rows=frozenset(struck),
            )
            element.clear()
    return marks_by_sheet


@dataclass
class _Looks:
    """The names of the styles that raise a text, and of those that strike it through."""

    raised: set[str] = field(default_factory=set)
    struck: set[str] = field(default_factory=set)

    def add(self, style: Element) -> None:
        """Take in what a style says."""
        for properties in style:
            if _said(properties, "text-position").startswith("super"):
                self.raised.add(_said(style, "name"))
            if _said(properties, "text-line-through-style") not in ("", "none"):
                self.struck.add(_said(style, "name"))

    def strikes(self, cell: Element) -> bool:
        """Whether anything in a cell is struck through."""
        return bool(self.struck and _length(cell)) and any(
            _said(part, "style-name") in self.struck for part in cell.iter()
        )


def _cells(row: Element, looks: _Looks) -> Iterator[tuple[int, str]]:
    """What stands in the cells of a row where the value alone would be read otherwise."""
    at = 0
    for cell in row:
        if _local(cell.tag) not in _CELLS:
            continue
        number = min(_times(cell, "number-columns-repeated"), MAX_COLUMNS)
        value = _said(cell, "value")
        unit = "%" if _said(cell, "value-type") == "percentage" else unit_after(_lines(cell))
        if value and unit:
            text: str | None = as_shown(float(value), unit)
        else:
            text = _without_marks(cell, looks)
        if text is not None:
            yield from ((at + beside, text) for beside in range(number))
        at += number


def _lines(cell: Element) -> str:
    """What a cell shows, without the notes that are fastened to it."""
    return " ".join("".join(part.itertext()) for part in cell if _local(part.tag) == "p")


def _without_marks(cell: Element, looks: _Looks) -> str | None:
    """The text without its footnote marks, and with what is struck through in brackets.

    None where there is no such thing, or nothing else.
    """
    spans = [span for span in cell.iter() if _local(span.tag) == "span"]
    marks = [s for s in spans if _said(s, "style-name") in looks.raised and _length(s) <= MARK]
    crossed = [s for s in spans if _said(s, "style-name") in looks.struck and _length(s)]
    if not marks and not crossed:
        return None
    for span in marks:
        span.text = ""
        for inner in span:
            inner.text = ""
    if sum(map(_length, crossed)) < len("".join(_lines(cell).split())):
        for span in crossed:
            span.text = f"[{span.text or ''}"
            span.tail = f"]{span.tail or ''}"
    return _lines(cell).strip() or None


def _length(element: Element) -> int:
    return len("".join("".join(element.itertext()).split()))
