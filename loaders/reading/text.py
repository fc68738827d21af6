"""CSV, TSV and TXT: which encoding, which separator, and a UTF-8 file that DuckDB can read."""

import codecs
import csv
import hashlib
import io
import mmap
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from loaders.problems import refuse
from loaders.reading.safety import refuse_wide

_CHUNK = 1 << 20
_SAMPLE = 1 << 16
_SEPARATORS = (";", "\t", ",", "|")
_BOMS = (
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# No text file has these: they mean that the file is a program, a picture or some other binary.
_CONTROL = frozenset(range(32)) - {9, 10, 11, 12, 13, 26, 27}


@dataclass(frozen=True)
class TextFile:
    """How a text file was understood. `utf8` is a path that holds the same text in UTF-8."""

    utf8: Path
    separator: str
    columns: int
    blank_lines: bool


def sha256(path: Path) -> str:
    """The file's SHA-256, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def understand(path: Path, *, scratch: Path) -> TextFile:
    """Find encoding and separator; write a UTF-8 copy into `scratch` where the file is not UTF-8.

    Raises Refused: not-a-spreadsheet where the file is not text, empty where it is only blanks.
    """
    encoding = _encoding(path)
    utf8 = path
    if encoding != "utf-8":
        utf8 = scratch / "text.csv"
        _transcode(path, utf8, encoding=encoding)
    with utf8.open("rb") as file:
        raw = file.read(_SAMPLE)
    sample = raw.decode("utf-8", errors="ignore")
    if not sample.strip():
        raise refuse("empty", "Filen innehåller bara tomma rader.")
    separator = _separator(sample)
    lines = io.StringIO(sample, newline="")
    columns = max(len(row) for row in rows_of(lines, separator=separator))
    refuse_wide(columns)
    return TextFile(
        utf8=utf8,
        separator=separator,
        columns=columns,
        blank_lines=_has_blank_lines(utf8),
    )


def rows_of(lines: Iterable[str], *, separator: str) -> Iterator[list[str]]:
    """The rows of a CSV text, blank ones included, so that row numbers are the file's own.

    Raises Refused where it is no table.
    """
    reader = csv.reader(lines, delimiter=separator)
    try:
        for row in reader:
            yield row or [""]
    except csv.Error as error:
        raise refuse("not-a-spreadsheet", "Filen går inte att läsa som en tabell.") from error


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(_SAMPLE)
        for bom, name in _BOMS:
            if head.startswith(bom):
                return name
        if guess := _utf16_without_bom(head):
            return guess
        if any(byte in _CONTROL for byte in head):
            raise refuse("not-a-spreadsheet", "Filen är varken text eller en arbetsbok.")
        decoder = codecs.getincrementaldecoder("utf-8")()
        file.seek(0)
        try:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"


def _utf16_without_bom(head: bytes) -> str | None:
    """Swedish text in UTF-16 has a zero in nearly every second byte."""
    half = max(1, len(head) // 2)
    if head[1::2].count(0) > 0.8 * half and head[0::2].count(0) == 0:
        return "utf-16-le"
    if head[0::2].count(0) > 0.8 * half and head[1::2].count(0) == 0:
        return "utf-16-be"
    return None


def _transcode(source: Path, target: Path, *, encoding: str) -> None:
    # Five bytes have no meaning in Windows-1252; a stray one must not stop a whole report.
    errors = "replace" if encoding == "cp1252" else "strict"
    try:
        with (
            source.open("r", encoding=encoding, errors=errors, newline="") as reader,
            target.open("w", encoding="utf-8", newline="") as writer,
        ):
            while chunk := reader.read(_CHUNK):
                writer.write(chunk)
    except UnicodeError as error:
        raise refuse("not-a-spreadsheet", "Filens teckenkodning är skadad.") from error


def _separator(sample: str) -> str:
    """The separator that gives the most rows of one and the same width, wider rows first."""
    best, best_score = ";", 0
    for separator in _SEPARATORS:
        widths = Counter(len(row) for row in _safe_rows(sample, separator) if len(row) > 1)
        score = max((count * width for width, count in widths.items()), default=0)
        if score > best_score:
            best, best_score = separator, score
    return best


def _safe_rows(sample: str, separator: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(sample, newline=""), delimiter=separator))
    except csv.Error:
        return []


def _has_blank_lines(path: Path) -> bool:
    """Whether a blank line stands before the end: DuckDB would leave it out of the row numbers."""
    with (
        path.open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content,
    ):
        end = len(content)
        while end and content[end - 1] in b"\r\n":
            end -= 1
        return any(content.find(blank, 0, end) >= 0 for blank in (b"\n\n", b"\n\r\n", b"\r\r"))
