"""The located text, and what each distinct text of each column means.

Everything is done over the distinct texts of a column, in DuckDB: two million stays have a few
thousand different times. The tables made in the book's connection:

entry      a view of the located cells, one row per table row and block:
           row (zero-based in the sheet), block, part (which part of a whole it is, or null),
           of_whole (false for a part that stands beside the row of its whole), and
           a text column per declared column
is_KEY     the distinct texts of column KEY: text, value, state; state is ok, empty, missing,
           not-applicable, confidential, or the code of a problem
           of a number also grouped (whether its points or commas are read as grouping thousands)
           of an amount also lower (whether it is a lower bound) and reading (where it can be read
           in two ways)
is_beside  of tables of counts: what the columns to the left that are not read would mean as places
cell       where column KEY of a block stands: block, key, sheet, position, letters
"""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import duckdb

from loaders import kinds
from loaders.checking import entries
from loaders.checking.entries import columns_of
from loaders.declaration import Column, Kind, Meaning
from loaders.kinds import amounts
from loaders.locating.located import Located
from loaders.mapping import vocabulary
from loaders.reading.cells import as_text


def build(located: Located, connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables that the module's text lists."""
    connection.execute(files("loaders.checking").joinpath("kinds.sql").read_text(encoding="utf-8"))
    columns = columns_of(located)
    entries.make(located.blocks, columns, connection)
    if located.export.tables:
        _make_texts("beside", located.export.column("municipality"), connection, tables=True)
    for kind in dict.fromkeys(column.kind for column in columns):
        alike = [column for column in columns if column.kind is kind]
        if kind.macro:
            _make_parsed(kind, alike, connection)
            continue
        for column in alike:
            if kind.money:
                _make_amounts(column, connection, tables=located.export.tables)
            else:
                _make_texts(column.key, column, connection, tables=located.export.tables)


def _make_parsed(
    kind: Kind, columns: Sequence[Column], connection: duckdb.DuckDBPyConnection
) -> None:
    """What the texts of all columns of a kind are as numbers or times, in one reading.

    The patterns that they are read with take longer to make than a small table to read.
    """
    texts = " union all ".join(
        f"select distinct '{c.key}' as key, {str(c.in_days).lower()} as in_days, {c.key} as text "
        "from entry"
        for c in columns
    )
    connection.execute(
        f"""
        create or replace temp table parsed_text as
        with
            distinct_text as ({texts}),
            {_signs(kind)},
            parsed as (
                select
                    key, in_days, text, grouped, {kind.macro}({_TEXT}) as value,
                    cell_state(text) as state
                from signed
            )
        select
            key,
            text,
            grouped,
            case when state = 'ok' then value end as value,
            case
                when state <> 'ok' then state
                when value is null then '{kind.fault}'
                {_OF_ANOTHER_UNIT if kind.counted else ""}
                {kind.faults}
                else 'ok'
            end as state
        from parsed
        """
    )
    for column in columns:
        connection.execute(
            f"create or replace temp table is_{column.key} as "
            f"select * exclude (key) from parsed_text where key = '{column.key}'"
        )


# A count with the unit of another: days of patients, patients of days.
_OF_ANOTHER_UNIT = r"""
                when in_days
                    and regexp_matches(text, '(?i)\d\s*(patienter|pat|personer|pers)\.?\s*$')
                    or not in_days and regexp_matches(text, '(?i)\d\s*(dagar|dygn)\.?\s*$')
                then 'not-a-number'"""


def _make_amounts(column: Column, connection: duckdb.DuckDBPyConnection, *, tables: bool) -> None:
    """Amounts in kronor; what is added up in a table is neither a bound nor read in two ways."""
    key = column.key
    rows = []
    for text, state in connection.execute(
        f"select {key}, cell_state({key}) from entry group by all"
    ).fetchall():
        amount = amounts.amount(text) if state == "ok" else None
        unsure = amount is not None and (amount.ambiguous or (amount.upper and not column.limit))
        if amount is None or (tables and (unsure or amount.lower)):
            rows.append([text, None, "not-a-number" if state == "ok" else state, None, None])
        elif amount.kronor < 0:
            rows.append([text, None, "negative", None, None])
        else:
            reading = amount.reading if unsure else None
            rows.append([text, str(amount.kronor), "ok", str(amount.lower), reading])
    connection.execute(
        f"""
        create or replace temp table is_{key} as
        select
            r[1] as text, r[2]::double as value, r[3] as state, r[4]::boolean as lower,
            r[5] as reading,
            false as grouped
        from (select unnest($rows::varchar[][]) as r)
        """,
        {"rows": rows},
    )


def _make_texts(
    key: str, column: Column, connection: duckdb.DuckDBPyConnection, *, tables: bool
) -> None:
    """The distinct texts under `key` in the entries, as `column` would mean them."""
    distinct = f"select distinct {key} as text from entry"
    if column.kind is kinds.TEXT:
        # Of hundreds of thousands of case numbers few need a closer look.
        connection.execute(
            f"create or replace temp table is_{key} as "
            f"select text, trim(text) as value, 'ok' as state from ({distinct}) where {_PLAIN}"
        )
        distinct = f"select text from ({distinct}) where ({_PLAIN}) is not true"
    texts = [text for (text,) in connection.execute(distinct).fetchall()]
    rows = [[text, *_meaning(column, as_text(text), tables=tables)] for text in texts]
    made = "insert into" if column.kind is kinds.TEXT else "create or replace temp table"
    connection.execute(
        f"""
        {made} is_{key} {"" if column.kind is kinds.TEXT else "as"}
        select r[1] as text, r[2] as value, r[3] as state
        from (select unnest($rows::varchar[][]) as r)
        """,
        {"rows": rows},
    )


# Where points and commas only group thousands, the text is read without them.
_TEXT = "case when grouped then regexp_replace(text, '[.,]', '', 'g') else text end"


def _signs(kind: Kind) -> str:
    """SQL for whether a point or a comma in a count groups thousands: in the whole column."""
    if not kind.counted:
        return "signed as (select *, false as grouped from distinct_text)"
    return """
            signed as (
                select
                    *,
                    coalesce(
                        is_grouped(text)
                        and bool_and(is_grouped(text) or not is_broken(text))
                            over (partition by key),
                        false
                    ) as grouped
                from distinct_text
            )"""


# A text with a number in it and no word for a sum is no more than it says.
_PLAIN = r"regexp_matches(text, '\d') and not regexp_matches(text, '(?i)su|tot|s:')"


def _meaning(column: Column, text: str, *, tables: bool) -> Meaning:
    """The value and state of a text in a column, which may hold its heading once more."""
    if not text.strip():
        return None, "empty"
    municipality = column.kind is kinds.MUNICIPALITY
    headed = municipality or not column.kind.dimension
    if headed and vocabulary.heading(text) in _own_headings(column):
        other = "other:" if column.kind is kinds.ORGANISATION else ""
        return None if municipality else f"{other}{text.strip()}", "head"
    if column.kind.meaning is None:
        raise ValueError(f"{column.key}: the kind {column.kind.key} says no meaning of its texts")
    return column.kind.meaning(column, text, tables)


@cache
def _own_headings(column: Column) -> frozenset[str]:
    return frozenset(map(vocabulary.heading, (column.label, *column.names)))
