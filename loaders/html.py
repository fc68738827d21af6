"""HTML tables saved under an Excel name, as many systems export them."""

from html.parser import HTMLParser
from pathlib import Path

from loaders.problems import refuse
from loaders.safety import refuse_wide

_MAX_SPAN = 100
_MAX_TABLES = 200


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._cell: list[str] | None = None
        self._span = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            if len(self.tables) == _MAX_TABLES:
                raise refuse("too-large", f"Filen har fler än {_MAX_TABLES} tabeller.")
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in {"td", "th"} and self.tables:
            span = dict(attrs).get("colspan") or "1"
            self._cell, self._span = [], min(int(span), _MAX_SPAN) if span.isdigit() else 1

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"} and self._cell is not None:
            if not self.tables[-1]:
                self.tables[-1].append([])
            content = " ".join("".join(self._cell).split())
            # A number that covers several columns is one number; only headings repeat.
            span = 1 if content[:1].isdigit() else max(1, self._span)
            self.tables[-1][-1].extend([content] * span)
            refuse_wide(len(self.tables[-1][-1]))
            self._cell = None

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)


def tables(path: Path) -> list[tuple[str, list[list[str]]]]:
    """The tables of an HTML file as (name, rows of text cells); merged headings are repeated.

    Raises Refused: not-a-spreadsheet where there is no table, too-large where there are too many
    or too wide ones.
    """
    raw = path.read_bytes()
    try:
        content = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        content = raw.decode("cp1252", errors="replace")
    parser = _Tables()
    parser.feed(content)
    found = [table for table in parser.tables if table]
    if not found:
        raise refuse("not-a-spreadsheet", "Filen är en webbsida utan någon tabell.")
    return [(f"Tabell {number}", rows) for number, rows in enumerate(found, start=1)]
