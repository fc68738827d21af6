"""Breaks in a series: from which day figures are reported in another way, and where.

Nothing is compared across a break without saying so. The breaks are the rows of kind `seriebrott`
in `timeline.csv`.
"""

import reference
from reference import Event
from swedish.periods import MONTHS, next_period

_KIND = "seriebrott"
_FIRST_MONTHS = {"1": "01", "2": "04", "3": "07", "4": "10"}


def breaks(dataset: str, *, place: str) -> tuple[Event, ...]:
    """The breaks of a dataset that touch `place`, an area's key or the county's, oldest first.

    The county holds every area, and a break in the whole county touches each of them.
    """
    return tuple(
        event
        for event in reference.events()
        if event.kind == _KIND
        and event.dataset in (dataset, "")
        and (event.scope in (place, reference.COUNTY) or place == reference.COUNTY)
    )


def compares_across(event: Event, period_a: str, period_b: str) -> bool:
    """Whether a comparison of two periods, in either order, has the break between or in them."""
    first, last = sorted((period_a, period_b))
    return _first_day(first) < event.date < _first_day(next_period(last))


def break_sentence(event: Event) -> str:
    """`Seriebrott den 1 april 2021 (Göteborgsområdet): avvikelser rapporteras enbart …`"""
    year, month, day = event.date.split("-")
    level = "county" if event.scope == reference.COUNTY else "area"
    return (
        f"Seriebrott den {int(day)} {MONTHS[int(month) - 1]} {year} "
        f"({reference.place_name(level, event.scope)}): {event.text[:1].lower()}{event.text[1:]}."
    )


def _first_day(period: str) -> str:
    """The day that a month, a quarter or a year begins, as text that sorts with dates."""
    year, _, part = period.partition("-")
    return f"{year}-{_FIRST_MONTHS.get(part[1:], '01') if part[:1] == 'K' else part or '01'}-01"
