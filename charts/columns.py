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
class TableColumn:
    """A table's column: the frame's column `key`, its heading, and decimals (None for text).

    `show` writes a text cell. Where the frame has `<key>_status`, or else `status`, it says why a
    value is not known. A first column that `lists` names places, which the reader may put in the
    order of any column.
    """

    key: str
    head: str
    decimals: int | None = None
    show: Callable[[str], str] = str
    lists: bool = False


LIABILITY_COLUMNS = (
    TableColumn("name", "Kommun", lists=True),
    TableColumn("mean", "Genomsnitt (dagar)", 2),
    TableColumn("liable", "Betalningsansvar"),
    TableColumn("days", "Dagar att betala för", 1),
    TableColumn("amount", "Belopp (kr)", 0),
    TableColumn("reason", "Anmärkning"),
)
"""The columns of `views.liability`."""

RECIPIENT_COLUMNS = (
    TableColumn("name", "Mottagare"),
    TableColumn("ceiling", "Får rekvirera (kr)", 0),
    TableColumn("requisitioned", "Rekvirerat (kr)", 0),
    TableColumn("used", "Använt (kr)", 0),
    TableColumn("left", "Kvar av rekvirerat (kr)", 0),
    TableColumn("unclaimed", "Kan ännu rekvireras (kr)", 0),
)
"""The columns of the recipients of a programme (`views.funds.tables`)."""


def trend_columns(indicator: Indicator) -> list[TableColumn]:
    """The columns of a trend's points."""
    decimals = indicator.decimals
    return [
        TableColumn("period", GRAINS[indicator.grain].capitalize(), show=period_name),
        TableColumn("value", _headed(indicator), decimals),
        TableColumn("mean", "Medel", decimals),
        TableColumn("lower", "Undre gräns", decimals),
        TableColumn("upper", "Övre gräns", decimals),
        TableColumn("point_type", "Läsning", show=_point_word),
    ]


def ranking_columns(
    indicator: Indicator, *, place: str, numerator: str, denominator: str
) -> list[TableColumn]:
    """The columns of a ranking: what a place is called, and what the value is made of."""
    return [
        TableColumn("name", place, lists=True),
        TableColumn("value", _headed(indicator), indicator.decimals),
        TableColumn("numerator", numerator, 0),
        TableColumn("denominator", denominator, 0),
    ]


def comparison_columns(indicator: Indicator, *, place: str) -> list[TableColumn]:
    """The columns of a comparison: value, its 95 % interval where there is one, and its parts.

    A sum or a ratio has its measures for parts; days above a mean, or a median, has not.
    """
    ends = [
        TableColumn("low", "Konfidensintervall från", indicator.decimals),
        TableColumn("high", "till", indicator.decimals),
    ]
    terms = {"numerator": indicator.numerator, "denominator": indicator.denominator}
    parts = [
        TableColumn(key, measured(term, indicator.dataset).capitalize(), 0)
        for key, term in terms.items()
        if term is not None and indicator.calculation in ("sum", "ratio")
    ]
    value = TableColumn("value", _headed(indicator), indicator.decimals)
    intervals = ends if uncertainty.method(indicator) else []
    return [TableColumn("name", place, lists=True), value, *intervals, *parts]


def country_columns(indicator: Indicator) -> list[TableColumn]:
    """The columns of `views.ranking.country`: a municipality beside those that are similar."""
    decimals = indicator.decimals
    return [
        TableColumn("name", "Kommun", lists=True),
        TableColumn("value", _headed(indicator), decimals),
        TableColumn("similar", "Liknande kommuner, median", decimals),
        TableColumn("similar_lower", "undre kvartil", decimals),
        TableColumn("similar_upper", "övre kvartil", decimals),
        TableColumn("similar_count", "antal liknande", 0),
    ]


def line_columns(values: pd.DataFrame, indicator: Indicator) -> list[TableColumn]:
    """The columns of a few places over time, a row for each period."""
    places = [TableColumn(str(name), str(name), indicator.decimals) for name in values.columns]
    return [TableColumn("period", GRAINS[indicator.grain].capitalize(), show=period_name), *places]


def panel_columns(values: pd.DataFrame, indicator: Indicator) -> list[TableColumn]:
    """The columns of all municipalities over time: a row for each, the latest period first."""
    periods = [str(period) for period in reversed(values.index)]
    shown = [TableColumn(period, period_short(period), indicator.decimals) for period in periods]
    return [TableColumn("name", "Kommun", lists=True), *shown]


def indicator_columns(indicators: Iterable[Indicator]) -> list[TableColumn]:
    """A column for each indicator, as in `summary.table`."""
    measured = [TableColumn(chosen.key, _headed(chosen), chosen.decimals) for chosen in indicators]
    return [TableColumn("name", "Plats", lists=True), *measured]


def _headed(indicator: Indicator) -> str:
    unit = HEAD_UNITS.get(indicator.unit, indicator.unit)
    return f"{indicator.short} ({unit})" if unit else indicator.short


def _point_word(point_type: str) -> str:
    return POINT_READINGS[cast(PointType, point_type)].word
