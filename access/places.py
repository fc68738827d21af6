"""Which area a place is of, as rights are given for areas."""

from collections.abc import Iterable

import reference
from access.rights import EVERY


def areas_of(places: Iterable[str]) -> frozenset[str]:
    """The areas of municipalities and areas, by key or name; of anything else, the whole county."""
    area_by_place = {place: _area(place) for place in set(places)}
    return frozenset(area_by_place.values())


def _area(place: str) -> str:
    home = reference.municipality_by_code().get(place)
    if home is not None:
        return home.area
    if key := reference.find_place(place, level="area"):
        return key
    code = reference.find_place(place, level="municipality")
    return reference.municipality_by_code()[code].area if code else EVERY
