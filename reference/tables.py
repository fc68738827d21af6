"""The reference tables: places, hospitals, events, amounts and rules, row by row."""

import csv
from dataclasses import dataclass

from reference.files import cached, rows
from settings import SHIPPED

COUNTY = "lan"
"""The county's key, whichever county it is."""


@dataclass(frozen=True)
class County:
    """The county: its name, as in `Skåne`, and in full, as in `Skåne län`; who a briefing is for.

    `spellings` are its other names, `federations` those of its federations of municipalities,
    `makers` of those who make reports and of systems that they name.
    `discharges_system`, `deviations_system` and `portal` are what the systems that data comes from
    and the portal of statistics are called.
    """

    name: str
    full_name: str
    forum: str
    spellings: tuple[str, ...]
    federations: tuple[str, ...]
    makers: tuple[str, ...]
    discharges_system: str
    deviations_system: str
    portal: str


@dataclass(frozen=True)
class Area:
    """A vårdsamverkansområde; `sort` is its place in the customary order."""

    key: str
    name: str
    full_name: str
    sort: int


@dataclass(frozen=True)
class Municipality:
    """A municipality with its area, its federation and its place on the tile map."""

    code: str
    name: str
    area: str
    federation: str
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
    """A fixed item of the year: `month` 1-12, 0 for every month, and the forums it concerns.

    `area` is the key of the area whose forums they are, or the county's.
    """

    month: int
    area: str
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


@cached
def county() -> County:
    """The county that the tables are of. Raises SettingsError where a name or the forum lacks."""
    said: dict[str, list[str]] = {}
    for row in rows("county"):
        said.setdefault(row["kind"], []).append(row["text"])
    return County(
        name=said["name"][0],
        full_name=said["full_name"][0],
        forum=said["forum"][0],
        spellings=tuple(said.get("spelling", ())),
        federations=tuple(said.get("federation", ())),
        makers=tuple(said.get("maker", ())),
        discharges_system=said.get("discharges_system", ["utskrivningssystemet"])[0],
        deviations_system=said.get("deviations_system", ["avvikelsesystemet"])[0],
        portal=said.get("portal", ["statistikportalen"])[0],
    )


@cached
def areas() -> tuple[Area, ...]:
    """The areas in their customary order."""
    unsorted = (
        Area(key=row["key"], name=row["name"], full_name=row["full_name"], sort=int(row["sort"]))
        for row in rows("areas")
    )
    return tuple(sorted(unsorted, key=lambda area: area.sort))


@cached
def municipalities() -> tuple[Municipality, ...]:
    """The county's municipalities by code."""
    unsorted = (
        Municipality(
            code=row["code"],
            name=row["name"],
            area=row["area"],
            federation=row["federation"],
            tile_col=int(row["tile_col"]),
            tile_row=int(row["tile_row"]),
        )
        for row in rows("municipalities")
    )
    return tuple(sorted(unsorted, key=lambda municipality: municipality.code))


@cached
def municipality_by_code() -> dict[str, Municipality]:
    """The county's municipalities by four-digit code."""
    return {municipality.code: municipality for municipality in municipalities()}


@cached
def hospitals() -> tuple[Hospital, ...]:
    """The hospital organisations in the table's order; the first site decides the main area."""
    by_name: dict[str, Hospital] = {}
    for row in rows("hospitals"):
        name = row["organisation"]
        by_name.setdefault(name, Hospital(name, row["short_name"] or name, row["main_area"]))
    return tuple(by_name.values())


@cached
def hospital_areas() -> dict[str, tuple[str, ...]]:
    """The areas that each hospital organisation's sites mainly serve, by its name."""
    areas_by_hospital: dict[str, dict[str, None]] = {}
    for row in rows("hospitals"):
        areas_by_hospital.setdefault(row["organisation"], {})[row["main_area"]] = None
    return {name: tuple(served) for name, served in areas_by_hospital.items()}


@cached
def categories() -> tuple[Category, ...]:
    """The categories of deviations and their spellings, in the table's order."""
    return tuple(Category(**row) for row in rows("deviation_categories"))


def category_names(kind: str) -> tuple[str, ...]:
    """The categories of a kind, in the table's order."""
    return tuple(dict.fromkeys(row.category for row in categories() if row.kind == kind))


@cached
def events() -> tuple[Event, ...]:
    """Dated events, oldest first."""
    return tuple(sorted((Event(**row) for row in rows("timeline")), key=lambda event: event.date))


@cached
def demo_events() -> tuple[Event, ...]:
    """The dated events that the demo data has in it, and nothing else knows of."""
    with (SHIPPED / "demo" / "reference" / "timeline.csv").open(encoding="utf-8") as file:
        return tuple(Event(**row) for row in csv.DictReader(file))


@cached
def year_wheel() -> tuple[WheelItem, ...]:
    """The fixed items of the collaboration's year, those of every month first."""
    unsorted = (
        WheelItem(
            month=int(row["month"]),
            area=row["area"],
            forums=tuple(forum.strip() for forum in row["forum"].split(",")),
            text=row["item"],
            source=row["source"],
        )
        for row in rows("year_wheel")
    )
    return tuple(sorted(unsorted, key=lambda item: item.month))


@cached
def population() -> dict[tuple[str, int], int]:
    """Inhabitants by municipality code and year; a year may cover some municipalities only."""
    return {(row["code"], int(row["year"])): int(row["population"]) for row in rows("population")}


@cached
def liability_rates() -> dict[int, LiabilityRate]:
    """The amount per day of each known year; a year whose amount is missing has None."""
    rates = (
        LiabilityRate(
            year=int(row["year"]),
            sek_per_day=int(row["sek_per_day"]) if row["sek_per_day"] else None,
            confidence=row["confidence"],
            note=row["note"],
        )
        for row in rows("liability_rates")
    )
    return {rate.year: rate for rate in rates}


@cached
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
        for row in rows("liability_rules")
    )
