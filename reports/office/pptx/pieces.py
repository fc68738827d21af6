"""The pieces of PowerPoint's charts: axes, markers, lines, labels and number formats."""

import math
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_LABEL_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from charts.placing import apart
from reports.drawing.marks import Mark
from reports.model import Chart
from reports.office.pptx.template import Box
from reports.theme import Theme

_MARKERS = {
    "circle": XL_MARKER_STYLE.CIRCLE,
    "diamond": XL_MARKER_STYLE.DIAMOND,
    "square": XL_MARKER_STYLE.SQUARE,
    "triangle": XL_MARKER_STYLE.TRIANGLE,
    "dash": XL_MARKER_STYLE.DASH,
}
SIZE = 12
_ROUND = [step * 10.0**power for power in range(8) for step in (1, 2, 5)]


def make_logarithmic(axis: Any, low: float, high: float) -> None:
    """Each step ten times the one before, from and to round numbers."""
    scaling = axis._element.find(qn("c:scaling"))
    scaling.insert(0, parse_xml(f"<c:logBase {nsdecls('c')} val='10'/>"))
    axis.minimum_scale = max(one for one in _ROUND if one <= max(low, _ROUND[0]))
    axis.maximum_scale = min(one for one in _ROUND if one >= min(high, _ROUND[-1]))
    axis.tick_labels.number_format = number_format(0)
    axis.tick_labels.number_format_is_linked = False
    axis.has_major_gridlines = False


def set_value_axis(axis: Any, low: float, high: float, theme: Theme) -> tuple[float, float]:
    """Round numbers from `low` to `high` at least; gives the ends that it got."""
    axis.has_major_gridlines = True
    axis.major_gridlines.format.line.color.rgb = rgb(theme.colors.rule)
    axis.major_gridlines.format.line.width = Pt(0.5)
    axis.format.line.fill.background()
    axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
    step = _step(high - low)
    axis.major_unit = step
    top = math.ceil(high / step - 1e-9) * step
    bottom = math.floor(low / step + 1e-9) * step
    axis.minimum_scale, axis.maximum_scale = bottom, top
    labels = axis.tick_labels
    labels.number_format = number_format(max(0, -math.floor(math.log10(step) + 1e-9)))
    labels.number_format_is_linked = False
    labels.font.size = Pt(SIZE)
    labels.font.color.rgb = rgb(theme.colors.muted)
    return bottom, top


def _step(span: float) -> float:
    rough = span / 5
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= rough * 0.999)


def set_category_axis(axis: Any, theme: Theme, every: int = 1) -> None:
    """A quiet axis with each label, or with each so many."""
    axis.has_major_gridlines = False
    axis.format.line.color.rgb = rgb(theme.colors.rule)
    axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axis.tick_labels.font.size = Pt(SIZE)
    axis.tick_labels.font.color.rgb = rgb(theme.colors.muted)
    # Never on the slant. LibreOffice skips names that have no room only if they are not quite
    # level, and breaks the lines of those that are.
    body = axis._element.find(qn("c:txPr")).find(qn("a:bodyPr"))
    body.set("rot", "6000" if every > 1 else "0")
    if every > 1:
        skip = parse_xml(f"<c:tickLblSkip {nsdecls('c')} val='{every}'/>")
        axis._element.find(qn("c:noMultiLvlLbl")).addprevious(skip)


def set_plot_area(native: Any, *, left: float, top: float, right: float, bottom: float) -> None:
    """Room in shares of the chart around the plot, so that labels beside it are not cut."""
    area = native._chartSpace.chart.plotArea
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    area.insert(
        0,
        parse_xml(
            f"<c:layout {nsdecls('c')}><c:manualLayout><c:layoutTarget val='inner'/>"
            "<c:xMode val='edge'/><c:yMode val='edge'/>"
            f"<c:x val='{left:.4f}'/><c:y val='{top:.4f}'/>"
            f"<c:w val='{1 - left - right:.4f}'/><c:h val='{1 - top - bottom:.4f}'/>"
            "</c:manualLayout></c:layout>"
        ),
    )


def show_values(plot: Any, decimals: int, size: float, *, gap: int) -> None:
    """Each bar carries its number."""
    plot.gap_width = gap
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format = number_format(decimals)
    labels.number_format_is_linked = False
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    labels.show_value = True
    labels.font.size = Pt(size)


def write_label(label: Any, text: str, color: str, *, bold: bool) -> None:
    """A label in words on a point of a chart."""
    frame = label.text_frame
    frame._txBody.bodyPr.set("wrap", "none")
    run = frame.paragraphs[0].add_run()
    run.text = text
    run.font.size = Pt(SIZE)
    run.font.bold = bold
    run.font.color.rgb = rgb(color)


