"""What pages and hand-outs say of a place and a period, with what each text is about."""

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from reports.content.basis import View
from reports.content.kinds import briefing, monthly, quarterly
from reports.content.wording import Wording
from reports.model import Part, Points, SeriesChart, Text
from reports.theme import theme
from tests.said.judge import level
from ui.shown import compare, deviations, overview
from ui.shown import monthly as month_of
from views import scoreboard, trend
from views.news.since_last import since_last


class Said(NamedTuple):
    """A text, and the indicator, place and period that it begins with; `level` of a ranking."""

    text: str
    key: str
    place: str
    period: str
    level: str = ""


def of_overview(place: str, month: str, today: datetime.date) -> Iterator[Said]:
    """Översikt: the title, what has happened, what to raise, the map."""
    shown = overview.place(place, period=month, part="alla", today=today)
    about, period = shown.here.indicator.key, shown.here.period
    headline, _, rest = shown.title.partition(". ")
    if " → " in headline or shown.events:
        yield Said(f"{headline}.", about, place, month)
        yield Said(rest, about, place, period)
    else:
        yield Said(shown.title, about, place, period)
    for one in since_last(scoreboard.board(period=month), place=place).events:
        yield Said(f"{one.headline}.", about, one.place, month)
        yield Said(one.said, one.trend.indicator.key, one.place, month)
    yield Said(shown.chance_note, about, place, month)
    yield Said(shown.looked, about, place, month)
    for raised in shown.raised:
        yield Said(raised.text, raised.indicator or about, place, month)
    yield Said(shown.map_finding, about, "lan", period)


def of_month(place: str, month: str) -> Iterator[Said]:
    """Månadsuppföljning: the mean, the municipalities, the hospitals, who is liable."""
    shown = month_of.month(place=place, period=month, part="alla")
    one = level(place) == "municipality"
    yield Said(shown.mean.finding, "mean_days", place, month)
    yield Said(shown.mean.alt, "mean_days", place, month)
    if not one:
        yield Said(shown.ranking_finding, "mean_days", place, month)
        yield Said(shown.hospitals_finding, "before_notice_share", place, month, "hospital")
    yield Said(shown.owed.finding, "mean_days", place, month, "single" if one else "")


def of_quarter(place: str, quarter: str) -> Iterator[Said]:
    """Avvikelser: the quarter, the answers, the processes, the funnel, over time."""
    shown = deviations.quarter(place=place, quarter=quarter)
    yield Said(shown.finding, "deviations", place, quarter)
    home = level(place) != "municipality"
    answers = (*shown.answers, shown.ways_finding) if home else shown.answers
    for told in (*answers, shown.funnel_finding, shown.course.finding, shown.course.alt):
        yield Said(told, "deviations", place, quarter)
    if home:
        yield Said(shown.processes_finding, "deviations", place, quarter)


def of_comparison(key: str, place: str, period: str) -> Iterator[Said]:
    """Jämför: the municipalities, the areas, a place of its own, and places over time."""
    shown = compare.now(key, area=place, period=period, against="lan")
    yield Said(shown.finding, key, "lan", period)
    yield Said(shown.areas_finding, key, "lan", period, "area")
    yield Said(trend.trend(key, place=place, period=period).finding, key, place, period)
    course = compare.course(key, places=(place,), against="lan", period=period)
    yield Said(course.finding, key, place, period)


def of_reports(place: str, month: str, quarter: str, made: datetime.datetime) -> Iterator[Said]:
    """The briefing, the month's report and the quarter's, each as slides, and their documents."""
    of_this, then = View(place, month, made), View(place, quarter, made)
    for report in (
        briefing.slides(of_this, theme(), said=Wording()),
        briefing.document(of_this, theme(), said=Wording()),
        monthly.slides(of_this, theme(), said=Wording()),
        quarterly.slides(then, theme(), said=Wording()),
    ):
        yield from (Said(told, "mean_days", place, month) for told in report.notices)
        for part in report.parts:
            of_deviations = part.label.startswith("Avvikelser") or "Avvikelser" in report.title
            key, period = ("deviations", quarter) if of_deviations else ("mean_days", month)
            if part.label.endswith("svar inom två månader"):
                key = "deviations_answered_share"
            # What a document's body says is said on the slides too.
            if part.label != "Bilaga" and not part.title.startswith(("Bilaga", "Nuläge")):
                yield from (Said(told, key, place, period) for told in _told(part))


def _told(part: Part) -> Iterator[str]:
    yield part.title
    for block in part.blocks:
        if isinstance(block, Text):
            yield block.text
        elif isinstance(block, Points):
            yield from block.items
        elif isinstance(block, SeriesChart):
            yield block.alt
    yield from part.say
