"""A series over time: its limits as a band, its signals in shapes and words of their own."""

import math
from itertools import groupby
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from charts.placing import apart, sides
from reports.drawing.canvas import SIZE, canvas, place, scale, text_width
from reports.drawing.ends import outside, series_ends
from reports.drawing.marks import is_signal, reading_mark, reading_word
from reports.model import SeriesChart
from reports.theme import Colors
from swedish import typography

_HEIGHT = 2.6
_TOP = 0.3
_BOTTOM = 0.3
_LEFT = 0.45
_LINE = 0.16
_MOST_LABELS = 6


def draw_series(chart: SeriesChart, *, colors: Colors, width: float) -> Figure:
    """The chart, `width` inches wide."""
    frame = chart.frame
    figure = canvas(width=width, height=_HEIGHT)
    names = _edge_names(chart, colors)
    room = max((text_width(figure, name, bold=bold) for name, _, _, bold in names), default=0.0)
    axes = place(figure, left=_LEFT, right=room + 0.15, top=_TOP, bottom=_BOTTOM)
    bottom, top = series_ends(chart)
    scale(axes, top=top, bottom=bottom)
    at = list(range(len(frame)))
    axes.set_xlim(-0.5, max(len(frame) - 0.5, 0.5))
    for side in sides(frame):
        along = side.index
        axes.fill_between(
            along, side["lower"], side["upper"], color=colors.band, linewidth=0, zorder=0
        )
        axes.plot(along, side["mean"], color=colors.muted, linewidth=0.9)
    if not outside(chart):
        dots = (0, (1.5, 1.5))
        axes.plot(at, frame["target"], color=colors.accent, linewidth=1.4, linestyle=dots)
    axes.plot(at, frame["value"], color=colors.chance, linewidth=1.1)
    _draw_points(axes, chart, colors)
    _draw_events(axes, chart, colors, top)
    _name_runs(axes, chart, colors, (top - bottom) / (_HEIGHT - _TOP - _BOTTOM))
    _name_edges(axes, names, bottom, top)
    step = max(1, math.ceil(len(frame) / _MOST_LABELS))
    shown = at[::-1][::step][::-1]
    axes.set_xticks(shown, [str(frame["label"].iloc[place]) for place in shown])
    said = f"{chart.unit}. {outside(chart)}" if outside(chart) else chart.unit
    figure.text(0, 0.985, said, color=colors.muted, fontsize=SIZE, va="top")
    return figure


def _draw_points(axes: Axes, chart: SeriesChart, colors: Colors) -> None:
    rows = zip(*(chart.frame[name] for name in ("value", "point_type", "partial")), strict=True)
    for at, (value, kind, partial) in enumerate(rows):
        mark = reading_mark(kind, colors)
        axes.plot(
            [at],
            [value],
            mark.drawn,
            # What is incomplete is hollow.
            color=colors.paper if partial else mark.color,
            markersize=mark.size,
            markeredgecolor=mark.color if partial else colors.paper,
            markeredgewidth=1.0 if partial else 0.6,
            clip_on=False,
        )


def _draw_events(axes: Axes, chart: SeriesChart, colors: Colors, top: float) -> None:
    """A line through the period of each event, with its number at the top."""
    for number, (at, _) in enumerate(chart.events, start=1):
        axes.axvline(at, color=colors.muted, linewidth=0.8, linestyle=(0, (4, 3)), zorder=0)
        axes.text(at, top, str(number), color=colors.muted, fontsize=SIZE, ha="center", va="top",
                  bbox={"facecolor": colors.paper, "linewidth": 0, "pad": 0.8})  # fmt: skip


def _name_runs(axes: Axes, chart: SeriesChart, colors: Colors, inch: float) -> None:
    """Name the latest run of each kind of signal where it stands; `inch` is one in values."""
    frame = chart.frame
    known = [at for at in range(len(frame)) if not math.isnan(frame["value"].iloc[at])]
    runs = [
        list(run) for _, run in groupby(known, key=lambda at: str(frame["point_type"].iloc[at]))
    ]
    latest = {str(frame["point_type"].iloc[run[0]]): run for run in runs}
    for kind, run in latest.items():
        if not is_signal(kind):
            continue
        middle = run[len(run) // 2]
        values = [float(frame["value"].iloc[at]) for at in run]
        mean = float(frame["mean"].iloc[middle])
        below = frame["value"].iloc[middle] < mean and min(values) > 0.3 * inch
        where = middle / max(len(frame) - 1, 1)
        axes.text(
            middle,
            min(values) - 0.1 * inch if below else max(values) + 0.1 * inch,
            reading_word(kind),
            color=reading_mark(kind, colors).color,
            fontsize=SIZE,
            fontweight="bold",
            va="top" if below else "bottom",
            ha="left" if where < 0.12 else "right" if where > 0.88 else "center",
            bbox={"facecolor": colors.paper, "alpha": 0.8, "linewidth": 0, "pad": 0.8},
        )


def _edge_names(chart: SeriesChart, colors: Colors) -> list[tuple[str, float, str, bool]]:
    """What the lines are, at the right edge: text, height, colour and whether it is bold."""
    frame = chart.frame
    names: list[tuple[str, float, str, bool]] = []

    def said(value: Any) -> str:
        return typography.number(float(value), chart.decimals)

    values = frame["value"].dropna()
    if not values.empty:
        mark = "*" if frame["partial"].loc[values.index[-1]] else ""
        last_value = float(values.iloc[-1])
        names.append((f"Senast {said(last_value)}{mark}", last_value, colors.ink, True))
    last = frame.iloc[-1] if len(frame) else None
    if last is not None and not math.isnan(last["mean"]):
        text = f"Medel {said(last['mean'])}"
        if not math.isnan(last["upper"]):
            low = max(float(last["lower"]), 0.0) if values.min() >= 0 else float(last["lower"])
            text += f"\nGränser {said(low)}–{said(last['upper'])}"
        names.append((text, float(last["mean"]), colors.muted, False))
    if last is not None and not math.isnan(last["target"]) and not outside(chart):
        names.append((chart.target_text, float(last["target"]), colors.accent, True))
    return names


def _name_edges(
    axes: Axes, names: list[tuple[str, float, str, bool]], bottom: float, top: float
) -> None:
    inch = (top - bottom) / (_HEIGHT - _TOP - _BOTTOM)
    # A name of two lines stands around its middle: half a line more on either side.
    rows = [
        (height + shift * _LINE * inch, line, color, bold)
        for text, height, color, bold in names
        for line, shift in _lines(text)
    ]
    heights = apart([row[0] for row in rows], _LINE * inch, low=bottom, high=top)
    right = axes.get_xlim()[1]
    for (_, line, color, bold), height in zip(rows, heights, strict=True):
        axes.text(
            right,
            height,
            f" {line}",
            color=color,
            fontsize=SIZE,
            fontweight="bold" if bold else "normal",
            va="center",
        )


def _lines(text: str) -> list[tuple[str, float]]:
    lines = text.split("\n")
    return [(line, (len(lines) - 1) / 2 - at) for at, line in enumerate(lines)]
