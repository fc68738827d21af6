"""Personnummer and samordningsnummer, in every spelling: a file with one is refused whole.

Form: birth date with or without century, with or without separators, then four digits of which
the last is a check digit (Luhn over the ten digits without century). A samordningsnummer has 60
added to the day. Source: Skatteverket, SKV 704 and SKV 707.
"""

import datetime
import re

_NUMBER = re.compile(
    r"(?<![\d.,])(?:(18|19|20)[ \-]?)?(\d{2})[ \-/]?(\d{2})[ \-/]?(\d{2})"
    r"[ \u00a0]?[-+−–‐]?[ \u00a0]?(\d{4})(?!\d)"
)
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
