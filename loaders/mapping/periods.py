"""Years, and periods of any length, in cells, and which of them a file can be about."""

import datetime
import re

from swedish.periods import months_of, next_period, parse_month, parse_quarter

FIRST_YEAR = 1990

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


def possible(period: str, *, ahead: bool = False) -> bool:
    """Whether a period begins no earlier than 1990 and no later than next month.

    What is decided `ahead` may be of the whole of next year.
    """
    today = datetime.date.today()
    last = f"{today.year + 1}-12" if ahead else next_period(f"{today:%Y-%m}")
    return f"{FIRST_YEAR}-01" <= months_of(period)[0] <= last
