"""A series over time with its XmR limits, signals, target and dated events."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from charts import theme
from charts.frames import rows_of
from swedish import typography

_PLOT_HEIGHT = 300
_LABEL_ROW = 34
_EVENT_WIDTH = 30


class _Scale(NamedTuple):
    unit: str
    decimals: int
    top: float


def spc_chart(
    points: pd.DataFrame,
    *,
    unit: str,
    decimals: int,
    target: float | None = None,
    target_text: str = "",
    events: pd.DataFrame | None = None,
) -> go.Figure:
    """The series as a line of points, each with the colour and the shape of its reading.

    `points`, one row a month in order: `period`, `value` (NaN leaves a gap), `mean`, `lower`,
    `upper`, `point_type` (metrics.spc's labels) and `preliminary` (True where the limits rest on
    too few points). Values are in `unit`.

    `target_text` is what the target is called and as it was set, `Mål 3,0`. `events`: `date`
    (2020-01-01) and `text`, the earliest first.
    """
    dated = [] if events is None else rows_of(events)
    scale = _Scale(unit, decimals, _ceiling(points, target))
    margin = 10 + _LABEL_ROW * len(dated)
    drawn = theme.figure(height=_PLOT_HEIGHT + margin + 44, top=margin, right=92, bottom=44)
    _draw_limits(drawn, points)
    _draw_target(drawn, points, target)
    _draw_events(drawn, points, dated)
    _draw_series(drawn, points, scale)
    _name_runs(drawn, points, scale)
    _name_lines(drawn, points, scale, target=target, target_text=target_text)
    ticks, names = theme.month_ticks(list(points["period"]))
    drawn.update_xaxes(tickvals=ticks, ticktext=names, range=_span(points))
    drawn.update_yaxes(range=[0, scale.top], nticks=6, tickformat=_tick_format(scale))
    return drawn


def _ceiling(points: pd.DataFrame, target: float | None) -> float:
    highest = points[["value", "upper"]].max().max()
    candidates = [float(highest), target or 0.0]
    return 1.12 * max(number for number in candidates if number == number) or 1.0


def _tick_format(scale: _Scale) -> str:
    if scale.top >= 10:
        return ",.0f"
    return ",.1f" if scale.top >= 1 else f",.{max(scale.decimals, 1)}f"


def _span(points: pd.DataFrame) -> list[str]:
    first, last = points["period"].iloc[0], points["period"].iloc[-1]
    return [theme.ends(first)[0], theme.ends(last)[1]]


def _dates(points: pd.DataFrame) -> list[str]:
    return [theme.middle(period) for period in points["period"]]


def _draw_limits(drawn: go.Figure, points: pd.DataFrame) -> None:
    dates = _dates(points)
    preliminary = bool(points["preliminary"].any())
    edge = {"color": theme.CHANCE, "width": 1, "dash": "dash" if preliminary else "solid"}
    common: dict[str, Any] = {"mode": "lines", "line": edge, "hoverinfo": "skip"}
    drawn.add_scatter(x=dates, y=points["lower"], **common)
    drawn.add_scatter(x=dates, y=points["upper"], fill="tonexty", fillcolor=theme.BAND, **common)
    drawn.add_scatter(
        x=dates,
        y=points["mean"],
        mode="lines",
        line={"color": theme.MUTED, "width": 1.5},
        hoverinfo="skip",
    )


def _draw_target(drawn: go.Figure, points: pd.DataFrame, target: float | None) -> None:
    if target is None:
        return
    drawn.add_scatter(
        x=_span(points),
        y=[target, target],
        mode="lines",
        line={"color": theme.ACCENT, "width": 2, "dash": "dot"},
        hoverinfo="skip",
    )


def _draw_series(drawn: go.Figure, points: pd.DataFrame, scale: _Scale) -> None:
    marks = theme.marks(points)
    drawn.add_scatter(
        x=_dates(points),
        y=points["value"],
        mode="lines+markers",
        line={"color": theme.CHANCE, "width": 1.5},
        marker={
            "color": [mark.color for mark in marks],
            "symbol": [mark.symbol for mark in marks],
            "size": [mark.size for mark in marks],
            "line": {"color": theme.PAPER, "width": 1},
            "opacity": 1,
        },
        hovertext=[
            theme.point_hover(row, unit=scale.unit, decimals=scale.decimals)
            for row in rows_of(points)
        ],
        hoverinfo="text",
    )


def _name_runs(drawn: go.Figure, points: pd.DataFrame, scale: _Scale) -> None:
    """Name the latest run of each kind of signal where it stands, instead of in a legend."""
    rows = [row for row in rows_of(points) if row.point_type is not None]
    runs = [list(run) for _, run in groupby(rows, key=lambda row: row.point_type)]
    latest = {run[0].point_type: run for run in runs if run[0].point_type != "common_cause"}
    for kind, run in latest.items():
        middle = run[len(run) // 2]
        where = list(points["period"]).index(middle.period) / len(points)
        below = middle.value < middle.mean and middle.value > 0.12 * scale.top
        edge = min(row.value for row in run) if below else max(row.value for row in run)
        theme.label(
            drawn,
            f"{theme.MARKS[kind].sign} {theme.word(kind)}",
            x=theme.middle(middle.period),
            y=edge,
            color=theme.MARKS[kind].color,
            yshift=-15 if below else 15,
            # Near an edge the name leans inwards, clear of what stands in the margin.
            xanchor="left" if where < 0.2 else "right" if where > 0.7 else "center",
            bgcolor="rgba(255,255,255,0.8)",
        )


def _name_lines(
    drawn: go.Figure,
    points: pd.DataFrame,
    scale: _Scale,
    *,
    target: float | None,
    target_text: str,
) -> None:
    """Say at the right edge what each line is; the limits stand with the mean they belong to."""
    last = points.iloc[-1]
    if last["upper"] == last["upper"]:
        low, mean, high = (
            typography.number(number, scale.decimals)
            for number in (last["lower"], last["mean"], last["upper"])
        )
        word = "preliminära<br>gränser" if last["preliminary"] else "gränser"
        text = f"<b>Medel {mean}</b><br>{word}<br>{low}–{high}"
        clear = 0.2 * scale.top
        height = max(last["mean"], clear if target is not None else 0.13 * scale.top)
        if target is not None and abs(target - height) < clear:
            height = target - clear if height <= target else target + clear
        theme.label(drawn, text, x=1, y=height, color=theme.MUTED, **_RIGHT_EDGE)
    if target is not None:
        text = f"<b>{target_text}</b>"
        theme.label(drawn, text, x=1, y=target, color=theme.ACCENT, **_RIGHT_EDGE)


_RIGHT_EDGE: dict[str, Any] = {"xref": "paper", "xanchor": "left", "xshift": 4, "yanchor": "middle"}


def _draw_events(drawn: go.Figure, points: pd.DataFrame, dated: Sequence[Any]) -> None:
    """Each event has a row of its own above the plot, so that no two texts can meet.

    Texts lean towards the middle of the axis. Those that lean right come in order of time and
    those that lean left the other way, since a later line then stops below an earlier text.
    """
    middle = points["period"].iloc[len(points) // 2]
    early = [event for event in dated if event.date[:7] < middle]
    late = [event for event in dated if event.date[:7] >= middle]
    for row, event in enumerate([*early, *reversed(late)]):
        height = _LABEL_ROW * (len(dated) - row)
        leans = "left" if event in early else "right"
        drawn.add_shape(
            type="line",
            x0=event.date,
            x1=event.date,
            yref="paper",
            y0=0,
            y1=1 + height / _PLOT_HEIGHT,
            line={"color": theme.CHANCE, "width": 1, "dash": "dash"},
            layer="below",
        )
        theme.label(
            drawn,
            theme.broken(event.text, _EVENT_WIDTH),
            x=event.date,
            y=1 + height / _PLOT_HEIGHT,
            color=theme.MUTED,
            yref="paper",
            xanchor=leans,
            yanchor="top",
            xshift=3 if leans == "left" else -3,
            align=leans,
            font={"size": 12, "color": theme.MUTED},
        )
