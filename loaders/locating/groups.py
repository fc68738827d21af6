"""Tables that name a group once, in its first row, and leave the cell empty in the others."""

from collections.abc import Sequence

import duckdb

from loaders import kinds
from loaders.declaration import Column
from loaders.locating.located import Block


def grouped(
    columns: Sequence[Column], block: Block, connection: duckdb.DuckDBPyConnection
) -> set[str]:
    """The columns that leave out what is the same as in the row above, and never repeat it.

    An inner group may begin with the same value as the one before if an outer group begins too.
    """
    position_by_key: dict[str, int] = {}
    if block.outline is not None:
        return set()
    if block.only is not None and (together := _of_measures(columns, block, connection)):
        return together
    declared = [column for column in columns if _inner(column, block)]
    for column in sorted(
        (column for column in declared if column.key in block.sources),
        key=lambda column: block.sources[column.key][0],
    ):
        begun = [f"nullif(trim(c{position}), '')" for position in position_by_key.values()]
        position = block.sources[column.key][0]
        rows = f"""
            from {block.sheet.table}
            where rowid >= {block.first_row}
                and rowid < {"'inf'::double" if block.last_row is None else block.last_row}
                and c{max(_inner(column, block))} is not null
        """
        # Of a long list it takes long to look above each row; mostly no cell is empty.
        if not connection.execute(f"select 1 {rows} and c{position} is null limit 1").fetchone():
            continue
        counts = connection.execute(
            f"""
            select
                count(*) filter (where text is null),
                count(*) filter (where text = before and outer_text is null),
                count(*) filter (where text is not null)
            from (
                select *, last_value(text ignore nulls) over above as before
                from (
                    select
                        rowid,
                        nullif(trim(c{position}), '') as text,
                        coalesce({", ".join([*begun, "null"])}) as outer_text
                    {rows}
                )
                window above as (order by rowid rows between unbounded preceding and 1 preceding)
            )
            """
        ).fetchone()
        # A few rows without a name beside a text of another column are sums or notes.
        few = not _declared(column, block) and counts and counts[0] < counts[2]
        if counts and counts[0] and not counts[1] and not few:
            position_by_key[column.key] = position
    return set(position_by_key)


def _of_measures(
    columns: Sequence[Column], block: Block, connection: duckdb.DuckDBPyConnection
) -> set[str]:
    """The columns that only the first of several rows of measures has: all of them, or none."""
    position_by_key = {
        column.key: block.sources[column.key][0]
        for column in columns
        if column.kind.dimension and column.key in block.sources and _inner(column, block)
    }
    if not position_by_key or block.only is None:
        return set()
    until = "" if block.last_row is None else f"and rowid < {block.last_row}"
    blank = {key: f"trim(coalesce(c{at}, '')) = ''" for key, at in position_by_key.items()}
    counts = connection.execute(
        f"""
        select {", ".join(f"count(*) filter (where {empty})" for empty in blank.values())}
        from {block.sheet.table}
        where rowid >= {block.first_row} {until} and trim(c{block.only[0]}) <> ''
        """
    ).fetchone()
    some = [key for key, count in zip(blank, counts or (), strict=False) if count]
    if len(some) < 2:
        return set()
    together = connection.execute(
        f"""
        select 1 from {block.sheet.table}
        where rowid >= {block.first_row} {until} and trim(c{block.only[0]}) <> ''
            and ({" or ".join(blank[key] for key in some)})
            and not ({" and ".join(blank[key] for key in some)})
        limit 1
        """
    ).fetchone()
    return set(some) if together is None else set()


def filled(text: str, column: Column, block: Block) -> str:
    """SQL for a column's text, or else that of the first row of its group."""
    return f"""case
        when trim(coalesce({text}, '')) = '' and c{max(_inner(column, block))} is not null
        then last_value(nullif(trim({text}), '') ignore nulls)
            over (order by rowid rows between unbounded preceding and current row)
        else {text}
    end"""


def _inner(column: Column, block: Block) -> list[int]:
    """Where the columns stand that a group of this one has several rows of."""
    own = block.sources.get(column.key, (-1,))[0]
    places = _declared(column, block)
    if column.kind is kinds.MUNICIPALITY and not places:
        places = list(block.stub)
    return [place for place in places if place > own]


def _declared(column: Column, block: Block) -> list[int]:
    """Where the columns stand that it is grouped by, the names of measures among them."""
    measures = [block.only[0]] if block.only is not None and column.kind.dimension else []
    return [
        *(block.sources[key][0] for key in column.grouped_by if key in block.sources),
        *measures,
    ]
