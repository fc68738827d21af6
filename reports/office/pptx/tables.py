"""Tables on slides: as many slides, and as many sets of columns, as they need."""

import math
import textwrap
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Length, Pt

from reports.model import ReportTable
from reports.office.lettering import word_width
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
    frame = slide.shapes.add_table(1, len(piece.columns), *place.emu)
    frame.name = table.title
    described = f"Tabell: {table.title}. {len(piece.rows)} rader."
    frame._element.nvGraphicFramePr.cNvPr.set("descr", described)
    native = frame.table
    native._tbl.tblPr.find(qn("a:tableStyleId")).text = _PLAIN
    native.horz_banding = False
    for column, width in zip(native.columns, piece.widths, strict=True):
        column.width = Inches(width)
    native._tbl.remove(native._tbl.tr_lst[0])
    for row in (None, *piece.rows):
        high = Inches(_row_height(table, row, piece.columns, piece.widths, piece.size))
        native._tbl.append(_row(table, row, piece, high, theme))
    return height


def _row(table: ReportTable, row: int | None, piece: Piece, height: Length, theme: Theme) -> Any:
    """A row, None for the heads. Written as text: to format thousands of cells one by one took
    longer than all else of a deck."""
    side, upright, ink = Inches(_PADDING / 2), Pt(2), theme.colors.ink
    anchor, bold, color, width = "ctr", 0, theme.colors.rule, 6350
    if row is None:
        anchor, bold, color, width = "b", 1, theme.colors.accent, 12700
    cells = [
        "<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>"
        f'<a:p><a:pPr algn="{"l" if table.heads[at].decimals is None else "r"}"/><a:r>'
        f'<a:rPr sz="{piece.size * 100}" b="{bold}">{_fill(ink)}</a:rPr>'
        f"<a:t>{escape(table.heads[at].text if row is None else table.rows[row][at].text)}</a:t>"
        f'</a:r></a:p></a:txBody><a:tcPr marL="{side}" marR="{side}" marT="{upright}" '
        f'marB="{upright}" anchor="{anchor}"><a:lnB w="{width}">{_fill(color)}</a:lnB>'
        "</a:tcPr></a:tc>"
        for at in piece.columns
    ]
    return parse_xml(f'<a:tr {nsdecls("a")} h="{height}">{"".join(cells)}</a:tr>')


def _fill(color: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{color.lstrip("#").upper()}"/></a:solidFill>'
