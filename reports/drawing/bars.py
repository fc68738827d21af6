"""Bars that carry their own labels: places in order, and a few series side by side."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from reports.drawing.canvas import SIZE, canvas, cut, folded, place, scale, text_width
from reports.drawing.marks import series_colors
from reports.model import BarChart, ColumnChart
from reports.theme import Colors
from swedish import typography

_ROW = 0.2
_TALL_ROW = 0.33
_MARGIN = 0.06
_UNIT = 0.28
_MOST_ROWS = 28
_GAP = 0.3
_NAMES = 0.42
_PLOT = 2.0
_LETTERING = 0.165
_MOST_VALUES = 24
_NAMED = 0.5


def draw_bars(chart: BarChart, *, colors: Colors, width: float) -> Figure:
    """The places downwards, in two columns where they are many, `width` inches wide."""
    frame = chart.frame
    columns = 1 if len(frame) <= _MOST_ROWS else 2
    rows = max(math.ceil(len(frame) / columns), 1)
    column = (width - (columns - 1) * _GAP) / columns
    figure = canvas(width=width, height=_PLOT)
    widest = max((text_width(figure, str(name), bold=True) for name in frame["name"]), default=0)
    names = min(_NAMES * column, 0.1 + widest)
    row = _ROW if names < _NAMES * column else _TALL_ROW
    figure.set_size_inches(width, rows * row + _UNIT + _MARGIN)
    labels = [_label(chart, at) for at in range(len(frame))]
    longest = _longest(figure, chart, labels, column - names)
    for number in range(columns):
        left = number * (column + _GAP) + names
        axes = place(
            figure,
            left=left,
            right=width - left - (column - names),
            top=_UNIT,
            bottom=_MARGIN,
            bare=True,
        )
        axes.set_xlim(0, longest)
        axes.set_ylim(rows - 0.5, -0.5)
        axes.set_xticks([])
        axes.set_yticks([])
        part = frame.iloc[number * rows : (number + 1) * rows]
        _draw_rows(axes, part, labels[number * rows :], colors, (column - names, names))
    figure.text(0, 0.985, chart.unit, color=colors.muted, fontsize=SIZE, va="top")
    return figure


def _label(chart: BarChart, at: int) -> tuple[str, str]:
    row = chart.frame.iloc[at]
    value = "" if math.isnan(row["value"]) else typography.number(row["value"], chart.decimals)
    return value, str(row["note"])


def _longest(
    figure: Figure, chart: BarChart, labels: Sequence[tuple[str, str]], width: float
) -> float:
    """The value at the right edge, such that every bar's label has room after it."""
    needed = [1e-9]
    for value, (number, note) in zip(chart.frame["value"], labels, strict=True):
        if not math.isnan(value):
            room = text_width(figure, f"  {number}  ", bold=True) + text_width(figure, note)
            needed.append(value * width / max(width - room, 0.25 * width))
    return max(needed)


def _draw_rows(
    axes: Axes,
    part: pd.DataFrame,
    labels: Sequence[tuple[str, str]],
    colors: Colors,
    widths: tuple[float, float],
) -> None:
    figure = axes.figure
    assert isinstance(figure, Figure)
    inch = axes.get_xlim()[1] / widths[0]
    for at, (name, value, kind) in enumerate(
        zip(part["name"], part["value"], part["kind"], strict=True)
    ):
        number, note = labels[at]
        known = 0.0 if math.isnan(value) else float(value)
        reference = kind == "reference"
        axes.barh(at, known, height=0.62, color=colors.chance if reference else colors.accent)
        weight = "bold" if reference else "normal"
        axes.text(
            -0.07 * inch,
            at,
            folded(figure, str(name), widths[1] - 0.1, lines=2),
            linespacing=1.0,
            ha="right",
            va="center",
            fontweight=weight,
        )
        start = known + 0.05 * inch
        axes.text(start, at, number, ha="left", va="center", fontweight=weight)
        if note:
            start += (text_width(figure, number, bold=True) + 0.06) * inch if number else 0
            room = (axes.get_xlim()[1] - start) / inch
            shown = cut(figure, note, room, size=SIZE)
            axes.text(start, at, shown, va="center", fontsize=SIZE, color=colors.muted)
    axes.axvline(0, color=colors.rule, linewidth=0.8)


def draw_columns(chart: ColumnChart, *, colors: Colors, width: float) -> Figure:
    """The categories with a bar for each series, `width` inches wide.

    Side by side where their names have room below, else from the top down.
    """
    figure = canvas(width=width, height=_PLOT)
    each = (width - 0.45) / max(len(chart.frame), 1) - 0.08
    words = [word for name in chart.frame.index for word in str(name).split()]
    if max((text_width(figure, word, size=SIZE) for word in words), default=0) > each:
        _draw_lying(figure, chart, colors)
    else:
        _draw_standing(figure, chart, colors, each)
    return figure


