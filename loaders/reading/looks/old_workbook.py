"""What calamine cannot tell of the cells of a workbook of the old format (.xls), from its records.

Numbers shown as per cent or with a unit, footnote marks in superscript, what is struck through, and
hidden rows and columns. Sources: Microsoft, [MS-CFB] (the file's sectors) and [MS-XLS] (records).
"""

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from loaders.problems import refuse
from loaders.reading.limits import MAX_COLUMNS, refuse_late
from loaders.reading.looks.formats import PERCENT, as_shown, unit_of
from loaders.reading.looks.marks import Marks, Place
from loaders.reading.looks.rich_text import MARK

_HEAD = 512
_END = 0xFFFFFFF0
_STREAMS = ("Workbook", "Book")
_BOUND_SHEET, _FONT, _FORMAT, _XF, _SST, _CONTINUE, _EOF = 0x85, 0x31, 0x41E, 0xE0, 0xFC, 0x3C, 0x0A
_ROW, _COLUMNS = 0x208, 0x7D
_NUMBER, _RK, _MANY_RK, _FORMULA, _SHARED, _LABEL, _RICH = (
    0x203,
    0x27E,
    0xBD,
    0x06,
    0xFD,
    0x204,
    0xD6,
)
_WIDE, _PHONETIC, _RUNS = 1, 4, 8
_STRUCK, _RAISED = 8, 1
_HIDDEN_ROW = 0x20


@dataclass
class _Looks:
    """How cells may look: by number of font, of format, and of what cells name."""

    fonts: list[tuple[bool, bool]] = field(default_factory=list)
    formats: dict[int, str] = field(default_factory=dict)
    cells: list[tuple[int, int]] = field(default_factory=list)

    def font(self, number: int) -> tuple[bool, bool]:
        """Whether a font is struck through, and whether it is raised; there is no font 4."""
        at = number - (number > 4)
        return self.fonts[at] if at < len(self.fonts) else (False, False)

    def unit(self, number: int) -> str | None:
        """What a cell of these looks shows after its number."""
        if number >= len(self.cells):
            return None
        by = self.cells[number][1]
        return (
            "%" if by in PERCENT and by not in self.formats else unit_of(self.formats.get(by, ""))
        )

    def struck(self, number: int) -> bool:
        """Whether a cell of these looks is struck through."""
        return number < len(self.cells) and self.font(self.cells[number][0])[0]


def of_old_workbook(path: Path) -> Mapping[str, Marks]:
    """The marks of an .xls workbook, by the names of its sheets. Raises Refused where damaged."""
    try:
        stream = _workbook(path.read_bytes())
        return dict(_sheets(stream))
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise refuse("not-a-spreadsheet", "Arbetsboken är skadad och går inte att läsa.") from error


def _workbook(content: bytes) -> bytes:
    """The stream with the records of the workbook, out of the file's sectors."""
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    first, small, first_small = (struct.unpack_from("<I", content, at)[0] for at in (48, 56, 60))
    tables = [at for at in struct.unpack_from("<109I", content, 76) if at < _END]
    more = struct.unpack_from("<I", content, 68)[0]
    while more < _END and len(tables) * size < len(content):
        numbers = struct.unpack_from(f"<{size // 4}I", content, (more + 1) * size)
        tables += [at for at in numbers[:-1] if at < _END]
        more = numbers[-1]
    chain: list[int] = []
    for at in tables:
        chain += struct.unpack_from(f"<{size // 4}I", content, (at + 1) * size)

    def stream(start: int) -> bytes:
        return b"".join(content[(at + 1) * size : (at + 2) * size] for at in _chained(start, chain))

    folder = stream(first)
    root = struct.unpack_from("<I", folder, 116)[0]
    for entry in range(0, len(folder) - 127, 128):
        length = struct.unpack_from("<H", folder, entry + 64)[0]
        name = folder[entry : entry + max(0, length - 2)].decode("utf-16-le")
        if name not in _STREAMS:
            continue
        start, bytes_in = struct.unpack_from("<II", folder, entry + 116)
        if bytes_in >= small:
            return stream(start)[:bytes_in]
        pieces = stream(root)
        table = stream(first_small)
        numbers = struct.unpack(f"<{len(table) // 4}I", table)
        return b"".join(pieces[at * 64 : (at + 1) * 64] for at in _chained(start, numbers))
    return b""


