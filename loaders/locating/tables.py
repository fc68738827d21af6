"""The tables of a sheet: beneath and beside each other, each with its head and its own titles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb

from loaders.declaration import Export
from loaders.locating import head_rows
from loaders.mapping import vocabulary
from loaders.reading.grids import TOP_ROWS, Sheet

# In longer sheets than this only the first rows are searched for heads.
_SEARCHED = 50_000
_TITLES = 6
_SAMPLE = 30
_NUMBER = r"\s*[-–−+]?\d[\d\s.,:/T-]*(%|kr|tkr)?\s*"


@dataclass(frozen=True)
class SheetTable:
    """One table of a sheet.

    `sheet` shows only this table in its first rows, `head` are the rows of its head, `end` the row
    after its last (None: to the end of the sheet), `columns` those that it reaches over, `titles`
    where the texts above it begin.
    """

    sheet: Sheet
    head: range
    end: int | None
    columns: range
    titles: int

    @property
    def above(self) -> list[str]:
        """The texts above the head."""
        return [text for row in self.sheet.top[: self.head.start] for text in row if text]

    @property
    def headings(self) -> str:
        """The texts of the head, as a person would say which table it is."""
        rows = (self.sheet.top[row] for row in self.head)
        return ", ".join(dict.fromkeys(text for row in rows for text in row if text))


def tables(sheet: Sheet, export: Export, connection: duckdb.DuckDBPyConnection) -> list[SheetTable]:
    """The tables that an export's headings show, from above and from the left."""
    first = head_rows.band(sheet.top, export)
    if first is None:
        return []
    rows = dict(enumerate(sheet.top)) | _later(sheet, connection)
    bands = _bands(rows, first, export)
    starts = [0, *(_titles(rows, band.start, export) for band in bands[1:])]
    all_tables = []
    for band, start, end in zip(bands, starts, [*starts[1:], None], strict=True):
        for columns in _beside(rows, band, export, sheet.columns):
            shown = _shown(sheet, rows, start, end, columns, band, connection)
            all_tables.append(SheetTable(shown, band, end, columns, start))
    return all_tables


def _later(sheet: Sheet, connection: duckdb.DuckDBPyConnection) -> dict[int, tuple[str, ...]]:
    """The rows below the first ones in which no cell is a number or a date."""
    if len(sheet.top) < TOP_ROWS:
        return {}
    counted = connection.execute(f"select count(*) from {sheet.table}").fetchone()
    if not counted or counted[0] > _SEARCHED:
        return {}
    plain = " or ".join(
        f"regexp_full_match(coalesce(c{column}, ''), $number)" for column in range(sheet.columns)
    )
    rows = connection.execute(
        f"select rowid, * from {sheet.table} where rowid >= $first and not ({plain})",
        {"first": len(sheet.top), "number": _NUMBER},
    ).fetchall()
    return {row: tuple((cell or "").strip() for cell in cells) for row, *cells in rows}


def _bands(rows: Mapping[int, tuple[str, ...]], first: range, export: Export) -> list[range]:
    """The heads on a sheet, from above; a head that is only repeated is none."""
    bands = [first]
    for number in sorted(rows):
        if number in first or any(number in band for band in bands):
            continue
        if not _is_head(rows, number, export):
            continue
        band = head_rows.grown(rows, number, export)
        if any(set(band) & set(other) for other in bands) or not _has_data_below(
            rows, band, export
        ):
            continue
        if _texts(rows[number]) in [_texts(rows[row]) for row in first]:
            above = range(_titles(rows, band.start, export), band.start)
            if not any(_texts(rows[row]) for row in above):
                continue
        bands.append(band)
    return sorted(bands, key=lambda band: band.start)


def _is_head(rows: Mapping[int, tuple[str, ...]], number: int, export: Export) -> bool:
    if head_rows.has_data(rows[number], export):
        return False
    # A record may have two municipalities and be "Besvarad": its values are no head.
    named = head_rows.named if export.records else head_rows.score
    return named(rows[number], export) >= 2


def _has_data_below(rows: Mapping[int, Sequence[str]], band: range, export: Export) -> bool:
    """Whether one of the rows just below a head has numbers; those that are not known have."""
    for row in range(band.stop, band.stop + 3):
        if row not in rows or head_rows.has_data(rows[row], export):
            return True
    return False


def _texts(row: Sequence[str]) -> tuple[str, ...]:
    return tuple(vocabulary.heading(text) for text in row if text)


def _titles(rows: Mapping[int, Sequence[str]], head: int, export: Export) -> int:
    """Where the titles above a head begin: the texts next above it, over one blank row at most."""
    start = head
    blank = False
    while start > 0 and head - start < _TITLES:
        above = rows.get(start - 1)
        if above is None or head_rows.has_data(above, export) or len(set(_texts(above))) > 3:
            break
        if not _texts(above):
            if blank or start < head:
                break
            blank = True
        start -= 1
    return start


def _beside(
    rows: Mapping[int, Sequence[str]], band: range, export: Export, width: int
) -> list[range]:
    """The columns of each table: a heading of a dimension that comes again begins another."""
    starts = [0]
    names = vocabulary.headings(export)
    for row in band:
        texts = [vocabulary.heading(text) for text in rows[row]]
        first = next(
            (
                position
                for position, text in enumerate(texts)
                if text and (key := names.key(text)) and export.column(key[0]).kind.dimension
            ),
            None,
        )
        if first is None:
            continue
        again = [
            position
            for position in range(first + 1, len(texts))
            if texts[position] == texts[first]
            and any(text and text != texts[first] for text in texts[first + 1 : position])
        ]
        if again:
            starts = [0, *again]
            break
    return [range(a, b) for a, b in zip(starts, [*starts[1:], width], strict=True)]


def _shown(
    sheet: Sheet,
    rows: Mapping[int, Sequence[str]],
    start: int,
    end: int | None,
    columns: range,
    band: range,
    connection: duckdb.DuckDBPyConnection,
) -> Sheet:
    """The sheet with nothing but the table in its first rows."""
    if start == 0 and end is None and len(columns) == sheet.columns:
        return sheet
    last = max(len(sheet.top), band.stop)
    known = dict(rows)
    if band.stop + _SAMPLE > len(sheet.top):
        sample = connection.execute(
            f"select rowid, * from {sheet.table} where rowid >= $first and rowid < $last",
            {"first": band.stop, "last": band.stop + _SAMPLE},
        ).fetchall()
        known |= {row: tuple((cell or "").strip() for cell in cells) for row, *cells in sample}
        last = max(last, band.stop + len(sample))
    blank = ("",) * sheet.columns
    top = []
    for row in range(last):
        if start <= row and (end is None or row < end):
            cells = known.get(row, blank)
            cells = tuple(text if at in columns else "" for at, text in enumerate(cells))
        else:
            cells = blank
        top.append(cells)
    return replace(sheet, top=tuple(top))
