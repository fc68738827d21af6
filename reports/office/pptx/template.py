"""The empty presentation to fill: the user's own template, or one in the theme's look."""

from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PackageNotFoundError
from pptx.opc.packuri import PackURI
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Length, Pt

from reports.model import ReportError
from reports.packing import as_document
from reports.theme import Theme

LANGUAGE = "sv-SE"
_SECTIONS = "http://schemas.microsoft.com/office/powerpoint/2010/main"
TITLE, SMALLEST = 28, 12
"""Points: a slide's title, and the smallest letters on a slide."""
_WIDTH, _HEIGHT = 13.333, 7.5
_MARGIN = 0.6
_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
BODIES = (PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.BODY)
# The layouts of python-pptx that are kept, and what they are called here.
_LAYOUTS = {
    "Title Slide": "Titelsida",
    "Title and Content": "Rubrik och innehåll",
    "Two Content": "Rubrik, bild och text",
    "Title Only": "Endast rubrik",
    "Section Header": "Avdelare",
}
_PROMPTS = {
    "Click to edit Master title style": "Rubrik",
    "Click to edit Master subtitle style": "Underrubrik",
    "Click to edit Master text styles": "Text",
    "Second level": "Nivå två",
    "Third level": "Nivå tre",
    "Fourth level": "Nivå fyra",
    "Fifth level": "Nivå fem",
}
_BODY_TOP, _BODY_HEIGHT = 1.55, 5.1
_PANEL, _GUTTER = 3.8, 0.4
_BOXES = {
    PP_PLACEHOLDER.TITLE: (_MARGIN, 0.42, _WIDTH - 2 * _MARGIN, 1.05),
    PP_PLACEHOLDER.CENTER_TITLE: (_MARGIN, 1.8, _WIDTH - 2 * _MARGIN, 1.4),
    PP_PLACEHOLDER.SUBTITLE: (_MARGIN, 3.3, _WIDTH - 2 * _MARGIN, 0.6),
    PP_PLACEHOLDER.OBJECT: (_MARGIN, _BODY_TOP, _WIDTH - 2 * _MARGIN, _BODY_HEIGHT),
    PP_PLACEHOLDER.BODY: (_MARGIN, _BODY_TOP, _WIDTH - 2 * _MARGIN, _BODY_HEIGHT),
    PP_PLACEHOLDER.FOOTER: (_MARGIN, 6.8, 11.2, 0.5),
    PP_PLACEHOLDER.SLIDE_NUMBER: (_WIDTH - _MARGIN - 0.8, 6.8, 0.8, 0.5),
}
_HALVES = (
    (_MARGIN, _BODY_TOP, _WIDTH - 2 * _MARGIN - _PANEL - _GUTTER, _BODY_HEIGHT),
    (_WIDTH - _MARGIN - _PANEL, _BODY_TOP, _PANEL, _BODY_HEIGHT),
)
# What a template must have room for, in inches.
_LEAST_WIDTH, _LEAST_HEIGHT = 6.0, 2.5
_DIVIDER = (_MARGIN, 2.6, _WIDTH - 2 * _MARGIN, 1.4)


@dataclass(frozen=True)
class Box:
    """A rectangle on a slide, in inches."""

    left: float
    top: float
    width: float
    height: float

    @property
    def emu(self) -> tuple[Length, Length, Length, Length]:
        """The same as python-pptx wants it: left, top, width and height."""
        left, top, width, height = (
            Inches(side) for side in (self.left, self.top, self.width, self.height)
        )
        return left, top, width, height


@dataclass(frozen=True)
class Deck:
    """A presentation without slides, its layouts, and where on a slide there is room.

    `halves` is the layout for a picture with text beside it, and `halves_areas` its two places;
    None where a template has no such layout. A divider is without anything but its title.
    """

    presentation: Any
    opening: Any
    content: Any
    bare: Any
    divider: Any
    halves: Any
    area: Box

    @property
    def halves_areas(self) -> tuple[Box, Box]:
        """Where the picture and the text stand, the wider one first."""
        boxes = [box_of(one) for one in self.halves.placeholders if _type(one) in BODIES]
        wide, narrow = sorted(boxes, key=lambda box: -box.width)
        return wide, narrow


