"""Personnummer and samordningsnummer, in every spelling: a file with one is refused whole.

Form: birth date with or without century, with or without separators, then four digits of which
the last is a check digit (Luhn over the ten digits without century). A samordningsnummer has 60
added to the day. Source: Skatteverket, SKV 704 and SKV 707.
"""

import datetime
import re
from collections.abc import Iterable

_NUMBER = re.compile(
    r"(?<![\d.,])(?:(18|19|20)[ \-]?)?(\d{2})[ \-/]?(\d{2})[ \-/]?(\d{2})"
    r"[ \u00a0]?[-+−–—‐]?[ \u00a0]?(\d{4})(?!\d)"
)
_TIMES_TO_TELL = 20
_COMPACT_TIME = re.compile(r"20\d{10}(\d\d)?")

_TIME_IN_NAME = re.compile(
    r"(?<!\d)20\d\d-?(?:0[1-9]|1[0-2])-?[0-3]\d[ _-]?(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?(?!\d)"
)

# For DuckDB, to find the texts worth a closer look.
CANDIDATE = r"\d{2}[ /\-]?\d{2}[ /\-]?\d{2}.{0,3}\d{4}"


def luhn(digits: str) -> bool:
    """Whether the digits pass the Luhn check (ISO/IEC 7812-1, annex B)."""
    total = 0
    for position, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if position % 2 else 1)
        total += doubled // 10 + doubled % 10
    return total % 10 == 0


def _is_birth_date(century: str | None, year: str, month: str, day: str) -> bool:
    day_of_month = int(day) - 60 if int(day) > 60 else int(day)
    centuries = [century] if century else ["19", "20"]
    for candidate in centuries:
        try:
            datetime.date(int(candidate + year), int(month), day_of_month)
        except ValueError:
            continue
        return True
    return False


def holds_identity_number(text: str) -> bool:
    """Whether a personnummer or samordningsnummer stands anywhere in the text."""
    if len(text) < 10:
        return False
    for match in _NUMBER.finditer(text):
        century, year, month, day, rest = match.groups()
        if luhn(year + month + day + rest) and _is_birth_date(century, year, month, day):
            return True
    return False


def without_times(name: str) -> str:
    """A name without the time when its file was made, which may look like a child's number."""
    return _TIME_IN_NAME.sub(" ", name)


def first_number(texts: Iterable[str]) -> str | None:
    """The first text of a column that holds a number; None where no text does.

    A long column of nothing but compact times (201904031330) looks like numbers of small children:
    there every text is a valid time, which no column of real numbers is.
    """
    column = list(texts)
    if len(column) >= _TIMES_TO_TELL and all(map(_is_compact_time, column)):
        return None
    return next(filter(holds_identity_number, column), None)


def _is_compact_time(text: str) -> bool:
    if not _COMPACT_TIME.fullmatch(text):
        return False
    try:
        datetime.datetime.strptime(text[:12], "%Y%m%d%H%M")
    except ValueError:
        return False
    return True
