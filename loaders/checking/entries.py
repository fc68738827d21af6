"""The located cells as rows: the view `entry`, and where its columns stand, `cell` (typed.py)."""

import duckdb

from loaders import kinds
from loaders.declaration import Column
from loaders.kinds import amounts
from loaders.locating import groups
from loaders.locating.located import Block, Located, Outline
from loaders.mapping import vocabulary
from loaders.reading.grids import cell_name


def columns_of(located: Located) -> list[Column]:
    """The declared columns that the file has in some way."""
    keys = {key for block in located.blocks for key in (*block.sources, *block.constants)}
    return [column for column in located.export.columns if column.key in keys]


def make(
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
    outer, totals, sums = (
        f"trim(c{at}) in ({', '.join(map(_quoted, (*texts, '')))})"
        for texts in (outline.texts, outline.totals, outline.sums)
    )
    if key == outline.inner:
        return f"case when {outer} or {sums} then 'Totalt' else c{at} end"
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
        text = f"({_in_outline(column.key, positions[0], block.outline)})"
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
