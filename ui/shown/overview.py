"""A month as Översikt shows it: the areas side by side, and what there is to raise in one."""

import datetime
from dataclasses import dataclass

from charts.columns import comparison_columns
from charts.markup import cards, links, tables
from charts.markup.events import events_html
from charts.markup.scoreboard import board_html
from charts.markup.tiles import tiles_html
from metrics.catalogue import Indicator
from settings import settings
from swedish.periods import month_name, period_name
from swedish.phrases import joined, unit_sign
from ui.shown import figures
from ui.shown.figures import Figure
from views import compare, highlights, scoreboard, summary, trend
from views.agreed import visible
from views.highlights import Highlight
from views.news.since_last import Event, since_last
from views.trend import Trend
from warehouse.state import remembered


@dataclass(frozen=True)
class Place:
    """What the page shows of one place: words, the board with it set apart, and the map.

    `here` is the place's series of the indicator that the page is about; `raised` is what there is
    to raise besides the `events`.
    """

    here: Trend
    title: str
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
    about, when = _headed(period, part)
    trends = trend.area_trends(about.key, **when)

    def lead(key: str) -> str:
        return f"{links.address(about, place=key, period=when['period'])}&vardform={part}"

    rows = scoreboard.kept_board(period=period, part=part)
    told = {at for row in rows if row.indicator.key == about.key for at in row.told}
    return cards.area_cards_html(trends, chosen=chosen, told=told, lead=lead)


@remembered(24)
def missing(*, period: str, part: str) -> str:
    """Which municipalities have not reported the period, as markup; empty where all have."""
    about, when = _headed(period, part)
    silent = summary.not_reported(place="lan", key=about.key, **when)
    if silent.empty:
        return ""
    lead = f"Rapport för {period_name(when['period'])} saknas eller är ofullständig:"
    return tables.list_html(lead, silent, "area", "missing")


def _title(here: Trend, lead: Event | None) -> str:
    """What has happened, and then what the period says; first of what it is a count, where the unit
    does not say that."""
    about = here.indicator
    said = here.finding if unit_sign(about.unit) else f"{about.name}, {here.finding}"
    return joined(f"{lead.headline}." if lead else "", said)


def how_to_read(about: Indicator) -> str:
    """What the areas' small charts show."""
    said = (
        "Grått band: det som slumpen brukar ge i området. Samma skala. Inom parentes: kan vara "
        "slump bland alla serier på sidan."
    )
    if about.target_kind != "liability_limit":
        return f"{said} {about.caveats}".strip()
    limit = trend.target_text(about)
    return f"{said} Betalningsansvar prövas vid ett genomsnitt över {limit} {about.unit}."


def _headed(period: str, part: str) -> tuple[Indicator, dict[str, str]]:
    """What the page is about, with its period and form of care in the month `period`."""
    about = scoreboard.leading()
    last = scoreboard.last_period(visible.periods(about.dataset), month=period)
    return about, {"period": last or period, "part": scoreboard.form_asked(about, part)}


@remembered(120)
def place(key: str, *, period: str, part: str, today: datetime.date) -> Place:
    """The county or an area in a month, as of today."""
    about, when = _headed(period, part)
    rows = scoreboard.kept_board(period=period, part=part)
    since = since_last(rows, place=key)
    across = compare.across(about.key, area=key, against=key, **when)

    def lead(code: str) -> str:
        return links.address(about, place=code, period=when["period"])

    here = trend.trend(about.key, place=key, **when)
    return Place(
        here=here,
        title=_title(here, since.lead),
        events=events_html(since.events, month=period),
        looked=since.note,
        raised=tuple(
            highlights.besides(
                highlights.highlights(
                    rows,
                    about=about,
                    place=key,
                    period=period,
                    part=part,
                    today=today,
                    settings=settings(),
                ),
                told={one.trend.indicator.key for one in since.events if one.place == key},
            )
        ),
        board=board_html(
            rows,
            places=scoreboard.places(),
            chosen=key,
            period=period,
            caption=f"Alla mått, {month_name(period)}",
        ),
        chance_note=scoreboard.chance_note(rows),
        map_finding=across.finding,
        map=figures.figure(
            tiles_html(
                across.rows,
                steps=across.steps,
                unit=about.unit,
                decimals=about.decimals,
                lead=lead,
            ),
            about=about,
            alt=across.alt,
            rows=across.rows,
            columns=comparison_columns(about, place="Kommun"),
            caption=f"{about.name}, {period_name(when['period'])}",
            lead=lead,
        ),
    )
