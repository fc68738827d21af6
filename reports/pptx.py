"""A report as PowerPoint: a title slide, and for each part slides with text, charts and tables.

Charts are PowerPoint's own, with their numbers inside (reports/pptx_charts.py).
"""

import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pptx
from lxml import etree
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from metrics.facts import Fact
from reports.model import (
    BarChart,
    Block,
    ColumnChart,
    Facts,
    FunnelChart,
    Heading,
    Part,
    Points,
    Report,
    SeriesChart,
    Table,
    Text,
)
from reports.packing import packed
from reports.pptx_charts import draw
from reports.pptx_theme import prepare
from reports.theme import Theme

_WIDTH, _HEIGHT = 13.333, 7.5
_LEFT, _ROOM = 0.6, 12.13
_TOP, _BOTTOM = 1.25, 6.72
_BESIDE = 3.7
_LANGUAGE = "sv-SE"
_LINES_A_TABLE = 19
_LETTERS_AN_INCH = 15.5


@dataclass(frozen=True)
class _Group:
    """What stands on one slide: cards, texts (a level and a text), and at most one figure."""

    title: str
    facts: tuple[Fact, ...]
    texts: tuple[tuple[str, str], ...]
    figure: Any


def pptx_file(report: Report, theme: Theme) -> bytes:
    """The report as a .pptx file, in the user's own template where the theme names one."""
    deck: Any = pptx.Presentation(str(theme.pptx_template) if theme.pptx_template else None)
    if not theme.pptx_template:
        prepare(deck, theme, width=_WIDTH, height=_HEIGHT)
    about = deck.core_properties
    about.title = f"{report.title}, {report.subtitle}"
    about.author = about.last_modified_by = report.organisation
    about.language = _LANGUAGE
    about.revision = 1
    about.created = about.modified = report.made
    if not report.wide:
        _title_slide(deck, report, theme)
    for part in report.parts:
        if report.wide:
            _one_slide(deck, part, report, theme)
            continue
        for group in _groups(part):
            _slide(deck, group, report, theme)
    for slide in deck.slides:
        _speak_swedish(slide)
    file = io.BytesIO()
    deck.save(file)
    return packed(file.getvalue(), made=report.made)


def _groups(part: Part) -> Iterator[_Group]:
    """The part slide by slide: a figure ends a slide, and so do cards that follow a text."""
    facts: tuple[Fact, ...] = ()
    texts: list[tuple[str, str]] = []
    waiting: _Group | None = None
    for block in part.blocks:
        if isinstance(block, Facts):
            facts = block.facts
        elif isinstance(block, Text | Heading | Points):
            texts += _lines(block)
        else:
            if waiting:
                yield waiting
            pages = _pages(block) if isinstance(block, Table) else [block]
            for number, figure in enumerate(pages):
                first = number == 0
                group = _Group(
                    part.title, facts if first else (), tuple(texts) if first else (), figure
                )
                if number < len(pages) - 1:
                    yield group
                else:
                    waiting = group
            facts, texts = (), []
    rest = tuple(texts)
    if waiting and not isinstance(waiting.figure, Table) and not facts:
        yield replace(waiting, texts=(*waiting.texts, *rest))
        return
    if waiting:
        yield waiting
    if rest or facts or not part.blocks:
        yield _Group(part.title, facts, rest, None)


def _lines(block: Block) -> list[tuple[str, str]]:
    match block:
        case Heading(text):
            return [("heading", text)]
        case Points(items):
            return [("point", item) for item in items]
        case Text(text):
            return [("text", text)]
        case _:
            return []


def _pages(table: Table) -> list[Table]:
    """The table in pieces that a slide has room for, the heading above each."""
    widths = _widths(table)
    pages: list[list[Any]] = [[]]
    height = 0
    for row in table.rows:
        lines = max(
            math.ceil(len(cell.text) / max(1.0, width * _LETTERS_AN_INCH))
            for cell, width in zip(row, widths, strict=True)
        )
        if pages[-1] and height + max(1, lines) > _LINES_A_TABLE:
            pages.append([])
            height = 0
        pages[-1].append(row)
        height += max(1, lines)
    if len(pages) == 1:
        return [table]
    return [
        replace(
            table,
            title=f"{table.title} ({number} av {len(pages)})",
            rows=tuple(rows),
        )
        for number, rows in enumerate(pages, start=1)
    ]


def _title_slide(deck: Any, report: Report, theme: Theme) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    _title(slide, report.title)
    for shape in slide.placeholders:
        if shape.placeholder_format.idx == 1:
            said = [report.subtitle, report.organisation]
            said += [report.banner] if report.banner else []
            _fill(shape.text_frame, [("text", text) for text in (*said, *report.notices)], 18)
    if theme.logo:
        picture = slide.shapes.add_picture(
            str(theme.logo), Inches(_LEFT), Inches(0.5), height=Inches(0.8)
        )
        _describe(picture, report.organisation)
    _foot(slide, deck, report, theme)


