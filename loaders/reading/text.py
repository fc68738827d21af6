"""CSV, TSV and TXT: which encoding, which separator, and a UTF-8 file that DuckDB can read."""

import codecs
import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from loaders.problems import refuse
from loaders.reading import encoding
from loaders.reading.dialect import SEPARATORS, Dialect, usual_widths
from loaders.reading.limits import refuse_wide
from loaders.reading.rows import write_rows

_SAMPLE = 1 << 16
_PART = 1 << 24
# In large parts a pattern is found some times faster than the same bytes are.
_BLANK = re.compile(rb"\n\n")
_BLANK_WITH_RETURNS = re.compile(rb"\n\r?\n|\r\r")


@dataclass(frozen=True)
class TextFile:
    """How a text file was understood. `utf8` is a path that holds the same text in UTF-8.

    `plain` is a text without quotation marks and blank lines, whose `lines` are its rows; unless
    it is `clean`, written anew with one row on each line.
    """

    utf8: Path
    dialect: Dialect
    columns: int
    lines: int
    plain: bool
    clean: bool = False


def understand(path: Path, *, scratch: Path) -> TextFile:
    """Find encoding and separator; write a UTF-8 copy into `scratch` where the file is not UTF-8.

    Raises Refused: not-a-spreadsheet where the file is not text, empty where it is only blanks.
    """
    reading = encoding.reading_of(path)
    utf8 = path
    if reading != encoding.UTF8 or _is_joined(path):
        utf8 = scratch / "text.csv"
        encoding.transcode(path, utf8, reading)
    with utf8.open("rb") as file:
        raw = file.read(_SAMPLE)
    sample = raw.decode("utf-8-sig", errors="ignore")
    if not sample.strip():
        raise refuse("empty", "Filen innehåller bara tomma rader.")
    separator = _separator(sample)
    quote = _quote(sample, separator)
    lines = sample.splitlines()
    widths = usual_widths(lines, separator=separator, quote=quote)
    columns = max((line.count(separator) + 1 for line in lines), default=1)
    refuse_wide(columns)
    number, plain = _look(utf8, quote)
    dialect = Dialect(separator, quote, widths)
    _refuse_cut(utf8, dialect)
    return TextFile(
        utf8=utf8,
        dialect=dialect,
        columns=columns,
        lines=number,
        plain=plain,
    )


def _is_joined(path: Path) -> bool:
    """Whether the mark that begins a text in UTF-8 stands within it, as in texts put together."""
    mark, rare = codecs.BOM_UTF8, codecs.BOM_UTF8[:1]
    with path.open("rb") as file:
        file.read(len(mark))
        # One byte is found many times faster than three.
        return any(rare in part and mark in part for part in iter(lambda: file.read(_PART), b""))


def _refuse_cut(path: Path, dialect: Dialect) -> None:
    """Refuse a text that ends within a row, as an interrupted download leaves it."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _SAMPLE))
        tail = file.read()
    if tail.endswith((b"\n", b"\r", b"\x1a")) or not dialect.widths:
        return
    last = re.split(rb"[\r\n]", tail)[-1].decode("utf-8", errors="ignore")
    fields, _ = dialect.divide(last)
    if 1 < len(fields) < min(dialect.widths) and all(map(str.strip, fields[:2])):
        raise refuse(
            "unclear-row",
            f"Filen slutar mitt i en rad (”{last[:40]}”), som om den inte kom med i sin helhet.",
        )


def cleaned(understood: TextFile, *, scratch: Path) -> TextFile:
    """The same text with one row on each line, quoted only where it must be.

    Raises Refused where quotation marks leave it unclear what a row is.
    """
    target = scratch / "rows.csv"
    rows, width = write_rows(understood.utf8, target, understood.dialect)
    return TextFile(
        utf8=target,
        dialect=Dialect(understood.dialect.separator, '"'),
        columns=max(1, width),
        lines=rows,
        plain=False,
        clean=True,
    )


def _separator(sample: str) -> str:
    """The separator that gives the most rows of one and the same width, wider rows first."""
    best, best_score = ";", 0
    for separator in SEPARATORS:
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


def _quote(sample: str, separator: str) -> str:
    """The mark around fields: an apostrophe where most rows have it and none has another."""
    if '"' in sample:
        return '"'
    lines = [line for line in sample.splitlines() if line.strip()]
    quoted = sum(
        any(len(text) > 1 and text[0] == text[-1] == "'" for text in line.split(separator))
        for line in lines
    )
    return "'" if 2 * quoted > len(lines) else '"'


def _look(path: Path, quote: str) -> tuple[int, bool]:
    """How many lines a text has, and whether it has neither quotation marks nor blank lines.

    DuckDB would leave blank lines out of the row numbers.
    """
    # And what ends a file in DOS.
    marks = {quote.encode(), b'"', b"\x1a"}
    feeds = returns = 0
    plain = True
    with path.open("rb") as file:
        end = _end(file)
        # Neither a mark of the end of a file nor a blank line before all others.
        file.seek(end)
        plain = b"\x1a" not in file.read()
        file.seek(0)
        plain = plain and file.read(4).removeprefix(codecs.BOM_UTF8)[:1] not in (b"\r", b"\n")
        file.seek(0)
        left, before = end, b""
        # In parts: what is mapped whole counts as memory of the program.
        while part := file.read(min(_PART, left)):
            left -= len(part)
            with_returns = b"\r" in part
            feeds += part.count(b"\n")
            returns += part.count(b"\r") if with_returns else 0
            blank = _BLANK_WITH_RETURNS if with_returns else _BLANK
            plain = plain and not any(sign in part for sign in marks) and not blank.search(part)
            plain = plain and not _BLANK_WITH_RETURNS.search(before + part[:2])
            before = (before + part)[-2:]
    return 1 + (feeds or returns), plain


def _end(file: BinaryIO) -> int:
    """Where a text ends, without the line ends and marks of an end that are last in it."""
    end = file.seek(0, io.SEEK_END)
    while end:
        start = max(0, end - _SAMPLE)
        file.seek(start)
        last = file.read(end - start).rstrip(b"\r\n\x1a")
        if last:
            return start + len(last)
        end = start
    return 0
