"""HTML tables saved under an Excel name, as many systems export them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from loaders.problems import refuse
from loaders.reading.limits import refuse_wide

_MAX_SPAN = 100
_MAX_TABLES = 200
# So many characters of a note's mark; a longer text in superscript is text.
_MARK = 3
_BREAKS = frozenset({"br", "p", "div", "li"})
# Any other tag stands within a text, as one for bold letters does.
_BLOCKS = _BREAKS | {
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "caption",
    "ul",
    "ol",
    "hr",
    "section",
    "option",
}
_STRIKES = frozenset({"s", "strike", "del"})
_UNSEEN = frozenset({"script", "style", "title"})
# Of a list to choose from, a page that was saved has every choice; only what is chosen is meant.
_CHOICES = frozenset({"option", "select"})
_HIDES = re.compile(r"display\s*:\s*none|visibility\s*:\s*(hidden|collapse)")
# So many texts above a table, and below the last one, may say what the numbers are.
_AROUND = 12


@dataclass
class PageTable:
    """A table of a page: its rows of text cells, and which of them are hidden or struck through."""

    name: str
    rows: list[list[str]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    struck_rows: set[int] = field(default_factory=set)
    hidden_cells: list[int] = field(default_factory=list)

    @property
    def hidden_columns(self) -> set[int]:
        """The columns that are hidden in most of the rows."""
        return {at for at in self.hidden_cells if 2 * self.hidden_cells.count(at) > len(self.rows)}

    def with_texts(self, above: list[str], below: list[str]) -> "PageTable":
        """The table with the texts around it as rows, as a spreadsheet shows them."""
        return PageTable(
            name=self.name,
            rows=[[text] for text in above] + self.rows + [[text] for text in below],
            hidden_rows={row + len(above) for row in self.hidden_rows},
            struck_rows={row + len(above) for row in self.struck_rows},
            hidden_cells=self.hidden_cells,
        )


@dataclass
class _Cell:
    """A cell that is being read: its texts, and which of them are struck through."""

    columns: int
    rows: int
    hidden: bool
    texts: list[tuple[str, bool]] = field(default_factory=list)
    raised: list[str] | None = None
    striking: list[str] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Take in a text as the tags around it say."""
        if self.raised is not None:
            self.raised.append(text)
        else:
            self.texts.append((text, bool(self.striking and text.strip())))

    def lower(self) -> None:
        """End what is in superscript: the mark of a footnote is no part of the cell."""
        raised, self.raised = "".join(self.raised or ()), None
        if len(raised.strip()) > _MARK or not self.content:
            self.add(raised)

    @property
    def struck(self) -> bool:
        """Whether anything is struck through."""
        return any(struck for _, struck in self.texts)

    @property
    def content(self) -> str:
        """The lines of the cell; what is struck through in brackets, unless that is all of it."""
        every = all(struck or not text.strip() for text, struck in self.texts)
        texts = (f"[{text}]" if struck and not every else text for text, struck in self.texts)
        lines = (" ".join(line.split()) for line in "".join(texts).split("\n"))
        return "\n".join(filter(None, lines))


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[PageTable] = []
        # The texts before the first table, and after each one.
        self.around: list[list[str]] = [[]]
        self._unseen = self._caption = False
        self._cell: _Cell | None = None
        # By column, what a cell above reaches down with: into how many more rows, and which text.
        self._reaching: dict[int, tuple[int, str]] = {}
        self._next: dict[int, tuple[int, str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self._unseen = tag in _UNSEEN or (tag == "option" and "selected" not in said)
        if tag == "table":
            if len(self.tables) == _MAX_TABLES:
                raise refuse("too-large", f"Filen har fler än {_MAX_TABLES} tabeller.")
            self.tables.append(PageTable(f"Tabell {len(self.tables) + 1}"))
            self.around.append([])
            self._reaching, self._next = {}, {}
        elif tag == "tr" and self.tables:
            self._close()
            if _is_hidden(said):
                self.tables[-1].hidden_rows.add(len(self.tables[-1].rows))
            self.tables[-1].rows.append([])
            self._reaching, self._next = self._next, {}
        elif tag in {"td", "th"} and self.tables:
            self._close()
            self._cell = _Cell(
                _span(said.get("colspan")), _span(said.get("rowspan")), _is_hidden(said)
            )
        elif self._cell is not None:
            if tag in _BREAKS:
                self._cell.texts.append(("\n", False))
            elif tag == "sup":
                self._cell.raised = []
            elif tag in _STRIKES or "line-through" in (said.get("style") or ""):
                self._cell.striking.append(tag)
        else:
            self._caption = tag == "caption" and bool(self.tables)
            self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._cell is not None:
            if tag == "sup":
                self._cell.lower()
            elif self._cell.striking[-1:] == [tag]:
                self._cell.striking.pop()
        if tag in _UNSEEN | _CHOICES:
            self._unseen = False
        if self._cell is None:
            self._part(tag)
        self._caption = self._caption and tag != "caption"
        if tag in {"td", "th", "tr", "table"}:
            self._close()
        if tag == "tr" and self.tables and self.tables[-1].rows:
            self._reach_down()

    def handle_data(self, data: str) -> None:
        text = data.replace("\n", " ").replace("\r", " ")
        if self._unseen:
            return
        if self._cell is not None:
            self._cell.add(text)
        elif text.strip():
            around = self._beside()
            around[-1:] = ["".join([*around[-1:], text])]

    def _part(self, tag: str) -> None:
        """Begin another text where a tag parts texts."""
        if tag in _BLOCKS:
            self._beside().append("")

    def _beside(self) -> list[str]:
        """Where a text outside the cells belongs: a caption stands above its table."""
        return self.around[-2 if self._caption else -1]

    def filled(self) -> list[PageTable]:
        """The tables with anything in them, with the texts above each and below the last."""
        return [
            table.with_texts(
                self._texts(at)[-_AROUND:],
                self._texts(at + 1)[:_AROUND] if table is self.tables[-1] else [],
            )
            for at, table in enumerate(self.tables)
            if table.rows
        ]

    def _texts(self, at: int) -> list[str]:
        return [text for part in self.around[at] if (text := " ".join(part.split()))]

    def _close(self) -> None:
        """End the cell that is open: pages may leave out the end tags."""
        if self._cell is None:
            return
        cell, self._cell = self._cell, None
        if cell.raised is not None:
            cell.lower()
        table = self.tables[-1]
        if not table.rows:
            table.rows.append([])
        self._reach_down()
        if cell.struck:
            table.struck_rows.add(len(table.rows) - 1)
        content = cell.content
        # A number that covers several cells is one number; only headings and names repeat.
        again = "" if content[:1].isdigit() else content
        row = table.rows[-1]
        for text in [content, *[again] * (cell.columns - 1)]:
            if cell.rows > 1:
                self._next[len(row)] = (cell.rows - 1, again)
            if cell.hidden:
                table.hidden_cells.append(len(row))
            row.append(text)
        refuse_wide(len(row))

    def _reach_down(self) -> None:
        """Fill the row's next cells with what reaches down into them from above."""
        row = self.tables[-1].rows[-1]
        while len(row) in self._reaching:
            left, text = self._reaching.pop(len(row))
            if left > 1:
                self._next[len(row)] = (left - 1, text)
            row.append(text)


def _is_hidden(said: Mapping[str, str | None]) -> bool:
    return "hidden" in said or _HIDES.search(said.get("style") or "") is not None


def _span(text: str | None) -> int:
    return max(1, min(int(text), _MAX_SPAN)) if text and text.isdigit() else 1


def tables(path: Path) -> list[PageTable]:
    """The tables of HTML in UTF-8 with the texts around them; merged headings are repeated.

    A cell of several lines has line breaks between them.

    Raises Refused: not-a-spreadsheet where there is no table, too-large where there are too many
    or too wide ones.
    """
    parser = _Tables()
    parser.feed(path.read_text(encoding="utf-8-sig"))
    parser.close()
    grids = parser.filled()
    if not grids:
        raise refuse("not-a-spreadsheet", "Filen är en webbsida utan någon tabell.")
    return grids
