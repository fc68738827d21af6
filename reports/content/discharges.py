"""What reports say of the discharge-ready in a month: numbers, municipalities, liability, gaps."""

from dataclasses import dataclass

import reference
from charts.columns import indicator_columns, ranking_columns, trend_columns
from charts.markup import cells
from metrics.catalogue import of_dataset
from reports.content import basis, figures, liability
from reports.content.basis import View
from reports.model import Block, Facts, Table, Text
from settings import settings
from swedish import typography
from swedish.periods import period_name, previous_period
from views import highlights, scoreboard, summary, trend
from views.cards import Fact
from views.trend import Trend
from warehouse.state import remembered

KEYS = ("mean_days", "discharges", "ready_days", "same_day_share", "before_notice_share")
_UNITS = {"antal": "patienter", "procent": "%"}
MOST_POINTS = 5


@dataclass(frozen=True)
class Month:
    """A place's month: the trends of KEYS, and its municipalities in order."""

    view: View
    trends: dict[str, Trend]
    county: Trend
    ranking: summary.Ranking

    @property
    def mean(self) -> Trend:
        """The mean days as discharge-ready."""
        return self.trends["mean_days"]


# Every part of a report asks for the same month.
@remembered(4)
def month(chosen: View) -> Month:
    """The month of the view."""
    trends = trend.trends(KEYS, **chosen.where)
    county = trend.trend("mean_days", place=reference.COUNTY, period=chosen.period)
    return Month(chosen, trends, county, summary.municipalities("mean_days", **chosen.where))


def points(chosen: View) -> tuple[str, ...]:
    """What to bring up of the month, the weightiest first: at most MOST_POINTS sentences."""
    board = scoreboard.board(period=chosen.period, place=chosen.place)
    found = highlights.highlights(
        board,
        **chosen.where,
        part="alla",
        today=chosen.made.date(),
        settings=settings(),
    )
    return tuple(one.text for one in found[:MOST_POINTS]) or (highlights.NOTHING,)


def numbers(shown: Month) -> tuple[Block, ...]:
    """The month as cards, in words and over time."""
    facts = Facts(tuple(fact(one) for one in shown.trends.values()))
    return facts, Text(shown.mean.finding), figures.series_chart(shown.mean)


def compared(shown: Month) -> tuple[Block, ...]:
    """The municipalities of an area, or the areas of the county, beside each other."""
    if shown.view.place != reference.COUNTY:
        chart = figures.municipality_chart(shown.ranking, (shown.mean, shown.county))
        return Text(shown.ranking.finding), chart
    areas = list(trend.area_trends("mean_days", period=shown.view.period).values())
    said = figures.areas_finding(areas, shown.county)
    return (
        Text(said),
        Text(shown.ranking.finding),
        figures.area_chart(areas, shown.county, alt=f"Stapeldiagram. {said}"),
    )


def owed(shown: Month) -> Text:
    """Which municipalities are liable."""
    return Text(liability.finding(shown.view))


def fact(shown: Trend) -> Fact:
    """An indicator's period as a card: value, and the one before."""
    about = shown.indicator
    value = cells.number(shown.value, shown.status, about.decimals)
    before = period_name(previous_period(shown.period))
    note = f"{typography.number(shown.previous, about.decimals)} {before}"
    return Fact(about.short, value, _UNITS.get(about.unit, about.unit), note)


def tables(shown: Month) -> tuple[Table, ...]:
    """The month's numbers as tables."""
    chosen, mean, ranking = shown.view, shown.mean, shown.ranking
    when = f"{chosen.place_name}, {chosen.when}"
    hospitals = summary.hospitals("before_notice_share", **chosen.where)
    return (
        figures.table(
            summary.table(**chosen.where),
            indicator_columns(of_dataset("discharges")),
            title=f"Alla mått, {when}",
            name="Alla mått",
        ),
        figures.table(
            mean.points,
            trend_columns(mean.indicator),
            title=f"{mean.indicator.name}, {mean.place_name}, månad för månad",
            name="Månad för månad",
        ),
        figures.table(
            ranking.rows,
            ranking_columns(
                ranking.indicator, place="Kommun", numerator="Vårddagar", denominator="Utskrivna"
            ),
            title=f"{ranking.indicator.name} per kommun, {when}",
            name="Kommuner",
        ),
        figures.table(
            hospitals.rows,
            ranking_columns(
                hospitals.indicator,
                place="Sjukhus",
                numerator="Utskrivna före meddelande",
                denominator="Alla utskrivna",
            ),
            title=f"{hospitals.indicator.name} per sjukhus, {when}",
            name="Sjukhus",
        ),
        liability.table(chosen),
    )


def notes(chosen: View) -> tuple[tuple[str, str], ...]:
    """What a workbook says about the numbers: gaps, signs, and the measures."""
    told = [("Sekretess", basis.hidden_rule())]
    told += [("Luckor", gap) for gap in basis.gaps(chosen)]
    told.append(("Tecken", cells.SIGNS))
    told += [(one.name, f"{one.definition} {one.caveats}") for one in of_dataset("discharges")]
    return tuple(told)
