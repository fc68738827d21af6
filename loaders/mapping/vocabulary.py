"""What words in a file mean: headings, and the values of dimensions in them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import reference
from loaders.declaration import Column, Export
from loaders.kinds.total_words import is_mean, is_total

_NOTE = re.compile(r"(\s*(?<![\d./-])\d\)|\*+|¹|²|³)+$")
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
        if not any(map(str.isalpha, words)):
            return None
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
        names |= set(column.spellings)
    return tuple(sorted((name for name in names if len(name) > 3), key=lambda name: -len(name)))


def value_of(column: Column, text: str) -> str | None:
    """The value that a text gives a dimension, or None where it is no such value."""
    return column.kind.value(column, text) if text and column.kind.value else None


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
    if not any(map(str.isalpha, text)):
        return None
    words = [word for word in _JOINT.split(heading(text)) if word and word not in "-–—"]
    for cut in range(1, len(words)):
        parts = " ".join(words[:cut]), " ".join(words[cut:])
        for name, rest in (parts, parts[::-1]):
            named = headings(export).key(name)
            if named is None or export.column(named[0]).kind.dimension:
                continue
            if named_value := dimension_of(export, rest):
                return Combined(*named, values=dict([named_value]), total=False)
            if is_total(rest) and not is_mean(rest):
                return Combined(*named, values={}, total=True)
    return None
