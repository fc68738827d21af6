"""Lines of text to rows: what a quotation mark means, so that none swallows the lines after it.

A mark begins a quoted field only where the field ends with one, before a separator or the end of
the line; anywhere else it is a character. A quoted field may hold line breaks, if the rows between
do not look like rows of the table. What can be read in two ways is refused with its row.
"""

import csv
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

from loaders.problems import refuse
from loaders.reading.cells import as_text
from loaders.reading.dialect import SEPARATORS, Dialect, Mark
from loaders.reading.limits import refuse_late, refuse_wide

_LONGEST_LINE = 1 << 20
_MOST_LINES = 1000
# After so many rows it is looked at how long it has taken.
_LOOK = 4096
_FEW = 3
Readline: TypeAlias = Callable[[int], str]


def write_rows(source: Path, target: Path, dialect: Dialect) -> tuple[int, int]:
    """Write a UTF-8 text as rows without line breaks inside; gives their number and greatest width.

    Blank lines are rows, but for those at the end. Raises Refused where a row can be read in two
    ways, or not at all.
    """
    rows = width = blank = 0
    uneven = _Uneven(dialect)
    with (
        source.open(encoding="utf-8-sig", newline=None) as reader,
        target.open("w", encoding="utf-8", newline="") as writer,
    ):
        quoted = csv.writer(writer, delimiter=dialect.separator, lineterminator="\n")
        for row in _rows(reader.readline, dialect):
            if isinstance(row, str):
                # DOS ended its files with a sign of their own.
                row = row.rstrip("\x1a")
                if not row:
                    blank += 1
                    uneven.end()
                    continue
                columns = row.count(dialect.separator) + 1
            else:
                columns = len(row)
            if blank:
                writer.write('""\n' * blank)
                rows, blank = rows + blank, 0
            if columns > width:
                refuse_wide(columns)
                width = columns
            rows += 1
            if rows % _LOOK == 0:
                refuse_late()
            uneven.look(row, columns, rows)
            if isinstance(row, str):
                writer.write(row + "\n")
            else:
                quoted.writerow(row)
    uneven.refuse(rows)
    return rows, width


