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
from loaders.declaration import Column, Kind, Meaning
from loaders.kinds import amounts
from loaders.locating import groups
from loaders.locating.located import Block, Located, Outline
from loaders.mapping import vocabulary
from loaders.reading.cells import as_text
from loaders.reading.grids import cell_name


def columns_of(located: Located) -> list[Column]:
    """The declared columns that the file has in some way."""
    keys = {key for block in located.blocks for key in (*block.sources, *block.constants)}
    return [column for column in located.export.columns if column.key in keys]


def build(located: Located, connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables that the module's text lists."""
    connection.execute(files("loaders.checking").joinpath("kinds.sql").read_text(encoding="utf-8"))
    columns = columns_of(located)
    _make_entry(located.blocks, columns, connection)
    if located.export.tables:
        _make_texts("beside", located.export.column("municipality"), connection, tables=True)
    for kind in dict.fromkeys(column.kind for column in columns):
        alike = [column for column in columns if column.kind is kind]
        if kind.macro:
            _make_parsed(kind, alike, connection)
            continue
        for column in alike:
            if kind.money:
                _make_amounts(column, connection)
            else:
                _make_texts(column.key, column, connection, tables=located.export.tables)


def _make_entry(
    blocks: tuple[Block, ...], columns: list[Column], connection: duckdb.DuckDBPyConnection
) -> None:
    selects = []
    cells = []
    for number, block in enumerate(blocks):
        texts = []
        grouped = groups.grouped(columns, block, connection)
        for column in columns:
            if column.key in block.sources:
                positions = block.sources[column.key]
                text = _text(column, block)
                if column.key in grouped:
                    text = groups.filled(text, column, block)
                texts.append(f"{text} as {column.key}")
                letters = cell_name(0, positions[0]).rstrip("1")
                cells.append(
                    [str(number), column.key, block.sheet.name, str(positions[0]), letters]
                )
                if column.kind is kinds.MUNICIPALITY:
                    texts.append(f"c{positions[-1]} as also_{column.key}")
            elif column.key in block.constants:
                texts.append(f"{_quoted(block.constants[column.key])} as {column.key}")
        beside = "".join(f", c{position}" for position in block.beside)
        texts.append(f"trim(concat_ws(' ', ''{beside})) as beside")
        texts.append(f"{_part(block)} as part")
        texts.append(f"{of_whole(block)} as of_whole")
        rows = (
            f"select rowid as row, {number} as block, {str(block.total).lower()} as total_block, "
            f"{', '.join(texts)}{_only_text(block)} from {block.sheet.table} "
            f"where {_rows_of(block)}"
        )
        selects.append(rows if block.only is None else _only(rows, block.only[1]))
    union = " union all by name ".join(selects)
    if len(selects) > _MANY:
        connection.execute(f"create or replace temp table entries as {union}")
        union = "from entries"
    connection.execute(f"create or replace temp view entry as {union}")
    connection.execute(
        """
        create or replace temp table cell as
        select
            c[1]::integer as block, c[2] as key, c[3] as sheet, c[4]::integer as position,
            c[5] as letters
        from (select unnest($cells::varchar[][]) as c)
        """,
        {"cells": cells},
    )


def _only_text(block: Block) -> str:
    """What a column names each row's measure as, also where only the first of several has it."""
    if block.only is None:
        return ""
    text = f"nullif(trim(c{block.only[0]}), '')"
    above = "over (order by rowid rows between unbounded preceding and current row)"
    return f", lower(last_value({text} ignore nulls) {above}) as only_text"


def _only(rows: str, texts: tuple[str, ...]) -> str:
    """The rows that are of one of the measures which a column names."""
    named = ", ".join(_quoted(text.casefold()) for text in texts)
    return f"select * exclude (only_text) from ({rows}) where only_text in ({named})"


def _in_outline(key: str, at: int, outline: Outline) -> str:
    """SQL for the label of a row, of the outer or of the inner kind of an outline."""
    outer, totals = (
        f"trim(c{at}) in ({', '.join(map(_quoted, (*texts, '')))})"
        for texts in (outline.texts, outline.totals)
    )
    if key == outline.inner:
        return f"case when {outer} then 'Totalt' else c{at} end"
    return f"""case
        when {totals} then 'Totalt'
        else last_value(case when {outer} then nullif(trim(c{at}), '') end ignore nulls)
            over (order by rowid rows between unbounded preceding and current row)
    end"""


def _rows_of(block: Block) -> str:
    until = "" if block.last_row is None else f" and rowid < {block.last_row}"
    return f"rowid >= {block.first_row}{until}"


def _part(block: Block) -> str:
    """SQL for which part of a whole a row is; null where there are no parts."""
    if block.part_columns:
        texts = ", ".join(f"lower(trim(c{at}))" for at in block.part_columns)
        return f"concat_ws('|', {texts})"
    return "null::varchar" if block.part is None else _quoted(block.part)


def of_whole(block: Block, prefix: str = "") -> str:
    """SQL for whether a row is of all, where rows of all stand beside rows of parts."""
    conditions = [
        f"lower(trim(coalesce({prefix}c{at}, ''))) in ({', '.join(map(_quoted, texts))})"
        for at, texts in block.wholes
    ]
    return " and ".join(conditions) or "true"


def _unit(column: Column, block: Block) -> str | None:
    """The unit of the amounts in a column, where its heading or else a title has one."""
    if not column.kind.money:
        return None
    above = block.sheet.top[: block.first_row]
    heads = [row[block.sources[column.key][0]] for row in reversed(above)]
    texts = [*heads, *(text for row in above for text in row if len(set(row)) == 2)]
    return next(filter(None, map(amounts.unit_in, texts)), block.unit)


# Of a matrix each column is a block: to join as many at once takes memory for each.
_MANY = 32
# A month or a quarter without its year.
_BARE = r"(?i)((kvartal|kv|q|k)\.?\s*)?\d{1,2}(\.0)?|[a-zåäö]{3,9}\.?"


def _text(column: Column, block: Block) -> str:
    positions = block.sources[column.key]
    text = f"c{positions[0]}"
    if block.outline and column.key in (block.outline.outer, block.outline.inner):
        return _in_outline(column.key, positions[0], block.outline)
    if len(positions) == 2:
        first, second = positions
        text = f"coalesce(nullif(trim(c{first}), ''), c{second})"
    if column.kind in (kinds.MONTH, kinds.QUARTER, kinds.PERIOD):
        return _of_year(text, column, block)
    if column.kind.money and block.unit_column is not None:
        return (
            f"regexp_replace({text}, '([0-9])\\s*$', "
            f"'\\1 ' || coalesce(nullif(trim(c{block.unit_column}), ''), '(enhet saknas)'))"
        )
    unit = _unit(column, block)
    return f"regexp_replace({text}, '([0-9])\\s*$', '\\1 {unit}')" if unit else text


def _of_year(text: str, column: Column, block: Block) -> str:
    """A month or a quarter with the year that stands beside it or in a title."""
    years = [f"nullif(trim(c{block.year_column}), '')"] if block.year_column is not None else []
    years += [_quoted(block.year)] if block.year else []
    if not years:
        return text
    year = f"coalesce({', '.join(years)}, '')"
    heads = [row[block.sources[column.key][0]] for row in block.sheet.top[: block.first_row]]
    quarters = any(vocabulary.heading(head).startswith("kv") for head in heads)
    within = f"regexp_replace(trim({text}), '^([1-4])(\\.0)?$', '{'K' * quarters}\\1')"
    whole = f"trim(coalesce({text}, '')) = ''"
    yearly = column.kind is kinds.PERIOD and block.year_column is not None
    return f"""case
        when regexp_full_match(trim({text}), '{_BARE}') then {year} || ' ' || {within}
        when {whole} and {str(yearly).lower()} then {year}
        else {text}
    end"""


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


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


def _make_amounts(column: Column, connection: duckdb.DuckDBPyConnection) -> None:
    key = column.key
    rows = []
    for text, state in connection.execute(
        f"select {key}, cell_state({key}) from entry group by all"
    ).fetchall():
        amount = amounts.amount(text) if state == "ok" else None
        if amount is None:
            rows.append([text, None, "not-a-number" if state == "ok" else state, None, None])
        elif amount.kronor < 0:
            rows.append([text, None, "negative", None, None])
        else:
            unsure = amount.ambiguous or (amount.upper and not column.limit)
            reading = amount.reading if unsure else None
            rows.append([text, str(amount.kronor), "ok", str(amount.lower), reading])
    connection.execute(
        f"""
        create or replace temp table is_{key} as
        select
            r[1] as text, r[2]::double as value, r[3] as state, r[4]::boolean as lower,
            r[5] as reading
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
