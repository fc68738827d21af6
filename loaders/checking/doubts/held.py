"""What a column that is not read holds below its head."""

from dataclasses import dataclass

import duckdb

from loaders.locating.located import Block

# As many as the ages of all who live.
_MANY = 130


@dataclass(frozen=True)
class Held:
    """What a column holds in the rows of data: distinct texts, how many, and rows with any."""

    texts: tuple[str, ...]
    distinct: int
    filled: int
    rows: int


def held_in(block: Block, at: int, connection: duckdb.DuckDBPyConnection) -> Held:
    """What a column holds below its head; of many rows only whether it varies."""
    until = "" if block.last_row is None else f"and rowid < {block.last_row}"
    rows = f"from {block.sheet.table} where rowid >= {block.first_row} {until}"
    # As they stand: to trim the cells of a long column takes longer than all the rest.
    row = connection.execute(
        f"""
        select count(*), count(c{at}), approx_count_distinct(c{at}), min(c{at}), max(c{at}) {rows}
        """
    ).fetchone()
    if not row or not row[1]:
        return Held((), 0, 0, int(row[0]) if row else 0)
    total, held, about, least, most = row
    if least == most or about > 10 * _MANY:
        texts = tuple(dict.fromkeys((least.strip(" "), most.strip(" "))))
        return Held(texts, 1 if least == most else about, held, total)
    several = connection.execute(
        f"""
        select trim(text) from (select c{at} as text, min(rowid) as first {rows} group by all)
        where text is not null group by all order by min(first)
        """
    ).fetchall()
    return Held(tuple(text for (text,) in several[:_MANY]), len(several), held, total)
