"""A figure with all that belongs to it, made once for all who look at it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import reference
from charts.columns import TableColumn, line_columns, trend_columns
from charts.drawn import Drawn
from charts.lines import lines_chart
from charts.markup import tables
from charts.spc import spc_chart
from metrics.catalogue import Indicator
from views import events as dated
from views import neighbours
from views.courses import lines
from views.trend import Trend, target_label

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Figure:
    """A figure, drawn or as markup, what it says in words, and its numbers as a table's markup.

    `about` is the indicator whose unit and source are said where it is taken along.
    """

    alt: str
    table: str
    about: Indicator | None = None
    drawn: Drawn | None = None
    markup: str = ""


def figure(
    made: Drawn | str,
    *,
    about: Indicator,
    alt: str,
    rows: "pd.DataFrame",
    columns: Sequence[TableColumn],
    caption: str,
    lead: Callable[[str], str] | None = None,
) -> Figure:
    """A figure that is drawn, or is markup; `lead` as in `tables.table_html`."""
    table = tables.table_html(rows, columns, caption=caption, lead=lead)
    if isinstance(made, str):
        return Figure(alt, table, about, markup=made)
    return Figure(alt, table, about, drawn=made)


def of_trend(
    shown: Trend, *, place_name: str, events: "pd.DataFrame | None" = None
) -> Figure | None:
    """The control chart of an indicator in a place, with its breaks, its new limits and the dated
    `events`; None without values.

    `events`: `date` and `text`.
    """
    if shown.points.empty:
        return None
    about = shown.indicator
    return figure(
        spc_chart(
            shown.points,
            unit=about.unit,
            decimals=about.decimals,
            target=about.target,
            target_text=target_label(about),
            events=dated.marked(shown.rebased, shown.broken, events=events),
        ),
        about=about,
        alt=shown.alt,
        rows=shown.points.iloc[::-1],
        columns=trend_columns(about),
        caption=f"{about.name}, {place_name}",
    )


def beside(key: str, *, place: str, period: str) -> Figure | None:
    """A municipality's line of an indicator with those of its area and the county; None without any
    value of them."""
    shown = lines.lines(
        key, places=[place, neighbours.area_of(place)], against=reference.COUNTY, period=period
    )
    if shown.values.empty:
        return None
    about = shown.indicator
    return figure(
        lines_chart(shown.values, unit=about.unit, decimals=about.decimals),
        about=about,
        alt=shown.alt,
        rows=shown.table,
        columns=line_columns(shown.values, about),
        caption=about.name,
    )
