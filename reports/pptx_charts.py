"""A report's charts as PowerPoint's own: their numbers are inside, to be changed and restyled."""

from typing import Any

import pandas as pd
from lxml import etree
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

import swedish
from metrics.spc import POINT_READINGS, PointType
from reports.model import BarChart, Chart, ColumnChart, FunnelChart, SeriesChart
from reports.theme import Theme

# Readings as series of their own: then the legend says what they are.
_READINGS: tuple[tuple[PointType, str, Any], ...] = (
    ("special_cause_improvement", "improvement", XL_MARKER_STYLE.DIAMOND),
    ("special_cause_concern", "deterioration", XL_MARKER_STYLE.SQUARE),
    ("special_cause_neutral_high", "accent", XL_MARKER_STYLE.TRIANGLE),
    ("special_cause_neutral_low", "accent", XL_MARKER_STYLE.TRIANGLE),
)
# Swedish separators also where the program that shows the chart is not in Swedish.
_SWEDISH = "[$-41D]"
_LABELS = 9
LIMITS = ("lower_998", "lower_95", "upper_95", "upper_998")


def draw(slide: Any, chart: Chart, theme: Theme, box: tuple[float, float, float, float]) -> Any:
    """Put the chart on the slide within `box`, in inches, and give its frame."""
    place = tuple(Inches(side) for side in box)
    match chart:
        case SeriesChart():
            return _series(slide, chart, theme, place)
        case BarChart():
            return _bars(slide, chart, theme, place)
        case ColumnChart():
            return _columns(slide, chart, theme, place)
        case FunnelChart():
            return _funnel(slide, chart, theme, place)


def _known(values: pd.Series) -> list[float | None]:
    return [None if value != value else float(value) for value in values]


def _format(decimals: int) -> str:
    return f"{_SWEDISH}#,##0" + (f".{'0' * decimals}" if decimals else "")


def _series(slide: Any, chart: SeriesChart, theme: Theme, place: Any) -> Any:
    frame, colors = chart.frame, theme.colors
    data = CategoryChartData(number_format=_format(chart.decimals))
    data.categories = [str(label) for label in frame["label"]]
    lines = [("Värde", "value", colors.chance, 1.75, None)]
    lines += [
        (name, key, color, 1.25, dash)
        for name, key, color, dash in (
            ("Medel", "mean", colors.quiet, None),
            ("Undre gräns", "lower", colors.quiet, MSO_LINE.SQUARE_DOT),
            ("Övre gräns", "upper", colors.quiet, MSO_LINE.SQUARE_DOT),
            (f"Mål {chart.target_text}", "target", colors.accent, MSO_LINE.DASH),
        )
        if frame[key].notna().any()
    ]
    for name, key, *_ in lines:
        data.add_series(name, _known(frame[key]))
    found = [one for one in _READINGS if (frame["point_type"] == one[0]).any()]
    for kind, *_ in found:
        mine = frame["value"].where(frame["point_type"] == kind)
        data.add_series(POINT_READINGS[kind].word, _known(mine))
    drawn = slide.shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *place, data)
    made = drawn.chart
    _common(made, theme, decimals=chart.decimals, legend=True)
    drawn_series = list(made.plots[0].series)
    for line, (_, color, shape) in zip(drawn_series[len(lines) :], found, strict=True):
        line.smooth = False
        line.format.line.fill.background()
        line.marker.style, line.marker.size = shape, 9
        _filled(line.marker.format, getattr(theme.colors, color))
    for line, (_, key, color, width, dash) in zip(drawn_series, lines, strict=False):
        line.smooth = False
        line.format.line.color.rgb = _rgb(color)
        line.format.line.width = Pt(width)
        if dash is not None:
            line.format.line.dash_style = dash
        line.marker.style = XL_MARKER_STYLE.CIRCLE if key == "value" else XL_MARKER_STYLE.NONE
        if key == "value":
            line.marker.size = 5
            _filled(line.marker.format, color)
    made.value_axis.minimum_scale = min(0.0, float(frame[["value", "lower"]].min().min() or 0.0))
    _every_few_labels(made, len(frame))
    return drawn


