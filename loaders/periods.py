"""Years, and periods of any length, in cells."""

import re

import swedish

_YEAR = re.compile(r"((?:19|20)\d\d)(?:\.0)?")


def year(text: str) -> str | None:
    """The year that a cell is: 2020, also as a number that was kept with a decimal."""
    match = _YEAR.fullmatch(text.strip())
    return match[1] if match else None


def period(text: str) -> str | None:
    """The month, quarter or year that a cell names."""
    return year(text) or swedish.parse_quarter(text) or swedish.parse_month(text)