class _Uneven:
    """Rows with a separator too many or too few, between rows that are as wide as the table.

    Their cells may stand in the columns of others. Where many rows are uneven a system leaves out
    the last cells; but with commas between the cells, a row that reaches beyond its head has most
    likely got a decimal comma.
    """

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._before: int | None = None
        self._open: tuple[int, int, int] | None = None
        self._found: list[tuple[int, int, int]] = []
        self._head: int | None = None
        self._beyond: tuple[int, int, int] | None = None

    def end(self) -> None:
        """A blank line ends a table."""
        self._head = None

    def look(self, row: str | list[str], columns: int, number: int) -> None:
        """Take in the next row."""
        if self._dialect.separator == "," and self._beyond is None:
            self._look_beyond(row, columns, number)
        if columns == 1 and self._dialect.widths:
            self._refuse_other(row if isinstance(row, str) else row[0], number)
        if columns in self._dialect.widths:
            if self._open and self._open[2] == columns:
                self._found.append(self._open)
            self._before, self._open = columns, None
            return
        usual, self._before = self._before, None
        self._open = None
        if usual is None:
            return
        fields = row.split(self._dialect.separator) if isinstance(row, str) else row
        filled = [position for position, text in enumerate(fields) if text.strip()]
        if len(filled) > 1 and (columns < usual or filled[-1] >= usual):
            self._open = number, columns, usual

    def _refuse_other(self, text: str, number: int) -> None:
        """Raises Refused for a row that is divided by another sign than the others."""
        for separator in SEPARATORS:
            fields = text.split(separator)
            numbers = sum(field.strip().isdigit() for field in fields)
            if len(fields) in self._dialect.widths and numbers > 1:
                raise refuse(
                    "unclear-row",
                    f"Rad {number} är delad med ”{separator}” och inte med "
                    f"”{self._dialect.separator}” som de andra raderna.",
                )

    def _look_beyond(self, row: str | list[str], columns: int, number: int) -> None:
        fields = row.split(self._dialect.separator) if isinstance(row, str) else row
        filled = [position for position, text in enumerate(fields) if text.strip()]
        if len(filled) < 2:
            return
        if not any(map(str.isdigit, "".join(fields))):
            self._head = filled[-1] + 1
        elif self._head is not None and filled[-1] >= self._head:
            self._beyond = number, columns, self._head

    def refuse(self, rows: int) -> None:
        """Raises Refused where few rows are uneven, or one reaches beyond its head."""
        few = len(self._found) <= max(_FEW, rows // 100)
        if line := self._beyond or (self._found[0] if self._found and few else None):
            number, columns, usual = line
            raise refuse(
                "unclear-row",
                f"Rad {number} har {columns} fält där raderna omkring har {usual}, så det går inte "
                "att veta vilken kolumn varje uppgift hör till.",
            )


def _rows(readline: Readline, dialect: Dialect) -> Iterator[str | list[str]]:
    """The rows: a line without a quotation mark as it stands, any other as its fields."""
    lines = _Lines(readline)
    unsafe = '"' if dialect.quote != '"' else dialect.quote
    while (line := lines.next()) is not None:
        if dialect.quote not in line and unsafe not in line:
            yield line
        else:
            yield [as_text(text) for text in _quoted(line, lines, dialect)]


class _Lines:
    """Lines one at a time, with a look at those that come."""

    def __init__(self, readline: Readline) -> None:
        self._readline = readline
        self._ahead: deque[str] = deque()
        self.number = 0

    def _read(self) -> str | None:
        line = self._readline(_LONGEST_LINE)
        if len(line) == _LONGEST_LINE and not line.endswith("\n"):
            raise refuse(
                "not-a-spreadsheet",
                f"Rad {self.number + len(self._ahead) + 1} är längre än någon rad i en tabell.",
            )
        return line.removesuffix("\n") if line else None

    def next(self) -> str | None:
        self.number += 1
        return self._ahead.popleft() if self._ahead else self._read()

    def look(self, ahead: int) -> str | None:
        """The line so many steps ahead, counted from one."""
        while len(self._ahead) < ahead:
            line = self._read()
            if line is None:
                return None
            self._ahead.append(line)
        return self._ahead[ahead - 1]

    def skip(self, lines: int) -> None:
        for _ in range(lines):
            self.next()


def _quoted(line: str, lines: _Lines, dialect: Dialect) -> list[str]:
    """The fields of a row that begins with a line with quotation marks in it."""
    alone, mark = dialect.divide(line)
    if mark is Mark.CLOSED:
        plain = line.split(dialect.separator)
        # A lone pair of marks in two fields of a text is no field of its own.
        return plain if not dialect.usual(alone) and dialect.usual(plain) else alone
    if mark is Mark.OPEN:
        if joined := _joined(line, lines, dialect):
            fields, between, more = joined
            whole = (dialect.divide(text) for text in between[1:-1])
            rows = any(mark is Mark.CLOSED and dialect.usual(row) for row, mark in whole)
            # Lines that all have as many separators as a row has are most likely rows.
            ends = dialect.usual(alone) and dialect.usual(dialect.divide(between[-1])[0])
            if not (rows or ends):
                lines.skip(more)
                return fields
        if len(alone) > 1 and not (dialect.usual(alone) and min(dialect.widths) > 2):
            raise _unclear(lines.number)
    if dialect.usual(alone) or len(alone) == 1:
        return alone
    escaped = dialect.escaped(line)
    if dialect.usual(escaped):
        return escaped
    raise _unclear(lines.number)


def _joined(line: str, lines: _Lines, dialect: Dialect) -> tuple[list[str], list[str], int] | None:
    """The row that goes on until its quoted field ends: its fields, its lines, how many more."""
    between = [line]
    size = len(line)
    for more in range(1, _MOST_LINES):
        following = lines.look(more)
        if following is None:
            return None
        between.append(following)
        size += len(following)
        if size > _LONGEST_LINE:
            return None
        if dialect.quote in following:
            fields, mark = dialect.divide("\n".join(between))
            if mark is Mark.CLOSED:
                return fields, between, more
            if mark is Mark.STRAY:
                return None
    return None


def _unclear(number: int) -> Exception:
    return refuse(
        "unclear-row", f"Rad {number}: citattecknen går inte ihop, så raden kan läsas på två sätt."
    )
