"""Rows given to a query as one text: DuckDB takes the items of a list one by one, which takes forty
times as long.
"""

from collections.abc import Iterable

_ROW, _FIELD, _NONE = "\x1e", "\x1f", "\x1d"
# What stands in a query for the rows that it is given as `rows`: each a list `r` of texts.
ROWS = "(select string_split(unnest(string_split($rows, chr(30))), chr(31)) as r where $rows <> '')"


def as_text(rows: Iterable[Iterable[object]]) -> str:
    """Rows as the text that ROWS reads: floats with every digit, and what is no number as null."""
    return _ROW.join(
        _FIELD.join(_NONE if value is None or value != value else str(value) for value in row)
        for row in rows
    )


def field(number: int) -> str:
    """SQL for a field of a row, from 1: a text, or null."""
    return f"nullif(r[{number}], chr(29))"
