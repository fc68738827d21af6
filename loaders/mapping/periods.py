"""Years, and periods of any length, in cells, and which of them a file can be about."""

import calendar
import datetime
import re

from swedish.periods import months_of, next_period, parse_month, parse_quarter

FIRST_YEAR = 1990
_BETWEEN = re.compile(r"[\s0:T–—.-]*(till|tom)?[\s0:T–—.-]*(och med)?\s*")
_DAYS = re.compile(r"(?<!\d)((?:19|20)\d\d)-?(0[1-9]|1[0-2])-?(\d\d)(?!\d)")

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


def whole_month(text: str) -> str | None:
    """The month whose last day a cell is, or from whose first day to whose last it goes."""
    days = _DAYS.findall(text)
    if not days or len(days) > 2 or not _BETWEEN.fullmatch(_DAYS.sub("", text)):
        return None
    year, month, last = days[-1]
    if int(last) != calendar.monthrange(int(year), int(month))[1]:
        return None
    return f"{year}-{month}" if len(days) == 1 or days[0] == (year, month, "01") else None


def possible(period: str, *, ahead: bool = False) -> bool:
    """Whether a period begins no earlier than 1990 and no later than next month.

    What is decided `ahead` may be of the whole of next year.
    """
    today = datetime.date.today()
    last = f"{today.year + 1}-12" if ahead else next_period(f"{today:%Y-%m}")
    return f"{FIRST_YEAR}-01" <= months_of(period)[0] <= last
