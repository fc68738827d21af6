"""What happened when: events and new limits that charts mark, and breaks in a series.

From the day of a break figures are reported in another way; nothing is compared across it without
saying so. Breaks are the rows of kind `seriebrott` in `timeline.csv`, and demo data has its own.
"""

from collections.abc import Sequence

import pandas as pd

import reference
from metrics import loaded
from reference import Event
from swedish.periods import MONTHS, months_of, next_period
from warehouse.journal.new_limits import NewLimits

# Breaks belong to the datasets they broke, none of which is discharges.
_BREAK = "seriebrott"


def events(*, place: str, start: str, end: str) -> pd.DataFrame:
    """The dated events between two months that concern discharges in `place`: `date`, `text`."""
    rows = [
        (event.date, event.text)
        for event in _known()
        if event.scope in (reference.COUNTY, place)
        and event.kind != _BREAK
        and start <= event.date[:7] <= end
    ]
    return pd.DataFrame(sorted(rows), columns=["date", "text"])


def with_new_limits(events: pd.DataFrame, rebased: Sequence[NewLimits]) -> pd.DataFrame:
    """The events and, among them, where users have started new limits: `date`, `text`."""
    rows = [(_first_day(one.period), f"Nya gränser: {one.reason}") for one in rebased]
    both = [*events.itertuples(index=False, name=None), *rows]
    return pd.DataFrame(sorted(both), columns=["date", "text"])


def breaks(dataset: str, *, place: str) -> tuple[Event, ...]:
    """The breaks of a dataset that touch `place`, an area's key or the county's, oldest first.

    The county holds every area, and a break in the whole county touches each of them.
    """
    return tuple(
        event
        for event in _known()
        if event.kind == _BREAK
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


def _known() -> tuple[Event, ...]:
    """Those of the county and, while demo data is shown, those that it has in it."""
    return reference.events() + (reference.demo_events() if loaded.is_demo() else ())


def _first_day(period: str) -> str:
    """The day that a month, a quarter or a year begins, as text that sorts with dates."""
    return f"{months_of(period)[0]}-01"