def _chained(start: int, chain: Sequence[int]) -> Iterator[int]:
    """The sectors from the first to the last; never more than there are."""
    at = start
    for _ in range(len(chain)):
        if at >= _END:
            return
        yield at
        at = chain[at]


def _records(stream: bytes, start: int = 0) -> Iterator[tuple[int, int, int]]:
    """Kind, beginning and length of each record, to the end of its part."""
    at = start
    while at + 4 <= len(stream):
        refuse_late()
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, at + 4, length
        if kind == _EOF:
            return
        at += 4 + length


def _sheets(stream: bytes) -> Iterator[tuple[str, Marks]]:
    looks = _Looks()
    sheets: list[tuple[str, int]] = []
    strings: list[tuple[int, int]] = []
    for kind, at, length in _records(stream):
        if kind == _BOUND_SHEET:
            sheets.append((_text(stream, at + 6, 1)[0], struct.unpack_from("<I", stream, at)[0]))
        elif kind == _FONT:
            flags, *_, raised = struct.unpack_from("<HHHH", stream, at + 2)
            looks.fonts.append((bool(flags & _STRUCK), raised == _RAISED))
        elif kind == _FORMAT:
            looks.formats[struct.unpack_from("<H", stream, at)[0]] = _text(stream, at + 2, 2)[0]
        elif kind == _XF:
            font, form = struct.unpack_from("<HH", stream, at)
            looks.cells.append((font, form))
        elif kind == _SST or (kind == _CONTINUE and strings):
            strings.append((at, length))
    shared = _marked(stream, strings, looks) if any(map(any, looks.fonts)) else {}
    for name, start in sheets:
        yield name, _of_sheet(stream, start, looks, shared)


def _text(stream: bytes, at: int, width: int) -> tuple[str, int]:
    """A text with its length before it in so many bytes, and where it ends."""
    length = int.from_bytes(stream[at : at + width], "little")
    wide = stream[at + width] & _WIDE
    begin = at + width + 1
    end = begin + length * (2 if wide else 1)
    return stream[begin:end].decode("utf-16-le" if wide else "latin-1"), end


def _of_sheet(
    stream: bytes, start: int, looks: _Looks, shared: Mapping[int, tuple[str, bool]]
) -> Marks:
    texts: dict[Place, str] = {}
    rows: set[int] = set()
    columns: set[int] = set()
    lined: set[int] = set()
    units = {n: unit for n in range(len(looks.cells)) if (unit := looks.unit(n))}
    struck = {n for n in range(len(looks.cells)) if looks.struck(n)}
    for kind, at, length in _records(stream, start):
        if kind == _ROW:
            if struct.unpack_from("<H", stream, at + 12)[0] & _HIDDEN_ROW:
                rows.add(struct.unpack_from("<H", stream, at)[0])
        elif kind == _COLUMNS:
            first, last, width, _, flags = struct.unpack_from("<5H", stream, at)
            if flags & 1 or not width:
                columns.update(range(first, min(last + 1, MAX_COLUMNS)))
        elif kind in (_NUMBER, _RK, _MANY_RK, _FORMULA, _SHARED, _LABEL, _RICH):
            for row, column, look, number in _cells(stream, kind, at, length):
                if look in struck:
                    lined.add(row)
                if number is not None and look in units:
                    texts[row, column] = as_shown(number, units[look])
            if kind == _SHARED and shared:
                row, column, _, string = struct.unpack_from("<HHHI", stream, at)
                text, crossed = shared.get(string, (None, False))
                if text is not None:
                    texts[row, column] = text
                if crossed:
                    lined.add(row)
    return Marks(
        shown=texts,
        hidden_rows=frozenset(rows),
        hidden_columns=frozenset(columns),
        struck_rows=frozenset(lined),
    )