def _slide(deck: Any, group: _Group, report: Report, theme: Theme) -> None:
    slide = deck.slides.add_slide(_title_only(deck))
    _title(slide, group.title)
    top = _TOP
    if group.facts:
        _cards(slide, group.facts, theme, top)
        top += 1.35
    height = _BOTTOM - top
    if group.figure is None:
        size = _size(group.texts, _ROOM, height)
        _texts(slide, group.texts, (_LEFT, top, _ROOM, height), size, theme)
    elif isinstance(group.figure, Table):
        if group.texts:
            tall = min(1.4, 0.3 * sum(1 + len(text) // 130 for _, text in group.texts))
            _texts(slide, group.texts, (_LEFT, top, _ROOM, tall), 13, theme)
            top += tall + 0.1
        _table(slide, group.figure, theme, top)
    else:
        beside = _BESIDE if group.texts else 0.0
        if group.texts:
            size = min(14, _size(group.texts, beside - 0.2, height))
            _texts(slide, group.texts, (_LEFT, top, beside - 0.2, height), size, theme)
        _caption(slide, group.figure.title, (_LEFT + beside, top, _ROOM - beside), theme)
        frame = draw(
            slide, group.figure, theme, (_LEFT + beside, top + 0.35, _ROOM - beside, height - 0.35)
        )
        _describe(frame, group.figure.alt)
    _foot(slide, deck, report, theme)


def _one_slide(deck: Any, part: Part, report: Report, theme: Theme) -> None:
    """A whole part on one slide: cards, texts in columns, and its charts side by side."""
    slide = deck.slides.add_slide(_title_only(deck))
    _title(slide, part.title)
    top = _TOP
    said = [("text", text) for text in (report.banner, *report.notices) if text]
    if said:
        _texts(slide, said, (_LEFT, top - 0.15, _ROOM, 0.3 * len(said)), 11, theme)
        top += 0.25 * len(said)
    for block in part.blocks:
        if isinstance(block, Facts):
            _cards(slide, block.facts, theme, top)
            top += 1.3
    texts = [line for block in part.blocks for line in _lines(block)]
    for number, line in enumerate(texts):
        width = (_ROOM - 0.3 * (len(texts) - 1)) / len(texts)
        box = (_LEFT + number * (width + 0.3), top, width, 1.1)
        _texts(slide, [line], box, _size([line], width, 1.1) if len(line[1]) > 300 else 11, theme)
    top += 0.95 if texts else 0.0
    charts = [
        block
        for block in part.blocks
        if isinstance(block, SeriesChart | BarChart | ColumnChart | FunnelChart)
    ]
    for number, chart in enumerate(charts):
        width = (_ROOM - 0.3 * (len(charts) - 1)) / len(charts)
        left = _LEFT + number * (width + 0.3)
        _caption(slide, chart.title, (left, top, width), theme)
        frame = draw(slide, chart, theme, (left, top + 0.3, width, _BOTTOM - top - 0.3))
        _describe(frame, chart.alt)
    _foot(slide, deck, report, theme)


def _title_only(deck: Any) -> Any:
    """The layout with a title and least else."""
    titled = [
        layout
        for layout in deck.slide_layouts
        if any(shape.placeholder_format.idx == 0 for shape in layout.placeholders)
    ]
    return min(titled, key=lambda layout: len(list(layout.placeholders)))


def _title(slide: Any, text: str) -> None:
    slide.shapes.title.text_frame.text = text


def _size(texts: Sequence[tuple[str, str]], width: float, height: float) -> int:
    """The largest size, in points, that the texts have room in."""
    for size in (20, 18, 16, 14, 13, 12, 11):
        letters = width * 72 / (0.5 * size)
        lines = sum(math.ceil(max(1, len(text)) / letters) + 0.5 for _, text in texts)
        if lines * size * 1.2 / 72 <= height:
            return size
    return 10


def _texts(
    slide: Any,
    texts: Sequence[tuple[str, str]],
    box: tuple[float, float, float, float],
    size: int,
    theme: Theme,
) -> None:
    if not texts:
        return
    shape = slide.shapes.add_textbox(*(Inches(side) for side in box))
    shape.text_frame.word_wrap = True
    _no_margins(shape.text_frame)
    _fill(shape.text_frame, texts, size, theme)


def _fill(
    frame: Any, texts: Sequence[tuple[str, str]], size: int, theme: Theme | None = None
) -> None:
    for number, (kind, text) in enumerate(texts):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = f"•  {text}" if kind == "point" else text
        run.font.size = Pt(size)
        run.font.bold = kind == "heading"
        if theme:
            color = theme.colors.accent if kind == "heading" else theme.colors.ink
            run.font.color.rgb = _rgb(color)
        paragraph.space_after = Pt(size * 0.45)


def _cards(slide: Any, facts: Sequence[Fact], theme: Theme, top: float) -> None:
    gap = 0.18
    width = (_ROOM - gap * (len(facts) - 1)) / len(facts)
    for number, fact in enumerate(facts):
        left = _LEFT + number * (width + gap)
        shape = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(1.15))
        shape.line.color.rgb = _rgb(theme.colors.rule)
        frame = shape.text_frame
        frame.word_wrap = True
        for at, (text, size, bold, color) in enumerate(
            (
                (fact.title, 11, False, theme.colors.muted),
                (f"{fact.value} {fact.unit}".strip(), 20, True, theme.colors.ink),
                (fact.note, 10, False, theme.colors.muted),
            )
        ):
            paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
            run = paragraph.add_run()
            run.text = text
            run.font.size, run.font.bold = Pt(size), bold
            run.font.color.rgb = _rgb(color)


def _caption(slide: Any, text: str, box: tuple[float, float, float], theme: Theme) -> None:
    left, top, width = box
    shape = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(width), Inches(0.35))
    _no_margins(shape.text_frame)
    shape.text_frame.word_wrap = True
    run = shape.text_frame.paragraphs[0].add_run()
    run.text = text
    run.font.size = Pt(12)
    run.font.color.rgb = _rgb(theme.colors.muted)


