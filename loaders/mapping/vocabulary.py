"""What words in a file mean: headings, months, places, care forms."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import reference
from loaders.declaration import DIMENSIONS, Column, Export, Kind
from loaders.mapping import periods
from loaders.mapping.total_words import is_mean, is_total, without_total
from swedish import typography
from swedish.periods import parse_month, parse_quarter

_NOTE = re.compile(r"(\s*\d\)|\*+|¹|²|³)+$")
_MONEY = r"(?:tusen(?:tal)? |miljoner )?(?:kr|kronor)|sek|tkr|kkr|ksek|mkr|mnkr|msek"
_UNIT = re.compile(
    rf"\s*[(\[](?:i )?(st|antal|dagar|dygn|%|procent|n|{_MONEY})[)\]]$|,? (?:i )?(?:{_MONEY})$"
)
_PLAIN = str.maketrans("åäöé", "aaoe", " _-.")
_WORDS = re.compile(r"[^\W_]+")
# Longer texts than this are no headings; shorter words than that are no abbreviations.
_LONGEST, _SHORTEST = 40, 3
# A file asks about the same few texts again and again, for one export after the other.
_TEXTS = 16384
_SHORT = {"dgr": "dagar", "ant": "antal", "pat": "patienter", "utskr": "utskrivna", "mån": "månad"}
# What is read in other words than the declared ones gives way to any that is.
IN_OTHER_WORDS = 100
_JOINED = str.maketrans("", "", " _-.")
_JOINT = re.compile(r"[\s()\[\],:;|]+")
_COUNTY = re.compile(r"(\d\d )?[^\W\d]+ län")
# Homes that nobody knows, and groups that are no sum of the county's municipalities.
_ASIDE = re.compile(
    r"(okän[dt]a?|uppgift saknas|saknas?|ej angiven|ej angivet|oangiven|skydda[dt]e?|sekretess\w*|"
    r"tomt?|blank|övriga?|utan fast bostad|ospecificera[dt]|hemlig)"
    r"( (identitet|kommun(er)?|hemkommun|hemort|folkbokföringskommun|uppgift(er)?|"
    r"personuppgifter|adress|boende))?|"
    r"(alla|samtliga|liknande|övriga) (kommuner|regioner|län)( .*)?|"
    r"riket( .*)?|sverige|"
    r"(storst(ad|äder)|stor(re)? st(ad|äder)|större st(ad|äder)|mindre st(ad|äder)|pendlings\w+|"
    r"(max|min|maximum|minimum|median|medianvärde|standardavvikelse|kvartil \d|percentil \d+)|"
    r"lands(bygds)?kommun\w*|kommungrupp\w*)( .*)?"
)
_ALL = frozenset({"regionen", "hela regionen", "σ", "∑"})
_ELSEWHERE = frozenset(
    {"utomläns", "annat län", "andra län", "övriga län", "utomlänspatienter", "utlandet", "utland"}
)


@lru_cache(maxsize=_TEXTS)
def heading(text: str) -> str:
    """A heading as it is compared: without notes, units in brackets, case and odd spaces."""
    plain = _NOTE.sub("", text.strip())
    plain = re.sub(r"\s*/\s*", "/", reference.normalise(plain))
    # As a pivot table names what it adds up.
    plain = re.sub(r"^(summa av|sum of) (?=\w)", "", plain)
    return _UNIT.sub("", plain)


@dataclass(frozen=True)
class Headings:
    """The headings of one export: normalised name to (column key, rank); a lower rank wins.

    `plain` has them as databases write them, without spaces, å, ä and ö; `bags` has the words of
    longer ones, whose order does not matter.
    """

    ranks: Mapping[str, tuple[str, int]]
    plain: Mapping[str, tuple[str, int]]
    bags: Mapping[frozenset[str], str]

    def key(self, text: str) -> tuple[str, int] | None:
        """Which column a heading names, and how surely; None where it names none."""
        words = heading(text)
        if known := self.ranks.get(words):
            return known
        # "Män" is not "mån" without its ring.
        swedish = set(words) & set("åäöé")
        if known := self.plain.get(words.translate(_JOINED if swedish else _PLAIN)):
            return known
        column_key = self._in_other_words(text, words) if len(words) <= _LONGEST else None
        return (column_key, IN_OTHER_WORDS) if column_key else None

    def _in_other_words(self, text: str, words: str) -> str | None:
        """The column of a heading with its words in another order, cut short or put together."""
        parts = words.split("/")
        if len(parts) > 1:
            keys = {self.ranks.get(part.strip(), (None, 0))[0] for part in parts}
            return keys.pop() if len(keys) == 1 else None
        tokens = [_SHORT.get(token, token) for token in _WORDS.findall(words)]
        if column_key := self.bags.get(frozenset(tokens)):
            return column_key
        if "." not in text or not all(len(token) >= _SHORTEST for token in tokens):
            return None
        keys = {
            key for name, (key, _) in self.ranks.items() if _begins(tokens, _WORDS.findall(name))
        }
        return keys.pop() if len(keys) == 1 else None


def _begins(tokens: Sequence[str], words: Sequence[str]) -> bool:
    """Whether each word begins with one of the tokens, in any order."""
    left = list(words)
    for token in tokens:
        match = next((word for word in left if word.startswith(token)), None)
        if match is None:
            return False
        left.remove(match)
    return bool(tokens) and not left


@cache
def headings(export: Export) -> Headings:
    """The headings that an export's columns go by; refuses a declaration where one names two."""
    ranks: dict[str, tuple[str, int]] = {}
    for column in export.columns:
        for rank, name in enumerate((column.label, *column.names)):
            known = ranks.setdefault(heading(name), (column.key, rank))
            if known[0] != column.key:
                raise ValueError(f"{export.key}: {name!r} names both {known[0]} and {column.key}")
    plain: dict[str, tuple[str, int]] = {}
    bags: dict[frozenset[str], set[str]] = {}
    for words, (key, _) in ranks.items():
        if len(bag := frozenset(_WORDS.findall(words))) > 1:
            bags.setdefault(bag, set()).add(key)
    for words, known in ranks.items():
        plain.setdefault(words.translate(_PLAIN), known)
        plain.setdefault(words.translate(_JOINED), known)
    return Headings(ranks, plain, {bag: min(keys) for bag, keys in bags.items() if len(keys) == 1})