def _cells(
    stream: bytes, kind: int, at: int, length: int
) -> Iterator[tuple[int, int, int, float | None]]:
    """Row, column, looks and number of each cell in a record; no number for a text."""
    row, column = struct.unpack_from("<HH", stream, at)
    if kind == _MANY_RK:
        for number in range((length - 6) // 6):
            look, packed = struct.unpack_from("<HI", stream, at + 4 + 6 * number)
            yield row, column + number, look, _unpacked(packed)
        return
    look = struct.unpack_from("<H", stream, at + 4)[0]
    if kind == _RK:
        yield row, column, look, _unpacked(struct.unpack_from("<I", stream, at + 6)[0])
    elif kind == _NUMBER or (kind == _FORMULA and stream[at + 12 : at + 14] != b"\xff\xff"):
        yield row, column, look, struct.unpack_from("<d", stream, at + 6)[0]
    else:
        yield row, column, look, None


def _unpacked(packed: int) -> float:
    """A number in four bytes: an integer or the upper half of a float, by a hundred or not."""
    whole = packed & ~3 & 0xFFFFFFFF
    if packed & 2:
        number = float(struct.unpack("<i", struct.pack("<I", whole))[0] >> 2)
    else:
        number = struct.unpack("<d", b"\0\0\0\0" + struct.pack("<I", whole))[0]
    return number / 100 if packed & 1 else number


class _Strings:
    """The bytes of shared strings, which go on over several records."""

    def __init__(self, stream: bytes, parts: Sequence[tuple[int, int]]) -> None:
        self._stream = stream
        self._parts = list(parts)
        self._part = 0
        self._at = parts[0][0]

    def _left(self) -> int:
        begin, length = self._parts[self._part]
        return begin + length - self._at

    def take(self, count: int) -> bytes:
        """So many bytes, wherever the records are divided."""
        taken = b""
        while count > len(taken):
            if not self._left():
                self._part += 1
                self._at = self._parts[self._part][0]
            piece = self._stream[self._at : self._at + min(count - len(taken), self._left())]
            taken += piece
            self._at += len(piece)
        return taken

    def text(self, signs: int, *, wide: bool) -> str:
        """So many signs: a record that goes on with a text says anew how wide they are."""
        text = ""
        while signs > len(text):
            if not self._left():
                wide = bool(self.take(1)[0] & _WIDE)
            width = 2 if wide else 1
            count = min(signs - len(text), self._left() // width)
            text += self.take(count * width).decode("utf-16-le" if wide else "latin-1")
        return text


def _marked(
    stream: bytes, parts: Sequence[tuple[int, int]], looks: _Looks
) -> dict[int, tuple[str, bool]]:
    """Shared strings with a footnote mark, without it; and those that are struck through in part.

    By their numbers, the text that is shown and whether anything of it is struck through.
    """
    if not parts:
        return {}
    reader = _Strings(stream, parts)
    count = struct.unpack("<II", reader.take(8))[1]
    shown_by_number = {}
    for number in range(count):
        length, flags = struct.unpack("<HB", reader.take(3))
        runs = struct.unpack("<H", reader.take(2))[0] if flags & _RUNS else 0
        beside = struct.unpack("<I", reader.take(4))[0] if flags & _PHONETIC else 0
        text = reader.text(length, wide=bool(flags & _WIDE))
        begins = [struct.unpack("<HH", reader.take(4)) for _ in range(runs)]
        reader.take(beside)
        if any(any(looks.font(font)) for _, font in begins):
            shown_by_number[number] = _as_shown(text, begins, looks)
    return shown_by_number


def _as_shown(text: str, begins: Sequence[tuple[int, int]], looks: _Looks) -> tuple[str, bool]:
    """A text without its footnote marks, and with what is struck through in brackets."""
    ends = [at for at, _ in begins[1:]] + [len(text)]
    kept, crossed = text[: begins[0][0]], False
    for (at, font), end in zip(begins, ends, strict=True):
        struck, raised = looks.font(font)
        part = text[at:end]
        if raised and len(part.strip()) <= MARK and kept.strip():
            continue
        kept += f"[{part}]" if struck and part.strip() else part
        crossed = crossed or struck
    return kept.strip(), crossed
