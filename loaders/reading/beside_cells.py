"""Text that a file holds outside its cells: comments, text boxes, page headers, formulas, names.

It is never read as data, but the original is kept, so no identity number may stand in it.
"""

import html
import mmap
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

_WHOLE = re.compile(
    r"(xl/(comments|threadedComments|drawings|persons)|docProps/).*\.(xml|vml)$|(meta|styles)\.xml$"
)
_IN_SHEETS = re.compile(
    r"<(?:\w+:)?(?:f|definedName|annotation|(?:odd|even|first)(?:Header|Footer))\b[^>]*>"
    r"(.{10,4000}?)</(?:\w+:)?(?:f|definedName|annotation|(?:odd|even|first)(?:Header|Footer))>",
    re.DOTALL,
)
_TAG = re.compile(r"<[^>]*>")
_CELL = re.compile(r"<t[dh]\b.*?</t[dh]\s*>", re.DOTALL | re.IGNORECASE)
_PARTS = re.compile(r"xl/worksheets/[^/]*\.xml$|xl/workbook\.xml$|content\.xml$")
# Runs of what numbers are written with; in bytes, one a character or two as Windows writes them.
_RUN = re.compile(r"[0-9 \xa0.,/+\-\u2010-\u2015\u2212]{10,40}")
_NARROW = re.compile(rb"[\d \xa0.,/+-]{10,40}")
_WIDE = re.compile(rb"(?:[\d \xa0.,/+-]\x00|[\x10-\x15]\x20|\x12\x22){10,40}")
_CHUNK = 1 << 22
_OVERLAP = 4096


def of_workbook(path: Path) -> Iterator[str]:
    """The texts beside the cells of a zipped workbook, one at a time."""
    with zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            with archive.open(entry) as part:
                if _PARTS.search(entry.filename):
                    tail = b""
                    while chunk := part.read(_CHUNK):
                        content = (tail + chunk).decode("utf-8", errors="replace")
                        yield from (_plain(text) for text in _IN_SHEETS.findall(content))
                        tail = chunk[-_OVERLAP:]
                elif _WHOLE.search(entry.filename):
                    while chunk := part.read(_CHUNK):
                        # A text may be cut into runs with different looks.
                        content = chunk.decode("utf-8", errors="replace")
                        yield _plain(content)
                        yield html.unescape(_TAG.sub(" ", content))


def of_old_workbook(path: Path) -> Iterator[str]:
    """What may be numbers in a workbook of the old format, wherever it stands: in cells too."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        yield from (run.group().decode("latin-1").strip() for run in _NARROW.finditer(content))
        yield from (run.group().decode("utf-16-le").strip() for run in _WIDE.finditer(content))


def runs(text: str) -> Iterator[str]:
    """What may be numbers in a text, as `of_old_workbook` gives it."""
    return (run.group().strip() for run in _RUN.finditer(text))


def of_html(path: Path) -> Iterator[str]:
    """The text of a web page outside its table cells, its comments too."""
    content = path.read_bytes().decode("utf-8", errors="replace")
    outside = _CELL.sub(" ", content).replace("<!--", " ").replace("-->", " ")
    yield html.unescape(_TAG.sub(" ", outside))


def _plain(markup: str) -> str:
    return html.unescape(_TAG.sub("", markup))
