"""What has happened since last: a row for each place, with its small chart and what to do."""

from collections.abc import Iterable
from html import escape

import reference
from charts.markup.html import point_html
from charts.markup.links import address, link, report
from charts.markup.sparks import spark_html
from swedish import typography
from swedish.periods import period_name, previous_period
from views.since_last import Event
from views.trend import level_of


def events_html(events: Iterable[Event], *, month: str) -> str:
    """A row for each event: place, what, from and to, the chart, its reading, and two links.

    `month` is the month of the hand-out that an event is taken into.
    """
    rows = "".join(_row(one, month) for one in events)
    return f'<ol class="events">{rows}</ol>' if rows else ""


def _row(one: Event, month: str) -> str:
    shown = one.trend
    name = reference.place_name(level_of(one.place), one.place)
    there = address(shown.indicator, place=one.place, period=shown.period)
    taken = report(place=one.place, period=month)
    return (
        f'<li><div class="what"><h3>{link(there, escape(name))}</h3>'
        f"<p>{escape(one.said)}</p></div>"
        f'<div class="change">{_change(one)}</div>'
        f"{spark_html(shown)}"
        f'<div class="do">{point_html(one.kind)}'
        f"{link(there, 'Öppna', name=f'Öppna {name}')}"
        f"{link(taken, 'Ta med', name=f'Ta med {name} i underlaget')}</div></li>"
    )


def _change(one: Event) -> str:
    shown = one.trend
    decimals = shown.indicator.decimals
    to = typography.number(shown.value, decimals)
    unit = escape(shown.indicator.unit)
    if shown.previous is None:
        return f'<p class="value">{to}</p><p class="unit">{unit}</p>'
    since = period_name(previous_period(shown.period))
    start = typography.number(shown.previous, decimals)
    return (
        f'<p class="value">{start} <span aria-hidden="true">→</span>'
        f'<span class="aside"> till </span>{to}</p>'
        f'<p class="unit">{unit}, sedan {escape(since)}</p>'
    )
