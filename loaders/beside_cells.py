"""Text that a file holds outside its cells: comments, text boxes, page headers, formulas, names.

It is never read as data, but the original is kept, so no identity number may stand in it.
"""

import html
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


def of_html(path: Path) -> Iterator[str]:
    """The text of a web page outside its table cells, its comments too."""
    content = path.read_bytes().decode("utf-8", errors="replace")
    outside = _CELL.sub(" ", content).replace("<!--", " ").replace("-->", " ")
    yield html.unescape(_TAG.sub(" ", outside))


def _plain(markup: str) -> str:
    return html.unescape(_TAG.sub("", markup))
