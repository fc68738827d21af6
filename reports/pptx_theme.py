"""The presentation where the user has no template of their own: 16:9, in the look of the theme."""

import re
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Inches, Pt

from reports.theme import Theme

_FONT = re.compile(rb'(<a:latin typeface=")[^"]*(")')


def prepare(deck: Any, theme: Theme, *, width: float, height: float) -> None:
    """Give the empty presentation its size, fonts and colours, and its titles their places."""
    deck.slide_width, deck.slide_height = Inches(width), Inches(height)
    master = deck.slide_master
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    part._blob = _recoloured(
        _FONT.sub(rb"\g<1>" + theme.office_font.encode() + rb"\g<2>", part.blob), theme
    )
    for layout in (master, *deck.slide_layouts):
        for shape in list(layout.placeholders):
            _place(shape, width, first=layout is deck.slide_layouts[0], theme=theme)


def _recoloured(blob: bytes, theme: Theme) -> bytes:
    """The theme's colours in place of those that the library ships, for charts made later on."""
    colors = theme.colors
    named = {
        "dk2": colors.ink,
        "accent1": colors.accent,
        "accent2": colors.quiet,
        "accent3": colors.improvement,
        "accent4": colors.deterioration,
        "accent5": colors.chance,
        "accent6": colors.muted,
    }
    for name, color in named.items():
        pattern = rb"(<a:" + name.encode() + rb"><a:srgbClr val=\")[0-9A-Fa-f]{6}"
        blob = re.sub(pattern, rb"\g<1>" + color[1:].upper().encode(), blob)
    return blob


def _place(shape: Any, width: float, *, first: bool, theme: Theme) -> None:
    kind = shape.placeholder_format.idx
    if kind == 0:
        top, tall = (2.2, 1.5) if first else (0.42, 0.75)
        shape.left, shape.top = Inches(0.6), Inches(top)
        shape.width, shape.height = Inches(width - 1.2), Inches(tall)
        frame = shape.text_frame
        frame.vertical_anchor = MSO_ANCHOR.BOTTOM if first else MSO_ANCHOR.MIDDLE
        frame.margin_left = 0
        paragraph = frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.font.size, paragraph.font.bold = Pt(38 if first else 26), True
        _style(shape, size=38 if first else 26, color=theme.colors.ink, bold=True)
    elif kind == 1 and first:
        shape.left, shape.top = Inches(0.6), Inches(3.8)
        shape.width, shape.height = Inches(width - 1.2), Inches(2.6)
        shape.text_frame.margin_left = 0
        _style(shape, size=18, color=theme.colors.muted, bold=False)


def _style(shape: Any, *, size: int, color: str, bold: bool) -> None:
    """The size, colour and alignment that the slides' own placeholders take after."""
    body = shape._element.txBody
    styles = body.get_or_add_lstStyle() if hasattr(body, "get_or_add_lstStyle") else None
    if styles is None:
        styles = body.find("{http://schemas.openxmlformats.org/drawingml/2006/main}lstStyle")
    if styles is None:
        return
    from lxml import etree
    from pptx.oxml.ns import qn

    for old in list(styles):
        styles.remove(old)
    level = etree.SubElement(styles, qn("a:lvl1pPr"))
    level.set("algn", "l")
    level.set("marL", "0")
    level.set("indent", "0")
    etree.SubElement(level, qn("a:buNone"))
    run = etree.SubElement(level, qn("a:defRPr"))
    run.set("sz", str(size * 100))
    run.set("b", "1" if bold else "0")
    run.set("lang", "sv-SE")
    fill = etree.SubElement(run, qn("a:solidFill"))
    etree.SubElement(fill, qn("a:srgbClr")).set("val", color[1:].upper())
