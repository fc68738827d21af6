"""What has been delivered: every period and area of a dataset against when it was due."""

import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

import reference
from metrics.catalogue import Indicator, indicators
from metrics.datasets import datasets
from metrics.due import due, last_ended
from metrics.values import Value, values
from settings.declared import Settings
from swedish import typography
from swedish.periods import period_name, previous_period

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("period", "place", "name", "reported", "expected", "state", "due")
_SHOWN_BACK = {"month": 12, "quarter": 8, "year": 3}
_PERIODS = {"month": "månader", "quarter": "kvartal", "year": "år"}
_NOTHING = ("missing", "none")


class DeliveryState(StrEnum):
    """How it stands with a period of an area; LATE is the latest that is due, MISSING older."""

    DELIVERED = "delivered"
    PARTIAL = "partial"
    LATE = "late"
    MISSING = "missing"
    WAITING = "waiting"


def deliveries() -> dict[str, Indicator]:
    """What comes every month, quarter or year, each with an indicator that tells if it has come.

    Keyed by the dataset; indicators that are delivered as such come each by itself, by their key.
    """
    by_delivery: dict[str, Indicator] = {}
    for chosen in indicators().values():
        if "area" in chosen.levels and datasets()[chosen.dataset].writing:
            by_delivery.setdefault(delivery_of(chosen), chosen)
    return by_delivery


def delivery_of(chosen: Indicator) -> str:
    """What an indicator comes with, as a key of `deliveries`."""
    return chosen.key if datasets()[chosen.dataset].alone else chosen.dataset


def coverage(delivery: str, *, today: datetime.date, settings: Settings) -> "pd.DataFrame":
    """A row for each period and area, newest period first, with the columns of COLUMNS.

    It reaches from the first period that is in force, or some back where there is none, to the
    last that has ended. `state` is of DeliveryState. Raises KeyError for what is not in
    `deliveries`.
    """
    import pandas as pd

    chosen = deliveries()[delivery]
    held = {(v.period, v.place): v for v in values(indicator=chosen.key, level="area")}
    end = last_ended(chosen.grain, today=today)
    first = min((period for period, _ in held), default="9999")
    periods = [end]
    while periods[-1] > first or (not held and len(periods) < _SHOWN_BACK[chosen.grain]):
        periods.append(previous_period(periods[-1]))
    late = max((p for p in periods if due(p, settings=settings) < today), default="")
    rows = []
    for period in periods:
        for area in sorted(reference.areas(), key=lambda area: area.sort):
            value = held.get((period, area.key))
            reported = value.reported if value else 0
            expected = value.expected if value else 0
            rows.append(
                {
                    "period": period,
                    "place": area.key,
                    "name": area.name,
                    "reported": reported,
                    "expected": expected,
                    "state": _state(period, value, late=late),
                    "due": due(period, settings=settings),
                }
            )
    return pd.DataFrame(rows, columns=list(COLUMNS))


def late(delivery: str, *, place: str, today: datetime.date, settings: Settings) -> str:
    """`Leverans av utskrivningsklara saknas för juli 2019.`; empty where nothing is late.

    The periods that were due before today, and have not come from the place, the county or an area,
    at all. Raises KeyError for what is not in `deliveries`.
    """
    table = coverage(delivery, today=today, settings=settings)
    absent = table[table["state"].isin([DeliveryState.LATE, DeliveryState.MISSING])]
    areas = {place} if place != reference.COUNTY else set(table["place"])
    wanting = absent[absent["place"].isin(areas)].groupby("period")["place"].nunique()
    periods = sorted(str(period) for period, count in wanting.items() if count == len(areas))
    if not periods:
        return ""
    said = typography.enumerate_words([period_name(period) for period in periods])
    if len(periods) > typography.MOST_NAMES:
        many = _PERIODS[deliveries()[delivery].grain]
        said = f"{len(periods)} {many}, senast {period_name(periods[-1])}"
    return f"Leverans av {said_of(deliveries()[delivery])} saknas för {said}."


def said_of(chosen: Indicator) -> str:
    """What is delivered, as it stands in a sentence: `utskrivningsklara`, `måttet Gjorda SIP`."""
    page = datasets()[chosen.dataset].page
    return page.about if page else f"måttet {chosen.name}"


def _state(period: str, value: Value | None, *, late: str) -> DeliveryState:
    # Of part of a quarter, or of numbers that are all confidential, no municipality counts as
    # reported, but something has come.
    if value is not None and (value.reported or value.status not in _NOTHING):
        return (
            DeliveryState.DELIVERED if value.reported >= value.expected else DeliveryState.PARTIAL
        )
    if period > late:
        return DeliveryState.WAITING
    return DeliveryState.LATE if period == late else DeliveryState.MISSING