def deck(theme: Theme) -> Deck:
    """An empty presentation. Raises ReportError for a template that cannot be used."""
    if theme.pptx_template is None:
        presentation = Presentation()
        _style(presentation, theme)
    else:
        presentation = opened(theme.pptx_template)
        _drop_slides(presentation)
    _name_parts(presentation.part.package)
    layouts = list(presentation.slide_layouts)
    content = _found(layouts, PP_PLACEHOLDER.TITLE, bodies=1)
    if content is None:
        raise ReportError(
            f"{theme.pptx_template}: mallen saknar en layout för rubrik och innehåll."
        )
    # What is left empty on a slide is taken away, so that one layout may do for another.
    bare = _found(layouts, PP_PLACEHOLDER.TITLE, bodies=0) or content
    opening = _found(layouts, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.SUBTITLE, bodies=0)
    return Deck(
        presentation=presentation,
        opening=opening
        or _found(layouts, PP_PLACEHOLDER.CENTER_TITLE, bodies=0)
        or _found(layouts, PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.SUBTITLE, bodies=0)
        or bare,
        content=content,
        bare=bare,
        divider=next((one for one in layouts if _is_divider(one)), bare),
        halves=_found(layouts, PP_PLACEHOLDER.TITLE, bodies=2),
        area=_area(theme, content),
    )


def _area(theme: Theme, content: Any) -> Box:
    """Where the content stands. Raises ReportError for a template that has no room for any."""
    body = next(one for one in content.placeholders if _type(one) in BODIES)
    sides = (body.left, body.top, body.width, body.height)
    area = Box(0.0, 0.0, 0.0, 0.0) if None in sides else box_of(body)
    if area.width < _LEAST_WIDTH or area.height < _LEAST_HEIGHT:
        raise ReportError(
            f"{theme.pptx_template}: layouten {content.name} har för lite plats för innehåll: "
            f"minst {_LEAST_WIDTH * 2.54:.0f} × {_LEAST_HEIGHT * 2.54:.0f} cm behövs."
        )
    return area


def opened(template: Path) -> Any:
    """The user's .pptx or .potx. Raises ReportError for a file that is neither."""
    try:
        return Presentation(as_document(template.read_bytes()))
    except (PackageNotFoundError, BadZipFile, ValueError, KeyError, OSError):
        raise ReportError(
            f"{template}: filen går inte att läsa som en PowerPointmall (.pptx eller .potx)."
        ) from None


def _is_divider(layout: Any) -> bool:
    return bool(layout._element.get("type") == "secHead")


def _found(layouts: list[Any], title: Any, *others: Any, bodies: int) -> Any:
    """The first layout with such a title, the others and as many bodies, but for dividers; None
    without one. A subtitle is on none but those that are asked for with one, or are title pages."""
    for layout in layouts:
        types = [_type(one) for one in layout.placeholders]
        fits = {title, *others} <= set(types) and sum(one in BODIES for one in types) == bodies
        if title == PP_PLACEHOLDER.TITLE and not others:
            fits = fits and PP_PLACEHOLDER.SUBTITLE not in types
        if fits and not _is_divider(layout):
            return layout
    return None


def _type(placeholder: Any) -> Any:
    return placeholder.placeholder_format.type


def box_of(shape: Any) -> Box:
    """Where a placeholder stands."""
    left, top, width, height = (
        Emu(side).inches for side in (shape.left, shape.top, shape.width, shape.height)
    )
    return Box(left, top, width, height)


def _name_parts(package: Any) -> None:
    """Give new parts the first free names: python-pptx walks the whole package for each of them,
    a sixth of the time that a deck takes."""
    taken = {part.partname for part in package.iter_parts()}

    def next_partname(pattern: str) -> PackURI:
        name = next(pattern % at for at in count(1) if pattern % at not in taken)
        taken.add(name)
        return PackURI(name)

    package.next_partname = next_partname


def _drop_slides(presentation: Any) -> None:
    listed = presentation.slides._sldIdLst
    for slide in list(listed):
        presentation.part.drop_rel(slide.rId)
        listed.remove(slide)
    # Sections name the slides that were in them.
    for sections in list(presentation.part._element.iter(f"{{{_SECTIONS}}}sectionLst")):
        extension = sections.getparent()
        extension.getparent().remove(extension)