def _widths(table: Table) -> list[float]:
    """The columns' widths in inches, by their longest texts."""
    letters = []
    for at, head in enumerate(table.heads):
        longest = max(
            [*(len(row[at].text) for row in table.rows), *map(len, head.text.split())], default=0
        )
        letters.append(max(5, min(46, longest + 2)))
    return [_ROOM * count / sum(letters) for count in letters]


def _table(slide: Any, given: Table, theme: Theme, top: float) -> None:
    _caption(slide, given.title, (_LEFT, top, _ROOM), theme)
    frame = slide.shapes.add_table(
        len(given.rows) + 1,
        len(given.heads),
        Inches(_LEFT),
        Inches(top + 0.35),
        Inches(_ROOM),
        Inches(0.24 * (len(given.rows) + 1)),
    )
    _describe(frame, given.title)
    _plain_style(frame)
    table = frame.table
    size = 8 if len(given.heads) > 12 else 9 if len(given.heads) > 8 else 10
    for column, width in zip(table.columns, _widths(given), strict=True):
        column.width = Inches(width)
    for at, head in enumerate(given.heads):
        _cell(table.cell(0, at), head.text, size, theme, head=True, right=head.decimals is not None)
    for number, row in enumerate(given.rows, start=1):
        table.rows[number].height = Inches(0.24)
        for at, cell in enumerate(row):
            right = given.heads[at].decimals is not None
            _cell(table.cell(number, at), cell.text, size, theme, head=False, right=right)
    if given.note:
        box = (_LEFT, _BOTTOM - 0.05, _ROOM, 0.25)
        _texts(slide, [("text", given.note)], box, 9, theme)


def _plain_style(frame: Any) -> None:
    """PowerPoint's own plain style with thin lines, with a heading row that is one."""
    properties = frame._element.graphic.graphicData.tbl.tblPr
    properties.set("firstRow", "1")
    properties.set("bandRow", "0")
    properties.find(qn("a:tableStyleId")).text = "{9D7B26C5-4107-4FEC-AEDC-1716B250A1EF}"


def _cell(cell: Any, text: str, size: int, theme: Theme, *, head: bool, right: bool) -> None:
    cell.margin_top = cell.margin_bottom = Emu(18000)
    cell.margin_left = cell.margin_right = Emu(46000)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold = Pt(size), head
    run.font.color.rgb = _rgb(theme.colors.ink)


def _foot(slide: Any, deck: Any, report: Report, theme: Theme) -> None:
    said = "  ".join((*report.footer, *([report.banner] if report.banner else [])))
    box = (_LEFT, 6.98, _ROOM - 1.0, 0.42)
    _texts(slide, [("text", said)], box, 8, theme)
    number = slide.shapes.add_textbox(Inches(_WIDTH - 1.2), Inches(6.98), Inches(0.6), Inches(0.3))
    paragraph = number.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT
    field = etree.SubElement(paragraph._p, qn("a:fld"))
    field.set("id", "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}")
    field.set("type", "slidenum")
    etree.SubElement(field, qn("a:rPr")).set("sz", "900")
    etree.SubElement(field, qn("a:t")).text = str(len(deck.slides))


def _describe(shape: Any, alt: str) -> None:
    shape._element.xpath(".//p:cNvPr")[0].set("descr", alt)


def _speak_swedish(slide: Any) -> None:
    for tag in ("a:rPr", "a:endParaRPr", "a:defRPr"):
        for properties in slide._element.iter(qn(tag)):
            properties.set("lang", _LANGUAGE)
    for run in slide._element.iter(qn("a:r")):
        run.get_or_add_rPr().set("lang", _LANGUAGE)


def _no_margins(frame: Any) -> None:
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)


def _rgb(color: str) -> RGBColor:
    return RGBColor.from_string(color[1:].upper())