@reference.cached
def own_words(export: Export) -> tuple[str, ...]:
    """The export's own words, and the name of the system in the county that it comes from."""
    system = export.system and reference.normalise(getattr(reference.county(), export.system))
    return (*export.words, system) if system else export.words


@reference.cached
def spoken_names(export: Export) -> tuple[str, ...]:
    """What an export's columns, choices and categories are called, the longest first."""
    names = set(headings(export).ranks)
    for column in export.columns:
        names |= set(choices(column))
        if column.kind is Kind.CATEGORY:
            names |= set(reference.category_spellings(column.categories or ""))
    return tuple(sorted((name for name in names if len(name) > 3), key=lambda name: -len(name)))


@cache
def choices(column: Column) -> Mapping[str, str]:
    """The values of a choice, by their spellings as spellings are compared."""
    return {reference.normalise(text): value for text, value in (column.choices or {}).items()}


def value_of(column: Column, text: str) -> str | None:
    """The value that a text gives a dimension, or None where it is no such value."""
    if not text:
        return None
    match column.kind:
        case Kind.MONTH:
            return parse_month(text) or periods.whole_month(text)
        case Kind.QUARTER:
            return parse_quarter(text)
        case Kind.YEAR:
            return periods.year(text)
        case Kind.PERIOD:
            return periods.period(text)
        case Kind.MUNICIPALITY:
            return reference.municipality_names().get(reference.normalise(text))
        case Kind.HOSPITAL:
            return reference.hospital_names().get(reference.normalise(text))
        case Kind.CHOICE:
            return choices(column).get(reference.normalise(text))
        case Kind.CATEGORY:
            return reference.category_spellings(column.categories or "").get(
                reference.normalise(text)
            )
        case _:
            return None


def allowed(column: Column) -> list[str]:
    """The values of a choice or a category as they may be written, in the alphabet's order."""
    if column.kind is Kind.CATEGORY:
        spellings = reference.category_spellings(column.categories or "")
    else:
        spellings = dict(column.choices or {})
    own = column.kind is Kind.CATEGORY
    names = {_spelling(spellings, value, own=own) for value in spellings.values()}
    return sorted(names, key=typography.sort_key)


def _spelling(spellings: Mapping[str, str], value: str, *, own: bool) -> str:
    """A text that is read as the value: its `own` name, or else the first that is listed."""
    if own and spellings.get(reference.normalise(value)) == value:
        return value[:1].upper() + value[1:]
    first = next(text for text, meaning in spellings.items() if meaning == value)
    return first[:1].upper() + first[1:]


@reference.cached
def dimension_of(export: Export, text: str) -> tuple[str, str] | None:
    """The dimension, and its value, that a text gives; None where it gives none."""
    for column in export.dimensions:
        if value := value_of(column, text):
            return column.key, value
    return None


@dataclass(frozen=True)
class Combined:
    """A heading that names a column and says more: a dimension's value, or that it is a total."""

    key: str
    rank: int
    values: Mapping[str, str]
    total: bool


@reference.cached
def combined(export: Export, text: str) -> Combined | None:
    """A heading in two parts, in either order, such as `Antal dagar (psykiatri)`."""
    words = [word for word in _JOINT.split(heading(text)) if word and word not in "-–—"]
    for cut in range(1, len(words)):
        parts = " ".join(words[:cut]), " ".join(words[cut:])
        for name, rest in (parts, parts[::-1]):
            named = headings(export).key(name)
            if named is None or export.column(named[0]).kind in DIMENSIONS:
                continue
            if named_value := dimension_of(export, rest):
                return Combined(*named, values=dict([named_value]), total=False)
            if is_total(rest) and not is_mean(rest):
                return Combined(*named, values={}, total=True)
    return None


@dataclass(frozen=True)
class Place:
    """What a text in a municipality column is.

    `kind`: municipality, area, county, total, outside, aside, unknown or none; `key` is the code,
    the area's key, or a name to suggest. What is `aside` is a home that nobody knows or a group of
    other places.
    """

    kind: str
    key: str | None = None


def place(text: str) -> Place:
    """What a text in a municipality column names."""
    words = reference.normalise(text)
    if not words:
        return Place("unknown" if text.strip() else "none")
    if code := reference.municipality_names().get(words):
        return Place("municipality", code)
    said, stripped = without_total(words)
    if {words, stripped} & reference.county_names():
        return Place("county")
    if area := reference.area_names().get(words) or reference.area_names().get(stripped):
        return Place("area", area)
    if _ASIDE.fullmatch(words) or reference.is_federation(words):
        return Place("aside", text.strip())
    if is_total(words) or words in _ALL:
        return Place("total")
    if name := reference.outside_county().get(words):
        return Place("outside", name)
    if words in _ELSEWHERE or _COUNTY.fullmatch(words):
        return Place("outside", text.strip())
    if said and stripped in reference.municipality_names():
        return Place("total")
    return Place("unknown")
