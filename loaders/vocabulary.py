"""What words in a file mean: headings, months, places, care forms, totals."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import reference
import swedish
from loaders.declaration import Column, Export, Kind
from loaders.total_words import is_total, without_total

_NOTE = re.compile(r"(\s*\d\)|\*+|¹|²|³)+$")
_UNIT = re.compile(r"\s*[(\[](st|antal|dagar|dygn|kr|%|procent|n)[)\]]$")
_TAKEN = re.compile(
    r"^\W*(uttag|uttaget|hämtad|hämtat|skapad|skriven|utskriven den|framtagen|datum)\b"
)
_ELSEWHERE = frozenset(
    {"utomläns", "annat län", "andra län", "övriga län", "utomlänspatienter", "utlandet", "utland"}
)
_FULL_MONTH = re.compile(
    r"\b(\d{4})-(\d{2})-01\s*(?:–|-|—|t\.?o\.?m\.?|till)\s*(\d{4})-(\d{2})-(28|29|30|31)\b"
)


def heading(text: str) -> str:
    """A heading as it is compared: without notes, units in brackets, case and odd spaces."""
    plain = _NOTE.sub("", text.strip())
    plain = re.sub(r"\s*/\s*", "/", reference.normalise(plain))
    return _UNIT.sub("", plain)


@dataclass(frozen=True)
class Headings:
    """The headings of one export: normalised name to (column key, rank); a lower rank wins."""

    ranks: Mapping[str, tuple[str, int]]

    def key(self, text: str) -> tuple[str, int] | None:
        """Which column a heading names, and how surely; None where it names none."""
        return self.ranks.get(heading(text))


@cache
def headings(export: Export) -> Headings:
    """The headings that an export's columns go by; refuses a declaration where one names two."""
    ranks: dict[str, tuple[str, int]] = {}
    for column in export.columns:
        for rank, name in enumerate((column.label, *column.names)):
            known = ranks.setdefault(heading(name), (column.key, rank))
            if known[0] != column.key:
                raise ValueError(f"{export.key}: {name!r} names both {known[0]} and {column.key}")
    return Headings(ranks)


@lru_cache(maxsize=65536)
def value_of(column: Column, text: str) -> str | None:
    """The value that a text gives a dimension, or None where it is no such value."""
    if not text:
        return None
    match column.kind:
        case Kind.MONTH:
            return swedish.parse_month(text)
        case Kind.MUNICIPALITY:
            return reference.municipality_names().get(reference.normalise(text))
        case Kind.HOSPITAL:
            return reference.hospital_names().get(reference.normalise(text))
        case Kind.CHOICE:
            return (column.choices or {}).get(reference.normalise(text))
        case _:
            return None


def month_in(text: str) -> str | None:
    """The one month that a title speaks of; None for none, several, or the date of the extract."""
    if _TAKEN.match(text.casefold().replace("_", " ")):
        return None
    if span := _FULL_MONTH.search(text):
        first, second = f"{span[1]}-{span[2]}", f"{span[3]}-{span[4]}"
        return first if first == second else None
    tokens = re.findall(r"[^\W_][\w.]*(?:[-/]\d+)*", text.replace("_", " "))
    found = {
        month
        for width in (2, 1)
        for start in range(len(tokens) - width + 1)
        if (month := swedish.parse_month(" ".join(tokens[start : start + width]).rstrip(".")))
    }
    return found.pop() if len(found) == 1 else None


def is_month_name(text: str) -> bool:
    """Whether the text is a month's name without a year, as in a head under or beside one."""
    return bool(text) and swedish.parse_month(f"{text} 2000") is not None


def year_in(text: str) -> str | None:
    """The one year that a title names; None where it names none, several, or an extract date."""
    if _TAKEN.match(text.casefold()):
        return None
    found = set(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", text))
    return found.pop() if len(found) == 1 else None


def choice_in(column: Column, text: str) -> str | None:
    """The one value of a choice that a title names; None where it names none or several."""
    words = reference.normalise(text)
    found = {
        value
        for spelling, value in (column.choices or {}).items()
        if len(spelling) > 4 and re.search(rf"\b{re.escape(spelling)}\b", words)
    }
    return found.pop() if len(found) == 1 else None


def hospital_in(text: str) -> str | None:
    """The one hospital that a title names in full."""
    words = reference.normalise(text)
    found = {
        hospital
        for alias, hospital in reference.hospital_names().items()
        if re.search("sjuk|lasarett", alias) and alias in words
    }
    return found.pop() if len(found) == 1 else None


def measure_in(export: Export, text: str) -> str | None:
    """The measure that a sheet's name or title names; the longest heading in it wins."""
    words = heading(text)
    named = [
        (len(name), key)
        for name, (key, _) in headings(export).ranks.items()
        if export.column(key).kind in (Kind.COUNT, Kind.MEAN)
        and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words)
    ]
    return max(named)[1] if named else None


@dataclass(frozen=True)
class Place:
    """What a text in a municipality column is.

    `kind`: municipality, area, county, total, outside, unknown or none; `key` is the code, the
    area's key, or a name to suggest.
    """

    kind: str
    key: str | None = None


def place(text: str) -> Place:
    """What a text in a municipality column names."""
    words = reference.normalise(text)
    if not words:
        return Place("none")
    if code := reference.municipality_names().get(words):
        return Place("municipality", code)
    said, stripped = without_total(words)
    if {words, stripped} & _county_names():
        return Place("county")
    if area := _area_names().get(words) or _area_names().get(stripped):
        return Place("area", area)
    if is_total(words):
        return Place("total")
    if name := reference.outside_county().get(words):
        return Place("outside", name)
    if words in _ELSEWHERE:
        return Place("outside", text.strip())
    if said and stripped in reference.municipality_names():
        return Place("total")
    return Place("unknown")


@cache
def _area_names() -> Mapping[str, str]:
    names: dict[str, str] = {}
    for area in reference.areas():
        for spelling in (area.name, area.full_name, area.key, f"Vårdsamverkan {area.name}"):
            names[reference.normalise(spelling)] = area.key
    # Without -området the area is named like a municipality only in Göteborg's case.
    names[reference.normalise("Göteborgs området")] = "goteborg"
    return names


@cache
def _county_names() -> frozenset[str]:
    return frozenset(
        reference.normalise(name)
        for name in (
            reference.COUNTY_NAME,
            "Västra Götalands",
            "Västra Götalands län",
            "VG",
            "VGR",
            "Västra Götalandsregionen",
            "Länet",
            "Hela länet",
            "14 Västra Götalands län",
            "Länet Västra Götaland",
        )
    )
