"""What the texts of a column mean: values, totals, and what is none; each distinct text once."""

import reference
from loaders.declaration import Column, Meaning
from loaders.kinds import periods
from loaders.kinds.organisations import organisation
from loaders.kinds.places import municipality_named, place_named
from loaders.kinds.total_words import is_sum, is_total, without_total
from swedish.periods import parse_month, parse_quarter

_STATES = {
    "municipality": "ok",
    "outside": "outside-county",
    "unknown": "unknown-municipality",
}


def month(_: Column, text: str) -> str | None:
    """The month that a text names, or is the whole of."""
    return parse_month(text) or periods.whole_month(text)


def quarter(_: Column, text: str) -> str | None:
    """The quarter that a text names."""
    return parse_quarter(text)


def year(_: Column, text: str) -> str | None:
    """The year that a text names."""
    return periods.year(text)


def period(_: Column, text: str) -> str | None:
    """The period of any length that a text names."""
    return periods.period(text)


def municipality(_: Column, text: str) -> str | None:
    """The code of one of the county's municipalities."""
    return municipality_named(reference.normalise(text))


def hospital(_: Column, text: str) -> str | None:
    """The name of a hospital."""
    return reference.hospital_names().get(reference.normalise(text))


def spelled(column: Column, text: str) -> str | None:
    """The value of a choice or a category by one of its spellings."""
    return column.spellings.get(reference.normalise(text))


def of_value(column: Column, text: str, tables: bool) -> Meaning:
    """A value of a dimension, a total, or a text that is let through.

    In `tables` of counts anything that means all is a total; a single record may well be of all.
    """
    kind = column.kind
    if kind.value and (value := kind.value(column, text)):
        if kind.period and not periods.possible(value, ahead=column.ahead):
            return None, kind.fault
        return value, "ok"
    if is_total(text) if tables else is_sum(text):
        return None, "total"
    said, rest = without_total(text)
    if tables and said and kind.period and kind.value and kind.value(column, rest):
        return None, "total"
    if kind.open:
        dash = reference.normalise(text) in ("", "-")
        return (None, "empty") if dash else (text.strip(), "ok")
    return None, kind.fault


def of_municipality(_: Column, text: str, tables: bool) -> Meaning:
    """A municipality's code, or what else stands in its place."""
    place = place_named(text)
    if not tables and place.kind in ("area", "county", "total"):
        return None, "total" if is_sum(text) else "unknown-municipality"
    return place.key, _STATES.get(place.kind, place.kind)


def of_organisation(_: Column, text: str, __: bool) -> Meaning:
    """`municipality:1480`, or the name of another kind of organisation."""
    if reference.normalise(text) in ("", "-"):
        return None, "empty"
    named = organisation(text)
    return f"{named.kind}:{named.name}", "ok"
