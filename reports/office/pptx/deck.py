"""A report as an editable PowerPoint: real titles, tables and charts, in reading order."""

import copy
import io
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from reports.model import Report
from reports.office.pptx.parts import add_notices, add_part
from reports.office.pptx.template import LANGUAGE, SMALLEST, Box, Deck, box_of, deck
from reports.office.pptx.text import add_text, fits, size_of
from reports.office.template_colors import in_its_colors
from reports.packing import packed
from reports.theme import Theme

# Inches over what is incomplete, and the sizes of a subtitle that makes room for it.
_OVER = 0.2
_SUBTITLES = (24, 20, 18, 16)
_IN_NOTES = "Källor: se anteckningarna."


def write(report: Report, theme: Theme) -> bytes:
    """The report as .pptx. Raises ReportError for a template that cannot be used."""
    made = deck(theme)
    theme = in_its_colors(theme, theme.pptx_template)
    _add_opening(made, report, theme)
    sources = [report.footer[0]]
    for part in report.parts:
        add_part(made, part, report, theme)
        own = f"{part.source} {report.stamp}" if part.source else report.footer[0]
        sources += [own] * (len(made.presentation.slides) - len(sources))
    for number, (slide, source) in enumerate(
        zip(made.presentation.slides, sources, strict=True), start=1
    ):
        _drop_empty(slide)
        code = f"{report.code}-{number}" if report.code else ""
        _add_footer(slide, made, report, theme, (source, code))
    _describe(made.presentation, report)
    _speak_swedish(made.presentation)
    target = io.BytesIO()
    made.presentation.save(target)
    return packed(target.getvalue(), made=report.made)


def _add_opening(made: Deck, report: Report, theme: Theme) -> None:
    slide = made.presentation.slides.add_slide(made.opening)
    slide.shapes.title.text = report.title
    lowest = made.presentation.slide_height / Inches(1) - 2.3
    subtitles = [
        one for one in slide.placeholders if one.placeholder_format.type == PP_PLACEHOLDER.SUBTITLE
    ]
    for one in subtitles:
        one.text = f"{report.subtitle} · {report.organisation}"
        if report.banner or report.notices:
            _raise_foot(one, lowest)
    slide.notes_slide.notes_text_frame.text = "\n".join(report.footer)
    area = made.area
    lines = [text for text in (report.banner, *report.notices) if text]
    if lines:
        under = max(
            (box.top + box.height + _OVER for box in map(box_of, slide.placeholders)), default=0
        )
        top = min(max(area.top + 3.0, under), lowest)
        add_notices(slide, report, Box(area.left, top, area.width, 1.6), theme)
    if theme.logo is not None:
        picture = slide.shapes.add_picture(
            str(theme.logo), Inches(area.left), Inches(0.6), height=Inches(0.7)
        )
        picture._element.nvPicPr.cNvPr.set("descr", report.organisation)


def _raise_foot(subtitle: Any, lowest: float) -> None:
    """Let a subtitle end above what stands under it, in letters that it then has room for."""
    box = box_of(subtitle)
    high = lowest - _OVER - box.top
    if not 0 < high < box.height:
        return
    for name, value in zip(("left", "top", "width", "height"), box.emu, strict=True):
        setattr(subtitle, name, value if name != "height" else Inches(high))
    text = subtitle.text_frame.text
    size = next((size for size in _SUBTITLES if fits(text, subtitle, size)), _SUBTITLES[-1])
    for run in subtitle.text_frame.paragraphs[0].runs:
        run.font.size = Pt(size)


