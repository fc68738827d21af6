"""Slides of a part: cards on top, then a chart or table with its text beside it."""

from dataclasses import dataclass, replace
from typing import Any

from pptx.util import Pt

from reports.model import BarChart, Block, Chart, Facts, Heading, Part, Points, Report, Table, Text
from reports.office.pptx.charts import add_chart
from reports.office.pptx.tables import Piece, add_table, pieces
from reports.office.pptx.template import Box, Deck
from reports.office.pptx.text import (
    CARDS,
    LETTER,
    Line,
    add_cards,
    add_run,
    add_text,
    best_size,
    height,
    lines_of,
    split,
    write_body,
)
from reports.theme import Theme

GAP = 0.25
_CAPTION = 0.38
_PANEL = 3.6
_PANEL_TEXT = 650
_MOST_BARS = 26
_NOTE = 0.3


@dataclass(frozen=True)
class Visual:
    """What takes a slide, or its share of one: a chart, or a piece of a table."""

    title: str
    unit: str = ""
    chart: Chart | None = None
    table: Table | None = None
    piece: Piece | None = None


def add_part(made: Deck, part: Part, report: Report, theme: Theme) -> None:
    """Cards on top, then a chart or table with its text beside it; what is left goes on."""
    area = made.area
    facts = [fact for block in part.blocks if isinstance(block, Facts) for fact in block.facts]
    lines = lines_of(part.blocks)
    below = replace(
        area,
        top=area.top + CARDS + GAP if facts else area.top,
        height=area.height - CARDS - GAP if facts else area.height,
    )
    visuals = visuals_of(part.blocks, area)
    beside = _is_short(lines) and bool(visuals)
    shown: list[tuple[list[Line], Visual | None]] = []
    if beside:
        shown = [(lines if at == 0 else [], visual) for at, visual in enumerate(visuals)]
    else:
        portions = split(lines, below) if lines or not visuals else []
        shown = [
            *((portion, None) for portion in portions),
            *((list[Line](), one) for one in visuals),
        ]
    for number, (text, visual) in enumerate(shown):
        title = f"{part.title} ({number + 1} av {len(shown)})" if len(shown) > 1 else part.title
        slide = made.presentation.slides.add_slide(made.content if text else made.bare)
        set_title(slide, title, area)
        if number == 0 and facts:
            add_cards(slide, facts, replace(area, height=CARDS), theme)
        room = below if number == 0 else area
        _fill(slide, text, visual, room, theme)


def add_notices(slide: Any, report: Report, box: Box, theme: Theme) -> None:
    """What kind of data it is and what is incomplete, the letters as large as there is room."""
    lines = [Line(text) for text in (report.banner, *report.notices) if text]
    size = best_size(lines, box, (14, 13, 12, 11, 10, 9))
    first, *others = lines
    bold = bool(report.banner)
    shape = add_text(slide, first.text, box, size=size, color=theme.colors.ink, bold=bold)
    for line in others:
        paragraph = shape.text_frame.add_paragraph()
        paragraph.space_before = Pt(size * 0.4)
        add_run(paragraph, line.text, size=size, color=theme.colors.ink)


def set_title(slide: Any, title: str, area: Box) -> None:
    """Fill the title placeholder, in smaller letters where the title is long."""
    slide.shapes.title.text = title
    if len(title) * LETTER * 26 / 72 > area.width:
        for run in slide.shapes.title.text_frame.paragraphs[0].runs:
            run.font.size = Pt(20)


def _fill(slide: Any, text: list[Line], visual: Visual | None, box: Box, theme: Theme) -> None:
    bodies = [one for one in slide.placeholders if one.placeholder_format.idx == 1]
    if visual is None:
        for body in bodies:
            write_body(body, text, box)
        return
    room = box
    if text:
        chart_width = box.width - _PANEL - 2 * GAP
        panel = Box(box.left + chart_width + 2 * GAP, box.top, _PANEL, box.height)
        room = replace(box, width=chart_width)
        if visual.table is not None or _many_bars(visual):
            # Over what needs all the width.
            high = min(height(text, box.width, 14) + 0.1, box.height / 2)
            panel = replace(box, height=high)
            room = replace(box, top=box.top + high + 0.1, height=box.height - high - 0.1)
        for body in bodies:
            write_body(body, text, panel, best_size(text, panel, (14, 13, 12, 11)))
    add_visual(slide, visual, room, theme)


def _is_short(lines: list[Line]) -> bool:
    """Whether the text has room beside a chart."""
    return sum(len(line.text) for line in lines) <= _PANEL_TEXT


def visuals_of(blocks: tuple[Block, ...], area: Box) -> list[Visual]:
    """The charts and the pieces of tables that `area` has room for, one at a time."""
    found = []
    room = replace(area, height=area.height - _CAPTION - _NOTE)
    texts = lines_of(blocks)
    if texts and _is_short(texts):
        room = replace(room, height=room.height - height(texts, area.width, 14) - 0.3)
    if any(isinstance(block, Facts) for block in blocks):
        room = replace(room, height=room.height - CARDS - GAP)
    for block in blocks:
        match block:
            case Table():
                found += [
                    Visual(block.title, table=block, piece=piece) for piece in pieces(block, room)
                ]
            case Text() | Heading() | Points() | Facts():
                pass
            case _:
                found.append(Visual(block.title, block.unit, chart=block))
    return found


def add_visual(slide: Any, visual: Visual, box: Box, theme: Theme, size: int = 14) -> None:
    """The chart or the piece of a table under its caption."""
    colors = theme.colors
    caption = replace(box, height=_CAPTION)
    shape = add_text(slide, visual.title, caption, size=size, color=colors.ink, bold=True)
    if visual.unit:
        add_run(
            shape.text_frame.paragraphs[0], f"   {visual.unit}", size=size - 3, color=colors.muted
        )
    room = replace(box, top=box.top + _CAPTION, height=box.height - _CAPTION)
    if visual.table is not None and visual.piece is not None:
        high = add_table(slide, visual.table, visual.piece, room, theme)
        if visual.table.note:
            note = replace(room, top=room.top + high + 0.05, height=_NOTE)
            add_text(slide, visual.table.note, note, size=10, color=colors.muted)
    elif isinstance(visual.chart, BarChart) and _many_bars(visual):
        _add_two_halves(slide, visual.chart, room, theme)
    elif visual.chart is not None:
        add_chart(slide, visual.chart, room, theme)


def _many_bars(visual: Visual) -> bool:
    return isinstance(visual.chart, BarChart) and len(visual.chart.frame) > _MOST_BARS


def _add_two_halves(slide: Any, chart: BarChart, box: Box, theme: Theme) -> None:
    middle = (len(chart.frame) + 1) // 2
    width = (box.width - GAP) / 2
    halves = (("första", chart.frame.iloc[:middle]), ("andra", chart.frame.iloc[middle:]))
    longest = float(chart.frame["value"].max())
    for at, (which, frame) in enumerate(halves):
        half = replace(
            chart,
            title=f"{chart.title}, {which} hälften",
            frame=frame.reset_index(drop=True),
            alt=f"{chart.alt} Den {which} hälften av platserna.",
        )
        place = Box(box.left + at * (width + GAP), box.top, width, box.height)
        add_chart(slide, half, place, theme, longest=longest)
