"""Every text and attribute of a file, also where no cell is: a walk of the whole package.

Nothing of it is read as data, but the original is kept, so no identity number may stand in it:
not in comments, page headers, formulas, validations, filters, links, properties, the caches of
pivot tables, strings that no cell uses, tracked changes, charts or workbooks within the workbook.
"""

import html
import io
import mmap
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

_CHUNK = 1 << 22
_OVERLAP = 4096
_DEPTH = 2
_MOST_WITHIN = 50_000_000
_MARKUP = (".xml", ".rels", ".vml", ".html", ".htm", ".rdf", ".txt")
_SHEET = re.compile(r"xl/worksheets/[^/]*\.xml$")
# In large parts a pattern that begins with what it looks for is found some times faster.
_DATA = re.compile(rb"sheetData")
_BEGINS = re.compile(rb"<(?:\w+:)?sheetData\b")
_ENDS = re.compile(rb"</(?:\w+:)?sheetData>")
_CELLS = (b"<c ", b"<c>", b":c ", b":c>")
_WORTH = (re.compile(rb"<f"), re.compile(rb":f"), re.compile(rb"<!--"))
_FORMULA = re.compile(r"<(?:\w+:)?f\b[^>]*>([^<]{10,})<|<!--(.{10,4000}?)-->", re.DOTALL)
# Numbers that programs give things of their own, which may look like any other.
_OWN_NUMBERS = re.compile(
    r"\{?[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}\}?"
    r"|<\w+:(?:rowId|colId|creationId|colOff|rowOff|off|ext|chOff|chExt)\b[^>]*>"
    r"|\s(?:\w+:)?(?:[a-zA-Z]*[iI]d|x|y|cx|cy|w|h)=\"\d+\""
)
# Within these a text may be cut into runs with different looks.
_INLINE = re.compile(
    r"</?(?:\w+:)?(?:t|r|rPr|b|i|u|s|sz|color|rFont|family|charset|scheme|vertAlign|strike|latin|ea|"
    r"cs|solidFill|srgbClr|schemeClr|a|span|font|strong|em|sup|sub|text-properties)\b[^>]*>"
)
_TAG = re.compile(r"<[^>]*>")
# A cell goes to the next mark of the table: pages may leave out the end tags, and to look for one
# that is not there would take each cell to the end of the page.
_CELL = re.compile(
    r"<t[dh]\b[^>]*>.*?(?=</?t(?:d|h|r|able|body|head|foot)\b|\Z)", re.DOTALL | re.IGNORECASE
)
# Runs of what numbers are written with; in bytes, one a character or two as Windows writes them.
_NARROW = re.compile(rb"[\d \xa0.,/+_:-]{10,40}")
_WIDE = re.compile(rb"(?:[\d \xa0.,/+_:-]\x00|[\x10-\x15]\x20|\x12\x22){10,40}")
_ZIP = b"PK\x03\x04"


def of_zip(path: Path) -> Iterator[str]:
    """The texts of a zipped workbook beside its cells' values, one at a time."""
    with path.open("rb") as file:
        yield from _of_zip(file, depth=0)


def _of_zip(file: IO[bytes], *, depth: int) -> Iterator[str]:
    with zipfile.ZipFile(file) as archive:
        for entry in archive.infolist():
            yield entry.filename
            if entry.comment:
                yield entry.comment.decode("utf-8", errors="replace")
            with archive.open(entry) as part:
                yield from _of_part(part, entry, depth=depth)
        yield archive.comment.decode("utf-8", errors="replace")


def _of_part(part: IO[bytes], entry: zipfile.ZipInfo, *, depth: int) -> Iterator[str]:
    head = part.read(4)
    if head == _ZIP and depth < _DEPTH and entry.file_size < _MOST_WITHIN:
        yield from _of_zip(io.BytesIO(head + part.read()), depth=depth + 1)
        return
    name = entry.filename.lower()
    tail = head
    while chunk := part.read(_CHUNK):
        content = tail + chunk
        tail = chunk[-_OVERLAP:]
        if not name.endswith(_MARKUP):
            yield from _of_bytes(content)
        elif depth == 0 and _SHEET.search(entry.filename):
            yield from _of_sheet(content)
        else:
            yield from _of_markup(_decoded(content))


def _decoded(content: bytes) -> str:
    if b"\x00" in content[:200]:
        return content.replace(b"\x00", b"").decode("latin-1")
    return content.decode("utf-8", errors="replace")


def _of_sheet(content: bytes) -> Iterator[str]:
    """What a sheet has around and between its cells, whose values are searched in the grid."""
    named = _DATA.search(content) is not None
    begins = _BEGINS.search(content) if named else None
    ends = _ENDS.search(content) if named else None
    if begins:
        yield from _of_markup(_decoded(content[: begins.start()]))
    if ends:
        yield from _of_markup(_decoded(content[ends.start() :]))
    within = content[begins.start() if begins else 0 : ends.start() if ends else None]
    if not (begins or ends or any(sign in content for sign in _CELLS)):
        yield from _of_markup(_decoded(content))
    if any(sign.search(within) for sign in _WORTH):
        for formula, comment in _FORMULA.findall(_decoded(within)):
            yield html.unescape(formula or comment)


def _of_markup(markup: str) -> Iterator[str]:
    """Attributes and texts as they stand; and texts without the marks of their looks."""
    kept = _OWN_NUMBERS.sub(" ", markup)
    yield html.unescape(kept)
    if "<" in kept:
        yield html.unescape(_TAG.sub(" | ", _INLINE.sub("", kept)))


def _of_bytes(content: bytes | mmap.mmap) -> Iterator[str]:
    yield from (run.group().decode("latin-1").strip() for run in _NARROW.finditer(content))
    yield from (run.group().decode("utf-16-le").strip() for run in _WIDE.finditer(content))


def of_old_workbook(path: Path) -> Iterator[str]:
    """What may be numbers in a workbook of the old format, wherever it stands: in cells too."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        yield from _of_bytes(content)


def of_html(path: Path) -> Iterator[str]:
    """The text of a web page outside its table cells: attributes and comments too."""
    content = path.read_text(encoding="utf-8-sig", errors="replace")
    outside = _CELL.sub(" | ", content).replace("<!--", " ").replace("-->", " ")
    yield html.unescape(outside)
    yield html.unescape(_TAG.sub(" ", outside))
    for tag in re.findall(r"<t[dh]\b[^>]*>", content, re.IGNORECASE):
        if len(tag) > 20:
            yield html.unescape(tag)
