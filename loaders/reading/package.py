"""The parts of a package piece by piece, and every text and attribute in them that is no cell.

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
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from loaders.problems import refuse
from loaders.reading.limits import refuse_late

_CHUNK = 1 << 22
_OVERLAP = 4096
# No row of a sheet is so long: that would be a thousand characters in each cell there can be.
_LONGEST_ROW = 1 << 24
_DEPTH = 2
_MOST_WITHIN = 50_000_000
_MARKUP = (".xml", ".rels", ".vml", ".html", ".htm", ".rdf", ".txt")
_SHEET = re.compile(r"xl/worksheets/[^/]*\.xml$")
# In large parts a pattern that begins with what it looks for is found some times faster.
_DATA = re.compile(rb"sheetData")
_BEGINS = re.compile(rb"<(?:\w+:)?sheetData\b")
_ENDS = re.compile(rb"</(?:\w+:)?sheetData>")
_CELLS = (b"<c ", b"<c>", b":c ", b":c>")
_FORMULAS = re.compile(rb"<f")
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


@dataclass(frozen=True)
class Piece:
    """Bytes of a part, and signs in them that more than one looks for."""

    content: bytes

    @cached_property
    def apostrophes(self) -> bool:
        """Whether attributes may stand in apostrophes."""
        return b"'" in self.content

    @cached_property
    def formulas(self) -> bool:
        """Whether there may be formulas of cells."""
        prefixed = b":" in self.content and b":f" in self.content
        return prefixed or _FORMULAS.search(self.content) is not None

    @cached_property
    def cells(self) -> bool:
        """Whether there are cells of a sheet."""
        return any(sign in self.content for sign in _CELLS)

    @cached_property
    def edge(self) -> bool:
        """Whether there may be more of a sheet than its cells."""
        return not self.cells or _DATA.search(self.content) is not None


def is_sheet(name: str) -> bool:
    """Whether a part is a sheet of cells."""
    return _SHEET.search(name) is not None


def _is_markup(name: str) -> bool:
    return name.lower().endswith(_MARKUP)


def pieces(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, *, rows: bool = False
) -> Iterator[Piece]:
    """A part piece by piece: cut at the ends of `rows`, or with the end of the piece before it.

    Markup in UTF-16 comes as narrow. Raises Refused (too-large).
    """
    wide = False
    rest = b""
    with archive.open(entry) as part:
        while chunk := part.read(_CHUNK):
            refuse_late()
            if not rest:
                wide = _is_markup(entry.filename) and b"\x00" in chunk[:64]
            rest += chunk.replace(b"\x00", b"") if wide else chunk
            if not rows:
                yield Piece(rest)
                rest = rest[-_OVERLAP:]
                continue
            cut = rest.rfind(b"<", 0, rest.rfind(b"row>") + 1)
            if cut > 0:
                yield Piece(rest[:cut])
                rest = rest[cut:]
            elif len(rest) > _LONGEST_ROW:
                raise refuse("too-large", "En rad i arbetsboken är längre än i något äkta blad.")
    if rows:
        yield Piece(rest)


def names_in(archive: zipfile.ZipFile) -> Iterator[str]:
    """The names and comments of an archive and its parts, one at a time."""
    for entry in archive.infolist():
        yield entry.filename
        yield entry.comment.decode(errors="replace")
    yield archive.comment.decode(errors="replace")


def texts_of(name: str, piece: Piece) -> Iterator[str]:
    """The texts in a piece of a part beside its cells' values, one at a time."""
    if not _is_markup(name):
        yield from _of_bytes(piece.content)
    elif is_sheet(name):
        yield from _of_sheet(piece)
    else:
        yield from _of_markup(piece.content)


def is_archive(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    """Whether a part is an archive itself, no larger than may be looked into."""
    with archive.open(entry) as part:
        return entry.file_size < _MOST_WITHIN and part.read(4) == _ZIP


def texts_within(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, *, depth: int = 1
) -> Iterator[str]:
    """All texts of a part that is an archive itself, one at a time."""
    with zipfile.ZipFile(io.BytesIO(archive.read(entry))) as inner:
        yield from names_in(inner)
        for one in inner.infolist():
            if depth < _DEPTH and is_archive(inner, one):
                yield from texts_within(inner, one, depth=depth + 1)
                continue
            look = _of_markup if _is_markup(one.filename) else _of_bytes
            for piece in pieces(inner, one):
                yield from look(piece.content)


def _of_sheet(piece: Piece) -> Iterator[str]:
    """What a sheet has around and between its cells, whose values are searched in the grid."""
    content = piece.content
    begins = _BEGINS.search(content) if piece.edge else None
    ends = _ENDS.search(content) if piece.edge else None
    if begins:
        yield from _of_markup(content[: begins.start()])
    if ends:
        yield from _of_markup(content[ends.start() :])
    if not (begins or ends or piece.cells):
        yield from _of_markup(content)
    if piece.formulas or (b"!" in content and b"<!--" in content):
        within = content[begins.start() if begins else 0 : ends.start() if ends else None]
        for formula, comment in _FORMULA.findall(within.decode(errors="replace")):
            yield html.unescape(formula or comment)


def _of_markup(content: bytes) -> Iterator[str]:
    """Attributes and texts as they stand; and texts without the marks of their looks."""
    kept = _OWN_NUMBERS.sub(" ", content.decode(errors="replace"))
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
