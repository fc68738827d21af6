"""Places, hospitals, events and amounts of the county, and the spellings that they go by.

The tables are files in `data/reference/`; a file of the same name in the folder `reference` under
`SAMVERKAN_DATA` takes its place. Standard library only, for the command line to start fast.
"""

import csv
import os
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, wraps
from typing import TypeVar

import settings

COUNTY = "lan"
COUNTY_NAME = "Västra Götaland"

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

_ALL_AREAS = re.compile(r"(områden|arenor|delregioner)(na)?\b|områdena\b|\b(alla|samtliga|sex)\b")

_T = TypeVar("_T")


@dataclass(frozen=True)
class Area:
    """A vårdsamverkansområde; `sort` is its place in the customary order."""

    key: str
    name: str
    full_name: str
    sort: int


@dataclass(frozen=True)
class Municipality:
    """A municipality with its area, its federation and its place on map and tile map."""

    code: str
    name: str
    area: str
    federation: str
    lat: float
    lon: float
    tile_col: int
    tile_row: int


@dataclass(frozen=True)
class Hospital:
    """A hospital organisation; `main_area` is whom it mainly serves, never a key to join on."""

    name: str
    short_name: str
    main_area: str


@dataclass(frozen=True)
class Event:
    """A dated event; `date` is YYYY-MM-DD, `scope` an area's key or COUNTY.

    `dataset` is the one that the event concerns, empty for any.
    """

    date: str
    scope: str
    kind: str
    text: str
    source: str
    dataset: str = ""


@dataclass(frozen=True)
class WheelItem:
    """A fixed item of the year: `month` 1-12, 0 for every month, and the forums it concerns."""

    month: int
    forums: tuple[str, ...]
    text: str
    source: str


@dataclass(frozen=True)
class Category:
    """A spelling of a process, a severity or a status (`kind`) of deviations, and what it means."""

    kind: str
    category: str
    spelling: str


@dataclass(frozen=True)
class OrganisationName:
    """An organisation known by words in its name; `kind` is primary_care or other."""

    contains: str
    kind: str
    name: str


@dataclass(frozen=True)
class LiabilityRate:
    """A year's amount per day in kronor, or None where no amount has been found."""

    year: int
    sek_per_day: int | None
    regulation: str
    confidence: str
    note: str


@dataclass(frozen=True)
class LiabilityRule:
    """How a care form ("alla" for every one) is settled between two dates, YYYY-MM-DD, inclusive.

    An open end is "" before everything or "9999" after everything.
    """

    valid_from: str
    valid_to: str
    care_form: str
    model: str
    after_days: int
    source: str
    confidence: str


def _cached(function: Callable[[], _T]) -> Callable[[], _T]:
    """Remember the answer, for each value of SAMVERKAN_DATA."""

    @cache
    def remembered(_: str | None) -> _T:
        return function()

    @wraps(function)
    def current() -> _T:
        return remembered(os.environ.get("SAMVERKAN_DATA"))

    return current


def _rows(table: str) -> list[dict[str, str]]:
    own = settings.data_dir() / "reference" / f"{table}.csv"
    path = own if own.is_file() else settings.SHIPPED / "reference" / f"{table}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


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


@_cached
def areas() -> tuple[Area, ...]:
    """The areas in their customary order."""
    found = (
        Area(key=row["key"], name=row["name"], full_name=row["full_name"], sort=int(row["sort"]))
        for row in _rows("areas")
    )
    return tuple(sorted(found, key=lambda area: area.sort))


@_cached
def area_names() -> dict[str, str]:
    """Every known spelling of the areas, normalised, to their keys."""
    names = {
        normalise(name): area.key
        for area in areas()
        for name in (area.name, area.full_name, area.key)
    }
    return names | {normalise(row["alias"]): row["key"] for row in _rows("area_aliases")}


def names_all_areas(text: str) -> bool:
    """Whether a recipient is the areas together, of which a single area has its part."""
    return _ALL_AREAS.search(normalise(text)) is not None


