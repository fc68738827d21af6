"""Breaks in a series: from the day of one, figures are reported in another way.

What is before a break is no measure of what comes after: limits are of each side by itself, no
rule looks across, and nothing is compared without saying so. Breaks are the rows of kind
`seriebrott` in `timeline.csv`, and demo data has its own.
"""

from collections.abc import Iterable, Sequence

import reference
from metrics import loaded
from reference import Event
from swedish.periods import months_of, next_period

# Breaks belong to the datasets they broke, none of which is discharges.
KIND = "seriebrott"


def breaks(dataset: str, *, place: str) -> tuple[Event, ...]:
    """The breaks of a dataset that touch `place`, oldest first.

    The county holds every area, a break in the whole county touches each of them, and a
    municipality is touched by those of its area. A place of which no area is known may be anywhere.
    """
    own = {reference.COUNTY, *_areas_of(place)}
    return tuple(
        event
        for event in known_events()
        if event.kind == KIND
        and event.dataset in (dataset, "")
        and (event.scope in own or len(own) == 1)
    )


def known_events() -> tuple[Event, ...]:
    """The dated events of the county and, while demo data is shown, those that it has in it."""
    return reference.events() + (reference.demo_events() if loaded.is_demo() else ())


def starts(crossed: Iterable[Event], periods: Sequence[str]) -> list[int]:
    """The positions, from 1, of the periods where a side of a break begins, in a series in order.

    A period that has the break within it is of neither side, and stands by itself.
    """
    begun = []
    for event in crossed:
        begun.append(1 + sum(begins(at) < event.date for at in periods))
        begun.append(1 + sum(begins(next_period(at)) <= event.date for at in periods))
    return sorted({at for at in begun if 1 < at <= len(periods)})


def compares_across(event: Event, period_a: str, period_b: str) -> bool:
    """Whether a comparison of two periods, in either order, has the break between or in them."""
    first, last = sorted((period_a, period_b))
    return begins(first) < event.date < begins(next_period(last))


def begins(period: str) -> str:
    """The day that a month, a quarter or a year begins, as text that sorts with dates."""
    return f"{months_of(period)[0]}-01"


def _areas_of(place: str) -> tuple[str, ...]:
    home = reference.municipality_by_code().get(place)
    if home is not None:
        return (home.area,)
    if any(area.key == place for area in reference.areas()):
        return (place,)
    return reference.hospital_areas().get(place, ())
