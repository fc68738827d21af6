"""A month as Översikt shows it: the areas side by side, and what there is to raise in one."""

import datetime
from dataclasses import dataclass

from charts.columns import comparison_columns
from charts.markup import cards, links, tables
from charts.markup.events import events_html
from charts.markup.scoreboard import board_html
from charts.markup.tiles import tiles_html
from metrics.catalogue import indicator
from settings import settings
from swedish.periods import month_name
from ui.shown import figures
from ui.shown.figures import Figure
from views import compare, highlights, scoreboard, summary, trend
from views.highlights import Highlight
from views.news.since_last import since_last
from views.scoreboard import Row
from views.trend import Trend
from warehouse.state import remembered

MEAN = "mean_days"


@dataclass(frozen=True)
class Place:
    """What the page shows of one place: words, the board with it set apart, and the map."""

    here: Trend
    events: str
    looked: str
    raised: tuple[Highlight, ...]
    board: str
    chance_note: str
    map_finding: str
    map: Figure


@remembered(48)
def areas(*, chosen: str, period: str, part: str) -> str:
    """The areas' cards with their small charts on one scale, as markup; `chosen` is set apart."""
    trends = trend.area_trends(MEAN, period=period, part=part)

    def lead(key: str) -> str:
        return f"{links.address(indicator(MEAN), place=key, period=period)}&vardform={part}"

    return cards.area_cards_html(trends, chosen=chosen, lead=lead)


@remembered(24)
def missing(*, period: str, part: str) -> str:
    """Which municipalities have not reported the month, as markup; empty where all have."""
    silent = summary.not_reported(place="lan", period=period, part=part)
    if silent.empty:
        return ""
    lead = f"Rapport för {month_name(period)} saknas eller är ofullständig:"
    return tables.list_html(lead, silent, "area", "missing")


@remembered(24)
def _rows(*, period: str, part: str) -> list[Row]:
    return scoreboard.board(period=period, part=part)


@remembered(120)
def place(key: str, *, period: str, part: str, today: datetime.date) -> Place:
    """The county or an area in a month, as of today."""
    when = {"period": period, "part": part}
    about = indicator(MEAN)
    month = month_name(period)
    rows = _rows(**when)
    since = since_last(rows, place=key)
    across = compare.across(MEAN, area=key, against=key, **when)
    return Place(
        here=trend.trend(MEAN, place=key, **when),
        events=events_html(since.events, month=period),
        looked=since.note,
        raised=tuple(
            highlights.highlights(rows, place=key, today=today, settings=settings(), **when)
        ),
        board=board_html(
            rows,
            places=scoreboard.places(),
            chosen=key,
            period=period,
            caption=f"Alla mått, {month}",
        ),
        chance_note=scoreboard.chance_note(rows),
        map_finding=across.finding,
        map=figures.of_markup(
            tiles_html(
                across.rows,
                steps=across.steps,
                unit=about.unit,
                decimals=about.decimals,
                lead=lambda code: links.address(about, place=code, period=period),
            ),
            alt=across.alt,
            rows=across.rows,
            columns=comparison_columns(about, place="Kommun"),
            caption=f"{about.name}, {month}",
        ),
    )
