"""The funnel plot as a chart of PowerPoint's own, the names of its places clear of each other."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
from pptx.chart.data import XyChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.enum.dml import MSO_LINE

from reports.drawing.ends import funnel_top
from reports.drawing.marks import position_mark
from reports.model import FunnelChart
from reports.office.lettering import word_width
from reports.office.pptx.pieces import (
    SIZE,
    chart_frame,
    make_logarithmic,
    mark_point,
    name_edges,
    rgb,
    set_category_axis,
    set_line,
    set_mark,
    set_plot_area,
    set_value_axis,
    write_label,
    write_title,
)
from reports.office.pptx.template import Box
from reports.theme import Theme
from swedish import typography

# Inches around the plot.
_RIGHT, _BOTTOM = 1.75, 0.6
_LEFT, _TOP = 0.07, 0.05
_LINE, _OFF = 0.2, 0.08
_SIDES = {
    "right": XL_LABEL_POSITION.RIGHT,
    "left": XL_LABEL_POSITION.LEFT,
    "above": XL_LABEL_POSITION.ABOVE,
    "below": XL_LABEL_POSITION.BELOW,
}
_LIMITS = (
    ("upper_95", "Övre 95 %-gräns", MSO_LINE.ROUND_DOT),
    ("lower_95", "Undre 95 %-gräns", MSO_LINE.ROUND_DOT),
    ("upper_998", "Övre 99,8 %-gräns", None),
    ("lower_998", "Undre 99,8 %-gräns", None),
)


def add_funnel(slide: Any, chart: FunnelChart, box: Box, theme: Theme) -> None:
    """The places, the limits that chance allows, and the names of those that are to have one."""
    colors, curve = theme.colors, chart.curve
    data = XyChartData(number_format="0.0")
    _add_points(data, "Gemensamt", curve["inhabitants"], [chart.rate] * len(curve))
    top = funnel_top(chart)
    for column, name, _ in _LIMITS:
        inside = curve[curve[column] <= top]
        _add_points(data, name, inside["inhabitants"], inside[column])
    # Last, so that the places lie over the lines; LibreOffice shows no points in a first series.
    # The place's own are a series, since LibreOffice colours the points of one alike.
    own = chart.points["highlight"].astype(bool)
    groups = [
        (name, chart.points[chosen].reset_index(drop=True), is_own)
        for name, chosen, is_own in (("Andra kommuner", ~own, False), ("Kommuner", own, True))
        if chosen.any()
    ]
    for name, points, _ in groups:
        _add_points(data, name, points["inhabitants"], points["rate"])
    native = chart_frame(slide, XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS, box, data, chart, theme)
    _, high = set_value_axis(native.value_axis, 0.0, top, theme)
    sizes = [float(size) for size in curve["inhabitants"]]
    set_category_axis(native.category_axis, theme)
    make_logarithmic(native.category_axis, min(sizes), max(sizes))
    native.category_axis.has_title = True
    write_title(native.category_axis.axis_title, "Invånare", theme)
    set_plot_area(
        native, left=_LEFT, top=_TOP, right=_RIGHT / box.width, bottom=_BOTTOM / box.height
    )
    common, *others = native.plots[0].series
    edges, places = others[: len(_LIMITS)], others[len(_LIMITS) :]
    set_line(common, colors.ink, 1.25)
    for series, (_, _, dash) in zip(edges, _LIMITS, strict=True):
        set_line(series, colors.chance, 0.75, dash)
    axis = native.category_axis
    plot = _Plot(box, axis.minimum_scale, axis.maximum_scale, high)
    taken: list[_Area] = []
    marks = plot.marks(chart.points)
    for series, (_, points, is_own) in zip(places, groups, strict=True):
        _mark_places(series, points, theme, filled=is_own)
        _name_places(series, points, plot, theme, taken=taken, marks=marks)
    last = curve.iloc[-1]
    names = [
        (common, f"Gemensamt {typography.number(chart.rate, 1)}", chart.rate, colors.ink),
        (edges[0], "95 %-gräns", float(last["upper_95"]), colors.muted),
        (edges[2], "99,8 %-gräns", float(last["upper_998"]), colors.muted),
    ]
    edge_names = [
        (series, len(list(series.values)) - 1, height, text, color, False)
        for series, text, height, color in names
    ]
    name_edges(edge_names, 0.0, high, box.height * (1 - _TOP) - _BOTTOM, box)


def _add_points(data: XyChartData, name: str, xs: Iterable[Any], ys: Iterable[Any]) -> None:
    series = data.add_series(name)
    for x, y in zip(xs, ys, strict=True):
        series.add_data_point(float(x), float(y))


def _mark_places(places: Any, points: pd.DataFrame, theme: Theme, *, filled: bool) -> None:
    """Those of the place are filled with the accent, all others pale; a shape says outside."""
    colors = theme.colors
    places.format.line.fill.background()
    plain = position_mark("inside", colors)
    set_mark(places.marker, replace(plain, color=colors.accent if filled else colors.rule))
    if not filled:
        places.marker.format.line.color.rgb = rgb(plain.color)
    for at, position in enumerate(points["position"]):
        if position != "inside":
            mark = position_mark(position, colors)
            shown = replace(mark, color=colors.accent if filled else colors.rule)
            mark_point(places.points[at], shown, with_line=False)
            if not filled:
                places.points[at].marker.format.line.color.rgb = rgb(mark.color)


@dataclass(frozen=True)
class _Plot:
    """Where a value stands in a plot with a logarithmic axis, in inches from its lower left."""

    box: Box
    smallest: float
    largest: float
    top: float

    @property
    def size(self) -> tuple[float, float]:
        """Its width and height."""
        wide = self.box.width * (1 - _LEFT) - _RIGHT
        return wide, self.box.height * (1 - _TOP) - _BOTTOM

    def at(self, inhabitants: float, rate: float) -> tuple[float, float]:
        """Where a place of so many inhabitants and such a rate stands."""
        wide, high = self.size
        across = math.log(inhabitants / self.smallest) / math.log(self.largest / self.smallest)
        return across * wide, rate / self.top * high

    def marks(self, points: pd.DataFrame) -> list[tuple[float, float]]:
        """Where each of the places stands."""
        where = zip(points["inhabitants"], points["rate"], strict=True)
        return [self.at(size, rate) for size, rate in where]


_Area = tuple[float, float, float, float]


def _name_places(
    places: Any,
    points: pd.DataFrame,
    plot: _Plot,
    theme: Theme,
    *,
    taken: list[_Area],
    marks: Sequence[tuple[float, float]],
) -> None:
    """Each name on the side of its mark where it covers least of others; adds to what is taken."""
    for at, own in enumerate(plot.marks(points)):
        if not points["named"].iloc[at]:
            continue
        name = str(points["name"].iloc[at])
        areas = {side: _area(own, word_width(name, SIZE), side) for side in _SIDES}
        side = min(_SIDES, key=lambda one: _covered(areas[one], taken, marks, plot.size))
        taken.append(areas[side])
        label = places.points[at].data_label
        bold = bool(points["highlight"].iloc[at])
        write_label(label, name, theme.colors.ink, bold=bold)
        label.position = _SIDES[side]


def _area(mark: tuple[float, float], width: float, side: str) -> _Area:
    """Left, bottom, right and top of a name on a side of its mark."""
    across, up = mark
    match side:
        case "right":
            return across + _OFF, up - _LINE / 2, across + _OFF + width, up + _LINE / 2
        case "left":
            return across - _OFF - width, up - _LINE / 2, across - _OFF, up + _LINE / 2
        case "above":
            return across - width / 2, up + _OFF, across + width / 2, up + _OFF + _LINE
        case _:
            return across - width / 2, up - _OFF - _LINE, across + width / 2, up - _OFF


def _covered(
    area: _Area,
    taken: Sequence[_Area],
    marks: Sequence[tuple[float, float]],
    size: tuple[float, float],
) -> int:
    """How much a name would cover: other names most, then what is outside the plot, then marks."""
    left, bottom, right, top = area
    names = sum(
        left < other[2] and other[0] < right and bottom < other[3] and other[1] < top
        for other in taken
    )
    outside = left < 0 or bottom < 0 or right > size[0] or top > size[1]
    covered = sum(left < across < right and bottom < up < top for across, up in marks)
    return 100 * names + 10 * outside + covered
