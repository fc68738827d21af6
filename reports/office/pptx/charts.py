"""Charts of PowerPoint's own: the numbers are inside, and PowerPoint's tools restyle them."""

import math
from dataclasses import replace
from itertools import groupby
from typing import Any, NamedTuple

import pandas as pd
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from charts.placing import sides
from reports.drawing.ends import outside, series_ends
from reports.drawing.marks import is_signal, reading_mark, reading_word, series_colors
from reports.model import BarChart, Chart, ColumnChart, FunnelChart, SeriesChart
from reports.office.lettering import word_width
from reports.office.pptx.funnel import add_funnel
from reports.office.pptx.pieces import (
    SIZE,
    chart_frame,
    ends,
    known_values,
    mark_point,
    name_edges,
    number_format,
    plain_name,
    rgb,
    set_category_axis,
    set_fill,
    set_line,
    set_mark,
    set_plot_area,
    set_value_axis,
    show_values,
    write_label,
)
from reports.office.pptx.template import Box
from reports.theme import Theme
from swedish import typography

# The longest name, in inches, that stands beside its bar in one line.
_MOST_NAME = 3.0
_LINES = (
    ("mean", "Medel"),
    ("upper", "Övre gräns"),
    ("lower", "Undre gräns"),
    ("target", "Mål"),
)


def add_chart(slide: Any, chart: Chart, box: Box, theme: Theme, *, longest: float = 0.0) -> None:
    """The chart in the box with its alternative text; bars on a scale that holds `longest`."""
    match chart:
        case SeriesChart():
            _add_series(slide, chart, box, theme)
        case BarChart():
            _add_bars(slide, chart, box, theme, longest)
        case ColumnChart():
            _add_columns(slide, chart, box, theme)
        case FunnelChart():
            add_funnel(slide, chart, box, theme)


def _add_series(slide: Any, chart: SeriesChart, box: Box, theme: Theme) -> None:
    frame, colors = chart.frame, theme.colors
    data = CategoryChartData(number_format=number_format(chart.decimals))
    data.categories = [str(label) for label in frame["label"]]
    data.add_series("Värde", known_values(frame["value"]))
    lines = [one for one in _lines(frame) if not (one.column == "target" and outside(chart))]
    for line in lines:
        data.add_series(line.name, known_values(line.values))
    if chart.events:
        top = series_ends(chart)[1]
        marked = {at for at, _ in chart.events}
        data.add_series("Händelser", [top if at in marked else None for at in range(len(frame))])
    native = chart_frame(slide, XL_CHART_TYPE.LINE_MARKERS, box, data, chart, theme)
    low, high = set_value_axis(native.value_axis, *series_ends(chart), theme)
    set_category_axis(
        native.category_axis, theme, every=math.ceil(len(frame) / max((box.width - 2.5) / 0.9, 1))
    )
    set_plot_area(native, left=0.07, top=0.05, right=2.0 / box.width, bottom=0.35 / box.height)
    first, *others = native.plots[0].series
    if chart.events:
        _mark_events(others.pop(), chart, theme)
    set_line(first, colors.chance, 1.75)
    first.smooth = False
    set_mark(first.marker, reading_mark(None, colors))
    for at, (value, kind) in enumerate(zip(frame["value"], frame["point_type"], strict=True)):
        if is_signal(kind) and not math.isnan(value):
            mark_point(first.points[at], reading_mark(kind, colors))
        if frame["partial"].iloc[at] and not math.isnan(value):
            # What is incomplete is hollow.
            set_fill(first.points[at].marker, colors.paper)
            first.points[at].marker.format.line.color.rgb = rgb(reading_mark(kind, colors).color)
    _name_runs(first, frame, theme)
    styles = {
        "mean": (colors.muted, 1.0, None),
        "upper": (colors.muted, 0.75, MSO_LINE.DASH),
        "lower": (colors.muted, 0.75, MSO_LINE.DASH),
        "target": (colors.accent, 1.75, MSO_LINE.ROUND_DOT),
    }
    names = []
    for series, line in zip(others, lines, strict=True):
        color, width, dash = styles[line.column]
        set_line(series, color, width, dash)
        series.marker.style = XL_MARKER_STYLE.NONE
        series.smooth = False
        if line.is_former:
            continue
        last = line.values.last_valid_index()
        at = list(frame.index).index(last)
        value = float(line.values.iloc[at])
        shown = typography.number(value, chart.decimals)
        target = line.column == "target"
        text = chart.target_text if target else f"{line.name} {shown}"
        names.append((series, at, value, text, color, target))
    known = frame["value"].dropna()
    if not known.empty:
        value = float(known.iloc[-1])
        at = list(frame.index).index(known.index[-1])
        mark = "*" if frame["partial"].iloc[at] else ""
        text = f"Senast {typography.number(value, chart.decimals)}{mark}"
        names.append((first, at, value, text, colors.ink, True))
    name_edges(names, low, high, box.height * 0.95 - 0.35, box)