def _add_footer(
    slide: Any, made: Deck, report: Report, theme: Theme, told: tuple[str, str]
) -> None:
    """Source, date and version, and code (both `told`), and the slide's number, in the layout's
    own placeholders."""
    source, code = told
    kinds = (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
    shape_by_kind = {
        one.placeholder_format.type: one
        for one in slide.slide_layout.placeholders
        if one.placeholder_format.type in kinds
    }
    for kind, layout_shape in shape_by_kind.items():
        element = copy.deepcopy(layout_shape._element)
        # The layout's own number may be another shape's on the slide.
        element.nvSpPr.cNvPr.set("id", str(_next_id(slide)))
        slide.shapes._spTree.append(element)
        if kind == PP_PLACEHOLDER.FOOTER:
            for shape in slide.placeholders:
                if shape.placeholder_format.type == kind:
                    _write_foot(shape, source, code, report)
    area = made.area
    if PP_PLACEHOLDER.FOOTER not in shape_by_kind:
        bottom = made.presentation.slide_height / Inches(1)
        place = Box(area.left, bottom - 0.6, area.width - 1.0, 0.45)
        muted = theme.colors.muted
        foot = add_text(slide, source, place, size=SMALLEST, color=muted)
        _add_code(foot.text_frame.paragraphs[0], code, report, size=SMALLEST)
    if report.banner:
        place = Box(area.left + area.width / 2, 0.06, area.width / 2, 0.3)
        ink = theme.colors.ink
        add_text(slide, report.banner, place, size=SMALLEST, color=ink, bold=True, right=True)


def _write_foot(shape: Any, source: str, code: str, report: Report) -> None:
    """As much of the source as the template's footer has room for, the code always; the whole of
    it stands in the notes."""
    own = size_of(shape.part.slide.slide_layout, shape)
    size = min(own, SMALLEST)
    first = source.split(". ")[0]
    shorter = (source, f"{first.rstrip('.')}.", _IN_NOTES)
    told = next((text for text in shorter if fits(f"{text} {code}", shape, size)), _IN_NOTES)
    shape.text_frame.text = told
    _add_code(shape.text_frame.paragraphs[0], code, report)
    if not fits(f"{told} {code}", shape, own):
        for run in shape.text_frame.paragraphs[0].runs:
            run.font.size = Pt(size)


def _next_id(slide: Any) -> int:
    return 1 + max(int(one.get("id")) for one in slide._element.iter(qn("p:cNvPr")))


def _add_code(paragraph: Any, code: str, report: Report, *, size: int | None = None) -> None:
    """The code after the source, leading to how the numbers stand now."""
    if not code:
        return
    paragraph.runs[-1].text += " "
    run = paragraph.add_run()
    run.text = code
    run.font.size = Pt(size) if size else None
    if report.link:
        run.hyperlink.address = report.link


def _drop_empty(slide: Any) -> None:
    """Placeholders that nothing was put in, with their prompts, are no part of a slide."""
    for shape in list(slide.placeholders):
        if shape.has_chart or shape.has_table:
            continue
        if not (shape.has_text_frame and shape.text_frame.text):
            shape._element.getparent().remove(shape._element)


def _describe(presentation: Any, report: Report) -> None:
    properties = presentation.core_properties
    properties.title = report.title
    properties.subject = report.subtitle
    properties.author = properties.last_modified_by = report.organisation
    properties.language = LANGUAGE
    properties.created = properties.modified = report.made
    properties.revision = 1
    properties.keywords = properties.comments = properties.category = ""


def _speak_swedish(presentation: Any) -> None:
    """Mark every run as Swedish, in charts and on layouts too, so that spelling is checked so."""
    owners = [presentation.slide_master, *presentation.slide_layouts, *presentation.slides]
    charts = [
        shape.chart for slide in presentation.slides for shape in slide.shapes if shape.has_chart
    ]
    roots = [owner._element for owner in owners] + [chart._chartSpace for chart in charts]
    for root in roots:
        for run in [*root.iter(qn("a:r")), *root.iter(qn("a:fld"))]:
            run.get_or_add_rPr()
        for tag in ("a:rPr", "a:endParaRPr", "a:defRPr"):
            for properties in root.iter(qn(tag)):
                properties.set("lang", LANGUAGE)
