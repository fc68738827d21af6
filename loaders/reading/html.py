"""HTML tables saved under an Excel name, as many systems export them."""

from html.parser import HTMLParser
from pathlib import Path

from loaders.problems import refuse
from loaders.reading.limits import refuse_wide

_MAX_SPAN = 100
_MAX_TABLES = 200
# So many characters of a note's mark; a longer text in superscript is text.
_MARK = 3
_BREAKS = frozenset({"br", "p", "div", "li"})


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._cell: list[str] | None = None
        self._raised: list[str] | None = None
        self._columns = self._rows = 1
        # By column, what a cell above reaches down with: into how many more rows, and which text.
        self._reaching: dict[int, tuple[int, str]] = {}
        self._next: dict[int, tuple[int, str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            if len(self.tables) == _MAX_TABLES:
                raise refuse("too-large", f"Filen har fler än {_MAX_TABLES} tabeller.")
            self.tables.append([])
            self._reaching, self._next = {}, {}
        elif tag == "tr" and self.tables:
            self._close()
            self.tables[-1].append([])
            self._reaching, self._next = self._next, {}
        elif tag in {"td", "th"} and self.tables:
            self._close()
            self._cell = []
            self._columns = _span(dict(attrs).get("colspan"))
            self._rows = _span(dict(attrs).get("rowspan"))
        elif self._cell is not None:
            if tag in _BREAKS:
                self._cell.append("\n")
            elif tag == "sup":
                self._raised = []

    def handle_endtag(self, tag: str) -> None:
        if tag == "sup":
            self._lower()
        if tag in {"td", "th", "tr", "table"}:
            self._close()
        if tag == "tr" and self.tables and self.tables[-1]:
            self._reach_down()

    def _close(self) -> None:
        """End the cell that is open: pages may leave out the end tags."""
        self._lower()
        if self._cell is not None:
            if not self.tables[-1]:
                self.tables[-1].append([])
            self._reach_down()
            lines = (" ".join(line.split()) for line in "".join(self._cell).split("\n"))
            content = "\n".join(filter(None, lines))
            # A number that covers several cells is one number; only headings and names repeat.
            again = "" if content[:1].isdigit() else content
            row = self.tables[-1][-1]
            for text in [content, *[again] * (self._columns - 1)]:
                if self._rows > 1:
                    self._next[len(row)] = (self._rows - 1, again)
                row.append(text)
            refuse_wide(len(row))
            self._cell = None

    def _reach_down(self) -> None:
        """Fill the row's next cells with what reaches down into them from above."""
        row = self.tables[-1][-1]
        while len(row) in self._reaching:
            left, text = self._reaching.pop(len(row))
            if left > 1:
                self._next[len(row)] = (left - 1, text)
            row.append(text)

    def _lower(self) -> None:
        """End what is in superscript: the mark of a footnote is no part of the cell."""
        if self._raised is not None and self._cell is not None:
            text = "".join(self._raised)
            if len(text.strip()) > _MARK or not "".join(self._cell).strip():
                self._cell.append(text)
        self._raised = None

    def handle_data(self, data: str) -> None:
        text = data.replace("\n", " ").replace("\r", " ")
        if self._raised is not None:
            self._raised.append(text)
        elif self._cell is not None:
            self._cell.append(text)


def _span(text: str | None) -> int:
    return max(1, min(int(text), _MAX_SPAN)) if text and text.isdigit() else 1


def tables(path: Path) -> list[tuple[str, list[list[str]]]]:
    """The tables of HTML in UTF-8 as (name, rows of text cells); merged headings are repeated.

    A cell of several lines has line breaks between them.

    Raises Refused: not-a-spreadsheet where there is no table, too-large where there are too many
    or too wide ones.
    """
    parser = _Tables()
    parser.feed(path.read_text(encoding="utf-8-sig"))
    parser.close()
    grids = [table for table in parser.tables if table]
    if not grids:
        raise refuse("not-a-spreadsheet", "Filen är en webbsida utan någon tabell.")
    return [(f"Tabell {number}", rows) for number, rows in enumerate(grids, start=1)]
