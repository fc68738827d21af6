"""A month of a place as Månadsuppföljning shows it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import reference
from charts.columns import LIABILITY_COLUMNS, indicator_columns, ranking_columns
from charts.hospitals import hospital_chart
from charts.markup import cards, cells, tables
from charts.markup.bars import bars_html
from charts.markup.links import address, course
from metrics.catalogue import of_dataset
from metrics.datasets import discharges
from metrics.disclosure.scope import nearest
from swedish.periods import month_name
from ui.shown import figures
from ui.shown.figures import Figure
from views import events as dated
from views import liability, neighbours, summary, trend
from views.liability import LiabilityView
from views.ranking import places
from views.trend import Trend
from warehouse.state import remembered

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Month:
    """The page's parts: markup, words and figures; a figure is None where there is none.

    `beside` is a municipality's line with those of its area and the county, and `protected` what
    of its months is not shown and why; `hospitals` are not shown for a municipality.
    """

    cards: str
    mean: Trend
    missing: "pd.DataFrame"
    events: "pd.DataFrame"
    chart: Figure | None
    protected: str
    beside: Figure | None
    ranking_finding: str
    ranking: Figure
    hospitals_finding: str
    hospitals: Figure | None
    owed: LiabilityView
    owed_table: str
    numbers: str
    file: bytes


# An area's month is about a megabyte with its tables.
@remembered(120)
def month(*, place: str, period: str, part: str) -> Month:
    """The month of the county, an area or a municipality."""
    level = reference.level_of(place)
    name = reference.place_name(level, place)
    where = f"{name}, {month_name(period)}"
    home = neighbours.area_of(place)
    trends = {
        chosen.key: trend.trend(
            chosen.key, place=place, period=period, part=nearest(chosen, level, part)
        )
        for chosen in of_dataset(discharges.KEY)
        if chosen.key in summary.CARDS and level in chosen.levels
    }
    mean = trends["mean_days"]
    start = mean.points["period"].iloc[0] if not mean.points.empty else period
    events = dated.events(place=home, start=start, end=period)
    ranking = places.municipalities("mean_days", place=home, period=period, part=part)
    hospitals = places.hospitals("before_notice_share", place=home, period=period, part=part)
    county = trend.trend("mean_days", place=reference.COUNTY, period=period)
    owed = liability.view(place=place, place_name=name, period=period)
    table = summary.table(place=home, period=period, part=part)
    if level == "municipality":
        table = table[table["place"].isin([reference.COUNTY, home, place])]
    columns = indicator_columns(of_dataset(discharges.KEY))

    def lead(code: str) -> str:
        return address(ranking.indicator, place=code, period=period)

    def followed(hospital: str) -> str:
        return course(hospitals.indicator, followed=hospital, place=home, period=period)

    return Month(
        cards=cards.cards_html(trends.values()),
        mean=mean,
        missing=summary.not_reported(place=home, period=period, part=part),
        events=events,
        chart=figures.of_trend(mean, place_name=name, events=events),
        protected=neighbours.protected(mean) if level == "municipality" else "",
        beside=figures.beside("mean_days", place=place, period=period)
        if level == "municipality"
        else None,
        ranking_finding=ranking.finding,
        ranking=figures.figure(
            bars_html(
                ranking.rows,
                areas={
                    key: one.value
                    for key, one in trend.area_trends(
                        "mean_days", period=period, part=nearest(mean.indicator, "area", part)
                    ).items()
                },
                mark=county.value,
                decimals=ranking.indicator.decimals,
                lead=lead,
            ),
            about=ranking.indicator,
            alt=ranking.alt,
            rows=ranking.rows,
            columns=ranking_columns(
                ranking.indicator, place="Kommun", numerator="Vårddagar", denominator="Utskrivna"
            ),
            caption=f"{ranking.indicator.name}, {where}",
            lead=lead,
        ),
        hospitals_finding=hospitals.finding,
        hospitals=figures.figure(
            hospital_chart(
                hospitals.rows,
                unit=hospitals.indicator.unit,
                decimals=hospitals.indicator.decimals,
                lead=followed,
            ),
            about=hospitals.indicator,
            alt=hospitals.alt,
            rows=hospitals.rows,
            columns=ranking_columns(
                hospitals.indicator,
                place="Sjukhus",
                numerator="Utskrivna före meddelande",
                denominator="Alla utskrivna",
            ),
            caption=f"{hospitals.indicator.name} per sjukhus, patienter från hela länet, "
            f"{month_name(period)}",
            lead=followed,
        )
        if level != "municipality"
        else None,
        owed=owed,
        owed_table=tables.table_html(
            owed.rows,
            LIABILITY_COLUMNS,
            caption=f"Betalningsansvar, {where}. {liability.CAUTION}",
            lead=lead,
        ),
        numbers=tables.table_html(table, columns, caption=where, lead=lead),
        file=cells.table_csv(table, columns),
    )
