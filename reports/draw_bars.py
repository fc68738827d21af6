"""Bars that carry their own labels: places in order, and a few series side by side."""

import math
from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

import swedish
from reports.canvas import SIZE, SMALL, canvas, cut, folded, place, scale, text_width
from reports.model import BarChart, ColumnChart
from reports.theme import Colors

_ROW = 0.2
_MARGIN = 0.06
_UNIT = 0.24
_MOST_ROWS = 28
_GAP = 0.3
_NAMES = 0.42
_PLOT = 2.0
_LETTERING = 0.14
_MOST_VALUES = 24
_SMALLEST = 6.5


def draw_bars(chart: BarChart, *, colors: Colors, width: float) -> Figure:
    """The places downwards, in two columns where they are many, `width` inches wide."""
    frame = chart.frame
    columns = 1 if len(frame) <= _MOST_ROWS else 2
    rows = max(math.ceil(len(frame) / columns), 1)
    height = rows * _ROW + _UNIT + _MARGIN
    figure = canvas(width=width, height=height)
    column = (width - (columns - 1) * _GAP) / columns
    names = min(
        _NAMES * column,
        0.1 + max((text_width(figure, str(name), bold=True) for name in frame["name"]), default=0),
    )
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
    figure.text(0, 0.985, chart.unit, color=colors.muted, fontsize=SMALL, va="top")
    return figure


def _label(chart: BarChart, at: int) -> tuple[str, str]:
    row = chart.frame.iloc[at]
    value = "" if math.isnan(row["value"]) else swedish.number(row["value"], chart.decimals)
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
        axes.barh(at, known, height=0.66, color=colors.chance if reference else colors.accent)
        weight = "bold" if reference else "normal"
        axes.text(
            -0.07 * inch,
            at,
            cut(figure, str(name), widths[1] - 0.1),
            ha="right",
            va="center",
            fontweight=weight,
        )
        start = known + 0.05 * inch
        axes.text(start, at, number, ha="left", va="center", fontweight=weight)
        if note:
            start += (text_width(figure, number, bold=True) + 0.06) * inch if number else 0
            room = (axes.get_xlim()[1] - start) / inch
            shown = cut(figure, note, room, size=SMALL)
            axes.text(start, at, shown, va="center", fontsize=SMALL, color=colors.muted)
    axes.axvline(0, color=colors.rule, linewidth=0.8)


def draw_columns(chart: ColumnChart, *, colors: Colors, width: float) -> Figure:
    """The categories side by side with a column for each series, `width` inches wide."""
    frame = chart.frame
    each = (width - 0.45) / max(len(frame), 1)
    figure = canvas(width=width, height=_PLOT)
    size = _name_size(figure, frame, each)
    names = [folded(figure, str(name), each - 0.08, lines=3, size=size) for name in frame.index]
    below = 0.12 + _LETTERING * max((name.count("\n") + 1 for name in names), default=1)
    figure.set_size_inches(width, _PLOT + below + 0.5)
    with_values = frame.size <= _MOST_VALUES
    left = 0.05 if with_values else 0.45
    axes = place(figure, left=left, right=0.05, top=0.5, bottom=below, bare=with_values)
    high = frame.max().max()
    scale(axes, top=1.12 * float(high) if high > 0 else 1.0, bottom=min(0.0, frame.min().min()))
    if with_values:
        axes.set_yticks([])
    axes.set_xlim(-0.5, len(frame) - 0.5)
    axes.set_xticks(range(len(frame)), names, linespacing=1.05)
    axes.tick_params(axis="x", labelcolor=colors.ink, labelsize=size, pad=4)
    axes.axhline(0, color=colors.rule, linewidth=0.8)
    thick = 0.72 / max(len(frame.columns), 1)
    shades = series_colors(len(frame.columns), colors)
    for number, (series, color) in enumerate(zip(frame.columns, shades, strict=True)):
        middle = (number - (len(frame.columns) - 1) / 2) * thick
        for at, value in enumerate(frame[series]):
            if math.isnan(value):
                continue
            axes.bar(at + middle, value, width=0.9 * thick, color=color)
            if with_values:
                text = swedish.number(value, chart.decimals)
                weight = "bold" if number == len(frame.columns) - 1 else "normal"
                axes.text(at + middle, value, text, ha="center", va="bottom", fontweight=weight)
    _name_series(figure, chart, shades, colors)
    return figure


def _name_size(figure: Figure, frame: pd.DataFrame, each: float) -> float:
    """A size of letters at which no word of the names is too wide, if one is to be found."""
    words = [word for name in frame.index for word in str(name).split()]
    longest = max((text_width(figure, word) for word in words), default=0.0)
    return max(_SMALLEST, SIZE * min(1.0, (each - 0.1) / max(longest, 0.01)))


def series_colors(count: int, colors: Colors) -> list[str]:
    """The accent for the last series, quieter colours for those it is held against."""
    quiet = [colors.quiet, colors.rule, colors.chance, colors.muted]
    return [*reversed([quiet[at % len(quiet)] for at in range(count - 1)]), colors.accent]


def _name_series(figure: Figure, chart: ColumnChart, shades: Sequence[str], colors: Colors) -> None:
    width, height = figure.get_size_inches()
    row = 1 - 0.09 / height
    figure.text(0, 0.985, chart.unit, color=colors.muted, fontsize=SMALL, va="top")
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
