"""Tables of Word documents: of numbers, and of the few numbers that stand as cards."""

from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Length, Mm, Pt
from docx.text.paragraph import Paragraph

from reports.model import ReportTable
from reports.office.docx.styles import rgb, table_style
from reports.office.lettering import word_width
from reports.theme import Theme
from views.cards import Card

_ACROSS = 5
_KEPT_TOGETHER, _FEW_LETTERS = 14, 900
_MM_A_POINT = 25.4 / 72
_RIGHT = '<w:jc w:val="right"/>'


def add_cards(document: Any, cards: Sequence[Card], theme: Theme) -> None:
    """A few numbers side by side."""
    across = min(_ACROSS, len(cards))
    rows = -(-len(cards) // across)
    table = document.add_table(rows=rows, cols=across)
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    for number, card in enumerate(cards):
        cell = table.cell(number // across, number % across)
        head, value = cell.paragraphs[0], cell.add_paragraph()
        note = cell.add_paragraph()
        cell._tc.get_or_add_tcPr().append(_shade(theme.colors.band))
        add_small(head, card.title, theme)
        shown = value.add_run(card.value)
        shown.bold, shown.font.size = True, Pt(15)
        value.paragraph_format.space_before = value.paragraph_format.space_after = Pt(0)
        add_small(value, f" {card.unit}", theme)
        add_small(note, card.note, theme)
        note.paragraph_format.space_after = Pt(6)
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def _shade(color: str) -> Any:
    shade = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", color[1:])):
        shade.set(qn(f"w:{key}"), value)
    return shade


def add_table(document: Any, given: ReportTable, theme: Theme, *, room: float) -> None:
    """The table, `room` millimetres wide, its head repeated on every page."""
    table: Any = document.add_table(rows=1, cols=len(given.heads), style=table_style(document))
    table.autofit = False
    _describe(table, given)
    size = Pt(9 if len(given.heads) > 7 else 9.5)
    widths = _widths(given, room, size.pt)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    table._tbl.remove(table.rows[0]._tr)
    short = _is_short(given)
    texts = [
        [head.text for head in given.heads],
        *([one.text for one in row] for row in given.rows),
    ]
    for at, row in enumerate(texts):
        kept = short and at < len(given.rows)
        table._tbl.append(_row(row, given, widths, size, is_head=at == 0, kept=kept))
    if given.note:
        add_small(document.add_paragraph(), given.note, theme)


def _describe(table: Any, given: ReportTable) -> None:
    """The table's head is its first row and its first column, and its title is said aloud."""
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    if look is not None:
        look.attrib.clear()
        look.set(qn("w:val"), "04A0")
        for name, on in (("firstRow", 1), ("lastRow", 0), ("firstColumn", 1), ("lastColumn", 0),
                         ("noHBand", 0), ("noVBand", 1)):  # fmt: skip
            look.set(qn(f"w:{name}"), str(on))
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), given.title)
    properties.append(caption)


def _is_short(table: ReportTable) -> bool:
    """Whether the table is so short that a page break within it is worth a gap above it."""
    letters = sum(len(cell.text) for row in table.rows for cell in row)
    return len(table.rows) <= _KEPT_TOGETHER and letters <= _FEW_LETTERS


def _widths(given: ReportTable, room: float, size: float) -> list[float]:
    """In millimetres, by the longest text of each column; no word of a heading is broken."""
    # The cell's own margins are 3,8 millimetres.
    words = [
        max((word_width(word, size) for word in head.text.split()), default=0.0) * 25.4 + 4.2
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
    texts: Sequence[str],
    given: ReportTable,
    widths: Sequence[float],
    size: Length,
    *,
    is_head: bool,
    kept: bool,
) -> Any:
    """A row, not split over pages, and `kept` on the page of the next. Written as text: to build
    thousands of cells piece by piece took longer than all else of a document."""
    cells = [
        f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{Mm(width).twips}"/></w:tcPr><w:p><w:pPr>'
        f'{"<w:keepNext/>" if kept else ""}<w:spacing w:before="20" w:after="20"/>'
        f"{'' if head.decimals is None else _RIGHT}</w:pPr><w:r><w:rPr>"
        f'<w:sz w:val="{round(size.pt * 2)}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p></w:tc>'
        for text, head, width in zip(texts, given.heads, widths, strict=True)
    ]
    head = "<w:tblHeader/>" if is_head else ""
    return parse_xml(
        f"<w:tr {nsdecls('w')}><w:trPr><w:cantSplit/>{head}</w:trPr>{''.join(cells)}</w:tr>"
    )


def add_small(paragraph: Paragraph, text: str, theme: Theme) -> None:
    """A run in the letters of footers and notes."""
    run = paragraph.add_run(text)
    run.font.size = Pt(9)
    run.font.color.rgb = rgb(theme.colors.muted)
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(0)