def _every_few_labels(made: Any, count: int) -> None:
    """So many labels that none is cut."""
    axis = made.category_axis._element
    after = axis.find(qn("c:noMultiLvlLbl"))
    for tag in ("c:tickLblSkip", "c:tickMarkSkip"):
        skip = etree.Element(qn(tag))
        skip.set("val", str(max(1, -(-count // _LABELS))))
        if after is None:
            axis.append(skip)
        else:
            after.addprevious(skip)
    made.category_axis.tick_labels.font.size = Pt(11)
    axis.find(qn("c:txPr")).find(qn("a:bodyPr")).set("rot", "-2700000")


def _bars(slide: Any, chart: BarChart, theme: Theme, place: Any) -> Any:
    frame, colors = chart.frame, theme.colors
    data = CategoryChartData(number_format=_format(chart.decimals))
    data.categories = [
        f"{name}, {note}" if note else str(name)
        for name, note in zip(frame["name"], frame["note"], strict=True)
    ]
    data.add_series(chart.unit.capitalize(), _known(frame["value"]))
    drawn = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *place, data)
    made = drawn.chart
    _common(made, theme, decimals=chart.decimals, legend=False)
    _as_bars(made, theme, decimals=chart.decimals, gap=45)
    if chart.unit == "kr":
        made.plots[0].data_labels.number_format = f'{_format(0)} "kr"'
    series = made.plots[0].series[0]
    _filled(series.format, colors.accent)
    for at, kind in enumerate(frame["kind"]):
        if kind != "place":
            _filled(series.points[at].format, colors.quiet)
    size = 12 if len(frame) <= 16 else 9 if len(frame) <= 28 else 6
    made.category_axis.tick_labels.font.size = Pt(size)
    made.plots[0].data_labels.font.size = Pt(size)
    return drawn


def _columns(slide: Any, chart: ColumnChart, theme: Theme, place: Any) -> Any:
    frame = chart.frame
    data = CategoryChartData(number_format=_format(chart.decimals))
    hidden = frame.iloc[:, -1].isna()
    data.categories = [
        f"{name} (..)" if gone else str(name)
        for name, gone in zip(frame.index, hidden, strict=True)
    ]
    for name in frame.columns:
        data.add_series(str(name), _known(frame[name]))
    drawn = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *place, data)
    made = drawn.chart
    _common(made, theme, decimals=chart.decimals, legend=True)
    _as_bars(made, theme, decimals=chart.decimals, gap=60)
    quiet = [theme.colors.rule, theme.colors.quiet, theme.colors.chance]
    shades = [*quiet[: frame.shape[1] - 1], theme.colors.accent]
    for series, color in zip(made.plots[0].series, shades, strict=True):
        _filled(series.format, color)
    made.plots[0].data_labels.font.size = Pt(9)
    return drawn


def _funnel(slide: Any, chart: FunnelChart, theme: Theme, place: Any) -> Any:
    points, curve, colors = chart.points, chart.curve, theme.colors
    data = XyChartData(number_format=_format(2))
    inside = points["position"] == "inside"
    groups = [
        ("Innanför gränserna", points[inside], colors.quiet),
        ("Utanför gränserna", points[~inside], colors.accent),
    ]
    for name, rows, _ in groups:
        series = data.add_series(name)
        for size, rate in zip(rows["inhabitants"], rows["rate"], strict=True):
            series.add_data_point(float(size), float(rate))
    names = ("Undre 99,8 %", "Undre 95 %", "Övre 95 %", "Övre 99,8 %")
    top = 1.3 * max(float(points["rate"].max()), chart.rate, 1e-9)
    for name, key in zip(names, LIMITS, strict=True):
        series = data.add_series(name)
        for size, rate in zip(curve["inhabitants"], curve[key], strict=True):
            series.add_data_point(float(size), float(rate))
    level = data.add_series(f"Nivå {swedish.number(chart.rate, 2)}")
    for size in (curve["inhabitants"].iloc[0], curve["inhabitants"].iloc[-1]):
        level.add_data_point(float(size), float(chart.rate))
    drawn = slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, *place, data)
    made = drawn.chart
    _common(made, theme, decimals=0, legend=True)
    drawn_series = list(made.plots[0].series)
    for series, (_, rows, color) in zip(drawn_series, groups, strict=False):
        series.format.line.fill.background()
        series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 6
        _filled(series.marker.format, color)
        if color == colors.accent:
            _name_points(series, [str(name) for name in rows["name"]], theme)
    for series, key in zip(drawn_series[2:], (*LIMITS, ""), strict=True):
        series.marker.style = XL_MARKER_STYLE.NONE
        series.smooth = False
        series.format.line.color.rgb = _rgb(colors.chance if key else colors.ink)
        series.format.line.width = Pt(1)
        if key.endswith("95"):
            series.format.line.dash_style = MSO_LINE.DASH
    made.value_axis.minimum_scale, made.value_axis.maximum_scale = 0, round(top, 1)
    _log_axis(made, float(points["inhabitants"].min()), float(curve["inhabitants"].max()))
    return drawn


def _name_points(series: Any, names: list[str], theme: Theme) -> None:
    for at, name in enumerate(names):
        frame = series.points[at].data_label.text_frame
        frame.text = name
        run = frame.paragraphs[0].runs[0]
        run.font.size = Pt(11)
        run.font.color.rgb = _rgb(theme.colors.ink)


def _log_axis(made: Any, low: float, high: float) -> None:
    axis = made.category_axis
    axis.minimum_scale = 10 ** (len(str(int(low))) - 1)
    axis.maximum_scale = 1_000_000 if high > 100_000 else 100_000
    axis.tick_labels.number_format = _format(0)
    axis.tick_labels.number_format_is_linked = False
    axis.has_major_gridlines = False
    scaling = axis._element.find(qn("c:scaling"))
    base = etree.Element(qn("c:logBase"))
    base.set("val", "10")
    scaling.insert(0, base)


def _as_bars(made: Any, theme: Theme, *, decimals: int, gap: int) -> None:
    """The first on top, its value at the end of each bar, and no value axis."""
    made.category_axis.reverse_order = True
    made.category_axis.format.line.color.rgb = _rgb(theme.colors.rule)
    made.value_axis.visible = False
    made.value_axis.has_major_gridlines = False
    made.value_axis.minimum_scale = 0
    plot = made.plots[0]
    plot.gap_width, plot.overlap = gap, 0
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = _format(decimals), False
    labels.font.size = Pt(11)
    labels.font.color.rgb = _rgb(theme.colors.ink)


def _common(made: Any, theme: Theme, *, decimals: int, legend: bool) -> None:
    made.has_title = False
    made.font.size = Pt(11)
    made.font.name = theme.office_font
    made.font.color.rgb = _rgb(theme.colors.muted)
    made.has_legend = legend
    if legend:
        made.legend.position = XL_LEGEND_POSITION.BOTTOM
        made.legend.include_in_layout = False
        made.legend.font.size = Pt(11)
    axis = made.value_axis
    axis.major_gridlines.format.line.color.rgb = _rgb(theme.colors.rule)
    axis.format.line.fill.background()
    axis.tick_labels.number_format = _format(min(decimals, 1))
    axis.tick_labels.number_format_is_linked = False
    made.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    made.category_axis.format.line.color.rgb = _rgb(theme.colors.rule)
    made.category_axis.has_major_gridlines = False
    for text in made._chartSpace.iter(qn("a:defRPr"), qn("a:endParaRPr")):
        text.set("lang", "sv-SE")
    language = made._chartSpace.find(qn("c:lang"))
    if language is None:
        language = etree.Element(qn("c:lang"))
        made._chartSpace.insert(1, language)
    language.set("val", "sv-SE")


def _filled(format_: Any, color: str) -> None:
    format_.fill.solid()
    format_.fill.fore_color.rgb = _rgb(color)
    if hasattr(format_, "line"):
        format_.line.color.rgb = _rgb(color)


def _rgb(color: str) -> RGBColor:
    return RGBColor.from_string(color[1:].upper())
