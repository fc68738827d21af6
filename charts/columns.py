"""The columns of tables of finished numbers: what they are called and how they are written."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import cast

import pandas as pd

from metrics.catalogue import Indicator, measured
from metrics.spc.xmr import POINT_READINGS, PointType
from metrics.statistics import uncertainty
from swedish.periods import GRAINS, period_name, period_short

# In a heading the short name says the rest.
HEAD_UNITS = {
    "procent": "%",
    "antal": "",
    "dagar per 1 000 invånare": "",
    "per 10 000 invånare": "",
}


@dataclass(frozen=True)
class Column:
    """A table's column: the frame's column `key`, its heading, and decimals (None for text).

    `show` writes a text cell. Where the frame has `<key>_status`, or else `status`, it says why a
    value is not known.
    """

    key: str
    head: str
    decimals: int | None = None
    show: Callable[[str], str] = str


LIABILITY_COLUMNS = (
    Column("name", "Kommun"),
    Column("mean", "Genomsnitt (dagar)", 2),
    Column("liable", "Betalningsansvar"),
    Column("days", "Dagar att betala för", 1),
    Column("amount", "Belopp (kr)", 0),
    Column("reason", "Anmärkning"),
)
"""The columns of `views.liability`."""

RECIPIENT_COLUMNS = (
    Column("name", "Mottagare"),
    Column("ceiling", "Får rekvirera (kr)", 0),
    Column("requisitioned", "Rekvirerat (kr)", 0),
    Column("used", "Använt (kr)", 0),
    Column("left", "Kvar av rekvirerat (kr)", 0),
    Column("unclaimed", "Kan ännu rekvireras (kr)", 0),
)
"""The columns of the recipients of a programme (`views.funds.tables`)."""


def trend_columns(indicator: Indicator) -> list[Column]:
    """The columns of a trend's points."""
    decimals = indicator.decimals
    return [
        Column("period", GRAINS[indicator.grain].capitalize(), show=period_name),
        Column("value", _headed(indicator), decimals),
        Column("mean", "Medel", decimals),
        Column("lower", "Undre gräns", decimals),
        Column("upper", "Övre gräns", decimals),
        Column("point_type", "Läsning", show=_point_word),
    ]


def ranking_columns(
    indicator: Indicator, *, place: str, numerator: str, denominator: str
) -> list[Column]:
    """The columns of a ranking: what a place is called, and what the value is made of."""
    return [
        Column("name", place),
        Column("value", _headed(indicator), indicator.decimals),
        Column("numerator", numerator, 0),
        Column("denominator", denominator, 0),
    ]


def comparison_columns(indicator: Indicator, *, place: str) -> list[Column]:
    """The columns of a comparison: value, its 95 % interval where there is one, and its parts."""
    ends = [
        Column("low", "Konfidensintervall från", indicator.decimals),
        Column("high", "till", indicator.decimals),
    ]
    parts = [Column("numerator", measured(indicator.numerator, indicator.dataset).capitalize(), 0)]
    if indicator.denominator is not None:
        parts.append(
            Column(
                "denominator", measured(indicator.denominator, indicator.dataset).capitalize(), 0
            )
        )
    value = Column("value", _headed(indicator), indicator.decimals)
    intervals = ends if uncertainty.method(indicator) else []
    return [Column("name", place), value, *intervals, *parts]


def line_columns(values: pd.DataFrame, indicator: Indicator) -> list[Column]:
    """The columns of a few places over time, a row for each period."""
    places = [Column(str(name), str(name), indicator.decimals) for name in values.columns]
    return [Column("period", GRAINS[indicator.grain].capitalize(), show=period_name), *places]


def panel_columns(values: pd.DataFrame, indicator: Indicator) -> list[Column]:
    """The columns of all municipalities over time: a row for each, the latest period first."""
    periods = [str(period) for period in reversed(values.index)]
    shown = [Column(period, period_short(period), indicator.decimals) for period in periods]
    return [Column("name", "Kommun"), *shown]


def indicator_columns(indicators: Iterable[Indicator]) -> list[Column]:
    """A column for each indicator, as in `summary.table`."""
    measured = [Column(chosen.key, _headed(chosen), chosen.decimals) for chosen in indicators]
    return [Column("name", "Plats"), *measured]


def _headed(indicator: Indicator) -> str:
    unit = HEAD_UNITS.get(indicator.unit, indicator.unit)
    return f"{indicator.short} ({unit})" if unit else indicator.short


def _point_word(point_type: str) -> str:
    return POINT_READINGS[cast(PointType, point_type)].word
