"""What has happened since last: a row for each place, with its small chart and what to do."""

from collections.abc import Iterable
from dataclasses import dataclass

import reference
from charts.markup.cards import point_html
from charts.markup.links import address, report
from charts.markup.sparks import spark_html
from charts.markup.templating import rendered
from swedish import typography
from swedish.periods import period_name, previous_period
from views.news.since_last import Event


@dataclass(frozen=True, kw_only=True)
class _Row:
    name: str
    address: str
    report: str
    said: str
    start: str
    to: str
    unit: str
    since: str
    spark: str
    reading: str


def events_html(events: Iterable[Event], *, month: str) -> str:
    """A row for each event: place, what, from and to, the chart, its reading, and two links.

    `month` is the month of the hand-out that an event is taken into.
    """
    rows = [_row(one, month) for one in events]
    return rendered("events", rows=rows) if rows else ""


def _row(one: Event, month: str) -> _Row:
    shown = one.trend
    decimals = shown.indicator.decimals
    is_change = shown.previous is not None
    return _Row(
        name=reference.place_name(reference.level_of(one.place), one.place),
        address=address(shown.indicator, place=one.place, period=shown.period),
        report=report(place=one.place, period=month),
        said=one.said,
        start=typography.number(shown.previous, decimals) if is_change else "",
        to=typography.number(shown.value, decimals),
        unit=shown.indicator.unit,
        since=period_name(previous_period(shown.period)) if is_change else "",
        spark=spark_html(shown),
        reading=point_html(one.kind),
    )
