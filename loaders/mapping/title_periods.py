"""Quarters and years in titles, sheet names and file names."""

import re
from collections.abc import Sequence

from loaders.mapping import titles
from swedish.periods import MONTHS, parse_quarter, without_roman

_QUARTER = re.compile(
    r"(?:\b|(?<=\d))(?:kvartal(?:srapport|et|s)?|kv|q|k)\.?[\s_]*([1-4])(?!\d)|"
    r"(?<!\d)([1-4])(?::?[ea])?\s+kvartalet"
)
_TO_QUARTER = re.compile(
    r"(?<!\w)(?:kvartal|kv|q|k)\.?[\s_]*[1-4]\s*(?:[-–—+,]|och|till)\s*([1-4])(?!\d)"
)
_WHOLE = re.compile(
    r"(?<!\d)(\d{4})-?(01|04|07|10)(?:-?01)?\s*(?:–|--?|—|t\.?\s?o\.?\s?m\.?|till(?: och med)?)\s*"
    r"(\d{4})-?(03|06|09|12)(?:-?3[01])?(?!\d)"
)
_SHORT = re.compile(r"(?<!\w)(?:kvartal|kv|q|k)\.?\s?[1-4]\s?[-/'’]\s?\d\d(?!\d)")
_ORDINALS = ("första", "andra", "tredje", "fjärde")
_ORDINAL = re.compile(rf"\b({'|'.join(_ORDINALS)}) (?:kvartalet|kv\b)")
_QUARTER_MONTHS = {
    months: number
    for number, (first, middle, last) in enumerate(
        (("01", "02", "03"), ("04", "05", "06"), ("07", "08", "09"), ("10", "11", "12")), start=1
    )
    for months in (frozenset({first, last}), frozenset({first, middle, last}))
}


def is_quarter(text: str) -> bool:
    """Whether the text is a quarter without a year, as in a head: `Kvartal 1`, `jan–mars`."""
    return len(text.split()) <= 3 and not titles.year_in(text) and len(numbers_in(text)) == 1


def quarters_in(texts: Sequence[str], *, file: str) -> list[str]:
    """The different quarters that the texts around a table name.

    A quarter in one text and the year in another are put together; at last the file's name is
    asked.
    """
    told = [t for t in texts if not titles.is_extract(t) and not titles.compares(t)]
    quarters = [quarter for text in told for quarter in (*_spans(text), *_short(text))]
    if quarters:
        return list(dict.fromkeys(quarters))
    quarters = [f"{at}-K{number}" for text in told for number, at in _pairs([text])]
    if not quarters:
        quarters = [f"{at}-K{number}" for number, at in _pairs(told)]
    if not quarters:
        quarters = [f"{at}-K{number}" for number, at in _pairs([*told, file])]
    return list(dict.fromkeys(quarters))


def years_in(texts: Sequence[str], *, file: str) -> list[str]:
    """The different years that the texts around a table name, or else that of the file's name."""
    years = list(dict.fromkeys(filter(None, map(titles.year_in, texts))))
    return years or [at for at in [titles.year_in(file)] if at]


def completed(own: Sequence[str], before: Sequence[str]) -> list[str]:
    """The titles of a further table with what they leave to those of the first: year or month.

    Under `Utskrivningsklara juli` and `2019` a second table called `2020` is of July 2020.
    """
    years, parts = any(map(titles.year_in, own)), any(map(_names_part, own))
    if years and not parts:
        return [*own, *(text for text in before if not titles.year_in(text))]
    if parts and not years:
        return [*own, *(at for text in before if (at := titles.year_in(text)))]
    return list(own)


def part_in(texts: Sequence[str]) -> str | None:
    """The one month, or else the one quarter, of some year that the texts name."""
    told = [text for text in texts if not titles.is_extract(text)]
    months = {month for text in told for month in titles.month_names(text)}
    if len(months) == 1:
        return MONTHS[int(months.pop()) - 1]
    numbers = {number for text in told for number in numbers_in(text)}
    return f"kvartal {numbers.pop()}" if len(numbers) == 1 and not months else None


def names_time(text: str) -> bool:
    """Whether a text names a year, a month or a quarter."""
    return titles.year_in(text) is not None or _names_part(text)


def _names_part(text: str) -> bool:
    return bool(titles.month_names(text) or numbers_in(text))


def _spans(text: str) -> list[str]:
    """The quarter from whose first day to whose last a text says that it goes."""
    return [
        f"{first}-K{int(end) // 3}"
        for first, start, last, end in _WHOLE.findall(titles.in_full(text))
        if first == last and int(end) - int(start) == 2
    ]


def _short(text: str) -> list[str]:
    """The quarters that a text writes with two digits of the year: `kv1-20`."""
    return list(filter(None, map(parse_quarter, _SHORT.findall(text.casefold()))))


def _pairs(texts: Sequence[str]) -> list[tuple[int, str]]:
    """Quarters with their year, where the texts together name one year."""
    years = {at for text in texts if (at := titles.year_in(text))}
    if len(years) != 1:
        return []
    at = years.pop()
    return [(number, at) for number in dict.fromkeys(n for text in texts for n in numbers_in(text))]


def numbers_in(text: str) -> list[int]:
    """The quarters, 1 to 4, that a text names, with a year or without."""
    # In a line of capitals "I" may be the word that it is in others.
    plain = (text if text.isupper() else without_roman(text)).casefold().replace("_", " ")
    numbers = [int(first or second) for first, second in _QUARTER.findall(plain)]
    numbers += [int(last) for last in _TO_QUARTER.findall(plain)]
    numbers += [_ORDINALS.index(word) + 1 for word in _ORDINAL.findall(plain)]
    months = frozenset(titles.month_names(text))
    if not numbers and months in _QUARTER_MONTHS:
        numbers.append(_QUARTER_MONTHS[months])
    return numbers
