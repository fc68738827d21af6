"""A series over time with its XmR limits, signals, target and dated events."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any, NamedTuple

import pandas as pd

from charts import theme
from charts.drawn import Drawn
from charts.placing import apart, sides
from charts.rows import EventRow, PointRow, rows_of
from swedish import typography

_PLOT_HEIGHT = 300
_LABEL_ROW = 34
_EVENT_WIDTH = 30
_NAMES_WIDTH = 92
_NAME_ROW = 17
_EDGE_ROW = 22
# How far from the points, in their own spread, a target may lie and still be a line among them.
_NEAR = 0.5


class _Scale(NamedTuple):
    """The unit and decimals of the values, and the ends of their axis."""

    unit: str
    decimals: int
    low: float
    top: float

    def holds(self, value: float) -> bool:
        return self.low <= value <= self.top

    @property
    def height(self) -> float:
        return self.top - self.low


def spc_chart(
    points: pd.DataFrame,
    *,
    unit: str,
    decimals: int,
    target: float | None = None,
    target_text: str = "",
    events: pd.DataFrame | None = None,
) -> Drawn:
    """The series as a line of points, each with the colour and the shape of its reading.

    `points`, one row a period in order: `period`, `value` (NaN leaves a gap), `mean`, `lower`,
    `upper`, `point_type` (metrics.spc's labels), `preliminary` (True where the limits rest on too
    few points) and, if any, `status` (`partial` is drawn hollow) and `starts` (new limits begin
    there, and no line leads to them). Values are in `unit`.

    The axis is scaled to the points and their limits: `target` is a line where it lies among or
    near them, and else a text at the edge. `target_text` is what it is called, `Mål 3,0`.
    `events`: `date` (2020-01-01) and `text`, the earliest first.
    """
    dated = [] if events is None else rows_of(events, EventRow)
    low, top = _ends(points, target, decimals)
    scale = _Scale(unit, decimals, low, top)
    outside = target is not None and not scale.holds(target)
    above = outside and target is not None and target > scale.top
    margin = 10 + _LABEL_ROW * len(dated) + (_EDGE_ROW if above else 0)
    bottom = 44 + (_EDGE_ROW if outside and not above else 0)
    drawn = theme.figure(
        height=_PLOT_HEIGHT + margin + bottom, top=margin, right=_NAMES_WIDTH, bottom=bottom
    )
    _draw_limits(drawn, points)
    _draw_target(drawn, points, scale, target=target, text=target_text)
    _draw_events(drawn, points, dated, raised=_EDGE_ROW if above else 0)
    _draw_series(drawn, points, scale)
    _name_runs(drawn, points, scale)
    _name_lines(drawn, points, scale)
    ticks, names = theme.month_ticks(list(points["period"]))
    drawn.update_xaxes(tickvals=ticks, ticktext=names, range=_span(points))
    drawn.update_yaxes(
        range=[scale.low, scale.top],
        nticks=6,
        tickformat=theme.tick_format(scale.height, scale.decimals),
    )
    return drawn


def _ends(points: pd.DataFrame, target: float | None, decimals: int) -> tuple[float, float]:
    """The ends of the axis: around the points and their limits, and zero where it is near."""
    shown = points[["value", "lower", "upper"]]
    lowest, highest = float(shown.min().min()), float(shown.max().max())
    if lowest != lowest:
        return 0.0, 1.0
    # What counts or measures cannot be negative; what can be has a value that is.
    floor = min(0.0, float(points["value"].min()))
    lowest = max(lowest, floor)
    # Even of a single point so high that no two of the numbers along it are written alike.
    spread = max(highest - lowest, 0.1 * abs(highest), 6 * 0.1 ** min(2, max(decimals, 1)))
    slack = (spread - (highest - lowest)) / 2
    lowest, highest = lowest - slack, highest + slack
    if target is not None and lowest - _NEAR * spread <= target <= highest + _NEAR * spread:
        lowest, highest = min(lowest, target), max(highest, target)
        spread = highest - lowest
    low, top = lowest - 0.12 * spread, highest + 0.15 * spread
    return (floor if low < floor or lowest - floor < 0.5 * spread else low), top


def _span(points: pd.DataFrame) -> list[str]:
    first, last = points["period"].iloc[0], points["period"].iloc[-1]
    return [theme.ends(first)[0], theme.ends(last)[1]]


def _dates(points: pd.DataFrame) -> list[str]:
    return [theme.middle(period) for period in points["period"]]


def _draw_limits(drawn: Drawn, points: pd.DataFrame) -> None:
    preliminary = bool(points["preliminary"].any())
    edge = {"color": theme.CHANCE, "width": 1, "dash": "dash" if preliminary else "solid"}
    common: dict[str, Any] = {"mode": "lines", "line": edge, "hoverinfo": "skip"}
    for side in sides(points):
        dates = _dates(side)
        drawn.add_scatter(x=dates, y=side["lower"], **common)
        drawn.add_scatter(x=dates, y=side["upper"], fill="tonexty", fillcolor=theme.BAND, **common)
        drawn.add_scatter(
            x=dates,
            y=side["mean"],
            mode="lines",
            line={"color": theme.MUTED, "width": 1.5},
            hoverinfo="skip",
        )


def _draw_target(
    drawn: Drawn, points: pd.DataFrame, scale: _Scale, *, target: float | None, text: str
) -> None:
    """The target's line with its name on it, or at the edge where to look for it."""
    if target is None:
        return
    at: dict[str, Any] = {"x": 0, "xref": "paper", "xanchor": "left", "color": theme.ACCENT}
    if not scale.holds(target):
        above = target > scale.top
        theme.label(
            drawn,
            f"<b>{text}</b> {'↑' if above else '↓'} utanför bilden",
            y=1 if above else 0,
            yref="paper",
            yanchor="bottom" if above else "top",
            yshift=4 if above else -38,
            **at,
        )
        return
    drawn.add_scatter(
        x=_span(points),
        y=[target, target],
        mode="lines",
        line={"color": theme.ACCENT, "width": 2, "dash": "dot"},
        hoverinfo="skip",
    )
    theme.label(drawn, f"<b>{text}</b>", y=target, yanchor="bottom", **at)


