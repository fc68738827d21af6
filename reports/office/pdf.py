"""A report as an accessible PDF (PDF/UA-1), and as pictures of its pages; set by Typst."""

import datetime
import json
from pathlib import Path
from typing import Any

import typst

from reports.drawing.canvas import look
from reports.drawing.pictures import WIDTH, picture
from reports.model import (
    BarChart,
    Block,
    Cards,
    ColumnChart,
    FunnelChart,
    Heading,
    Part,
    Points,
    Report,
    ReportTable,
    SeriesChart,
    Text,
    leading,
)
from reports.office.lighter import lighter
from reports.office.row_heads import with_row_heads
from reports.sealing import ATTACHED
from reports.theme import Theme

_TEMPLATE = Path(__file__).with_name("report.typ")
# Points: what a table may need of an upright page's 165 millimetres; a letter, and a cell's inset.
_UPRIGHT, _LETTER, _INSET = 467, 5.0, 9.0
_SHORT_WORDS, _LONGEST_WORDS = 26, 40
_PREVIEW = 80


def write(report: Report, theme: Theme) -> bytes:
    """The report as PDF/UA-1. Raises ReportError for a font that is not there."""
    made = report.made if report.made.tzinfo else report.made.replace(tzinfo=datetime.UTC)
    compiler = _compiler(report, theme)
    content = compiler.compile(format="pdf", pdf_standards="ua-1", timestamp=made)
    assert isinstance(content, bytes)
    return with_row_heads(content)


def pages(report: Report, theme: Theme) -> list[bytes]:
    """A picture (PNG) of each page of the PDF."""
    drawn = _compiler(report, theme).compile(format="png", ppi=_PREVIEW)
    assert drawn is not None
    return [lighter(page) for page in (drawn if isinstance(drawn, list) else [drawn])]


def _compiler(report: Report, theme: Theme) -> typst.Compiler:
    return typst.Compiler(
        _TEMPLATE.read_bytes(),
        root=(theme.logo or _TEMPLATE).parent,
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=theme.font_folders),
        ignore_system_fonts=True,
        sys_inputs={"report": json.dumps(_data(report, theme), ensure_ascii=False)},
    )


def _data(report: Report, theme: Theme) -> dict[str, Any]:
    """The report as report.typ reads it."""
    with look(theme):
        parts = [_part(part, theme) for part in report.parts]
    return {
        "title": report.title,
        "subtitle": report.subtitle,
        "organisation": report.organisation,
        "banner": report.banner,
        "notices": list(report.notices),
        "head": [list(line) for line in report.head],
        "footer": list(report.footer),
        "made": f"{report.made:%Y-%m-%d}",
        "parts": parts,
        "code": report.code,
        "link": report.link,
        "manifest": report.manifest.as_json() if report.manifest else "",
        "attached": ATTACHED,
        "font": theme.pdf_font,
        "colors": vars(theme.colors),
        "logo": f"/{theme.logo.name}" if theme.logo else "",
    }


def _part(part: Part, theme: Theme) -> dict[str, Any]:
    return {
        "title": part.title,
        "flipped": any(
            isinstance(block, ReportTable) and _need(block) > _UPRIGHT for block in part.blocks
        ),
        "blocks": [
            _block(block, theme) | {"leads": leads}
            for block, leads in zip(part.blocks, leading(part.blocks), strict=True)
        ],
    }


def _block(block: Block, theme: Theme) -> dict[str, Any]:
    match block:
        case Text():
            return {"kind": "text", "text": block.text}
        case Heading():
            return {"kind": "heading", "text": block.text}
        case Points():
            return {"kind": "points", "items": list(block.items)}
        case Cards():
            return {"kind": "cards", "cards": [vars(card) for card in block.cards]}
        case ReportTable():
            return _table(block)
        case SeriesChart() | BarChart() | ColumnChart() | FunnelChart():
            drawn = picture(block, theme, file_format="svg", width=WIDTH)
            return {
                "kind": "chart",
                "title": block.title,
                "alt": block.alt,
                "svg": drawn.decode(),
            }


def _table(table: ReportTable) -> dict[str, Any]:
    return {
        "kind": "table",
        "title": table.title,
        "note": table.note,
        "heads": [{"text": head.text, "number": head.decimals is not None} for head in table.heads],
        "columns": _columns(table),
        # Names of files may be broken where their parts meet.
        "rows": [[cell.text.replace("_", "_\u200b") for cell in row] for row in table.rows],
    }


def _need(table: ReportTable) -> float:
    """How wide the table is in points with neither a word nor a name or number broken."""
    letters = 0
    for at, head in enumerate(table.heads):
        texts = [row[at].text for row in table.rows]
        whole = [text for text in texts if len(text) <= _SHORT_WORDS]
        words = [word for text in (head.text, *texts) for word in text.replace("_", " ").split()]
        letters += max(map(len, [*words, *whole]), default=0)
    return letters * _LETTER + len(table.heads) * _INSET


def _columns(table: ReportTable) -> list[dict[str, int]]:
    """How wide each column is: a `share` of the room for long text, else as many `letters` as its
    longest name or number, which are never broken; 0 for what its heading needs too."""
    longest = [
        max([len(head.text), *(len(row[at].text) for row in table.rows)])
        for at, head in enumerate(table.heads)
    ]
    numbers = [head.decimals is not None for head in table.heads]
    wordy = [
        letters > _SHORT_WORDS and not number
        for letters, number in zip(longest, numbers, strict=True)
    ]
    columns = []
    for at, letters in enumerate(longest):
        if wordy[at]:
            columns.append({"share": min(letters, _LONGEST_WORDS), "letters": 0})
        elif not numbers[at]:
            columns.append({"share": 0, "letters": letters})
        else:
            # Beside long text a number's heading is broken between its words.
            words = [*table.heads[at].text.split(), *(row[at].text for row in table.rows)]
            columns.append({"share": 0, "letters": max(map(len, words)) if any(wordy) else 0})
    return columns