def set_mark(marker: Any, mark: Mark) -> None:
    """The mark of a point's reading."""
    marker.style = _MARKERS[mark.office]
    marker.size = max(5, round(mark.size + 1.5))
    set_fill(marker, mark.color)
    marker.format.line.fill.background()


def mark_point(point: Any, mark: Mark, *, with_line: bool = True) -> None:
    """A single point's mark; LibreOffice takes its colour from the line that leads to it."""
    set_mark(point.marker, mark)
    line = point.format.line
    line.color.rgb = rgb(mark.color)
    line.width = Pt(1.75)
    if not with_line:
        point.format.fill.solid()
        point.format.fill.fore_color.rgb = rgb(mark.color)
        line.fill.background()


def write_title(title: Any, text: str, theme: Theme) -> None:
    """What stands on an axis."""
    run = title.text_frame.paragraphs[0].add_run()
    run.text = text
    run.font.size = Pt(SIZE)
    run.font.bold = False
    run.font.color.rgb = rgb(theme.colors.muted)


def set_line(series: Any, color: str, width: float, dash: Any = None) -> None:
    """A series' line."""
    series.format.line.color.rgb = rgb(color)
    series.format.line.width = Pt(width)
    if dash is not None:
        series.format.line.dash_style = dash


def set_fill(thing: Any, color: str) -> None:
    """One colour."""
    thing.format.fill.solid()
    thing.format.fill.fore_color.rgb = rgb(color)


def ends(frame: pd.DataFrame) -> tuple[float, float]:
    """The top and the bottom of a scale for all the values."""
    high, low = frame.max().max(), frame.min().min()
    top = 1.08 * float(high) if high > 0 else 1.0
    return top, (0.0 if math.isnan(low) or low >= 0 else 1.08 * float(low))


def known_values(values: Iterable[float]) -> list[float | None]:
    """The values with None for a gap."""
    return [None if math.isnan(value) else float(value) for value in values]


def number_format(decimals: int) -> str:
    """A number format; the reader's Office puts its own decimal comma in it."""
    return "[$-41D]#,##0" + ("." + "0" * decimals if decimals else "")


def plain_name(name: object) -> str:
    """A name for a chart: in its workbook what begins like a formula would be calculated."""
    text = str(name)
    return f"'{text}" if text.startswith(("=", "{=")) else text


def rgb(color: str) -> Any:
    """A colour as python-pptx wants it."""
    return RGBColor.from_string(color.lstrip("#").upper())


def chart_frame(slide: Any, kind: Any, box: Box, data: Any, chart: Chart, theme: Theme) -> Any:
    """An empty chart of its kind in the box, with its alternative text and the theme's letters."""
    frame = slide.shapes.add_chart(kind, *box.emu, data)
    frame.name = chart.title
    frame._element.nvGraphicFramePr.cNvPr.set("descr", chart.alt)
    native = frame.chart
    native.has_title = False
    native.has_legend = False
    native.font.size = Pt(SIZE)
    native.font.name = theme.office_font
    native.font.color.rgb = rgb(theme.colors.ink)
    _number_axes(native)
    return native


def _number_axes(native: Any) -> None:
    """The axes' numbers as the format has them: python-pptx gives some a minus."""
    for tag in ("c:axId", "c:crossAx"):
        for one in native._chartSpace.iter(qn(tag)):
            one.set("val", one.get("val").lstrip("-"))


def name_edges(
    names: Sequence[tuple[Any, int, float, str, str, bool]],
    low: float,
    high: float,
    plot: float,
    box: Box,
) -> None:
    """Each line says at its last point what it is, moved where it would cover another."""
    inch = (high - low) / plot
    heights = [name[2] for name in names]
    moved = apart(heights, 0.21 * inch, low=low, high=high)
    for (series, at, _, text, color, bold), height, to in zip(names, heights, moved, strict=True):
        label = series.points[at].data_label
        write_label(label, text, color, bold=bold)
        label.position = XL_LABEL_POSITION.RIGHT
        if abs(to - height) > 0.01 * inch:
            shift = -(to - height) / inch / box.height
            label._dLbl.insert(1, parse_xml(_shift(shift)))


def _shift(down: float) -> str:
    return (
        f"<c:layout {nsdecls('c')}><c:manualLayout><c:x val='0'/>"
        f"<c:y val='{down:.4f}'/></c:manualLayout></c:layout>"
    )
