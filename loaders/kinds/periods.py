"""Years, and periods of any length, in cells, and which of them a file can be about."""

import calendar
import datetime
import re
from zoneinfo import ZoneInfo

from swedish.periods import months_of, next_period, parse_month, parse_quarter

FIRST_YEAR = 1990
_BETWEEN = re.compile(r"[\s0:T–—.-]*(till|tom)?[\s0:T–—.-]*(och med)?\s*")
_DAYS = re.compile(r"(?<!\d)((?:19|20)\d\d)-?(0[1-9]|1[0-2])-?(\d\d)(?!\d)")

_SWEDISH = ZoneInfo("Europe/Stockholm")
_ZONED = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d\S*(Z|[-+]\d\d:?\d\d)")
_TIME = re.compile(r"(?<=\d\d)[ T]([01]\d|2[0-3]):\d\d(:\d\d(\.\d+)?)?Z?$")
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./ -]((?:19|20)\d\d)")
_DAY_NAMED = re.compile(r"(\d{1,2})\.? ([a-zåäö]+\.? (?:19|20)\d\d)", re.IGNORECASE)
_DAY_TO_DAY = re.compile(
    r"(\d{1,2})/(\d{1,2})\s?[-–—]\s?(\d{1,2})/(\d{1,2})[ /-]\s?((?:19|20)\d\d)"
)
_DAYS_OF = re.compile(r"(\d{1,2})\.?\s?[-–—]\s?(\d{1,2})\.? (.+)")
# Days as Excel counts them, from 1990 to 2049.
_SERIAL = re.compile(r"(3[3-9]|4\d|5[0-4])\d{3}(\.0)?")
_EPOCH = datetime.date(1899, 12, 30)

_YEAR = re.compile(r"((?:19|20)\d\d)(?:\.0)?")
# What is counted at the end of the year.
_YEAR_END = re.compile(r"((?:19|20)\d\d)-?12-?31(?: 00:00(?::00)?)?|31/12[- /]((?:19|20)\d\d)")
_WHOLE_YEAR = re.compile(r"((?:19|20)\d\d)-?01-?01\s*(?:[-–—]|till|t\.?o\.?m\.?)\s*\1-?12-?31")


def year(text: str) -> str | None:
    """The year that a cell is, from its first day to its last, or whose last day or month it is."""
    for spelling in (_YEAR, _YEAR_END, _WHOLE_YEAR):
        if match := spelling.fullmatch(text.strip()):
            return match[match.lastindex or 1]
    month = parse_month(text) or ""
    return month[:4] if month.endswith("-12") else None


def period(text: str) -> str | None:
    """The month, quarter or year that a cell names."""
    return parse_quarter(text) or parse_month(text) or year(text)


def whole_month(text: str) -> str | None:
    """The month whose last day a cell is, or from whose first day to whose last it goes."""
    plain = _as_days(" ".join(text.split()).rstrip("*"))
    days = _DAYS.findall(plain)
    if not days or len(days) > 2 or not _BETWEEN.fullmatch(_DAYS.sub("", plain)):
        return None
    year, month, last = days[-1]
    if _is_first(plain):
        return f"{year}-{month}"
    if int(last) != calendar.monthrange(int(year), int(month))[1]:
        return None
    return f"{year}-{month}" if len(days) == 1 or days[0] == (year, month, "01") else None


def _as_days(text: str) -> str:
    """Days of other spellings as ISO dates: 31/7 2019, 43677, 2019-07-31 23:59, 1–31 juli 2019."""
    if _ZONED.fullmatch(text) and (midnight := _midnight(text)):
        return midnight
    text = _TIME.sub("", text)
    if day := _DAY_FIRST.fullmatch(text):
        return f"{day[3]}-{int(day[2]):02d}-{int(day[1]):02d}"
    if (day := _DAY_NAMED.fullmatch(text)) and (month := parse_month(day[2])):
        return f"{month}-{int(day[1]):02d}"
    if span := _DAY_TO_DAY.fullmatch(text):
        first, last = (f"{span[5]}-{int(span[at + 1]):02d}-{int(span[at]):02d}" for at in (1, 3))
        return f"{first} – {last}"
    if _SERIAL.fullmatch(text):
        return (_EPOCH + datetime.timedelta(days=int(text.partition(".")[0]))).isoformat()
    if (span := _DAYS_OF.fullmatch(text)) and (month := parse_month(span[3])):
        return f"{month}-{int(span[1]):02d} – {month}-{int(span[2]):02d}"
    return text


def _midnight(text: str) -> str | None:
    """The day that begins in Sweden at a time with a zone: the 1st at 2019-06-30T22:00Z."""
    try:
        moment = datetime.datetime.fromisoformat(text).astimezone(_SWEDISH)
    except ValueError:
        return None
    return moment.date().isoformat() if moment.time() == datetime.time() else None


def _is_first(text: str) -> bool:
    """Whether a text is the first day of a month alone."""
    return text.endswith("-01") and _DAYS.fullmatch(text) is not None


def possible(period: str, *, ahead: bool = False) -> bool:
    """Whether a period begins no earlier than 1990 and no later than next month.

    What is decided `ahead` may be of the whole of next year.
    """
    today = datetime.date.today()
    last = f"{today.year + 1}-12" if ahead else next_period(f"{today:%Y-%m}")
    return f"{FIRST_YEAR}-01" <= months_of(period)[0] <= last
