"""A report as a Word document: real headings, tables and captions, that Word's own tools know."""

import io
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt

from reports.drawing import pictures
from reports.model import (
    BarChart,
    Block,
    Cards,
    Chart,
    ColumnChart,
    FunnelChart,
    Heading,
    Points,
    Report,
    ReportTable,
    SeriesChart,
    Text,
    leading,
)
from reports.office.docx.fields import add_caption, add_contents, add_field, add_link, bookmark
from reports.office.docx.styles import empty, rgb
from reports.office.docx.tables import add_cards, add_small, add_table
from reports.office.template_colors import in_its_colors
from reports.packing import packed
from reports.theme import Theme

_LONG = 4
_LANGUAGE = "sv-SE"


def docx_file(report: Report, theme: Theme) -> bytes:
    """The report as a .docx file, in the user's own template where the theme names one."""
    document = empty(theme)
    # For each paragraph python-docx looks for what its style is called among all styles.
    document.part.get_style_id = cache(document.part.get_style_id)
    theme = in_its_colors(theme, theme.docx_template)
    _about(document, report)
    _footer(document, report, theme)
    _opening(document, report, theme)
    captions: Counter[str] = Counter()
    for number, part in enumerate(report.parts, start=1):
        _turn(
            document, lying=any(isinstance(one, ReportTable) and one.is_wide for one in part.blocks)
        )
        heading = document.add_heading(part.title, 1)
        heading.paragraph_format.keep_with_next = True
        bookmark(heading, _anchor(number), number)
        for block, leads in zip(part.blocks, leading(part.blocks), strict=True):
            _block(document, block, theme, captions)
            if leads:
                document.paragraphs[-1].paragraph_format.keep_with_next = True
    # Last in the text, too: a template's own foot is left as it is.
    _proof(document.add_paragraph(f"{' '.join(report.footer)} "), report)
    file = io.BytesIO()
    document.save(file)
    return packed(file.getvalue(), made=report.made)


def _opening(document: Any, report: Report, theme: Theme) -> None:
    """What stands first: sender, title, the errand's head, what is incomplete, and the contents."""
    if theme.logo:
        picture = document.add_picture(str(theme.logo), height=Mm(14))
        picture._inline.docPr.set("descr", report.organisation)
    document.add_paragraph(report.organisation, style="Subtitle")
    document.add_heading(report.title, 0)
    document.add_paragraph(report.subtitle, style="Subtitle")
    for label, text in report.head:
        line = document.add_paragraph()
        line.paragraph_format.tab_stops.add_tab_stop(Mm(35))
        line.paragraph_format.left_indent = Mm(35)
        line.paragraph_format.first_line_indent = Mm(-35)
        line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(1)
        line.add_run(f"{label}:\t").bold = True
        line.add_run(text)
    for said in ((report.banner,) if report.banner else ()) + report.notices:
        document.add_paragraph().add_run(said).bold = True
    if len(report.parts) > _LONG:
        document.add_paragraph().add_run("Innehåll").bold = True
        entries = [(_anchor(at), part.title) for at, part in enumerate(report.parts, start=1)]
        add_contents(document, entries)


def _anchor(number: int) -> str:
    return f"_Toc{number:06d}"


def _turn(document: Any, *, lying: bool) -> None:
    """From here on lying or standing pages, where they are not so already."""
    last = document.sections[-1]
    if (last.orientation == WD_ORIENT.LANDSCAPE) == lying:
        return
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE if lying else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = last.page_height, last.page_width


def _room(document: Any) -> float:
    """The width of the text where the document ends, in millimetres."""
    section = document.sections[-1]
    return float(Length(section.page_width - section.left_margin - section.right_margin).mm)


def _about(document: Any, report: Report) -> None:
    about = document.core_properties
    about.title = f"{report.title}, {report.subtitle}"
    about.author = about.last_modified_by = report.organisation
    about.comments = ""
    about.language = _LANGUAGE
    about.revision = 1
    about.created = about.modified = report.made
    styles = document.styles.element
    defaults = styles.find(qn("w:docDefaults"))
    if defaults is None:
        defaults = OxmlElement("w:docDefaults")
        styles.insert(0, defaults)
    properties = defaults
    for tag in ("w:rPrDefault", "w:rPr", "w:lang"):
        element = properties.find(qn(tag))
        if element is None:
            element = OxmlElement(tag)
            properties.append(element)
        properties = element
    properties.set(qn("w:val"), _LANGUAGE)


def _footer(document: Any, report: Report, theme: Theme) -> None:
    """The source and the page's number; a template's own foot stays as it is."""
    footer = document.sections[0].footer
    if theme.docx_template is not None and any(one.text for one in footer.paragraphs):
        return
    said = [report.footer[0], *([report.banner] if report.banner else [])]
    for number, text in enumerate(said):
        paragraph = footer.paragraphs[0] if number == 0 else footer.add_paragraph()
        add_small(paragraph, text, theme)
    pages = footer.add_paragraph()
    pages.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _proof(pages, report)
    for text, code in (("Sida ", "PAGE"), (" av ", "NUMPAGES")):
        add_small(pages, text, theme)
        add_field(pages, code, "1")
    for run in pages.runs:
        run.font.size = Pt(9)
        run.font.color.rgb = rgb(theme.colors.muted)


def _proof(paragraph: Any, report: Report) -> None:
    """The code of the document's numbers, leading to how they stand now."""
    if not report.code:
        return
    paragraph.add_run("Prov ")
    if report.link:
        add_link(paragraph, report.code, report.link)
    else:
        paragraph.add_run(report.code)
    paragraph.add_run(". ")


def _block(document: Any, block: Block, theme: Theme, captions: Counter[str]) -> None:
    match block:
        case Text(text):
            document.add_paragraph(text)
        case Heading(text):
            document.add_heading(text, 2).paragraph_format.keep_with_next = True
        case Points(items):
            _points(document, items)
        case Cards(cards):
            add_cards(document, cards, theme)
        case ReportTable():
            captions["Tabell"] += 1
            add_caption(document, "Tabell", captions["Tabell"], block.title)
            add_table(document, block, theme, room=_room(document))
        case SeriesChart() | BarChart() | ColumnChart() | FunnelChart():
            captions["Figur"] += 1
            add_caption(document, "Figur", captions["Figur"], block.title)
            _chart(document, block, theme)


def _points(document: Any, items: Sequence[str]) -> None:
    for item in items:
        document.add_paragraph(item, style="List Bullet")


def _chart(document: Any, chart: Chart, theme: Theme) -> None:
    drawn = io.BytesIO(pictures.picture(chart, theme, file_format="png"))
    width = min(pictures.WIDTH * 25.4, _room(document))
    picture = document.add_picture(drawn, width=Mm(width))
    picture._inline.docPr.set("descr", chart.alt)
    picture._inline.docPr.set("name", chart.title)
