"""Slides as pictures: read from the finished file, so that what stands where is what the file has.

Letters and charts are drawn as in the PDF; PowerPoint draws them with its own.
"""

import json
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import typst
from pptx import Presentation
from pptx.enum.dml import MSO_FILL
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches

from reports.drawing.canvas import look
from reports.drawing.pictures import picture
from reports.model import BarChart, Chart, ColumnChart, FunnelChart, Report, SeriesChart
from reports.office.lighter import lighter
from reports.office.pptx.deck import write
from reports.office.pptx.parts import in_halves
from reports.office.pptx.text import size_of
from reports.theme import Theme

_TEMPLATE = Path(__file__).with_name("slides.typ")
_RESOLUTION = 60
_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
_QUIET = (PP_PLACEHOLDER.SUBTITLE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)


def slides(report: Report, theme: Theme) -> list[bytes]:
    """A picture (PNG) of each slide. Raises as `deck.write`."""
    presentation = Presentation(BytesIO(write(report, theme)))
    charts = {
        chart.alt: chart
        for part in report.parts
        for block in part.blocks
        if isinstance(block, SeriesChart | BarChart | ColumnChart | FunnelChart)
        for chart in (*in_halves(block), block)
    }
    with look(theme):
        data = {
            "width": presentation.slide_width / Inches(1),
            "height": presentation.slide_height / Inches(1),
            "font": theme.pdf_font,
            "slides": [
                [_shape(one, number, charts, theme) for one in slide.shapes]
                for number, slide in enumerate(presentation.slides, start=1)
            ],
        }
    drawn = typst.Compiler(
        _TEMPLATE.read_bytes(),
        root=_TEMPLATE.parent,
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=theme.font_folders),
        ignore_system_fonts=True,
        sys_inputs={"deck": json.dumps(data, ensure_ascii=False)},
    ).compile(format="png", ppi=_RESOLUTION)
    assert drawn is not None
    return [lighter(one) for one in (drawn if isinstance(drawn, list) else [drawn])]


def _shape(shape: Any, number: int, charts: Mapping[str, Chart], theme: Theme) -> dict[str, Any]:
    """A shape as slides.typ reads it: where it is in inches, and what is in it."""
    place = {
        name: (getattr(shape, name) or 0) / Inches(1) for name in ("left", "top", "width", "height")
    }
    if shape.has_chart:
        described = shape._element.nvGraphicFramePr.cNvPr.get("descr", "")
        if described not in charts:
            return place | _lines([[_run(described, 12, theme.colors.muted)]])
        drawn = picture(charts[described], theme, file_format="svg", width=place["width"])
        return place | {"kind": "chart", "svg": drawn.decode()}
    if shape.has_table:
        return place | {"kind": "table"} | _table(shape.table, theme)
    if shape.has_text_frame:
        return place | _text(shape, number, theme)
    return place | _lines([])


def _table(table: Any, theme: Theme) -> dict[str, Any]:
    return {
        "columns": [column.width / Inches(1) for column in table.columns],
        "rows": [row.height / Inches(1) for row in table.rows],
        "cells": [_text_of(cell.text_frame, 12, theme) for row in table.rows for cell in row.cells],
        "accent": theme.colors.accent,
        "rule": theme.colors.rule,
    }


def _text(shape: Any, number: int, theme: Theme) -> dict[str, Any]:
    kind = shape.placeholder_format.type if shape.is_placeholder else None
    size = size_of(shape.part.slide.slide_layout, shape) if kind else 18
    if kind == PP_PLACEHOLDER.SLIDE_NUMBER:
        return _lines([[_run(str(number), size, theme.colors.muted)]], right=True)
    filled = kind is None and shape.fill.type == MSO_FILL.SOLID
    text = _text_of(
        shape.text_frame,
        size,
        theme,
        bold=kind in _TITLES,
        quiet=kind in _QUIET,
        listed=kind not in (None, *_TITLES, *_QUIET),
    )
    anchor = shape.text_frame.vertical_anchor
    low = kind in _TITLES or anchor == MSO_ANCHOR.BOTTOM
    middle = anchor == MSO_ANCHOR.MIDDLE
    return text | {
        "anchor": "bottom" if low else "horizon" if middle else "top",
        "fill": theme.colors.band if filled else "",
        "inset": 0.15 if filled else 0.0,
    }


def _text_of(
    frame: Any,
    size: float,
    theme: Theme,
    *,
    bold: bool = False,
    quiet: bool = False,
    listed: bool = False,
) -> dict[str, Any]:
    """The paragraphs of a frame, whose letters are of the size where they say no other."""
    color = theme.colors.muted if quiet else theme.colors.ink
    return _lines(
        [
            list(_runs(paragraph, size, color, bold=bold))
            for paragraph in frame.paragraphs
            if paragraph.text
        ],
        points=[
            listed and paragraph._p.find(f".//{qn('a:buNone')}") is None
            for paragraph in frame.paragraphs
            if paragraph.text
        ],
        right=any(paragraph.alignment == PP_ALIGN.RIGHT for paragraph in frame.paragraphs),
    )


def _runs(paragraph: Any, size: float, color: str, *, bold: bool) -> Iterator[dict[str, Any]]:
    for run in paragraph.runs:
        font = run.font
        own = font.color.rgb if font.color and font.color.type is not None else None
        yield _run(
            run.text,
            font.size.pt if font.size else size,
            f"#{own}" if own else color,
            bold=bold if font.bold is None else font.bold,
        )


def _run(text: str, size: float, color: str, *, bold: bool = False) -> dict[str, Any]:
    return {"text": text, "size": size, "color": color, "bold": bold}


def _lines(
    runs: list[list[dict[str, Any]]], *, points: list[bool] | None = None, right: bool = False
) -> dict[str, Any]:
    """Paragraphs of runs in a box that begins at its top."""
    return {
        "kind": "text",
        "paragraphs": runs,
        "points": points or [False] * len(runs),
        "right": right,
        "anchor": "top",
        "fill": "",
        "inset": 0.0,
    }
