"""Tables on slides: as many slides, and as many sets of columns, as they need."""

import copy
import math
import textwrap
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt

from reports.model import Head, ReportTable
from reports.office.lettering import word_width
from reports.office.pptx.pieces import rgb
from reports.office.pptx.template import Box
from reports.office.pptx.text import LETTER
from reports.theme import Theme

_SIZES = (14, 13, 12)
_PADDING = 0.16
_WIDEST = 40
_POINTS = 72
_ROOMY = 1.2
_BOLD = 1.12
"""How much wider bold letters are."""
_PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


@dataclass(frozen=True)
class Piece:
    """A part of a table that has room on one slide: rows, columns and their widths in inches."""

    rows: range
    columns: tuple[int, ...]
    widths: tuple[float, ...]
    size: int


def pieces(table: ReportTable, box: Box) -> list[Piece]:
    """The table in pieces, each with the heads and the first column; one if it has room."""
    for size in _SIZES:
        whole = _pieces(table, box, size)
        if len(whole) == 1 or size == _SIZES[-1]:
            return whole
    return []


def _pieces(table: ReportTable, box: Box, size: int) -> list[Piece]:
    all_pieces = []
    for columns in _columns(table, box.width, size):
        widths = _spread(table, columns, box.width, size)
        portions = _portions(table, columns, widths, size, box.height, len(table.rows))
        # As many slides as needed, and about as much on each.
        even = math.ceil(len(table.rows) / len(portions))
        evenly = _portions(table, columns, widths, size, box.height, even)
        chosen = evenly if len(evenly) == len(portions) else portions
        all_pieces += [Piece(rows, columns, widths, size) for rows in chosen]
    return all_pieces


def _portions(
    table: ReportTable,
    columns: tuple[int, ...],
    widths: tuple[float, ...],
    size: int,
    height: float,
    most: int,
) -> list[range]:
    portions: list[range] = []
    start = 0
    while start < len(table.rows) or not portions:
        stop, used = start, _row_height(table, None, columns, widths, size)
        while stop < len(table.rows):
            used += _row_height(table, stop, columns, widths, size)
            if stop > start and (used > height or stop - start == most):
                break
            stop += 1
        portions.append(range(start, stop))
        start = stop
    return portions


def _columns(table: ReportTable, width: float, size: int) -> list[tuple[int, ...]]:
    """Which columns go together, the first with all of them."""
    natural = [_least(table, at, size) for at in range(len(table.heads))]
    groups: list[list[int]] = [[]]
    for at in range(1, len(natural)):
        taken = natural[0] + sum(natural[other] for other in groups[-1])
        if groups[-1] and taken + natural[at] > width:
            groups.append([])
        groups[-1].append(at)
    return [(0, *group) for group in groups]


def _texts(table: ReportTable, at: int) -> list[str]:
    return [table.heads[at].text, *(row[at].text for row in table.rows)]


def _least(table: ReportTable, at: int, size: int) -> float:
    """The width in inches that a column cannot do without: long texts may be broken."""
    texts = _texts(table, at)
    if table.heads[at].decimals is not None:
        # A head may be broken between words, a number never.
        texts = [*texts[1:], *(f"{word} " for word in texts[0].split())]
    letters = min(max(len(text) for text in texts), _WIDEST)
    words = max((word_width(word, size) for text in texts for word in text.split()), default=0.0)
    return max(letters * LETTER * 1.08 * size / _POINTS, words) + _PADDING


def _spread(
    table: ReportTable, columns: tuple[int, ...], width: float, size: int
) -> tuple[float, ...]:
    """The widths of the columns, what is left over going to those with words."""
    least = [_least(table, at, size) for at in columns]
    whole = [
        len(table.heads[at].text) * LETTER * _BOLD * size / _POINTS + _PADDING for at in columns
    ]
    with_heads = [max(pair) for pair in zip(least, whole, strict=True)]
    more = sum(with_heads) - sum(least)
    part = min(1.0, max(width - sum(least), 0.0) / more) if more else 0.0
    widths = [one + part * (head - one) for one, head in zip(least, with_heads, strict=True)]
    wordy = [table.heads[at].decimals is None for at in columns]
    share = max(width - sum(widths), 0.0) / max(sum(wordy), 1)
    widths = [
        one + (min(share, _ROOMY) if words else 0.0)
        for one, words in zip(widths, wordy, strict=True)
    ]
    squeeze = min(1.0, width / sum(widths))
    return tuple(one * squeeze for one in widths)


