"""Layouts in which a column says which measure, or which period or place, the rows below are of.

A list of measures down the side (`Antal utskrivna`, `Antal dagar`), with months, places or a value
beside it; and a pivot table in outline, whose one column of labels has months, hospitals or forms
of care with their municipalities beneath, or municipalities with them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import duckdb

from loaders import kinds
from loaders.declaration import Column, Export
from loaders.kinds.places import place_named
from loaders.kinds.total_words import is_total, without_total
from loaders.locating.head_rows import VALUE
from loaders.locating.heads import Head
from loaders.locating.located import Block, Outline
from loaders.locating.tables import SheetTable
from loaders.mapping import titles, vocabulary

_MEASURED = frozenset({kinds.COUNT, kinds.AMOUNT, kinds.MEAN})
_MOST = 4000


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
    return _measure(text, export) is not None and vocabulary.heading(text) not in VALUE


def value_columns(table: SheetTable, heads: Sequence[Head]) -> list[tuple[Mapping[str, str], int]]:
    """The columns with the numbers of such a table, with what their heads say of them."""
    columns: list[tuple[Mapping[str, str], int]] = []
    for at, head in enumerate(heads):
        texts = {vocabulary.heading(table.sheet.top[row][at]) for row in table.head}
        if head.values and not head.total:
            columns.append((head.values, at))
        elif texts & VALUE:
            columns.append(({}, at))
    return columns


def outlined(block: Block, export: Export, connection: duckdb.DuckDBPyConnection) -> Outline | None:
    """The outline of a block whose one column of labels has municipalities and something else.

    That is a dimension which stands nowhere else: the month, or else the hospital, the form of
    care or the process. What is no time of its own stands under each of the others, or over them.
    """
    places = block.sources.get("municipality", ())
    if len(places) != 1:
        return None
    until = "" if block.last_row is None else f"and rowid < {block.last_row}"
    at = places[0]
    labels = [
        text
        for (text,) in connection.execute(
            f"select trim(c{at}) from {block.sheet.table} "
            f"where rowid >= {block.first_row} {until} and trim(c{at}) <> '' "
            f"order by rowid limit {_MOST}"
        ).fetchall()
    ]
    towns = [text for text in labels if place_named(text).kind == "municipality"]
    columns = sorted(export.dimensions, key=lambda column: not column.kind.period)
    for column in columns if towns else ():
        if column.key == "municipality" or column.key in (*block.sources, *block.constants):
            continue
        others = {text for text in labels if text not in towns and _says(column, text, block)}
        if not others:
            continue
        first = labels.index(towns[0]) < min(map(labels.index, others))
        outer = set(towns) if first else others
        known = [text for text in labels if text in others or text in towns]
        lone = any({one, other} <= outer for one, other in pairwise(known)) or known[-1] in outer
        if lone and not column.kind.period:
            continue
        sums = {text for text in labels if _is_sum(text, column, block)}
        totals = {text for text in labels if is_total(text)} - others - sums
        keys = ("municipality", column.key) if first else (column.key, "municipality")
        return Outline(*keys, tuple(outer), tuple(totals), tuple(sums))
    return None


def _says(column: Column, text: str, block: Block) -> bool:
    """Whether a label is a value of a dimension, or a month's name in a table of one year."""
    bare = block.year and column.kind is kinds.MONTH and titles.is_month_name(text)
    return bool(bare) or vocabulary.value_of(column, text) is not None


def _is_sum(text: str, column: Column, block: Block) -> bool:
    """Whether a label is the sum of one group: `Totalt juni`, `Summa Ale`."""
    said, name = without_total(text)
    of_group = _says(column, name, block) or place_named(name).kind == "municipality"
    return said and (of_group or titles.is_month_name(name))