class _Line(NamedTuple):
    """A line of a chart: its column, its name, and the values of the side that it is of."""

    column: str
    name: str
    values: pd.Series
    is_former: bool


def _lines(frame: pd.DataFrame) -> list[_Line]:
    """The lines that the frame has: limits anew for each side of a break, the last side last."""
    lines = []
    whole = sides(frame)
    for number, side in enumerate(whole, start=1):
        former = number < len(whole)
        for column, name in _LINES:
            if column == "target" and former:
                continue
            shown = frame[column] if column == "target" else side[column].reindex(frame.index)
            until = f" till och med {side['label'].iloc[-1]}" if former else ""
            if shown.notna().any():
                lines.append(_Line(column, f"{name}{until}", shown, former))
    return lines


def _mark_events(series: Any, chart: SeriesChart, theme: Theme) -> None:
    """A line down through the period of each event, with its number at the top."""
    series.format.line.fill.background()
    series.marker.style = XL_MARKER_STYLE.NONE
    series.smooth = False
    for number, (at, _) in enumerate(chart.events, start=1):
        label = series.points[at].data_label
        write_label(label, str(number), theme.colors.muted, bold=False)
        label.position = XL_LABEL_POSITION.CENTER
    line = theme.colors.muted.lstrip("#")
    bars = parse_xml(
        f"<c:errBars {nsdecls('c', 'a')}><c:errDir val='y'/><c:errBarType val='minus'/>"
        "<c:errValType val='percentage'/><c:noEndCap val='1'/><c:val val='100'/><c:spPr>"
        f"<a:ln w='9525'><a:solidFill><a:srgbClr val='{line}'/></a:solidFill>"
        "<a:prstDash val='dash'/></a:ln></c:spPr></c:errBars>"
    )
    series._element.find(qn("c:cat")).addprevious(bars)


def _name_runs(series: Any, frame: pd.DataFrame, theme: Theme) -> None:
    kinds = [str(kind) for kind in frame["point_type"]]
    known = [at for at in range(len(frame)) if not math.isnan(frame["value"].iloc[at])]
    latest = {
        kind: list(run) for kind, run in groupby(known, key=lambda at: kinds[at]) if is_signal(kind)
    }
    for kind, run in latest.items():
        # The very last point says its own value.
        free = run[:-1] if run[-1] == known[-1] and len(run) > 1 else run
        below = frame["value"].iloc[free[0]] < frame["mean"].iloc[free[0]]
        outermost = (min if below else max)(free, key=frame["value"].iloc.__getitem__)
        label = series.points[outermost].data_label
        write_label(label, reading_word(kind), reading_mark(kind, theme.colors).color, bold=True)
        label.position = XL_LABEL_POSITION.BELOW if below else XL_LABEL_POSITION.ABOVE
        if outermost == known[0]:
            # Over the first point it would lie on the numbers of the axis.
            label.position = XL_LABEL_POSITION.RIGHT


