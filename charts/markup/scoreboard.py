"""Every indicator for the county and its areas as one table: value, and icon and word."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import reference
from charts.columns import HEAD_UNITS
from charts.markup.cards import point_html
from charts.markup.cells import SIGNS, is_zero, number
from charts.markup.links import address
from charts.markup.templating import rendered
from swedish.periods import period_name
from views.scoreboard import Row


@dataclass(frozen=True)
class _Cell:
    """A number, with its chart's address and name where it has one, and what it signals."""

    number: str
    reading: str = ""
    address: str = ""
    name: str = ""


@dataclass(frozen=True)
class _Line:
    name: str
    note: str
    cells: Sequence[_Cell]


def board_html(
    rows: Sequence[Row], *, places: Sequence[str], chosen: str, period: str, caption: str
) -> str:
    """A row for each indicator and a column for each place, that of `chosen` set apart.

    A signal that may be chance among all of the table is in parentheses. An indicator of another
    period than `period` says which. A place's name leads to the chart of the first indicator.
    """
    return rendered(
        "board",
        caption=caption,
        chosen=[place == chosen for place in places],
        heads=[
            (_name(place), address(row.indicator, place=place, period=row.period))
            for row in rows[:1]
            for place in places
        ],
        rows=[_line(row, places, period=period) for row in rows],
        is_zero=is_zero,
        signs=SIGNS if _has_gaps(rows, places) else "",
    )


def _line(row: Row, places: Sequence[str], *, period: str) -> _Line:
    unit = HEAD_UNITS.get(row.indicator.unit, row.indicator.unit)
    notes = [unit] if unit else []
    if row.period != period:
        notes.append(period_name(row.period))
    cells = [_cell(row, place) for place in places]
    return _Line(row.indicator.short, ", ".join(notes), cells)


def _cell(row: Row, place: str) -> _Cell:
    """The number, leading to its chart, and its reading where it signals."""
    trend = row.trends.get(place)
    if trend is None or trend.value is None:
        status = "missing" if trend is None else trend.status
        return _Cell(number(None, status, row.indicator.decimals))
    kind = trend.judged.point_type if trend.judged else "common_cause"
    return _Cell(
        number(trend.value, trend.status, trend.indicator.decimals),
        reading="" if kind == "common_cause" else point_html(kind, is_told=place in row.told),
        address=address(row.indicator, place=place, period=row.period),
        name=f"{row.indicator.short}, {_name(place)}",
    )


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
