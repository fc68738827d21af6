"""Charts as pictures for PDF and Word, from the same frames as everywhere.

Every line says itself what it is, so that there is no legend to look things up in.
"""

from typing import Any

from matplotlib.figure import Figure

from reports.drawing.bars import draw_bars, draw_columns
from reports.drawing.canvas import Format, look, saved
from reports.drawing.funnel import draw_funnel
from reports.drawing.series import draw_series
from reports.model import BarChart, Chart, ColumnChart, FunnelChart, SeriesChart
from reports.theme import Theme

WIDTH = 6.5
"""Inches: the width of the text on an upright A4."""


def picture(chart: Chart, theme: Theme, *, file_format: Format, width: float = WIDTH) -> bytes:
    """The chart as SVG, or as PNG for Word, `width` inches wide and as high as it needs.

    The title is not in the picture. Raises ReportError for a font that is not there.
    """
    with look(theme, in_office=file_format == "png"):
        return saved(_drawn(chart, theme, width), file_format)


def _drawn(chart: Chart, theme: Theme, width: float) -> Figure:
    given: dict[str, Any] = {"colors": theme.colors, "width": width}
    match chart:
        case SeriesChart():
            return draw_series(chart, **given)
        case BarChart():
            return draw_bars(chart, **given)
        case ColumnChart():
            return draw_columns(chart, **given)
        case FunnelChart():
            return draw_funnel(chart, **given)