def _add_bars(slide: Any, chart: BarChart, box: Box, theme: Theme, longest: float) -> None:
    frame, colors = chart.frame, theme.colors
    data = CategoryChartData(number_format=number_format(chart.decimals))
    data.categories = [
        plain_name(f"{name} ({note})" if note else name)
        for name, note in zip(frame["name"], frame["note"], strict=True)
    ]
    data.add_series(chart.unit.capitalize(), known_values(frame["value"]))
    low_box = replace(box, height=min(box.height, 0.62 * len(frame) + 0.3))
    native = chart_frame(slide, XL_CHART_TYPE.BAR_CLUSTERED, low_box, data, chart, theme)
    high, low = ends(frame[["value"]])
    # Room for the longest number after the longest bar.
    wide = max(len(typography.number(value, chart.decimals)) for value in frame["value"])
    room = 1.06 + 0.02 * wide
    set_value_axis(native.value_axis, low, max(high, 1.08 * longest) * room, theme)
    native.value_axis.visible = False
    native.value_axis.has_major_gridlines = False
    set_category_axis(native.category_axis, theme)
    native.category_axis.reverse_order = True
    native.category_axis.tick_labels.font.color.rgb = rgb(colors.ink)
    _give_names_room(native, data, low_box)
    (series,) = native.plots[0].series
    set_fill(series, colors.accent)
    for at, kind in enumerate(frame["kind"]):
        if kind == "reference":
            set_fill(series.points[at], colors.chance)
    show_values(native.plots[0], chart.decimals, SIZE, gap=45)


def _add_columns(slide: Any, chart: ColumnChart, box: Box, theme: Theme) -> None:
    frame = chart.frame
    data = CategoryChartData(number_format=number_format(chart.decimals))
    data.categories = _category_names(chart)
    for number, name in enumerate(frame.columns):
        data.add_series(plain_name(name), known_values(frame.iloc[:, number]))
    # Lying, so that names of any length stand whole.
    native = chart_frame(slide, XL_CHART_TYPE.BAR_CLUSTERED, box, data, chart, theme)
    high, low = ends(frame)
    set_value_axis(native.value_axis, low, high, theme)
    set_category_axis(native.category_axis, theme)
    native.category_axis.reverse_order = True
    native.category_axis.tick_labels.font.color.rgb = rgb(theme.colors.ink)
    native.value_axis.visible = False
    native.value_axis.has_major_gridlines = False
    show_values(native.plots[0], chart.decimals, SIZE, gap=50)
    for series, color in zip(
        native.plots[0].series, series_colors(len(frame.columns), theme.colors), strict=True
    ):
        set_fill(series, color)
    _give_names_room(native, data, box, top=0.4 / box.height if len(frame.columns) > 1 else 0.02)
    # Columns have no end where a name would stand clear of the others: here a legend it is.
    native.has_legend = len(frame.columns) > 1
    if native.has_legend:
        native.legend.position = XL_LEGEND_POSITION.TOP
        native.legend.include_in_layout = False


def _category_names(chart: ColumnChart) -> list[str]:
    """The categories, each with why it lacks bars, which have no labels of their own:
    `Egenvård (skyddad)`, `Läkemedel (skyddad kvartal 2 2026)`."""
    names = []
    for row, name in enumerate(chart.frame.index):
        told = []
        for word in dict.fromkeys(chart.why.values()):
            lacking = [
                str(series)
                for column, series in enumerate(chart.frame.columns)
                if chart.why.get((row, column)) == word
            ]
            if len(lacking) == len(chart.frame.columns):
                told.append(word)
            elif lacking:
                told.append(f"{word} {typography.enumerate_words(lacking).lower()}")
        names.append(plain_name(f"{name} ({'; '.join(told)})" if told else name))
    return names


def _give_names_room(native: Any, data: Any, box: Box, top: float = 0.02) -> None:
    """As much room left of the bars as the longest name needs, in two lines if it is very long."""
    names = [str(category.label) for category in data.categories]
    whole = max(word_width(name, SIZE) for name in names)
    longest = max(word_width(word, SIZE) for name in names for word in name.split())
    room = min(max(whole if whole <= _MOST_NAME else 0.6 * whole, longest) + 0.2, 0.5 * box.width)
    set_plot_area(native, left=room / box.width, top=top, right=0.02, bottom=0.02)
