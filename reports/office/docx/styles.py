"""The look of a Word document: the program's own styles, or those of the user's template."""

from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.parts.numbering import NumberingPart
from docx.shared import Mm, Pt, RGBColor

from reports.model import ReportError
from reports.packing import as_document
from reports.theme import Theme

_STYLES = ("Title", "Subtitle", "Heading 1", "Heading 2", "Caption", "List Bullet")
_TABLE = "Samverkan tabell"
_SIZES = {
    "Normal": 10.5,
    "Title": 22,
    "Subtitle": 11,
    "Heading 1": 16,
    "Heading 2": 12.5,
    "Heading 3": 11,
    "Caption": 10,
    "List Bullet": 10.5,
}


def empty(theme: Theme) -> Any:
    """A document without content. Raises ReportError for a template that cannot be used."""
    if theme.docx_template is None:
        document: Any = docx.Document()
        _drop_effects(document)
        _look(document, theme)
        _add_table_style(document, theme)
        return document
    document = _opened(theme.docx_template)
    for name in _STYLES:
        if name not in document.styles:
            _add_style(document, name)
    if table_style(document) is None:
        _add_table_style(document, theme)
    _clear(document)
    return document


def _add_style(document: Any, name: str) -> None:
    """A style that the template lacks, in the letters of its running text: programs leave out of a
    template what nothing in it is written with."""
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    if "Normal" in document.styles:
        style.base_style = document.styles["Normal"]
    style.quick_style = True
    style.font.size = Pt(_SIZES[name])
    spaces = style.paragraph_format
    properties = style.element.get_or_add_pPr()
    if name.startswith("Heading"):
        style.font.bold = True
        spaces.space_before, spaces.space_after, spaces.keep_with_next = Pt(14), Pt(4), True
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), str(int(name[-1]) - 1))
        properties.append(level)
    elif name == "List Bullet":
        properties.get_or_add_numPr().get_or_add_numId().val = _bullets(document)
        spaces.space_before = spaces.space_after = Pt(2)
    else:
        style.font.bold = name in ("Title", "Caption")
        spaces.keep_with_next = name == "Caption"


def _bullets(document: Any) -> int:
    """The number of a list with bullets, made anew among the document's own lists."""
    part = document.part
    try:
        lists = part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element
    except KeyError:
        lists = parse_xml(f"<w:numbering {nsdecls('w')}/>")
        numbering = NumberingPart(
            PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, lists, part.package
        )
        part.relate_to(numbering, RELATIONSHIP_TYPE.NUMBERING)
    taken = [
        int(one.get(qn(f"w:{name}")))
        for name, tag in (("abstractNumId", "w:abstractNum"), ("numId", "w:num"))
        for one in lists.findall(qn(tag))
    ]
    number = max(taken, default=0) + 1
    kind = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">'
        '<w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="360" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>'
    )
    # The schema has all kinds before all lists.
    first = lists.find(qn("w:num"))
    lists.append(kind) if first is None else first.addprevious(kind)
    lists.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
        )
    )
    return number


def table_style(document: Any) -> str | None:
    """The style of tables: the program's own, else the template's first, else none."""
    tables = [one for one in document.styles.element if one.get(qn("w:type")) == "table"]
    own = [one for one in tables if one.get(qn("w:customStyle")) in ("1", "true")]
    names = [one.find(qn("w:name")).get(qn("w:val")) for one in (*own, *tables)]
    if _TABLE in names:
        return _TABLE
    chosen = [name for name in names if name != "Normal Table"]
    return str(chosen[0]) if chosen else None


def rgb(color: str) -> RGBColor:
    """A colour as python-docx wants it."""
    return RGBColor.from_string(color[1:].upper())


def _drop_effects(document: Any) -> None:
    """python-docx's own template has its styles once more, for Word 2010, which would differ."""
    relations = document.part.rels
    for key in [
        key for key, one in relations.items() if one.reltype.endswith("/stylesWithEffects")
    ]:
        del relations[key]


def _opened(template: Path) -> Any:
    try:
        return docx.Document(as_document(template.read_bytes()))
    except (PackageNotFoundError, BadZipFile, ValueError, KeyError, OSError):
        raise ReportError(
            f"{template}: filen går inte att läsa som en Wordmall (.docx eller .dotx)."
        ) from None


def _clear(document: Any) -> None:
    """Example text that a template has in its body goes; its page, heads and feet stay."""
    body = document.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)


def _look(document: Any, theme: Theme) -> None:
    """The fonts and colours of the theme, and A4."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(20), Mm(22)
    styles = document.styles
    inks = {"Heading 1": theme.colors.accent, "Subtitle": theme.colors.muted}
    for name, size in _SIZES.items():
        font = styles[name].font
        font.name, font.size = theme.office_font, Pt(size)
        font.italic = False
        font.bold = name.startswith(("Heading", "Title"))
        font.color.rgb = rgb(inks.get(name, theme.colors.ink))
        fonts = styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{kind}"), None)
        fonts.set(qn("w:hAnsi"), theme.office_font)
    # Room around what follows a table or a picture is the style's, not an empty paragraph's.
    for name in ("Normal", "List Bullet"):
        spaces = styles[name].paragraph_format
        spaces.space_before, spaces.space_after = Pt(4), Pt(4)
    caption = styles["Caption"]
    caption.font.bold = True
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.space_before, caption.paragraph_format.space_after = Pt(12), Pt(4)
    title = styles["Title"].element.get_or_add_pPr()
    for border in title.findall(qn("w:pBdr")):
        title.remove(border)


def _add_table_style(document: Any, theme: Theme) -> None:
    """A thin line under each row, a stronger one under the head, whose letters are bold."""
    rule, accent = theme.colors.rule[1:], theme.colors.accent[1:]
    document.styles.element.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="SamverkanTabell">'
            f'<w:name w:val="{_TABLE}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/>'
            '<w:pPr><w:spacing w:before="0" w:after="20"/></w:pPr>'
            "<w:tblPr><w:tblBorders>"
            f'<w:bottom w:val="single" w:sz="4" w:space="0" w:color="{rule}"/>'
            f'<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{rule}"/>'
            "</w:tblBorders></w:tblPr>"
            '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>'
            f'<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{accent}"/>'
            "</w:tcBorders></w:tcPr></w:tblStylePr></w:style>"
        )
    )
