"""Which encoding a text is in: the one whose reading makes the words that reports are made of.

Bytes that are UTF-8 may still be text that some program has read as something else and saved; that
is undone in the same way. Where no reading makes more words than another, the most usual wins.
"""

import codecs
import re
import unicodedata
from collections.abc import Callable
from functools import cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import reference
from loaders.problems import refuse

_CHUNK = 1 << 20
_SAMPLE = 1 << 16
_MOST_LINES = 1000
# No text file has these: they mean that the file is a program, a picture or some other binary.
_CONTROL = frozenset(range(32)) - {9, 10, 11, 12, 13, 26, 27}
_ODD_LINES = re.compile(rb"[^\r\n]{0,2000}[\x80-\xff][^\r\n]{0,2000}")
_APART = re.compile(r"""([ \t\r\n;,|"']+)""")
# Words of headings, for files that name no municipality with å, ä or ö.
_WORDS = ("månad", "år", "årtal", "område", "vård", "län", "från", "på", "för", "förvaltning")


class Reading(NamedTuple):
    """A way to read bytes: decoded as `encoding`, and where `written` that undone.

    Text read in the wrong way is written back to the bytes it came of (`written`), which are then
    decoded as what they were (`meant`).
    """

    encoding: str
    written: str | None = None
    meant: str | None = None

    def decode(self, content: bytes) -> str:
        """The text; bytes that the encoding does not know become U+FFFD."""
        text = content.decode(self.encoding, errors=_ERRORS.get(self.encoding, "replace"))
        if self.written is None or self.meant is None:
            return text
        words = _APART.split(text)
        mended = {word: self._mended(word) for word in {*words}}
        return "".join(map(mended.__getitem__, words))

    def _mended(self, word: str) -> str:
        """A word as it was meant, or as it stands where it cannot have been anything else."""
        if word.isascii() or not self.written or not self.meant:
            return word
        try:
            return word.encode(self.written, errors="samverkan-byte").decode(self.meant)
        except UnicodeError:
            return word


def _stray(error: UnicodeError) -> tuple[str, int]:
    """A byte that is no UTF-8, in a file that otherwise is, as Windows-1252 has it."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    byte = error.object[error.start : error.start + 1]
    return byte.decode("cp1252", errors="replace"), error.start + 1


def _byte(error: UnicodeError) -> tuple[bytes, int]:
    """The five bytes that Windows-1252 has no sign for, which programs write as themselves."""
    if not isinstance(error, UnicodeEncodeError) or ord(error.object[error.start]) > 255:
        raise error
    return bytes([ord(error.object[error.start])]), error.start + 1


codecs.register_error("samverkan-stray", _stray)
codecs.register_error("samverkan-byte", _byte)
_ERRORS = {"utf-8": "samverkan-stray"}
UTF8 = Reading("utf-8-sig")
_OF_BYTES = (
    Reading("cp1252"),
    Reading("utf-8"),
    Reading("cp850"),
    Reading("mac_roman"),
)
_OF_UTF8 = (
    UTF8,
    *(
        Reading("utf-8-sig", written, meant)
        for written, meant in (
            ("cp1252", "utf-8"),
            ("mac_roman", "utf-8"),
            ("cp850", "utf-8"),
            ("cp1252", "cp850"),
            ("cp1252", "mac_roman"),
            ("cp850", "cp1252"),
            ("mac_roman", "cp1252"),
        )
    ),
)


def reading_of(path: Path) -> Reading:
    """How the bytes of a file are to be read. Raises Refused where they are no text."""
    with path.open("rb") as file:
        head = file.read(_SAMPLE)
        if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
            return Reading("utf-32")
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return Reading("utf-16")
        if guess := _wide_without_bom(head):
            return Reading(guess)
        if any(byte in _CONTROL for byte in head):
            raise refuse("not-a-spreadsheet", "Filen är varken text eller en arbetsbok.")
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        odd: list[bytes] = []
        kept, valid = 0, True
        while chunk := file.read(_CHUNK):
            if valid:
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError:
                    valid = False
            if kept < _SAMPLE and not chunk.isascii():
                lines = [match[0] for match in islice(_ODD_LINES.finditer(chunk), _MOST_LINES)]
                odd += lines
                kept += sum(map(len, lines))
        if valid:
            try:
                decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                valid = False
    return _best(b"\n".join(odd), _OF_UTF8 if valid else _OF_BYTES)


def transcode(source: Path, target: Path, reading: Reading) -> None:
    """Write the file's text in UTF-8. Raises Refused where it is no text in that encoding."""
    decoder: Callable[[bytes], str] | None = None
    if not reading.encoding.startswith(("utf-16", "utf-32")):
        decoder = reading.decode
    try:
        with source.open("rb") as reader, target.open("w", encoding="utf-8", newline="") as writer:
            if decoder is None:
                incremental = codecs.getincrementaldecoder(reading.encoding)()
                while chunk := reader.read(_CHUNK):
                    writer.write(incremental.decode(chunk))
                writer.write(incremental.decode(b"", final=True))
                return
            for lines in iter(lambda: reader.readlines(_CHUNK), []):
                writer.write(decoder(b"".join(lines)).replace("\ufeff", ""))
    except UnicodeError as error:
        raise refuse("not-a-spreadsheet", "Filens teckenkodning är skadad.") from error


def _best(sample: bytes, readings: tuple[Reading, ...]) -> Reading:
    """The reading that makes most known words; the first of those that make as many."""
    return max(readings, key=lambda reading: _known(reading.decode(sample)))


def _known(text: str) -> int:
    return len(_words().findall(unicodedata.normalize("NFC", text).casefold()))


@cache
def _words() -> re.Pattern[str]:
    names = {municipality.name.casefold() for municipality in reference.municipalities()}
    words = sorted({name for name in names if not name.isascii()} | set(_WORDS), key=len)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, reversed(words)))})")


def _wide_without_bom(head: bytes) -> str | None:
    """Swedish text in UTF-16 has a zero in nearly every second byte, in UTF-32 in three of four."""
    whole = head[: len(head) // 4 * 4]
    for encoding, zeros in (("utf-32-le", (1, 2, 3)), ("utf-32-be", (0, 1, 2))):
        if whole and all(not any(whole[place::4]) for place in zeros):
            return encoding
    half = max(1, len(head) // 2)
    if head[1::2].count(0) > 0.8 * half and head[0::2].count(0) == 0:
        return "utf-16-le"
    if head[0::2].count(0) > 0.8 * half and head[1::2].count(0) == 0:
        return "utf-16-be"
    return None
