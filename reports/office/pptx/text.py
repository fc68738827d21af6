"""Text on slides: sized to its room, in boxes, in placeholders and as cards."""

import math
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from reports.model import Block, Heading, Points, Text
from reports.office.pptx.pieces import rgb
from reports.office.pptx.template import Box, box_of
from reports.theme import Theme
from views.cards import Card

LETTER = 0.52
"""The mean width of a letter, in shares of its size: a little generous for Arial."""
_LINE = 1.25
_GAP = 0.5
# A slide with no more paragraphs than these has none to spare for the next.
_FEW = 2
_SIZES = (24, 20, 18, 16)
BESIDE = (16, 14, 12)
"""Sizes of text beside a picture, the largest that has room first."""
_POINTS = 72
_INSET, _TIGHT = 0.2, 1.15
# Where a template says nothing: what Office writes with.
_USUAL_TITLE, _USUAL = 44, 18
CARDS = 1.25


@dataclass(frozen=True)
class Line:
    """A paragraph to write: its text, and whether it is a point of a list or a heading."""

    text: str
    point: bool = False
    heading: bool = False


def lines_of(blocks: Iterable[Block]) -> list[Line]:
    """The paragraphs of the blocks that are text."""
    lines: list[Line] = []
    for block in blocks:
        match block:
            case Text():
                lines.append(Line(block.text))
            case Heading():
                lines.append(Line(block.text, heading=True))
            case Points():
                lines += [Line(item, point=True) for item in block.items]
    return lines


def height(lines: Sequence[Line], width: float, size: float) -> float:
    """How high the paragraphs are, in inches, at a size of letters and a width."""
    letters = max(int((width - 0.3) * _POINTS / (LETTER * size)), 1)
    rows = sum(math.ceil(max(len(line.text), 1) / letters) for line in lines)
    return (rows * _LINE + len(lines) * _GAP) * size / _POINTS


def best_size(lines: Sequence[Line], box: Box, sizes: Sequence[int] = _SIZES) -> int:
    """The largest size at which the paragraphs have room, else the smallest there is."""
    return next((size for size in sizes if height(lines, box.width, size) <= box.height), sizes[-1])


def fits(text: str, shape: Any, size: float) -> bool:
    """Whether a text has room in a shape at a size of letters."""
    box = box_of(shape)
    letters = max(int((box.width - _INSET) * _POINTS / (LETTER * size)), 1)
    return math.ceil(len(text) / letters) * size * _TIGHT / _POINTS <= box.height


def size_of(layout: Any, shape: Any) -> float:
    """The size that a layout, or its master, gives the letters of a slide's title or footer."""
    kind = shape.placeholder_format.type
    titled = kind in (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
    alike = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE) if titled else (kind,)
    owners = [
        one._element
        for owner in (layout, layout.slide_master)
        for one in owner.placeholders
        if one.placeholder_format.type in alike
    ]
    styles = layout.slide_master._element.find(qn("p:txStyles"))
    if styles is not None:
        owners.append(styles.find(qn("p:titleStyle" if titled else "p:otherStyle")))
    for owner in owners:
        for level in owner.iter(qn("a:lvl1pPr")) if owner is not None else ():
            letters = level.find(qn("a:defRPr"))
            if letters is not None and letters.get("sz"):
                return int(letters.get("sz")) / 100
    return _USUAL_TITLE if titled else _USUAL


def split(lines: Sequence[Line], box: Box) -> list[list[Line]]:
    """The paragraphs in as many portions as have room in the box, one slide each."""
    portions: list[list[Line]] = [[]]
    for line in (piece for whole in lines for piece in _pieces(whole, box)):
        if portions[-1] and height([*portions[-1], line], box.width, _SIZES[-1]) > box.height:
            portions.append([])
        portions[-1].append(line)
    if len(portions) > 1 and len(portions[-2]) > _FEW:
        kept, last = not_alone(portions[-2], portions[-1])
        if height(last, box.width, _SIZES[-1]) <= box.height:
            portions[-2:] = [kept, last]
    return portions


