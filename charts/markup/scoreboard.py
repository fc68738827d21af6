"""Every indicator for the county and its areas as one table: value, and icon and word."""

from collections.abc import Iterable, Sequence
from html import escape

import reference
from charts.columns import HEAD_UNITS
from charts.markup.html import NOT_KNOWN, SIGNS, point_html
from charts.markup.links import address, link
from swedish import typography
from swedish.periods import period_name
from views.scoreboard import Row
from views.trend import Trend

_COMMON = "common_cause"


def board_html(
    rows: Sequence[Row], *, places: Sequence[str], chosen: str, period: str, caption: str
) -> str:
    """A row for each indicator and a column for each place, that of `chosen` set apart.

    Only signals are named: a cell without a word has varied as chance makes it. An indicator of
    another period than `period` says which.
    """
    head = "".join(
        f'<th scope="col"{_class("number", place == chosen)}>{escape(_name(place))}</th>'
        for place in places
    )
    body = "".join(_row(row, places, chosen=chosen, period=period) for row in rows)
    name = escape(caption, quote=True)
    signs = f'<p class="signs">{SIGNS}</p>' if _has_gaps(rows, places) else ""
    return (
        f'<div class="table matrix board" role="region" aria-label="{name}" tabindex="0"><table>'
        f'<caption>{name}</caption><thead><tr><th scope="col">Mått</th>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>{signs}"
    )


def _row(row: Row, places: Iterable[str], *, chosen: str, period: str) -> str:
    unit = HEAD_UNITS.get(row.indicator.unit, row.indicator.unit)
    notes = [unit] if unit else []
    if row.period != period:
        notes.append(period_name(row.period))
    note = f' <span class="unit">{escape(", ".join(notes))}</span>' if notes else ""
    cells = "".join(
        f"<td{_class('number', place == chosen)}>{_linked(row, place)}</td>" for place in places
    )
    return f'<tr><th scope="row">{escape(row.indicator.short)}{note}</th>{cells}</tr>'


def _linked(row: Row, place: str) -> str:
    """The cell, leading to its chart where there is one."""
    trend = row.trends.get(place)
    text = _cell(trend)
    if trend is None or trend.value is None:
        return text
    name = f"{row.indicator.short}, {_name(place)}"
    there = address(row.indicator, place=place, period=row.period)
    return link(there, f'<span class="aside">{escape(name)}: </span>{text}')


def _cell(trend: Trend | None) -> str:
    if trend is None or trend.value is None:
        return NOT_KNOWN.get("missing" if trend is None else trend.status, typography.NO_VALUE)
    mark = "*" if trend.status == "partial" else ""
    shown = f"{typography.number(trend.value, trend.indicator.decimals)}{mark}"
    judged = trend.judged
    if judged is None or judged.point_type == _COMMON:
        return shown
    return f"{shown}<br>{point_html(judged.point_type)}"


def _class(name: str, chosen: bool) -> str:
    return f' class="{name}{" chosen" if chosen else ""}"'


def _has_gaps(rows: Iterable[Row], places: Iterable[str]) -> bool:
    columns = list(places)
    statuses = {
        row.trends[place].status if place in row.trends else "missing"
        for row in rows
        for place in columns
    }
    return not statuses <= {"ok"}


def _name(place: str) -> str:
    return reference.place_name("county" if place == reference.COUNTY else "area", place)
