"""A report as a Word document: real headings, tables and captions, that Word's own tools know."""

import io
from collections.abc import Sequence
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Length, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

import swedish
from metrics.facts import Fact
from reports import draw
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
from reports.packing import packed
from reports.theme import Theme

_ACROSS = 5
_LYING_FROM = 9
_KEPT_TOGETHER, _FEW_LETTERS = 14, 900
_STYLES = ("Title", "Subtitle", "Heading 1", "Heading 2", "Caption", "List Bullet")
_LANGUAGE = "sv-SE"
_MM_A_POINT = 25.4 / 72


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
        named = swedish.enumerate_words(missing)
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
        font.color.rgb = _rgb(inks.get(name, theme.colors.ink))
        fonts = styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{kind}"), None)
        fonts.set(qn("w:hAnsi"), theme.office_font)
    styles["Caption"].font.bold = True
    styles["Caption"].paragraph_format.keep_with_next = True
    title = styles["Title"].element.get_or_add_pPr()
    for border in title.findall(qn("w:pBdr")):
        title.remove(border)


def _is_short(table: Table) -> bool:
    """Whether the table is so short that a page break within it is worth a gap above it."""
    letters = sum(len(cell.text) for row in table.rows for cell in row)
    return len(table.rows) <= _KEPT_TOGETHER and letters <= _FEW_LETTERS


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
        _small(paragraph, text, theme)
    pages = footer.add_paragraph()
    pages.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for text, field in (("Sida ", "PAGE"), (" av ", "NUMPAGES")):
        _small(pages, text, theme)
        run = pages.add_run()
        run.font.size = Pt(7.5)
        run.font.color.rgb = _rgb(theme.colors.muted)
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


def _small(paragraph: Paragraph, text: str, theme: Theme) -> None:
    run = paragraph.add_run(text)
    run.font.size = Pt(7.5)
    run.font.color.rgb = _rgb(theme.colors.muted)
    paragraph.paragraph_format.space_after = Pt(0)


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
            _cards(document, facts, theme)
        case Table():
            _table(document, block, theme)
        case SeriesChart() | BarChart() | ColumnChart() | FunnelChart():
            _chart(document, block, theme)


def _chart(document: Any, chart: Chart, theme: Theme) -> None:
    document.add_paragraph(chart.title, style="Caption")
    drawn = io.BytesIO(draw.picture(chart, theme, file_format="png"))
    picture = document.add_picture(drawn, width=Inches(draw.WIDTH))
    picture._inline.docPr.set("descr", chart.alt)
    picture._inline.docPr.set("name", chart.title)


def _cards(document: Any, facts: Sequence[Fact], theme: Theme) -> None:
    across = min(_ACROSS, len(facts))
    rows = -(-len(facts) // across)
    table = document.add_table(rows=rows, cols=across)
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    for number, fact in enumerate(facts):
        cell = table.cell(number // across, number % across)
        head, value = cell.paragraphs[0], cell.add_paragraph()
        note = cell.add_paragraph()
        cell._tc.get_or_add_tcPr().append(_shade(theme.colors.band))
        _small(head, fact.title, theme)
        shown = value.add_run(fact.value)
        shown.bold, shown.font.size = True, Pt(15)
        value.paragraph_format.space_after = Pt(0)
        _small(value, f" {fact.unit}", theme)
        _small(note, fact.note, theme)
        note.paragraph_format.space_after = Pt(6)
    document.add_paragraph()


def _shade(color: str) -> Any:
    shade = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", color[1:])):
        shade.set(qn(f"w:{key}"), value)
    return shade


def _table(document: Any, given: Table, theme: Theme) -> None:
    document.add_paragraph(given.title, style="Caption")
    table: Any = document.add_table(rows=1, cols=len(given.heads))
    table.autofit = False
    size = Pt(6.5 if len(given.heads) > 12 else 7.5 if len(given.heads) > 7 else 8.5)
    widths = _widths(given, _room(document), size.pt)
    _row(table.rows[0], [head.text for head in given.heads], given, widths, size, bold=True)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row in given.rows:
        _row(table.add_row(), [cell.text for cell in row], given, widths, size, bold=False)
    if _is_short(given):
        for row in table.rows[:-1]:
            for cell in row.cells:
                cell.paragraphs[0].paragraph_format.keep_with_next = True
    _rules(table, theme)
    if given.note:
        _small(document.add_paragraph(), given.note, theme)
    document.add_paragraph()


def _widths(given: Table, room: float, size: float) -> list[float]:
    """In millimetres, by the longest text of each column; no word of a heading is broken."""
    # A bold letter is about 0,6 of its size wide; the cell's own margins are 3,8 millimetres.
    words = [
        max(map(len, head.text.split()), default=0) * 0.6 * size * _MM_A_POINT + 4.2
        for head in given.heads
    ]
    letters = []
    for at, head in enumerate(given.heads):
        texts = [row[at].text for row in given.rows]
        longest = max([*map(len, texts), *map(len, head.text.split())], default=0)
        letters.append(max(7, min(40, longest + 2)))
    least = [min(word, room / 4) for word in words]
    spare = max(room - sum(least), 0.0)
    wanted = [
        max(count * 0.5 * size * _MM_A_POINT + 4.2 - base, 0.1)
        for count, base in zip(letters, least, strict=True)
    ]
    return [base + spare * more / sum(wanted) for base, more in zip(least, wanted, strict=True)]


def _row(
    row: Any, texts: Sequence[str], given: Table, widths: Sequence[float], size: Any, *, bold: bool
) -> None:
    split = OxmlElement("w:cantSplit")
    row._tr.get_or_add_trPr().append(split)
    for cell, text, head, width in zip(row.cells, texts, given.heads, widths, strict=True):
        cell.width = Mm(width)
        paragraph = cell.paragraphs[0]
        run = paragraph.add_run(text)
        run.bold, run.font.size = bold, size
        paragraph.paragraph_format.space_after = Pt(1)
        if head.decimals is not None:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _rules(table: Any, theme: Theme) -> None:
    """A thin line under each row and nothing else."""
    borders = OxmlElement("w:tblBorders")
    for side in ("bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "4"), ("color", theme.colors.rule[1:])):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)


def _rgb(color: str) -> RGBColor:
    return RGBColor.from_string(color[1:].upper())
