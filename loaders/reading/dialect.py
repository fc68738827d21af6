"""How a text is divided into fields: separator, quotation mark, and how wide its rows are."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

SEPARATORS = (";", "\t", ",", "|", "^", "~", "¤", "§")


class Mark(Enum):
    """How the quotation marks of a line come out."""

    CLOSED = 0
    OPEN = 1
    STRAY = 2


@dataclass(frozen=True)
class Dialect:
    """How a text is divided: separator, quotation mark, and how wide its rows usually are."""

    separator: str
    quote: str = '"'
    widths: frozenset[int] = frozenset()

    @cached_property
    def _field(self) -> re.Pattern[str]:
        quote = re.escape(self.quote)
        return self._of_fields(rf"[^{quote}]|{quote}{quote}")

    @cached_property
    def _escaped(self) -> re.Pattern[str]:
        return self._of_fields(rf"[^{re.escape(self.quote)}\\]|\\.")

    def _of_fields(self, within: str) -> re.Pattern[str]:
        """A field, by what may stand between its quotation marks: quoted, or plain."""
        separator, quote = re.escape(self.separator), re.escape(self.quote)
        return re.compile(
            rf" *{quote}((?:{within})*+){quote} *(?:({separator})|\Z)"
            rf"|([^{separator}]*)(?:({separator})|\Z)"
        )

    def divide(self, line: str) -> tuple[list[str], Mark]:
        """A line's fields, and whether a quoted field is left open or a mark stands astray."""
        fields: list[str] = []
        mark = Mark.CLOSED
        position = 0
        while True:
            match = self._field.match(line, position)
            if match is None:
                raise AssertionError("every text has a field")
            quoted, after, plain, after_plain = match.groups()
            if quoted is not None:
                fields.append(quoted.replace(self.quote * 2, self.quote))
            else:
                if mark is Mark.CLOSED and plain.lstrip(" ").startswith(self.quote):
                    rest = line[position:].lstrip(" ")[1:].replace(self.quote * 2, "")
                    mark = Mark.STRAY if self.quote in rest else Mark.OPEN
                fields.append(plain)
            position = match.end()
            if not (after or after_plain):
                return fields, mark

    def escaped(self, line: str) -> list[str]:
        """A line's fields where a backslash makes the mark after it a character."""
        fields: list[str] = []
        position = 0
        while match := self._escaped.match(line, position):
            quoted, after, plain, after_plain = match.groups()
            fields.append(plain if quoted is None else re.sub(r"\\(.)", r"\1", quoted))
            position = match.end()
            if not (after or after_plain):
                break
        return fields

    def usual(self, fields: Sequence[str]) -> bool:
        """Whether a row is as wide as those of the table."""
        return len(fields) in self.widths


def usual_widths(lines: Iterable[str], *, separator: str, quote: str) -> frozenset[int]:
    """The widths of more than one column that hold a fair share of the cells, by lines alone."""
    plain = Dialect(separator, quote)
    lines_by_width = Counter(
        len(fields)
        for line in lines
        if line.strip()
        for fields, mark in [plain.divide(line)]
        if mark is Mark.CLOSED
    )
    cells = {width: width * count for width, count in lines_by_width.items() if width > 1}
    most = max(cells.values(), default=0)
    return frozenset(
        width
        for width, held in cells.items()
        if held == most or (3 * held >= most and lines_by_width[width] > 1)
    )
