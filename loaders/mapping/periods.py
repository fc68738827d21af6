"""Years, and periods of any length, in cells."""

import re

from swedish.periods import parse_month, parse_quarter

_YEAR = re.compile(r"((?:19|20)\d\d)(?:\.0)?")
# What is counted at the end of the year.
_YEAR_END = re.compile(r"((?:19|20)\d\d)-?12-?31(?: 00:00(?::00)?)?|31/12[- /]((?:19|20)\d\d)")


def year(text: str) -> str | None:
    """The year that a cell is, or whose last day or month it is: 2020, 2020-12-31, 2020M12."""
    if match := _YEAR.fullmatch(text.strip()) or _YEAR_END.fullmatch(text.strip()):
        return match[match.lastindex or 1]
    month = parse_month(text) or ""
    return month[:4] if month.endswith("-12") else None


def period(text: str) -> str | None:
    """The month, quarter or year that a cell names."""
    return parse_quarter(text) or parse_month(text) or year(text)
