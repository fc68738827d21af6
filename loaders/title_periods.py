"""Quarters and years in titles, sheet names and file names."""

import re
from collections.abc import Sequence

from loaders import titles

_QUARTER = re.compile(
    r"(?<!\w)(?:kvartal(?:srapport|et|s)?|kv|q|k)\.?[\s_]*([1-4])(?!\d)|"
    r"(?<!\d)([1-4])(?::?[ea])?\s+kvartalet"
)
_ORDINALS = ("första", "andra", "tredje", "fjärde")
_QUARTER_MONTHS = {frozenset({first, last}): number
                   for number, (first, last) in enumerate(
                       (("01", "03"), ("04", "06"), ("07", "09"), ("10", "12")), start=1
                   )}  # fmt: skip


def quarters_in(texts: Sequence[str], *, file: str) -> list[str]:
    """The different quarters that the texts around a table name.

    A quarter in one text and the year in another are put together; at last the file's name is
    asked.
    """
    told = [text for text in texts if not titles.is_extract(text)]
    found = [f"{at}-K{number}" for text in told for number, at in _pairs([text])]
    if not found:
        found = [f"{at}-K{number}" for number, at in _pairs(told)]
    if not found:
        found = [f"{at}-K{number}" for number, at in _pairs([*told, file])]
    return list(dict.fromkeys(found))


def years_in(texts: Sequence[str], *, file: str) -> list[str]:
    """The different years that the texts around a table name, or else that of the file's name."""
    found = list(dict.fromkeys(filter(None, map(titles.year_in, texts))))
    return found or [at for at in [titles.year_in(file)] if at]


def _pairs(texts: Sequence[str]) -> list[tuple[int, str]]:
    """Quarters with their year, where the texts together name one year."""
    years = {at for text in texts if (at := titles.year_in(text))}
    if len(years) != 1:
        return []
    at = years.pop()
    return [(number, at) for number in dict.fromkeys(n for text in texts for n in _numbers(text))]


def _numbers(text: str) -> list[int]:
    plain = text.casefold().replace("_", " ")
    found = [int(first or second) for first, second in _QUARTER.findall(plain)]
    found += [n for n, word in enumerate(_ORDINALS, start=1) if f"{word} kvartalet" in plain]
    months = frozenset(titles.month_names(text))
    if not found and months in _QUARTER_MONTHS:
        found.append(_QUARTER_MONTHS[months])
    return found
