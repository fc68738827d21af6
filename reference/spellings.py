"""The spellings that places, hospitals and categories go by, and how spellings are compared."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from reference.files import cached, rows
from reference.tables import (
    COUNTY,
    OrganisationName,
    areas,
    categories,
    county,
    hospitals,
    municipalities,
)

# A file asks about the same few texts again and again.
_TEXTS = 16384
_EDGES = " \"'`´’‘”“„«».,;:!?*•·|_-"
_BRACKETED = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_FOOTNOTE = re.compile(r"(?<=[^\W\d])\s*\d\)$")
# Superscript digits are footnotes here; soft hyphens and zero-width signs are invisible.
_SIGNS: dict[int, str | None] = dict.fromkeys(
    map(ord, "¹²³⁴⁵⁶⁷⁸⁹⁰\u00ad\u200b\u200c\u200d\u2060\ufeff")
)
_SIGNS |= dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
# Ways in which exports write a municipality's code together with its name.
_CODED = (
    "{code} {name}", "{code}-{name}", "{code} - {name}", "{code}_{name}", "{code}, {name}",
    "({code}) {name}", "{name} {code}", "{name} ({code})", "{name}, {code}", "{name} - {code}",
)  # fmt: skip
_OWN_NAMES = ("{name}", "{name} kommun", "{name}s kommun", "{name} stad", "{name}s stad")

_ALL_AREAS = re.compile(r"(områden|arenor|delregioner)(na)?\b|områdena\b|\b(alla|samtliga)\b")
_NUMBERS = [
    "noll",
    "ett",
    "två",
    "tre",
    "fyra",
    "fem",
    "sex",
    "sju",
    "åtta",
    "nio",
    "tio",
    "elva",
    "tolv",
]


@lru_cache(maxsize=_TEXTS)
def normalise(text: str) -> str:
    """A text as spellings are compared: without case, odd spaces and dashes, outer punctuation.

    Invisible signs and trailing footnote marks go too. Applying it again changes nothing.
    """
    before = None
    while text != before:
        before = text
        text = unicodedata.normalize("NFKC", text.translate(_SIGNS)).casefold()
        text = " ".join(text.split()).strip(_EDGES)
        text = _FOOTNOTE.sub("", text)
        if inside := _BRACKETED.fullmatch(text):
            text = inside[1]
    return text


@cached
def area_names() -> dict[str, str]:
    """Every known spelling of the areas, normalised, to their keys."""
    names = {
        normalise(name): area.key
        for area in areas()
        for name in (area.name, area.full_name, area.key)
    }
    return names | {normalise(row["alias"]): row["key"] for row in rows("area_aliases")}


def names_all_areas(text: str) -> bool:
    """Whether a recipient is the areas together, of which a single area has its part."""
    words = normalise(text)
    # "De sex" are all the areas of a county that has six.
    counted = _NUMBERS[len(areas())] if len(areas()) < len(_NUMBERS) else None
    return _ALL_AREAS.search(words) is not None or counted in re.findall(r"\w+", words)


@cached
def county_names() -> frozenset[str]:
    """Every known spelling of the county, normalised."""
    return frozenset(
        map(normalise, (COUNTY, county().name, county().full_name, *county().spellings))
    )


def is_federation(words: str) -> bool:
    """Whether normalised words name a federation of municipalities, with or without more words."""
    return any(words == name or words.startswith(f"{name} ") for name in _federations())


@cached
def _federations() -> tuple[str, ...]:
    return tuple(map(normalise, county().federations))


@cached
def municipality_names() -> dict[str, str]:
    """Every known spelling of the county's municipalities, normalised, to its code."""
    spellings: dict[str, set[str]] = {
        municipality.code: {normalise(municipality.name)} for municipality in municipalities()
    }
    for municipality in municipalities():
        # Exports make the genitive by rule, also where people do not (Partilles kommun).
        genitive = f"{municipality.name.removesuffix('s')}s"
        for form in (genitive, f"{genitive} kommun", f"{genitive} stad"):
            spellings[municipality.code].add(normalise(form))
    for row in rows("municipality_aliases"):
        spellings[row["code"]].add(normalise(row["alias"]))
    return {
        spelling: code for code, names in spellings.items() for spelling in _with_code(code, names)
    }


@cached
def hospital_names() -> dict[str, str]:
    """Every known spelling of a hospital organisation or site, normalised, to its organisation."""
    names: dict[str, str] = {}
    for hospital in hospitals():
        names[normalise(hospital.name)] = hospital.name
        names[normalise(hospital.short_name)] = hospital.name
    return names | {normalise(row["alias"]): row["hospital"] for row in rows("hospital_aliases")}


@cached
def outside_county() -> dict[str, str]:
    """Spellings and codes of the municipalities of other counties, normalised, to their names."""
    name_by_spelling: dict[str, str] = {}
    for row in rows("other_municipalities"):
        plain = normalise(row["name"])
        names = [pattern.format(name=plain) for pattern in _OWN_NAMES]
        name_by_spelling |= dict.fromkeys(_with_code(row["code"], names), row["name"])
    return name_by_spelling


def _with_code(code: str, names: Iterable[str]) -> list[str]:
    """The normalised spellings of a municipality: names, code, and the two written together."""
    together = (form.format(code=code, name=name) for form in _CODED for name in names)
    # A number cell takes leading zeros away and may add a decimal.
    bare = dict.fromkeys((code, code.lstrip("0")))
    return [*names, *bare, *(f"{number}.0" for number in bare), *together]


def category_spellings(kind: str) -> dict[str, str]:
    """Every known spelling of a kind's categories, normalised, to the category."""
    return _category_spellings().get(kind, {})


@cached
def _category_spellings() -> dict[str, dict[str, str]]:
    names_by_kind: dict[str, dict[str, str]] = {}
    for row in categories():
        names = names_by_kind.setdefault(row.kind, {})
        names |= dict.fromkeys((normalise(row.category), normalise(row.spelling)), row.category)
    return names_by_kind


@cached
def organisation_names() -> tuple[OrganisationName, ...]:
    """Organisations known by words in their names, in the table's order; the first that fits."""
    return tuple(
        OrganisationName(normalise(row["contains"]), row["kind"], row["name"])
        for row in rows("organisations")
    )


def nosam_keys() -> dict[str, str]:
    """The names of NOSAM, normalised, to their keys."""
    return {normalise(name): key for name, key in nosam_by_name().items()}


@cached
def nosam_areas() -> dict[str, str]:
    """The names of NOSAM, normalised, to the keys of their areas."""
    return {normalise(row["name"]): row["area"] for row in rows("nosam")}


@cached
def nosam_by_name() -> dict[str, str]:
    """The keys of NOSAM by their names as written in the table."""
    return {row["name"]: row["key"] for row in rows("nosam")}
