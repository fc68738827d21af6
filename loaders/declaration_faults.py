"""What is wrong with an export's declaration, in Swedish: what no file could be read by."""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from functools import cache

import duckdb

from loaders import kinds
from loaders.declaration import Column, Export, MeanOf, NotBefore, PartOf, PlaceAt, Rule

# What the tables that a table of counts is read through have columns for.
_WORKING = frozenset({"block", "part", "place", "role", "row", "sheet", "site", "state", "value"})
_KEY = re.compile(r"[a-z][a-z0-9_]*")
# What the columns of a table that say where are called by all that reads them.
_KEYS = {kinds.MUNICIPALITY: "municipality", kinds.HOSPITAL: "hospital"}


def fault(export: object, *, taken: Collection[str] = ()) -> str:
    """The first thing wrong with what is declared; empty where files of it can be read.

    `taken` are the keys of other exports.
    """
    if not isinstance(export, Export):
        return "EXPORT ska vara en Export"
    columns = export.columns
    if not (isinstance(columns, tuple) and all(isinstance(one, Column) for one in columns)):
        return "'columns' ska vara en tupel av kolumner; en ensam avslutas med komma"
    return next(_faults(export, taken), "")


def _faults(export: Export, taken: Collection[str]) -> Iterator[str]:
    if export.key in taken:
        yield f"en annan export har nyckeln {export.key!r}"
    for line, key in (("key", export.key), ("dataset", export.dataset)):
        if not _KEY.fullmatch(key):
            yield f"{line!r} ska vara små bokstäver a–z, siffror och _, men är {key!r}"
    for what, named in (
        ("nyckeln", [column.key for column in export.columns]),
        ("rubriken", [column.label for column in export.columns]),
    ):
        yield from (
            f"flera kolumner har {what} {one!r}" for one, n in Counter(named).items() if n > 1
        )
    taken = _reserved() | (_WORKING if export.tables else frozenset())
    for column in export.columns:
        if column.key in taken or not _KEY.fullmatch(column.key):
            yield f"en kolumn kan inte ha nyckeln {column.key!r}"
        yield from (f"[{column.key}]: {one}" for one in _of_column(column, tables=export.tables))
    have = {column.key for column in export.columns}
    yield from (f"kolumnen {one!r} finns inte" for one in _named(export) if one not in have)
    if export.tables:
        yield from _of_table(export)


def _of_column(column: Column, *, tables: bool) -> Iterator[str]:
    if isinstance(column.names, str) or isinstance(column.generic, str):
        yield "'names' ska vara en tupel; ett ensamt namn avslutas med komma"
    if column.kind is kinds.CHOICE and column.choices is None:
        yield "'choices' saknas: en CHOICE är ett av de värden som räknas upp"
    if column.kind.category and column.categories is None:
        yield "'categories' saknas: en CATEGORY är av ett slag i deviation_categories.csv"
    if tables and column.kind.money and column.counts != "money":
        yield f"ett belopp (AMOUNT) ska ha counts = 'money', men har {column.counts!r}"
    held = column.kind.dimension or column.kind.counted or column.kind.money
    if tables and not held and column.kind is not kinds.MEAN:
        yield (
            "en tabell av antal har platser, perioder, det som antalen delas upp på (CHOICE, "
            "CATEGORY), antal (COUNT) och belopp (AMOUNT); en andel räknas av sina antal"
        )


def _of_table(export: Export) -> Iterator[str]:
    periods = [column.key for column in export.columns if column.kind.period]
    if periods != ["period"]:
        yield f"en tabell av antal har en kolumn med perioder, 'period', men har {periods}"
    for kind, key in _KEYS.items():
        if [c.key for c in export.columns if c.kind is kind] not in ([], [key]):
            yield f"kolumnen av slaget {kind.key} ska ha nyckeln {key!r}"
    if not export.measures or "municipality" not in {c.key for c in export.columns}:
        yield "en tabell av antal har kommuner (MUNICIPALITY) och antal (COUNT) eller belopp"
    checked = {rule.mean for rule in export.rules if isinstance(rule, MeanOf)}
    for column in export.columns:
        if column.kind is kinds.MEAN and column.key not in checked:
            yield f"[{column.key}]: ett medelvärde kontrolleras bara; regeln MeanOf saknas"


def _named(export: Export) -> Iterator[str]:
    """Every column that something else in the declaration goes by."""
    for rule in export.rules:
        yield from _of_rule(rule)
    for column in export.columns:
        yield from (*column.otherwise, *column.grouped_by)
    if export.counted:
        yield from (export.counted.start, export.counted.end)
    if export.records:
        yield from (*export.records.key, *export.records.either)
        yield from filter(None, [export.records.selected_by])
    yield from filter(None, [export.headed])


def _of_rule(rule: Rule) -> tuple[str, ...]:
    match rule:
        case PartOf():
            return *rule.parts, rule.whole
        case MeanOf():
            return rule.mean, rule.total, rule.count
        case NotBefore():
            return rule.later, rule.earlier
        case PlaceAt():
            return (rule.column,)
    return ()


@cache
def _reserved() -> frozenset[str]:
    """The words that SQL keeps for itself."""
    with duckdb.connect() as connection:
        rows = connection.execute(
            "select keyword_name from duckdb_keywords() where keyword_category = 'reserved'"
        ).fetchall()
    return frozenset(word for (word,) in rows)