def _draw_series(drawn: Drawn, points: pd.DataFrame, scale: _Scale) -> None:
    marks = theme.marks(points)
    drawn.add_scatter(
        x=_dates(points),
        y=points["value"],
        mode="lines+markers",
        line={"color": theme.CHANCE, "width": 1.5},
        marker={
            "color": [mark.color for mark in marks],
            "symbol": [mark.symbol for mark in marks],
            "size": [
                mark.size + (2 if at == len(marks) - 1 else 0) for at, mark in enumerate(marks)
            ],
            "line": {"color": theme.PAPER, "width": 1},
            "opacity": 1,
        },
        hovertext=[
            theme.point_hover(row, unit=scale.unit, decimals=scale.decimals)
            for row in rows_of(points, PointRow)
        ],
        hoverinfo="text",
    )


def _name_runs(drawn: Drawn, points: pd.DataFrame, scale: _Scale) -> None:
    """Name the latest run of each kind of signal where it stands, instead of in a legend."""
    rows = [row for row in rows_of(points, PointRow) if row.point_type is not None]
    runs = groupby(rows, key=lambda row: row.point_type or "common_cause")
    latest = {kind: list(run) for kind, run in runs}
    latest.pop("common_cause", None)
    for kind, run in latest.items():
        middle = run[len(run) // 2]
        where = list(points["period"]).index(middle.period) / len(points)
        below = middle.value < middle.mean and middle.value > scale.low + 0.12 * scale.height
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


def _name_lines(drawn: Drawn, points: pd.DataFrame, scale: _Scale) -> None:
    """Say at the right edge what each line is and what the last value was, clear of each other."""
    last = points.iloc[-1]
    names: list[tuple[float, str, str]] = []
    if last["upper"] == last["upper"]:
        word = "prel. " if last["preliminary"] else ""
        for height, line in (
            (max(last["lower"], scale.low), f"{word}undre"),
            (last["mean"], "medel"),
            (last["upper"], f"{word}övre"),
        ):
            text = f"{line} {typography.number(height, scale.decimals)}"
            names.append((float(height), text, theme.MUTED))
    if last["value"] == last["value"]:
        shown = typography.number(last["value"], scale.decimals)
        mark = "*" if last.get("status") == "partial" else ""
        color = theme.mark(last["point_type"]).color
        color = theme.INK if color == theme.CHANCE else color
        names.append((float(last["value"]), f"<b>● {shown}{mark}</b>", color))
    names.sort()
    step = _NAME_ROW * scale.height / _PLOT_HEIGHT
    heights = apart([height for height, _, _ in names], step, high=scale.top)
    for (_, text, color), height in zip(names, heights, strict=True):
        theme.label(
            drawn,
            text,
            x=1,
            y=height,
            color=color,
            xref="paper",
            xanchor="left",
            xshift=6,
            yanchor="middle",
        )


def _draw_events(
    drawn: Drawn, points: pd.DataFrame, dated: Sequence[EventRow], *, raised: float
) -> None:
    """Each event has a row of its own above the plot, so that no two texts can meet.

    Texts lean towards the middle of the axis. Those that lean right come in order of time and
    those that lean left the other way, since a later line then stops below an earlier text. They
    are `raised` so many pixels above what stands at the edge.
    """
    middle = points["period"].iloc[len(points) // 2]
    early = [event for event in dated if event.date[:7] < middle]
    late = [event for event in dated if event.date[:7] >= middle]
    for row, event in enumerate([*early, *reversed(late)]):
        height = raised + _LABEL_ROW * (len(dated) - row)
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
