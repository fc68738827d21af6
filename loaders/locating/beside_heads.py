"""Columns that are known by what they hold, places and categories without a heading among them."""

from loaders import kinds
from loaders.declaration import Column, Export
from loaders.kinds import amounts
from loaders.kinds.places import place_named
from loaders.kinds.total_words import is_total
from loaders.locating.tables import SheetTable
from loaders.mapping import titles, vocabulary
from loaders.reading.grids import Sheet
from swedish.periods import parse_month

_UNIT = frozenset({"enhet", "valuta", "sort", "måttenhet", "belopp i"})
_YEAR = frozenset({"år", "årtal", "kalenderår"})
_WITHIN_YEAR = frozenset({kinds.MONTH, kinds.QUARTER, kinds.PERIOD})


def units(table: SheetTable, export: Export) -> int | None:
    """The column with the units of amounts in the same row."""
    if not any(column.kind.money for column in export.columns):
        return None
    for at in table.columns:
        heads_of = {vocabulary.heading(table.sheet.top[row][at]) for row in table.head}
        texts = {row[at] for row in table.sheet.top[table.head.stop :] if row[at]}
        if heads_of & _UNIT and texts and any(map(amounts.unit_in, texts)):
            return at
    return None


def years(sheet: Sheet, rows: range, export: Export) -> int | None:
    """The column with the years of the months or quarters in another one."""
    heads_of = [
        {vocabulary.heading(sheet.top[row][position]) for row in rows}
        for position in range(sheet.columns)
    ]
    periods = {
        vocabulary.heading(name)
        for column in export.columns
        if column.kind in _WITHIN_YEAR
        for name in (column.label, *column.names)
    } - _YEAR
    year_columns = [position for position, texts in enumerate(heads_of) if texts & _YEAR]
    beside = any(texts & periods for texts in heads_of)
    return year_columns[0] if len(year_columns) == 1 and beside else None


def lists_places(sheet: Sheet, rows: range, position: int, export: Export) -> bool:
    """Whether a column without a known heading holds municipalities, by its first cells."""
    texts = {
        text
        for row in sheet.top[rows.stop :]
        if (text := row[position])
        and (any(other and other != text for other in row) or place_named(text).key)
        and parse_month(text) is None
        and not titles.is_month_name(text)
    }
    named = [place_named(text).kind for text in texts if not _is_inner(text, export)]
    towns = named.count("municipality")
    return towns >= 3 and 2 * towns > len(named) - named.count("total")


def lists_categories(sheet: Sheet, rows: range, position: int, column: Column) -> bool:
    """Whether a column without a known heading holds categories of a kind, by its first cells."""
    texts = {row[position] for row in sheet.top[rows.stop :] if row[position]}
    named = [text for text in texts if not is_total(text)]
    known = sum(vocabulary.value_of(column, text) is not None for text in named)
    return known >= 2 and 2 * known > len(named)


def _is_inner(text: str, export: Export) -> bool:
    """Whether a label may stand under those of municipalities: a process, a form of care."""
    said = vocabulary.dimension_of(export, text)
    return said is not None and not export.column(said[0]).kind.place
