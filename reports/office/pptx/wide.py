"""A report on one slide."""

from dataclasses import replace
from typing import Any

from pptx.util import Pt

from reports.model import Facts, Part, Report, Table
from reports.office.pptx.parts import GAP, add_notices, add_part, add_visual, set_title, visuals_of
from reports.office.pptx.template import Box, Deck
from reports.office.pptx.text import Line, add_cards, add_run, add_text, best_size, height, lines_of
from reports.theme import Theme

_MOST_ROWS = 10
_ENDLESS = 99.0


def add_wide(made: Deck, report: Report, theme: Theme) -> None:
    """Everything on one slide: cards on top, then the other parts in two columns."""
    area = made.area
    slide = made.presentation.slides.add_slide(made.bare)
    set_title(slide, f"{report.title} · {report.subtitle}", area)
    top = area.top
    if report.notices:
        add_notices(slide, replace(report, banner=""), replace(area, height=0.4), theme)
        top += 0.45
    facts = [
        fact
        for part in report.parts
        for block in part.blocks
        if isinstance(block, Facts)
        for fact in block.facts
    ]
    if facts:
        add_cards(slide, facts, Box(area.left, top, area.width, 0.95), theme)
        top += 0.95 + 0.12
    others = [
        replace(part, blocks=tuple(one for one in part.blocks if not isinstance(one, Facts)))
        for part in report.parts
        if not _is_long(part) and not all(isinstance(one, Facts) for one in part.blocks)
    ]
    rows = [others[at : at + 2] for at in range(0, len(others), 2)]
    weights = [max(_weight(part, area) for part in row) for row in rows]
    bottom = area.top + area.height + 0.15
    for row in rows:
        high = (bottom - top) * weights[0] / sum(weights)
        width = (area.width - (len(row) - 1) * 2 * GAP) / len(row)
        for at, part in enumerate(row):
            box = Box(area.left + at * (width + 2 * GAP), top, width, high)
            _add_cell(slide, part, box, theme)
        top += high
        weights = weights[1:]
    for part in report.parts:
        if _is_long(part):
            add_part(made, part, report, theme)


def _is_long(part: Part) -> bool:
    """Whether a table is too long to stand beside anything."""
    return any(isinstance(one, Table) and len(one.rows) > _MOST_ROWS for one in part.blocks)


def _weight(part: Part, area: Box) -> float:
    """About how many inches the part wants on a crowded slide."""
    visuals = visuals_of(part.blocks, replace(area, height=_ENDLESS))
    wanted = [
        3.0 if one.table is None else 0.8 + 0.31 * (len(one.table.rows) + 1) for one in visuals
    ]
    return 0.3 + height(lines_of(part.blocks), area.width / 2, 11) + max(wanted, default=0.0)


def _add_cell(slide: Any, part: Part, box: Box, theme: Theme) -> None:
    heading = replace(box, height=0.32)
    add_text(slide, part.title, heading, size=13, color=theme.colors.accent, bold=True)
    room = replace(box, top=box.top + 0.3, height=box.height - 0.3)
    lines = lines_of(part.blocks)
    visuals = visuals_of(part.blocks, replace(room, height=_ENDLESS))
    if lines:
        high = min(height(lines, room.width, 11), room.height / (2 if visuals else 1))
        place = replace(
            room, top=room.top + room.height - high if visuals else room.top, height=high
        )
        _add_lines(slide, lines, place, theme)
        room = replace(room, height=room.height - high)
    for at, visual in enumerate(visuals):
        share = room.width / len(visuals)
        place = replace(room, left=room.left + at * share, width=share)
        add_visual(slide, visual, place, theme, size=11)


def _add_lines(slide: Any, lines: list[Line], box: Box, theme: Theme) -> None:
    size = best_size(lines, box, (12, 11, 10, 9))
    shape = add_text(slide, _bullet(lines[0]), box, size=size, color=theme.colors.ink)
    for line in lines[1:]:
        paragraph = shape.text_frame.add_paragraph()
        paragraph.space_before = Pt(size * 0.4)
        add_run(paragraph, _bullet(line), size=size, color=theme.colors.ink)


def _bullet(line: Line) -> str:
    return f"• {line.text}" if line.point else line.text