def not_alone(before: list[Line], after: list[Line]) -> tuple[list[Line], list[Line]]:
    """What stands first and what goes on, with no lone paragraph that goes on where another can."""
    if len(after) == 1 and len(before) > 1:
        return before[:-1], [before[-1], *after]
    return before, after


def _pieces(line: Line, box: Box) -> list[Line]:
    """A paragraph that is longer than a slide in pieces, broken between words."""
    size = _SIZES[-1]
    if height([line], box.width, size) <= box.height:
        return [line]
    letters = max(int((box.width - 0.3) * _POINTS / (LETTER * size)), 1)
    rows = max(int((box.height * _POINTS / size - _GAP) / _LINE), 1)
    return [replace(line, text=text) for text in textwrap.wrap(line.text, letters * rows)]


def write_body(placeholder: Any, lines: Sequence[Line], box: Box, size: int | None = None) -> None:
    """Fill the body placeholder of a slide, points with their bullets."""
    placeholder.left, placeholder.top, placeholder.width, placeholder.height = box.emu
    frame = placeholder.text_frame
    chosen = size or best_size(lines, box)
    for at, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = line.text
        run.font.size = Pt(chosen)
        run.font.bold = line.heading or None
        paragraph.space_after = Pt(chosen * _GAP)
        if not line.point:
            properties = paragraph._p.get_or_add_pPr()
            properties.set("marL", "0")
            properties.set("indent", "0")
            properties.append(properties.makeelement(qn("a:buNone"), {}))


def add_text(
    slide: Any,
    text: str,
    box: Box,
    *,
    size: float,
    color: str,
    bold: bool = False,
    right: bool = False,
) -> Any:
    """A box with one paragraph, and what python-pptx gave for it."""
    shape = slide.shapes.add_textbox(*box.emu)
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = 0
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    add_run(paragraph, text, size=size, color=color, bold=bold)
    return shape


def add_run(paragraph: Any, text: str, *, size: float, color: str, bold: bool = False) -> None:
    """A run of text at the end of a paragraph."""
    run = paragraph.add_run()
    run.text = text
    run.font.size = Pt(size)
    run.font.bold = bold
    run.font.color.rgb = rgb(color)


def add_cards(slide: Any, cards: Sequence[Card], box: Box, theme: Theme) -> None:
    """A card for each card, side by side, the longest text deciding the size of all."""
    gap = 0.15
    width = (box.width - gap * (len(cards) - 1)) / max(len(cards), 1)
    colors = theme.colors
    room = (width - 0.3) * _POINTS / LETTER
    small = _fitting(room * 2, (f"{card.note}" for card in cards), (13, 12))
    title = _fitting(room, (card.title for card in cards), (13, 12))
    value = _fitting(room, (f"{card.value} {card.unit[:4]}" for card in cards), (26, 22, 20))
    for at, card in enumerate(cards):
        place = Box(box.left + at * (width + gap), box.top, width, box.height)
        shape = slide.shapes.add_textbox(*place.emu)
        shape.name = card.title
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(colors.band)
        frame = shape.text_frame
        frame.word_wrap = True
        frame.auto_size = MSO_AUTO_SIZE.NONE
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        frame.margin_left = frame.margin_right = Inches(0.15)
        frame.margin_top = frame.margin_bottom = Inches(0.05)
        first = frame.paragraphs[0]
        add_run(first, card.title, size=title, color=colors.muted)
        second = frame.add_paragraph()
        add_run(second, card.value, size=value, color=colors.ink, bold=True)
        if card.unit:
            add_run(second, f" {card.unit}", size=12, color=colors.ink)
        paragraphs = [first, second]
        if card.note:
            third = frame.add_paragraph()
            add_run(third, card.note, size=small, color=colors.muted)
            paragraphs.append(third)
        for paragraph in paragraphs:
            paragraph.alignment = PP_ALIGN.LEFT


def _fitting(room: float, texts: Iterable[str], sizes: Sequence[int]) -> int:
    longest = max((len(text) for text in texts), default=0)
    return next((size for size in sizes if longest * size <= room), sizes[-1])
