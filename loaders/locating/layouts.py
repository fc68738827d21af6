"""Layouts in which a column says which measure, or which period or place, the rows below are of.

A list of measures down the side (`Antal utskrivna`, `Antal dagar`), with months, places or a value
beside it; and a pivot table in outline, whose one column of labels has months with their
municipalities beneath, or municipalities with their months.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import duckdb

from loaders import kinds
from loaders.declaration import Export
from loaders.kinds.places import place_named
from loaders.kinds.total_words import is_total
from loaders.locating.heads import Head
from loaders.locating.located import Block, Outline
from loaders.locating.tables import SheetTable
from loaders.mapping import vocabulary

_MEASURED = frozenset({kinds.COUNT, kinds.AMOUNT, kinds.MEAN})
_VALUE = frozenset({"värde", "antal", "utfall", "value", "resultat", "tal"})
_MOST = 400


@dataclass(frozen=True)
class Measured:
    """A column with the names of measures: where it is, and which texts each measure has there."""

    at: int
    texts: Mapping[str, tuple[str, ...]]


def measured(table: SheetTable, heads: Sequence[Head], export: Export) -> Measured | None:
    """The column that says which measure a row is of, where the heads name none."""
    if any(_names_measure(text, export) for row in table.head for text in table.sheet.top[row]):
        return None
    for at in table.columns:
        if heads[at].values:
            continue
        texts = dict.fromkeys(row[at] for row in table.sheet.top[table.head.stop :] if row[at])
        texts_by_measure: dict[str, list[str]] = {}
        for text in texts:
            if key := _measure(text, export):
                texts_by_measure.setdefault(key, []).append(text)
        required = {c.key for c in export.columns if c.required and c.kind in _MEASURED}
        if len(texts_by_measure) >= 2 and required <= texts_by_measure.keys():
            return Measured(at, {key: tuple(texts) for key, texts in texts_by_measure.items()})
    return None


# The same texts stand down the side of a sheet each time its tables are looked for.
@lru_cache(maxsize=8192)
def _measure(text: str, export: Export) -> str | None:
    """The measure that a text names."""
    named = vocabulary.headings(export).key(text)
    return named[0] if named and export.column(named[0]).kind in _MEASURED else None


def _names_measure(text: str, export: Export) -> bool:
    """Whether a heading names a measure, and not just any number."""
    return _measure(text, export) is not None and vocabulary.heading(text) not in _VALUE


def value_columns(table: SheetTable, heads: Sequence[Head]) -> list[tuple[Mapping[str, str], int]]:
    """The columns with the numbers of such a table, with what their heads say of them."""
    columns: list[tuple[Mapping[str, str], int]] = []
    for at, head in enumerate(heads):
        texts = {vocabulary.heading(table.sheet.top[row][at]) for row in table.head}
        if head.values and not head.total:
            columns.append((head.values, at))
        elif texts & _VALUE:
            columns.append(({}, at))
    return columns


def outlined(block: Block, export: Export, connection: duckdb.DuckDBPyConnection) -> Outline | None:
    """The outline of a block whose one column of labels has both periods and municipalities."""
    period = next((c for c in export.columns if c.kind.period), None)
    places = block.sources.get("municipality", ())
    if period is None or len(places) != 1 or period.key in (*block.sources, *block.constants):
        return None
    until = "" if block.last_row is None else f"and rowid < {block.last_row}"
    at = places[0]
    texts = [
        text
        for (text,) in connection.execute(
            f"select trim(c{at}) from {block.sheet.table} "
            f"where rowid >= {block.first_row} {until} and trim(c{at}) <> '' "
            f"group by all order by min(rowid) limit {_MOST}"
        ).fetchall()
    ]
    times = tuple(text for text in texts if vocabulary.value_of(period, text))
    towns = tuple(text for text in texts if place_named(text).kind == "municipality")
    if not times or not towns:
        return None
    totals = tuple(text for text in texts if is_total(text) and text not in times)
    if texts.index(times[0]) < texts.index(towns[0]):
        return Outline(period.key, "municipality", times, totals)
    return Outline("municipality", period.key, towns, totals)
