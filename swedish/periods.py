"""Months, quarters and years: the calendar, and how people write them in Swedish.

Periods are text that sorts: a month `2019-07`, a quarter `2020-K1`, a year `2020`. Only the
standard library, so that the command line can import it without a wait.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from functools import cache, lru_cache

MONTHS: tuple[str, ...] = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)
_WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
GRAINS: Mapping[str, str] = {"month": "månad", "quarter": "kvartal", "year": "år"}
"""What a period is called in general, by how long it is."""
_SHORTEST_MONTH = 3
# A file asks about the same few texts again and again.
_TEXTS = 16384

_MONTH_NUMBERS = {
    name[:length]: number
    for number, name in enumerate(MONTHS, start=1)
    for length in range(_SHORTEST_MONTH, len(name) + 1)
} | {"sept": 9, "oct": 10, "may": 5, "march": 3, "june": 6, "july": 7}
_MONTH_NUMBERS |= {"january": 1, "february": 2, "october": 10}
_ORDINALS = {"första": 1, "andra": 2, "tredje": 3, "fjärde": 4}
_ROMAN = re.compile(r"((?i:\b(?:kvartalet|kvartal|kv|k|q))\b\.?\s*)(IV|I{1,3})(?!\w)")
_ROMAN_NUMERALS = ("I", "II", "III", "IV")

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_SHORT_YEAR = r"(?P<year>(?:19|20)\d\d|\d\d)"
_GAP = r"[\s.,/'’–-]*"
_WORD = r"(?P<word>[a-zåäö]+)"
_QUARTER = r"(?:kvartalet|kvartal|kv|k|q)\.?\s*(?P<quarter>[1-4])"
_ORDINAL_QUARTER = rf"(?P<ordinal>{'|'.join(_ORDINALS)})\s+(?:kvartalet|kv\.?)"

# Kept as text: compiled at first use, so that importing costs nothing.
_MONTH_SPELLINGS = (
    rf"{_YEAR}(?P<month>\d\d)",
    rf"{_YEAR}(?:\s*[-/._m]\s*|\s+)(?P<month>\d\d?)",
    rf"m(?:ånad)?\s*(?P<month>\d\d?)[\s,]+{_YEAR}",
    rf"(?P<month>\d\d?)\s*[-/.]\s*{_YEAR}",
    rf"{_WORD}(?: månad)?{_GAP}{_SHORT_YEAR}",
    rf"{_YEAR}{_GAP}{_WORD}\.?",
    # Excel keeps a month as the midnight that begins it.
    rf"{_YEAR}-(?P<month>\d\d)-01(?:[ t]00:00(?::00(?:\.0+)?)?)?",
)
_QUARTER_SPELLINGS = (
    rf"{_YEAR}{_GAP}{_QUARTER}",
    rf"{_QUARTER}{_GAP}{_SHORT_YEAR}",
    rf"(?P<quarter>[1-4])\s*(?:kvartalet|kvartal|kv){_GAP}{_SHORT_YEAR}",
    rf"{_ORDINAL_QUARTER}{_GAP}{_SHORT_YEAR}",
)
_PERIOD = re.compile(r"(?P<year>\d{4})(?:-(?P<month>0[1-9]|1[0-2])|-K(?P<quarter>[1-4]))?")


def moment(at: datetime) -> str:
    """When something was done, with its day of the week: `tisdag 2026-11-24 07:05`."""
    return f"{_WEEKDAYS[at.weekday()]} {at:%Y-%m-%d %H:%M}"


def month_name(period: str) -> str:
    """`juli 2019` for `2019-07`. Raises ValueError for anything but a month."""
    year, month = _month_parts(period)
    return f"{MONTHS[month - 1]} {year}"


def month_short(period: str) -> str:
    """`jul 2019` for `2019-07`. Raises ValueError for anything but a month."""
    year, month = _month_parts(period)
    return f"{MONTHS[month - 1][:_SHORTEST_MONTH]} {year}"


def period_name(period: str) -> str:
    """`juli 2019`, `kvartal 1 2020` or `2020`. Raises ValueError for anything but a period."""
    year, part, steps = _parts(period)
    if steps == 12:
        return month_name(period)
    return f"kvartal {part} {year}" if steps == 4 else year


def period_short(period: str) -> str:
    """`jul 2019`, `kv 1 2020` or `2020`. Raises ValueError for anything but a period."""
    year, part, steps = _parts(period)
    if steps == 12:
        return month_short(period)
    return f"kv {part} {year}" if steps == 4 else year


def is_period(text: str) -> bool:
    """Whether the text is a period as the program writes them: 2019-07, 2020-K1 or 2020."""
    try:
        _parts(text)
    except ValueError:
        return False
    return True


def grain_of(period: str) -> str:
    """`month`, `quarter` or `year`. Raises ValueError for anything but a period."""
    return {12: "month", 4: "quarter", 1: "year"}[_parts(period)[2]]


def previous_period(period: str) -> str:
    """The month, quarter or year before. Raises ValueError for anything but a period."""
    return _moved(period, -1)


def next_period(period: str) -> str:
    """The month, quarter or year after. Raises ValueError for anything but a period."""
    return _moved(period, 1)


def holds(period: str, part: str) -> bool:
    """Whether a period is `part` or has it within: 2020-K1 and 2020 both hold 2020-02.

    Raises ValueError for anything but periods.
    """
    (year, number, count), (of, at, parts) = _parts(period), _parts(part)
    return year == of and parts >= count and (at - 1) * count // parts == number - 1


def months_of(period: str) -> tuple[str, str]:
    """The first and the last month of a month, a quarter or a year.

    Raises ValueError for anything but a period.
    """
    year, number, steps = _parts(period)
    months = 12 // steps
    return f"{year}-{(number - 1) * months + 1:02d}", f"{year}-{number * months:02d}"


def periods_between(start: str, end: str) -> list[str]:
    """Every period from `start` to `end`, both included and of one kind; none when `end` is first.

    Raises ValueError for anything but two periods of the same kind.
    """
    if _parts(start)[2] != _parts(end)[2]:
        raise ValueError(f"expected two periods of one kind, got {start!r} and {end!r}")
    periods = []
    while start <= end:
        periods.append(start)
        start = next_period(start)
    return periods


@lru_cache(maxsize=_TEXTS)
def parse_month(text: str) -> str | None:
    """The month that `text` names, as `2019-07`, or None.

    Reads `juli 2019`, `jul-19`, `2019-07`, `201907`, `2019M07`, `2019 juli` and their like, and
    the text of a date-time at midnight on the first of a month, which is how spreadsheets keep
    months. Other full dates are not months, and a month alone or `1907` is too little to go on.
    """
    for fields in _readings(text, _MONTH_SPELLINGS):
        month = fields.get("month") or _MONTH_NUMBERS.get(fields.get("word", ""), 0)
        if 1 <= int(month) <= 12:
            return f"{_full_year(fields['year'])}-{int(month):02d}"
    return None


@lru_cache(maxsize=_TEXTS)
def parse_quarter(text: str) -> str | None:
    """The quarter that `text` names, as `2020-K1`, or None.

    Reads `2020-K1`, `kv1 2020`, `kvartal 1 2020`, `Q1 2020`, `första kvartalet 2020` and their
    like.
    """
    for fields in _readings(without_roman(text), _QUARTER_SPELLINGS):
        quarter = fields.get("quarter") or _ORDINALS[fields["ordinal"]]
        return f"{_full_year(fields['year'])}-K{quarter}"
    return None


def without_roman(text: str) -> str:
    """A text with the Roman number of a quarter as a figure: `Kvartal II`, and not `kvartal i`."""
    return _ROMAN.sub(lambda at: f"{at[1]}{_ROMAN_NUMERALS.index(at[2]) + 1}", text)


def _readings(text: str, spellings: tuple[str, ...]) -> list[dict[str, str]]:
    plain = unicodedata.normalize("NFKC", text).casefold().strip()
    matches = (spelling.fullmatch(plain) for spelling in _compiled(spellings))
    return [match.groupdict() for match in matches if match]


@cache
def _compiled(spellings: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, spellings))


def _full_year(digits: str) -> str:
    return digits if len(digits) == 4 else f"20{digits}"


def _parts(period: str) -> tuple[str, int, int]:
    """Year, place in the year (from 1) and periods in a year."""
    match = _PERIOD.fullmatch(period)
    if match is None:
        raise ValueError(f"expected a period such as 2019-07, 2020-K1 or 2020, got {period!r}")
    if match["month"]:
        return match["year"], int(match["month"]), 12
    if match["quarter"]:
        return match["year"], int(match["quarter"]), 4
    return match["year"], 1, 1


def _month_parts(period: str) -> tuple[str, int]:
    year, month, steps = _parts(period)
    if steps != 12:
        raise ValueError(f"expected a month such as 2019-07, got {period!r}")
    return year, month


def _month_at(index: int) -> str:
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def _moved(period: str, by: int) -> str:
    year, part, steps = _parts(period)
    index = int(year) * steps + part - 1 + by
    if steps == 12:
        return _month_at(index)
    return f"{index // 4:04d}-K{index % 4 + 1}" if steps == 4 else f"{index:04d}"
