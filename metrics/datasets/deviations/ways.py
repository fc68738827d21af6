"""From whom to whom cases go: what the ends of a way are called, seen from a place."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import reference
from swedish import typography

TOTAL = "Summa"
_OTHERS = "Andra kommuner"


@dataclass(frozen=True)
class Way:
    """How many cases of a quarter go one way, as a place (the county or an area) sees them."""

    place: str
    sender_level: str
    sender: str
    receiver_level: str
    receiver: str
    cases: float

    @property
    def ends(self) -> tuple[str, str]:
        """The sender and the receiver as the place's table names them."""
        return (
            shown_name(self.sender_level, self.sender, self.place),
            shown_name(self.receiver_level, self.receiver, self.place),
        )


def shown_name(level: str, at: str, place: str) -> str:
    """What an end is called in a place's table.

    In the county municipalities stand together by area, in an area those of the others do;
    hospitals go by their short names.
    """
    if level == "hospital":
        return {hospital.name: hospital.short_name for hospital in reference.hospitals()}[at]
    if level != "municipality":
        return at
    home = reference.municipality_by_code()[at]
    if place == home.area:
        return home.name
    area = reference.place_name("area", home.area)
    return area if place == reference.COUNTY else _OTHERS


def sums(ways: Iterable[Way]) -> dict[tuple[str, str], float]:
    """The cases from each end to each, of one place's ways."""
    cases_by_ends: dict[tuple[str, str], float] = {}
    for way in ways:
        cases_by_ends[way.ends] = cases_by_ends.get(way.ends, 0.0) + way.cases
    return cases_by_ends


def in_order(names: Collection[str]) -> list[str]:
    """Places in the order of every table, then other organisations in that of the alphabet."""
    order = reference.place_order()
    short = {hospital.name: hospital.short_name for hospital in reference.hospitals()}
    listed = [
        short.get(at[1]) or reference.place_name(*at) for at in sorted(order, key=order.__getitem__)
    ]
    others = sorted(names, key=typography.sort_key)
    return [name for name in dict.fromkeys([*listed, *others]) if name in names]