@_cached
def municipalities() -> tuple[Municipality, ...]:
    """The county's municipalities by code."""
    found = (
        Municipality(
            code=row["code"],
            name=row["name"],
            area=row["area"],
            federation=row["federation"],
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            tile_col=int(row["tile_col"]),
            tile_row=int(row["tile_row"]),
        )
        for row in _rows("municipalities")
    )
    return tuple(sorted(found, key=lambda municipality: municipality.code))


@_cached
def municipality_by_code() -> dict[str, Municipality]:
    """The county's municipalities by four-digit code."""
    return {municipality.code: municipality for municipality in municipalities()}


@_cached
def hospitals() -> tuple[Hospital, ...]:
    """The hospital organisations in the table's order; the first site decides the main area."""
    found: dict[str, Hospital] = {}
    for row in _rows("hospitals"):
        name = row["organisation"]
        found.setdefault(name, Hospital(name, row["short_name"] or name, row["main_area"]))
    return tuple(found.values())


@_cached
def hospital_areas() -> dict[str, tuple[str, ...]]:
    """The areas that each hospital organisation's sites mainly serve, by its name."""
    found: dict[str, dict[str, None]] = {}
    for row in _rows("hospitals"):
        found.setdefault(row["organisation"], {})[row["main_area"]] = None
    return {name: tuple(served) for name, served in found.items()}


@_cached
def categories() -> tuple[Category, ...]:
    """The categories of deviations and their spellings, in the table's order."""
    return tuple(Category(**row) for row in _rows("deviation_categories"))


def category_spellings(kind: str) -> dict[str, str]:
    """Every known spelling of a kind's categories, normalised, to the category."""
    return _category_spellings().get(kind, {})


def category_names(kind: str) -> tuple[str, ...]:
    """The categories of a kind, in the table's order."""
    return tuple(dict.fromkeys(row.category for row in categories() if row.kind == kind))


@_cached
def _category_spellings() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for row in categories():
        names = found.setdefault(row.kind, {})
        names |= dict.fromkeys((normalise(row.category), normalise(row.spelling)), row.category)
    return found


@_cached
def organisation_names() -> tuple[OrganisationName, ...]:
    """Organisations known by words in their names, in the table's order; the first that fits."""
    return tuple(
        OrganisationName(normalise(row["contains"]), row["kind"], row["name"])
        for row in _rows("organisations")
    )


def nosam_keys() -> dict[str, str]:
    """The names of NOSAM, normalised, to their keys."""
    return {normalise(name): key for name, key in _nosam().items()}


@_cached
def nosam_areas() -> dict[str, str]:
    """The names of NOSAM, normalised, to the keys of their areas."""
    return {normalise(row["name"]): row["area"] for row in _rows("nosam")}


@_cached
def _nosam() -> dict[str, str]:
    return {row["name"]: row["key"] for row in _rows("nosam")}


@_cached
def events() -> tuple[Event, ...]:
    """Dated events, oldest first."""
    return tuple(sorted((Event(**row) for row in _rows("timeline")), key=lambda event: event.date))


@_cached
def year_wheel() -> tuple[WheelItem, ...]:
    """The fixed items of the collaboration's year, those of every month first."""
    found = (
        WheelItem(
            month=int(row["month"]),
            forums=tuple(forum.strip() for forum in row["forum"].split(",")),
            text=row["item"],
            source=row["source"],
        )
        for row in _rows("year_wheel")
    )
    return tuple(sorted(found, key=lambda item: item.month))


@_cached
def population() -> dict[tuple[str, int], int]:
    """Inhabitants by municipality code and year; a year may cover some municipalities only."""
    return {(row["code"], int(row["year"])): int(row["population"]) for row in _rows("population")}


@_cached
def liability_rates() -> dict[int, LiabilityRate]:
    """The amount per day of each known year; a year whose amount is missing has None."""
    rates = (
        LiabilityRate(
            year=int(row["year"]),
            sek_per_day=int(row["sek_per_day"]) if row["sek_per_day"] else None,
            regulation=row["regulation"],
            confidence=row["confidence"],
            note=row["note"],
        )
        for row in _rows("liability_rates")
    )
    return {rate.year: rate for rate in rates}


