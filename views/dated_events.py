"""What happened when, to be marked in a chart: dated events, and new limits that users started."""

from collections.abc import Sequence

import pandas as pd

import reference
from swedish.periods import months_of
from warehouse.journal.new_limits import NewLimits

# Breaks in a series belong to the datasets they broke, none of which is discharges.
_SERIES_BREAK = "seriebrott"


def events(*, place: str, start: str, end: str) -> pd.DataFrame:
    """The dated events between two months that concern discharges in `place`: `date`, `text`."""
    rows = [
        (event.date, event.text)
        for event in reference.events()
        if event.scope in (reference.COUNTY, place)
        and event.kind != _SERIES_BREAK
        and start <= event.date[:7] <= end
    ]
    return pd.DataFrame(sorted(rows), columns=["date", "text"])


def with_new_limits(events: pd.DataFrame, rebased: Sequence[NewLimits]) -> pd.DataFrame:
    """The events and, among them, where users have started new limits: `date`, `text`."""
    rows = [(f"{months_of(one.period)[0]}-01", f"Nya gränser: {one.reason}") for one in rebased]
    both = [*events.itertuples(index=False, name=None), *rows]
    return pd.DataFrame(sorted(both), columns=["date", "text"])