def _row_height(
    table: ReportTable,
    row: int | None,
    columns: tuple[int, ...],
    widths: tuple[float, ...],
    size: int,
) -> float:
    lines = 1
    for at, width in zip(columns, widths, strict=True):
        text = table.heads[at].text if row is None else table.rows[row][at].text
        letter = LETTER * (_BOLD if row is None else 1) * size
        lines = max(lines, _lines(text, max(int((width - _PADDING) * _POINTS / letter), 1)))
    return (lines * 1.22 * size + 6) / _POINTS


# The same names and words stand in many rows, and each row is measured more than once.
@lru_cache(maxsize=4096)
def _lines(text: str, letters: int) -> int:
    """How many lines a text takes that is broken between words, so many letters a line."""
    return 1 if len(text) <= letters else len(textwrap.wrap(text, letters))


def add_table(slide: Any, table: ReportTable, piece: Piece, box: Box, theme: Theme) -> float:
    """The piece in the upper part of the box, with its alternative text; gives its height."""
    height = sum(
        _row_height(table, row, piece.columns, piece.widths, piece.size)
        for row in (None, *piece.rows)
    )
    place = Box(box.left, box.top, sum(piece.widths), height)
    frame = slide.shapes.add_table(len(piece.rows) + 1, len(piece.columns), *place.emu)
    frame.name = table.title
    described = f"Tabell: {table.title}. {len(piece.rows)} rader."
    frame._element.nvGraphicFramePr.cNvPr.set("descr", described)
    native = frame.table
    native._tbl.tblPr.find(qn("a:tableStyleId")).text = _PLAIN
    native.horz_banding = False
    for column, width in zip(native.columns, piece.widths, strict=True):
        column.width = Inches(width)
    heads = [table.heads[at] for at in piece.columns]
    texts = [
        [head.text for head in heads],
        *([table.rows[row][at].text for at in piece.columns] for row in piece.rows),
    ]
    patterns: tuple[Any, ...] = ()
    for at, (row, line) in enumerate(zip((None, *piece.rows), native._tbl.tr_lst, strict=True)):
        line.h = Inches(_row_height(table, row, piece.columns, piece.widths, piece.size))
        if at < 2:
            # Formatting each of thousands of cells took longer than all else of a deck.
            for head, cell in zip(heads, native.rows[at].cells, strict=True):
                _format(cell, head, piece.size, theme, is_head=at == 0)
            patterns = tuple(copy.deepcopy(cell) for cell in line.tc_lst)
        else:
            for cell, pattern in zip(line.tc_lst, patterns, strict=True):
                line.replace(cell, copy.deepcopy(pattern))
        for cell, text in zip(line.tc_lst, texts[at], strict=True):
            cell.txBody.p_lst[0].r_lst[0].text = text
    return height


def _format(cell: Any, head: Head, size: int, theme: Theme, *, is_head: bool) -> None:
    """Make an empty cell look as the others of its column, with a run to write in."""
    cell.margin_left = cell.margin_right = Inches(_PADDING / 2)
    cell.margin_top = cell.margin_bottom = Pt(2)
    cell.vertical_anchor = MSO_ANCHOR.BOTTOM if is_head else MSO_ANCHOR.MIDDLE
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT if head.decimals is None else PP_ALIGN.RIGHT
    run = paragraph.add_run()
    run.font.size = Pt(size)
    run.font.bold = is_head
    run.font.color.rgb = rgb(theme.colors.ink)
    color = theme.colors.accent if is_head else theme.colors.rule
    width = 12700 if is_head else 6350
    cell._tc.get_or_add_tcPr().insert(0, _line(color, width))


def _line(color: str, width: int) -> Any:
    return parse_xml(
        f'<a:lnB {nsdecls("a")} w="{width}"><a:solidFill>'
        f'<a:srgbClr val="{color.lstrip("#")}"/></a:solidFill></a:lnB>'
    )
