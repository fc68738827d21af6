"""A report as a Word document: real headings, tables and captions, that Word's own tools know."""

import io
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Length, Mm, Pt
from docx.text.paragraph import Paragraph

from reports.drawing import pictures
from reports.model import (
    BarChart,
    Block,
    Chart,
    ColumnChart,
    Facts,
    FunnelChart,
    Heading,
    Points,
    Report,
    ReportError,
    SeriesChart,
    Table,
    Text,
)
from reports.office.docx.tables import add_cards, add_small, add_table, rgb
from reports.packing import packed
from reports.theme import Theme
from swedish import typography

_LYING_FROM = 9
_STYLES = ("Title", "Subtitle", "Heading 1", "Heading 2", "Caption", "List Bullet")
_LANGUAGE = "sv-SE"


def docx_file(report: Report, theme: Theme) -> bytes:
    """The report as a .docx file, in the user's own template where the theme names one."""
    document = _empty(theme)
    _about(document, report)
    _footer(document, report, theme)
    if theme.logo:
        picture = document.add_picture(str(theme.logo), height=Mm(14))
        picture._inline.docPr.set("descr", report.organisation)
    document.add_paragraph(report.organisation, style="Subtitle")
    document.add_heading(report.title, 0)
    document.add_paragraph(report.subtitle, style="Subtitle")
    for said in ((report.banner,) if report.banner else ()) + report.notices:
        document.add_paragraph().add_run(said).bold = True
    for part in report.parts:
        _turn(document, lying=any(isinstance(one, Table) and _is_wide(one) for one in part.blocks))
        document.add_heading(part.title, 1)
        for block in part.blocks:
            _block(document, block, theme)
    file = io.BytesIO()
    document.save(file)
    return packed(file.getvalue(), made=report.made)


def _empty(theme: Theme) -> Any:
    """Raises ReportError for a template that cannot be used."""
    if theme.docx_template is None:
        document: Any = docx.Document()
        _look(document, theme)
        return document
    try:
        document = docx.Document(str(theme.docx_template))
    except (PackageNotFoundError, ValueError, KeyError):
        raise ReportError(
            f"{theme.docx_template}: filen går inte att läsa som ett Worddokument (.docx)."
        ) from None
    missing = [name for name in _STYLES if name not in document.styles]
    if missing:
        named = typography.enumerate_words(missing)
        raise ReportError(f"{theme.docx_template}: mallen saknar formatmallen {named}.")
    return document


def _look(document: Any, theme: Theme) -> None:
    """The fonts and colours of the theme, and A4."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(20), Mm(22)
    styles = document.styles
    sizes = {"Normal": 10.5, "Title": 22, "Subtitle": 11, "Heading 1": 16, "Heading 2": 12.5}
    inks = {"Heading 1": theme.colors.accent, "Subtitle": theme.colors.muted}
    for name, size in (sizes | {"Heading 3": 11, "Caption": 9, "List Bullet": 10.5}).items():
        font = styles[name].font
        font.name, font.size = theme.office_font, Pt(size)
        font.italic = False
        font.bold = name.startswith(("Heading", "Title"))
        font.color.rgb = rgb(inks.get(name, theme.colors.ink))
        fonts = styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{kind}"), None)
        fonts.set(qn("w:hAnsi"), theme.office_font)
    styles["Caption"].font.bold = True
    styles["Caption"].paragraph_format.keep_with_next = True
    title = styles["Title"].element.get_or_add_pPr()
    for border in title.findall(qn("w:pBdr")):
        title.remove(border)


def _is_wide(table: Table) -> bool:
    return len(table.heads) >= _LYING_FROM


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
    defaults = document.styles.element.find(qn("w:docDefaults"))
    run = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    language = run.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        run.append(language)
    language.set(qn("w:val"), _LANGUAGE)


def _footer(document: Any, report: Report, theme: Theme) -> None:
    footer = document.sections[0].footer
    first: Paragraph = footer.paragraphs[0]
    said = [*report.footer, *([report.banner] if report.banner else [])]
    for number, text in enumerate(said):
        paragraph = first if number == 0 else footer.add_paragraph()
        add_small(paragraph, text, theme)
    pages = footer.add_paragraph()
    pages.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for text, field in (("Sida ", "PAGE"), (" av ", "NUMPAGES")):
        add_small(pages, text, theme)
        run = pages.add_run()
        run.font.size = Pt(7.5)
        run.font.color.rgb = rgb(theme.colors.muted)
        for kind, content in (("begin", ""), ("", field), ("separate", ""), ("end", "")):
            run._r.append(_field(kind, content))


def _field(kind: str, content: str) -> Any:
    if content:
        code: Any = OxmlElement("w:instrText")
        code.text = content
        return code
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    return mark


def _block(document: Any, block: Block, theme: Theme) -> None:
    match block:
        case Text(text):
            document.add_paragraph(text)
        case Heading(text):
            document.add_heading(text, 2)
        case Points(items):
            for item in items:
                document.add_paragraph(item, style="List Bullet")
        case Facts(facts):
            add_cards(document, facts, theme)
        case Table():
            add_table(document, block, theme, room=_room(document))
        case SeriesChart() | BarChart() | ColumnChart() | FunnelChart():
            _chart(document, block, theme)


def _chart(document: Any, chart: Chart, theme: Theme) -> None:
    document.add_paragraph(chart.title, style="Caption")
    drawn = io.BytesIO(pictures.picture(chart, theme, file_format="png"))
    picture = document.add_picture(drawn, width=Inches(pictures.WIDTH))
    picture._inline.docPr.set("descr", chart.alt)
    picture._inline.docPr.set("name", chart.title)
