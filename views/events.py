"""What happened when: events, breaks and new limits that charts mark."""

from collections.abc import Sequence

import pandas as pd

import reference
from metrics.breaks import KIND, begins, known_events
from reference import Event
from swedish.periods import MONTHS
from warehouse.journal.new_limits import NewLimits


def events(*, place: str, start: str, end: str) -> pd.DataFrame:
    """The dated events between two months that concern discharges in `place`: `date`, `text`."""
    rows = [
        (event.date, event.text)
        for event in known_events()
        if event.scope in (reference.COUNTY, place)
        and event.kind != KIND
        and start <= event.date[:7] <= end
    ]
    return pd.DataFrame(sorted(rows), columns=["date", "text"])


def marked(
    rebased: Sequence[NewLimits], broken: Sequence[Event], *, events: pd.DataFrame | None = None
) -> pd.DataFrame:
    """What a chart marks: where users have started new limits, breaks, and the `events`.

    `date` and `text`, the earliest first.
    """
    rows = [(begins(one.period), f"Nya gränser: {one.reason}") for one in rebased]
    rows += [(event.date, event.text) for event in broken]
    if events is not None:
        rows += events.itertuples(index=False, name=None)
    return pd.DataFrame(sorted(rows), columns=["date", "text"])


def break_sentence(event: Event) -> str:
    """`Seriebrott den 1 april 2021 (Göteborgsområdet): avvikelser rapporteras enbart …`"""
    year, month, day = event.date.split("-")
    level = "county" if event.scope == reference.COUNTY else "area"
    return (
        f"Seriebrott den {int(day)} {MONTHS[int(month) - 1]} {year} "
        f"({reference.place_name(level, event.scope)}): {event.text[:1].lower()}{event.text[1:]}."
    )
