"""What reports say of the discharge-ready in a month: numbers, municipalities, liability, gaps."""

from dataclasses import dataclass
from functools import partial

import pandas as pd

import reference
from charts.columns import indicator_columns, ranking_columns, trend_columns
from charts.markup import cells
from charts.rows import cells_of
from metrics.catalogue import of_dataset
from metrics.datasets.discharges import KEY, PAGE
from reports.content import basis, figures, liability, rests_on, titles
from reports.content.basis import View
from reports.content.numbers import Asked
from reports.content.rests_on import Used
from reports.content.wording import remarks
from reports.model import Block, Cards, Part, ReportTable, Text
from swedish import phrases
from swedish.periods import period_name, previous_period
from views import events, summary, trend
from views.agreed import visible
from views.cards import Card
from views.ranking import places as in_order
from views.ranking.sentences import AREA, Ranked
from views.trend import Trend
from warehouse.state import remembered

KEYS = ("mean_days", "discharges", "ready_days", "same_day_share", "before_notice_share")
_UNITS = {"antal": "patienter", "procent": "%"}
LABEL = "Utskrivningsklara"


@dataclass(frozen=True)
class Month:
    """A place's month: the trends of KEYS, and its municipalities in order."""

    view: View
    trends: dict[str, Trend]
    county: Trend
    ranking: in_order.Ranking

    @property
    def mean(self) -> Trend:
        """The mean days as discharge-ready."""
        return self.trends["mean_days"]


def known() -> bool:
    """Whether anything of them has been loaded; where not, a briefing is of what else there is."""
    return bool(visible.periods(KEY))


# Every part of a report asks for the same month.
@remembered(4)
def month(chosen: View) -> Month:
    """The month of the view."""
    trends = trend.trends(KEYS, **chosen.where)
    county = trend.trend("mean_days", place=reference.COUNTY, period=chosen.period)
    return Month(chosen, trends, county, in_order.municipalities("mean_days", **chosen.where))


def parts(chosen: View) -> tuple[Part, ...]:
    """The month message by message: the place over time, its places beside each other, and who is
    liable where anybody is; nothing where nothing has been loaded."""
    if not known():
        return ()
    shown = month(chosen)
    source = basis.source(KEYS, chosen.when)
    all_parts = [
        Part(
            titles.of_trend(shown.mean),
            (*numbers(shown), *remarks(chosen, PAGE.headline)),
            label=LABEL,
            say=(shown.mean.finding,),
            source=source,
        ),
        Part(
            *compared(shown),
            label=f"{LABEL}: jämförelse",
            say=(shown.ranking.finding,),
            source=source,
        ),
    ]
    owing = liability.owing(chosen)
    if owing is not None:
        all_parts.append(
            Part(
                liability.title(chosen),
                (Text(liability.finding(chosen)), owing),
                label="Betalningsansvar",
                say=(liability.finding(chosen),),
                source=source,
            )
        )
    return tuple(all_parts)


def asked(chosen: View) -> Asked:
    """The numbers of the month, and the mean over time."""
    keys = tuple(one.key for one in of_dataset(KEY))
    return Asked(chosen, keys, PAGE.headline, used(chosen).start)


def used(chosen: View) -> Used:
    """The months that are shown: from the first in the chart to the report's own."""
    steps = month(chosen).mean.steps
    return Used(KEY, steps[0].period if steps else chosen.period, chosen.period)


def numbers(shown: Month) -> tuple[Block, ...]:
    """The month as cards, in words and over time."""
    cards = Cards(tuple(card(one) for one in shown.trends.values()))
    if not figures.has_course(shown.mean):
        return cards, Text(shown.mean.finding)
    chart = figures.series_chart(shown.mean, _events(shown))
    happened = figures.told_events(chart)
    told = (Text(happened),) if happened else ()
    return cards, Text(shown.mean.finding), *told, chart


def _events(shown: Month) -> pd.DataFrame:
    steps = shown.mean.steps
    start = steps[0].period if steps else shown.view.period
    return events.events(place=shown.view.place, start=start, end=shown.view.period)


def compared(shown: Month) -> tuple[str, tuple[Block, ...]]:
    """A title, and the municipalities of an area, or the areas of the county, side by side."""
    about = shown.mean.indicator
    ranked = partial(
        titles.of_ranking,
        unit=about.unit,
        decimals=about.decimals,
        what="längst genomsnittlig väntan",
    )
    if shown.view.place != reference.COUNTY:
        rows = [
            Ranked(row["name"], row["value"], row["status"]) for row in cells_of(shown.ranking.rows)
        ]
        chart = figures.municipality_chart(shown.ranking, (shown.mean, shown.county))
        return ranked(rows), (Text(shown.ranking.finding), chart)
    areas = list(trend.area_trends("mean_days", period=shown.view.period).values())
    places = [Ranked(one.place_name, one.value, one.status) for one in areas]
    title = ranked(places, noun=AREA)
    told = figures.areas_finding(areas, shown.county)
    chart = figures.area_chart(areas, shown.county, alt=f"Stapeldiagram. {told}")
    return title, (Text(told), Text(shown.ranking.finding), chart)


def owed(shown: Month) -> str:
    """Which municipalities are liable."""
    return liability.finding(shown.view)


def card(shown: Trend) -> Card:
    """An indicator's period as a card: value, and the one before where the series reaches there.

    A period that lacks a part is not held against another.
    """
    about = shown.indicator
    value = cells.number(shown.value, shown.status, about.decimals)
    earlier = previous_period(shown.period)
    note = "".join(
        f"{cells.number(step.value, step.status, about.decimals)} {period_name(earlier)}"
        for step in shown.steps
        if step.period == earlier
    )
    if shown.status == "partial":
        note = "ofullständigt"
    unit = _UNITS.get(about.unit, about.unit) if phrases.known(shown.value) else ""
    return Card(about.short, value, unit, note)


def tables(shown: Month) -> tuple[ReportTable, ...]:
    """The month's numbers as tables."""
    return _tables(shown.view)


# The annex and the workbook's sheets ask for the same.
@remembered(4)
def _tables(chosen: View) -> tuple[ReportTable, ...]:
    shown = month(chosen)
    mean, ranking = shown.mean, shown.ranking
    when = f"{chosen.place_name}, {chosen.when}"
    hospitals = in_order.hospitals("before_notice_share", **chosen.where)
    own = hospitals.rows[hospitals.rows["highlight"]]
    all_tables = [
        figures.table(
            summary.table(**chosen.where),
            indicator_columns(of_dataset(KEY)),
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
    ]
    if not own.empty:
        all_tables.append(
            figures.table(
                own,
                ranking_columns(
                    hospitals.indicator,
                    place="Sjukhus",
                    numerator="Utskrivna före meddelande",
                    denominator="Alla utskrivna",
                ),
                # A hospital's patients come from all of the county, whichever area it lies in.
                title=f"{hospitals.indicator.name} per sjukhus, patienter från hela länet, "
                f"{chosen.when}",
                name="Sjukhus",
            )
        )
    return (*all_tables, liability.table(chosen))


def notes(chosen: View) -> tuple[tuple[str, str], ...]:
    """What a workbook says about the numbers: gaps, signs, and the measures."""
    told = [("Sekretess", basis.hidden_rule())]
    told += [("Luckor", gap) for gap in rests_on.gaps(chosen)]
    told.append(("Tecken", cells.SIGNS))
    told += [(one.name, f"{one.definition} {one.caveats}") for one in of_dataset(KEY)]
    return tuple(told)
