"""Municipalities in order, against the means of their area and of the county."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

import swedish
from charts import bars, theme
from charts.frames import rows_of

_ROW = 30
_DENSE_ROW = 21
_MANY = 20
_TEXT_WIDTH = 124


def ranking_chart(
    rows: pd.DataFrame,
    *,
    lines: pd.DataFrame,
    unit: str,
    decimals: int,
) -> go.Figure:
    """One bar a municipality in the order given, the first on top, signals named beside them.

    `rows`: `name`, `value` (NaN where there is none), `status` (ok, partial,
    confidential, missing), `highlight` and `point_type` (metrics.spc's label of the latest point,
    None where there is none). `lines`: see `bars.draw_lines`. Values are in `unit`.
    """
    row_height = _DENSE_ROW if len(rows) > _MANY else _ROW
    plot_height = row_height * len(rows)
    top = bars.room_for_lines(len(lines))
    drawn = theme.figure(height=plot_height + top + 8, top=top, bottom=8, right=_TEXT_WIDTH)
    bars.draw_bars(
        drawn,
        rows,
        thickness=0.66,
        hover=[_hover(row, unit, decimals) for row in rows_of(rows)],
    )
    bars.draw_lines(drawn, lines, plot_height=plot_height)
    # In a column of their own, where the lines do not run through them; all at once, since Plotly
    # copies every earlier one for each that is added.
    texts = [
        theme.annotation(
            _text(row, decimals), x=1, y=position, xref="paper", xanchor="left", xshift=6
        )
        for position, row in enumerate(rows_of(rows))
    ]
    drawn.update_layout(annotations=[*drawn.layout.annotations, *texts])
    names = [theme.escaped(name) for name in rows["name"]]
    drawn.update_xaxes(visible=False, range=[0, _end(rows, lines)])
    drawn.update_yaxes(
        showgrid=False,
        tickvals=list(range(len(rows))),
        ticktext=[f"{name}\u00a0" for name in names],
        range=[len(rows) - 0.5, -0.5],
        tickfont={"color": theme.INK, "size": theme.TEXT_SIZE},
    )
    return drawn


def _end(rows: pd.DataFrame, lines: pd.DataFrame) -> float:
    """Where the scale ends; left to Plotly, the names of the lines would take a part of it."""
    return float(max([1e-9, *rows["value"].dropna(), *lines["value"]]))


def _text(row: Any, decimals: int) -> str:
    if row.value != row.value:
        return bars.no_bar_text(row)
    text = f"<b>{swedish.number(row.value, decimals)}</b>"
    if row.status == "partial":
        return f"{text} {bars.INCOMPLETE}"
    if row.point_type in (None, "common_cause"):
        return text
    return f"{text} {theme.reading_text(row.point_type)}"


def _hover(row: Any, unit: str, decimals: int) -> str:
    if row.value != row.value:
        return f"<b>{theme.escaped(row.name)}</b><br>{bars.no_bar_text(row)}"
    value = theme.quantity(row.value, unit, decimals)
    word = "" if row.point_type is None else f"<br>{theme.word(row.point_type)}"
    return f"<b>{theme.escaped(row.name)}</b><br>{value}{word}"
