"""Which rows are a head: the one that names most columns, and those of the head next to it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import reference
from loaders import kinds
from loaders.declaration import Export
from loaders.kinds.places import place_named
from loaders.kinds.total_words import is_total
from loaders.mapping import selections, title_periods, titles, vocabulary
from reference.files import tables_now
from settings.remembering import remembered

_BAND = 3
# The minute when something was: a head may say a day, or a month as its first day, but no such.
_MINUTE = re.compile(r"\d{4}-\d\d-\d\d[ T](?!00:00)\d\d:\d\d(:\d\d)?")
# Headings of numbers that may be of any measure.
VALUE = frozenset({"värde", "antal", "utfall", "value", "resultat", "tal"})
_DATE = re.compile(r"\d{4}-\d\d-\d\d|\d\d?[/.]\d\d?[/.]\d{4}")


def band(top: Sequence[tuple[str, ...]], export: Export) -> range | None:
    """The rows of the head: the row that names most columns, and rows of the head next to it."""
    scores = [score(row, export) for row in top]
    best = max(range(len(scores)), key=lambda row: (scores[row], -row), default=None)
    if best is None or scores[best] < 2:
        return None
    return grown(dict(enumerate(top)), best, export)


def grown(rows: Mapping[int, Sequence[str]], row: int, export: Export) -> range:
    """A row of a head with the rows next to it that belong to it."""
    first = last = row
    while first - 1 in rows and row - first < _BAND - 1 and _is_upper(rows[first - 1], export):
        first -= 1
    while last + 1 in rows and last - first < _BAND - 1 and _is_lower(rows[last + 1], export):
        last += 1
    return range(first, last + 1)


class _Said(NamedTuple):
    """What a text could say in a head: which column it names, which value, a month alone."""

    key: str | None
    value: tuple[str, str] | None
    bare: bool


# A sheet's rows are scored again each time its tables are looked for, for one export at a time.
@remembered(1024, while_same=tables_now)
def score(row: tuple[str, ...], export: Export) -> int:
    """How many columns a row names, a category among them; values side by side count as two."""
    texts = {text for text in row if text and not _MINUTE.fullmatch(text)}
    said = [_said(text, export) for text in texts]
    keys = {one.key for one in said if one.key}
    keys |= {key for text in row if "/" in text for key in _joint(text, export)}
    # A list of measures down the side has what they are beside it: `Kommun, Mått, Värde`.
    keys |= {text for text in row if keys and export.tables and vocabulary.heading(text) in VALUE}
    named = {one.value[0] for one in said if one.value}
    keys |= {key for key in named if export.column(key).kind.category}
    return len(keys) + (2 * _side_by_side(said) or _single_period(row, said, export))


def named(row: tuple[str, ...], export: Export) -> int:
    """How many columns a row has the headings of."""
    return len({key for text in row if text and (key := _key(text, export))})


def _single_period(row: Sequence[str], said: Sequence[_Said], export: Export) -> int:
    """What one period counts that heads a column of an export whose columns may be headed so.

    Beside nothing else it is the head where the column of places has none; beside the name of a
    column of periods it is an example or a note.
    """
    if not export.headed:
        return 0
    periods = {c.key for c in export.dimensions if c.kind.period}
    of_periods = sum(one.value is not None and one.value[0] in periods for one in said)
    # The last day of a year may head its numbers, though a date is data elsewhere.
    if has_data(
        [text for text in row if (_said(text, export).value or [""])[0] not in periods], export
    ):
        return 0
    if of_periods != 1 or periods & {one.key for one in said}:
        return 0
    return 2 if not row[0] and len(said) == 1 else 1


# Every row that could be a head is scored for every export, mostly with the same few words.
@reference.cached
def _said(text: str, export: Export) -> _Said:
    return _Said(_key(text, export), vocabulary.dimension_of(export, text), is_bare(text, export))


def _key(text: str, export: Export) -> str | None:
    if named := vocabulary.headings(export).key(text):
        return named[0]
    if both := vocabulary.combined(export, text):
        return both.key
    name, *period = parted(text, export)
    if period:
        return vocabulary.headings(export).ranks[vocabulary.heading(name)][0]
    again = selections.revised(text)
    name, part = again or selections.without_part(text)
    of_part = vocabulary.headings(export).key(name) if part else None
    return of_part[0] if of_part else None


@reference.cached
def parted(text: str, export: Export) -> tuple[str, ...]:
    """A heading and the month or quarter without a year that stands beside it: `Dagar juli`."""
    words = text.split()
    for cut in range(1, len(words)):
        parts = " ".join(words[:cut]), " ".join(words[cut:])
        for name, period in (parts, parts[::-1]):
            known = vocabulary.headings(export).ranks.get(vocabulary.heading(name))
            if known and not export.column(known[0]).kind.dimension and is_bare(period, export):
                return name, period
    return (text,)


@reference.cached
def _joint(text: str, export: Export) -> frozenset[str]:
    """The dimensions that one heading names of an outline: `Kommun / process`."""
    named = [vocabulary.headings(export).key(part) for part in text.split("/")]
    keys = {known[0] for known in named if known}
    dimensions = all(export.column(key).kind.dimension for key in keys)
    return frozenset(keys) if all(named) and len(keys) > 1 and dimensions else frozenset()


def _side_by_side(said: Iterable[_Said]) -> int:
    """How many dimensions have several of their values among what is said."""
    values_by_key: dict[str, set[str]] = {}
    bare = 0
    for one in said:
        bare += one.bare
        if one.value:
            values_by_key.setdefault(one.value[0], set()).add(one.value[1])
    return sum(len(values) >= 2 for values in values_by_key.values()) + (bare >= 2)


def is_bare(text: str, export: Export) -> bool:
    """Whether a text is a month, or where the export has quarters a quarter, without its year."""
    quarters = any(column.kind is kinds.QUARTER for column in export.dimensions)
    return titles.is_month_name(text) or (quarters and title_periods.is_quarter(text))


def spreads(text: str, export: Export) -> bool:
    """Whether a text in an upper row of the head also stands over the empty cells after it."""
    named = vocabulary.headings(export).key(text)
    return named is None or not export.column(named[0]).kind.dimension


def _is_upper(row: Sequence[str], export: Export) -> bool:
    """Whether a row above a head belongs to it: it names something, and is no title."""
    texts = {text for text in row if text}
    if has_data(row, export) or any(map(titles.is_extract, texts)):
        return False
    if _is_band(row):
        return True
    if row[0] and vocabulary.combined(export, row[0]):
        return False
    if len(texts) == 1:
        return not any(spreads(text, export) for text in texts)
    return any(_key(text, export) or vocabulary.dimension_of(export, text) for text in texts)


def _is_lower(row: Sequence[str], export: Export) -> bool:
    """Whether a row below a head belongs to it: most of it names columns, and it is no data."""
    texts = {text for text in row if text}
    places = {text for text in texts if place_named(text).kind not in ("unknown", "total")}
    if _numbers_columns(row):
        return True
    # A few words alone at the left are of the rows below them.
    alone = len(texts) == 1 and bool(row[0]) and _key(row[0], export) is None
    if has_data(row, export) or len(places) == 1 or alone:
        return False
    if texts and all(map(titles.is_unit, texts)):
        return True
    named = not row[0] or _key(row[0], export) is not None
    if not places and (_is_band(row) or (named and all(map(_is_year, texts - {row[0]})))):
        return bool(texts - {row[0]})
    spread = _side_by_side(_said(text, export) for text in texts) > 0
    known = [
        text
        for text in texts
        if _key(text, export)
        or is_total(text)
        or selections.selects(text)
        or (spread and (vocabulary.dimension_of(export, text) or is_bare(text, export)))
    ]
    return 2 * len(known) > len(texts)


def _numbers_columns(row: Sequence[str]) -> bool:
    """Whether a row under a head only numbers the columns: 1, 2, 3 or A, B, C."""
    filled = [text.strip("()").casefold() for text in row if text]
    return len(filled) > 2 and any(
        filled == list(signs[: len(filled)]) for signs in ("123456789", "abcdefghijkl")
    )


def _is_year(text: str) -> bool:
    return titles.year_in(text) == text


def _is_band(row: Sequence[str]) -> bool:
    """Whether a row has texts over or under columns of numbers only: none where the places stand.

    A label with what it says, such as `Källa: SAMSA`, stands side by side.
    """
    filled = [at for at, text in enumerate(row) if text]
    return (
        len({row[at] for at in filled}) >= 2
        and not row[0]
        and all(any(map(str.isalpha, row[at])) for at in filled)
        and not any(row[at].endswith(":") for at in filled)
    )


def has_data(row: Sequence[str], export: Export) -> bool:
    """Whether the row holds dates, or numbers that are not years or months.

    The first day of a month may head a column of counts, but none of single records. Several
    numbers beside a municipality are no years.
    """
    numbers = sum(text.isdigit() for text in row)
    if numbers > 1 and row[0] and place_named(row[0]).kind == "municipality":
        return True
    for text in row:
        plain = text.replace(",", ".").replace("\u00a0", "").replace(" ", "")
        try:
            number = float(plain)
        except ValueError:
            if _DATE.match(text) and (export.records or not titles.month_in(text)):
                return True
            continue
        if not (1990 <= number <= 2100 or 199001 <= number <= 210012):
            return True
    return False