def _style(presentation: Any, theme: Theme) -> None:
    presentation.slide_width, presentation.slide_height = Inches(_WIDTH), Inches(_HEIGHT)
    master = presentation.slide_master
    for layout in list(presentation.slide_layouts):
        if layout.name in _LAYOUTS:
            layout.name = _LAYOUTS[layout.name]
        else:
            presentation.slide_layouts.remove(layout)
    for owner in (master, *presentation.slide_layouts):
        _place(owner, theme)
    _style_text(master, theme)
    _color(master, theme)


def _place(owner: Any, theme: Theme) -> None:
    """Put the placeholders where they belong, in Swedish; the date has no place of its own."""
    bodies = [one for one in owner.placeholders if _type(one) in BODIES]
    for shape in list(owner.placeholders):
        kind = _type(shape)
        if kind == PP_PLACEHOLDER.DATE:
            shape._element.getparent().remove(shape._element)
            continue
        place = _BOXES[kind]
        if _is_divider(owner):
            if kind in BODIES:
                shape._element.getparent().remove(shape._element)
                continue
            place = _DIVIDER if kind in _TITLES else place
        elif len(bodies) == 2 and kind in BODIES:
            place = _HALVES[[one._element for one in bodies].index(shape._element)]
        shape.left, shape.top, shape.width, shape.height = Box(*place).emu
        for run in shape._element.iter(qn("a:t")):
            run.text = _PROMPTS.get(run.text, run.text)
        for pale in [*shape._element.iter(qn("a:tint"))]:
            # Paler letters would not stand out enough: the theme's second ink does.
            color = pale.getparent()
            color.remove(pale)
            color.set("val", "tx2")
        small = kind in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
        for properties in shape._element.iter(qn("a:defRPr")):
            if small:
                properties.set("sz", str(Pt(SMALLEST).centipoints))
        for properties in shape._element.iter(qn("a:defRPr")) if _is_divider(owner) else ():
            properties.attrib.pop("cap", None)
            if kind in _TITLES:
                properties.set("sz", str(Pt(36).centipoints))
        for level in shape._element.iter(qn("a:lvl1pPr")):
            if kind != PP_PLACEHOLDER.SLIDE_NUMBER:
                level.set("algn", "l")
        body = shape._element.txBody.bodyPr
        body.set("anchor", "t" if kind in (*BODIES, PP_PLACEHOLDER.SUBTITLE) else "b")
        for side in ("lIns", "rIns"):
            body.set(side, "0")


def _style_text(master: Any, theme: Theme) -> None:
    styles = master._element.find(qn("p:txStyles"))
    for style, size in (("p:titleStyle", TITLE), ("p:bodyStyle", 18)):
        for level in styles.find(qn(style)):
            if level.tag == qn("a:lvl1pPr"):
                level.set("algn", "l")
            for properties in level.iter(qn("a:defRPr")):
                properties.set("sz", str(Pt(size).centipoints))
                properties.set("lang", LANGUAGE)
                if style == "p:titleStyle":
                    properties.set("b", "1")
                    fill = properties.find(qn("a:solidFill"))
                    fill[0].set("val", "tx1")


def _color(master: Any, theme: Theme) -> None:
    """Write fonts and colours into the presentation's own theme, which PowerPoint's tools use."""
    part = next(
        rel.target_part for rel in master.part.rels.values() if rel.reltype.endswith("/theme")
    )
    tree = etree.fromstring(part.blob)
    colors = theme.colors
    values = {
        "dk1": colors.ink,
        "lt1": colors.paper,
        "dk2": colors.muted,
        "lt2": colors.band,
        "accent1": colors.accent,
        "accent2": colors.quiet,
        "accent3": colors.improvement,
        "accent4": colors.deterioration,
        "accent5": colors.chance,
        "accent6": colors.rule,
    }
    for name, value in values.items():
        (slot,) = tree.iter(qn(f"a:{name}"))
        for old in list(slot):
            slot.remove(old)
        etree.SubElement(slot, qn("a:srgbClr"), {"val": value.lstrip("#")})
    for family in ("a:majorFont", "a:minorFont"):
        (font,) = tree.iter(qn(family))
        font.find(qn("a:latin")).set("typeface", theme.office_font)
    part._blob = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
