"""A quarter of a place as Avvikelser shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import reference
from charts.columns import TableColumn, indicator_columns
from charts.funnel import funnel_chart
from charts.markup import cards, cells, links, matrix, tables
from charts.processes import process_chart
from charts.words import position_word
from metrics.catalogue import indicator
from metrics.datasets.deviations.ways import TOTAL
from swedish.periods import period_name
from ui.shown import figures
from ui.shown.figures import Figure
from views import neighbours
from views.deviations import page
from views.events import marked
from views.trend import Trend
from warehouse.state import remembered

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Quarter:
    """The page's parts: markup, words and figures; a figure is None where there is none.

    `beside` is a municipality's line per inhabitant with those of its area and the county.
    What is not counted by municipality is of its area, which `around` names; else it is empty.
    """

    finding: str
    cards: str
    answers: tuple[str, ...]
    around: str
    processes_finding: str
    processes: Figure | None
    funnel_finding: str
    funnel: Figure | None
    funnel_key: str
    course: Trend
    events: "pd.DataFrame"
    chart: Figure | None
    protected: str
    beside: Figure | None
    ways_finding: str
    ways: str
    ways_key: str
    numbers: str
    file: bytes


@remembered(120)
def quarter(*, place: str, quarter: str) -> Quarter:
    """The quarter of the county, an area or a municipality."""
    level = reference.level_of(place)
    single = level == "municipality"
    name = reference.place_name(level, place)
    where = f"{name}, {period_name(quarter)}"
    own = {"place": place, "quarter": quarter}
    home = neighbours.area_of(place)
    wide = {"place": home, "quarter": quarter}
    around = reference.place_name(reference.level_of(home), home)
    now, course = page.quarter(**own), page.course(**own)
    processes, funnel, ways = page.processes(**wide), page.funnel(**wide), page.ways(**wide)
    table = page.table(**wide)
    columns = indicator_columns(page.measures())
    about = indicator("deviations")

    def lead(at: str) -> str:
        return links.address(about, place=at, period=quarter)

    points = funnel.points
    if single:
        points = points.assign(highlight=points["place"].eq(place))
        table = table[table["name"].isin([reference.county().name, around, name])]
    return Quarter(
        finding=now.finding,
        cards=cards.plain_cards_html(now.cards),
        answers=tuple(told for told in (now.answered, now.waiting) if told),
        around=around if single else "",
        processes_finding=processes.finding,
        processes=None
        if processes.table.empty
        else figures.figure(
            process_chart(
                processes.counts,
                quarters=processes.quarters,
                chosen=quarter,
                breaks=processes.breaks,
                lead=lambda at: links.address(about, place=place, period=at),
            ),
            about=about,
            alt=processes.alt,
            rows=processes.table,
            columns=_by_quarter(processes.quarters),
            caption=f"Registrerade avvikelser per process, {around}",
        ),
        funnel_finding=funnel.finding,
        funnel=None
        if points.empty
        else figures.figure(
            funnel_chart(points, curve=funnel.curve, rate=funnel.rate, lead=lead),
            about=course.indicator,
            alt=funnel.alt,
            rows=points,
            columns=[
                TableColumn("name", "Kommun", lists=True),
                TableColumn("count", "Registrerade", 0),
                TableColumn("inhabitants", f"Invånare {funnel.year}", 0),
                TableColumn("rate", "Per 10 000", 2),
                TableColumn("position", "Läge", show=position_word),
            ],
            caption=f"Registrerade per 10 000 invånare, {period_name(quarter)}",
            lead=lead,
        ),
        funnel_key=funnel.key,
        course=course,
        events=marked((), course.broken),
        chart=figures.of_trend(course, place_name=name),
        protected=neighbours.protected(course) if single else "",
        beside=figures.beside("deviations_per_10000", place=place, period=quarter)
        if single
        else None,
        ways_finding=ways.finding,
        ways=matrix.matrix_html(
            ways.grid,
            statuses=ways.statuses,
            caption=f"{around}, {period_name(quarter)}",
            total=TOTAL,
            leads={
                reference.place_name(level, at): lead(at)
                for level, at in reference.place_order()
                if level in about.levels
            },
        )
        if not ways.empty
        else "",
        ways_key=ways.key,
        numbers=tables.table_html(table, columns, caption=where, lead=lead),
        file=cells.table_csv(table, columns),
    )


def _by_quarter(quarters: Sequence[str]) -> list[TableColumn]:
    return [
        TableColumn("process", "Process"),
        *(TableColumn(at, period_name(at), 0) for at in reversed(quarters)),
    ]