def _draw_standing(figure: Figure, chart: ColumnChart, colors: Colors, each: float) -> None:
    frame, width = chart.frame, figure.get_figwidth()
    names = [folded(figure, str(name), each, lines=3, size=SIZE) for name in frame.index]
    below = 0.12 + _LETTERING * max((name.count("\n") + 1 for name in names), default=1)
    figure.set_size_inches(width, _PLOT + below + _NAMED)
    with_values = frame.size <= _MOST_VALUES
    left = 0.05 if with_values else 0.45
    axes = place(figure, left=left, right=0.05, top=_NAMED, bottom=below, bare=with_values)
    high = frame.max().max()
    scale(axes, top=1.12 * float(high) if high > 0 else 1.0, bottom=min(0.0, frame.min().min()))
    if with_values:
        axes.set_yticks([])
    axes.set_xlim(-0.5, len(frame) - 0.5)
    axes.set_xticks(range(len(frame)), names, linespacing=1.05)
    axes.tick_params(axis="x", labelcolor=colors.ink, labelsize=SIZE, pad=4)
    axes.axhline(0, color=colors.rule, linewidth=0.8)
    for bar in _bars(chart, colors):
        if bar.value is None:
            # Upright where there is room for no more than the bar.
            axes.text(bar.at, 0, f" {bar.text}", ha="center", va="bottom", rotation=90,
                      fontsize=SIZE, color=colors.muted)  # fmt: skip
            continue
        axes.bar(bar.at, bar.value, width=0.9 * bar.thick, color=bar.color)
        if with_values:
            axes.text(bar.at, bar.value, bar.text, ha="center", va="bottom", fontweight=bar.weight)
    _name_series(figure, chart, colors)


def _draw_lying(figure: Figure, chart: ColumnChart, colors: Colors) -> None:
    frame, width = chart.frame, figure.get_figwidth()
    names = [folded(figure, str(name), _NAMES * width - 0.1, lines=2) for name in frame.index]
    widest = max(text_width(figure, name) for name in names) + 0.1
    row = max(0.15 * len(frame.columns) + 0.1, 0.36)
    figure.set_size_inches(width, row * len(frame) + _NAMED + _MARGIN)
    axes = place(figure, left=widest, right=0.0, top=_NAMED, bottom=_MARGIN, bare=True)
    high = frame.max().max()
    # Room for the longest bar's number after it.
    axes.set_xlim(0, 1.15 * float(high) if high > 0 else 1.0)
    axes.set_ylim(len(frame) - 0.5, -0.5)
    axes.set_xticks([])
    axes.set_yticks(range(len(frame)), names, linespacing=1.05)
    axes.tick_params(axis="y", labelcolor=colors.ink)
    axes.axvline(0, color=colors.rule, linewidth=0.8)
    for bar in _bars(chart, colors):
        if bar.value is None:
            axes.text(0, bar.at, f" {bar.text}", va="center", fontsize=SIZE, color=colors.muted)
            continue
        axes.barh(bar.at, bar.value, height=0.86 * bar.thick, color=bar.color)
        axes.text(bar.value, bar.at, f" {bar.text}", va="center", fontweight=bar.weight)
    _name_series(figure, chart, colors)


@dataclass(frozen=True)
class _Bar:
    """A bar, or without a value the words that stand where it would."""

    at: float
    value: float | None
    thick: float
    color: str
    text: str
    weight: str


def _bars(chart: ColumnChart, colors: Colors) -> list[_Bar]:
    frame = chart.frame
    count = len(frame.columns)
    thick = 0.72 / max(count, 1)
    return [
        _Bar(
            at=at + (number - (count - 1) / 2) * thick,
            value=None if math.isnan(value) else float(value),
            thick=thick,
            color=color,
            text=chart.why.get((at, number)) or typography.number(value, chart.decimals),
            weight="bold" if number == count - 1 else "normal",
        )
        for number, color in enumerate(series_colors(count, colors))
        for at, value in enumerate(frame.iloc[:, number])
        if not math.isnan(value) or (at, number) in chart.why
    ]


def _name_series(figure: Figure, chart: ColumnChart, colors: Colors) -> None:
    width, height = figure.get_size_inches()
    row = 1 - 0.09 / height
    shades = series_colors(len(chart.frame.columns), colors)
    figure.text(0, 0.985, chart.unit, color=colors.muted, fontsize=SIZE, va="top")
    left = 0.05
    for number, (name, color) in enumerate(zip(chart.frame.columns, shades, strict=True)):
        last = number == len(shades) - 1
        middle = row - 0.2 / height
        square = Rectangle((left / width, middle - 0.05 / height), 0.1 / width, 0.1 / height)
        square.set(facecolor=color, transform=figure.transFigure)
        figure.add_artist(square)
        figure.text(
            (left + 0.16) / width,
            middle,
            str(name),
            va="center",
            fontsize=SIZE,
            fontweight="bold" if last else "normal",
        )
        left += 0.45 + text_width(figure, str(name), bold=last)