@_cached
def liability_rules() -> tuple[LiabilityRule, ...]:
    """The rules of betalningsansvar in the table's order."""
    return tuple(
        LiabilityRule(
            valid_from=row["valid_from"],
            valid_to=row["valid_to"] or "9999",
            care_form=row["care_form"],
            model=row["model"],
            after_days=int(row["after_days"] or 0),
            source=row["source"],
            confidence=row["confidence"],
        )
        for row in _rows("liability_rules")
    )


@_cached
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
    for row in _rows("municipality_aliases"):
        spellings[row["code"]].add(normalise(row["alias"]))
    return {
        spelling: code for code, names in spellings.items() for spelling in _with_code(code, names)
    }


@_cached
def hospital_names() -> dict[str, str]:
    """Every known spelling of a hospital organisation or site, normalised, to its organisation."""
    names: dict[str, str] = {}
    for hospital in hospitals():
        names[normalise(hospital.name)] = hospital.name
        names[normalise(hospital.short_name)] = hospital.name
    return names | {normalise(row["alias"]): row["hospital"] for row in _rows("hospital_aliases")}


@_cached
def outside_county() -> dict[str, str]:
    """Spellings and codes of the municipalities of other counties, normalised, to their names."""
    found: dict[str, str] = {}
    for row in _rows("other_municipalities"):
        plain = normalise(row["name"])
        names = [pattern.format(name=plain) for pattern in _OWN_NAMES]
        found |= dict.fromkeys(_with_code(row["code"], names), row["name"])
    return found


def _with_code(code: str, names: Iterable[str]) -> list[str]:
    """The normalised spellings of a municipality: names, code, and the two written together."""
    together = (form.format(code=code, name=name) for form in _CODED for name in names)
    # A number cell takes leading zeros away and may add a decimal.
    bare = dict.fromkeys((code, code.lstrip("0")))
    return [*names, *bare, *(f"{number}.0" for number in bare), *together]


def place_name(level: str, place: str) -> str:
    """What a place is called: county, area, municipality, hospital or NOSAM.

    A NOSAM that is not in the table keeps its name. Raises KeyError for a place that the level does
    not have.
    """
    match level:
        case "county":
            return {COUNTY: COUNTY_NAME}[place]
        case "area":
            return {area.key: area.name for area in areas()}[place]
        case "municipality":
            return municipality_by_code()[place].name
        case "hospital":
            return {hospital.name: hospital.name for hospital in hospitals()}[place]
        case "nosam":
            return {key: name for name, key in _nosam().items()}.get(place, place)
        case _:
            raise KeyError(level)


def place_order() -> dict[tuple[str, str], tuple[int, int]]:
    """Where each place stands in a list: county, areas in their order, municipalities by area."""
    sort = {area.key: area.sort for area in areas()}
    homes = sorted(municipalities(), key=lambda home: (sort[home.area], home.code))
    order = {("county", COUNTY): (0, 0)}
    order |= {("area", area.key): (1, area.sort) for area in areas()}
    order |= {("municipality", home.code): (2, n) for n, home in enumerate(homes)}
    return order | {("hospital", place.name): (3, n) for n, place in enumerate(hospitals())}


def find_place(text: str, *, level: str | None = None) -> str | None:
    """The key of the place that a person means: a key as it is, else a name; None for no place.

    `level` narrows the search, since an area may be called like a municipality.
    """
    keys = [place for at, place in place_order() if level in (None, at)]
    if text in keys:
        return text
    words = normalise(text)
    names = {
        "county": {normalise(COUNTY_NAME): COUNTY},
        "area": area_names(),
        "municipality": municipality_names(),
        "hospital": hospital_names(),
    }
    found = (known[words] for at, known in names.items() if level in (None, at) and words in known)
    return next(found, None)
