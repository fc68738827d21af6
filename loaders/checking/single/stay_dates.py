"""What a file of stays says against itself: dates in an order that cannot be, other days stated.

Dates under each other's headings are counted as well as any, as other days in other months.
"""

from collections.abc import Iterator

import duckdb

from loaders.declaration import Days
from loaders.locating.located import Block, Located
from loaders.locating.tables import SheetTable
from loaders.mapping import vocabulary
from loaders.problems import Problem
from loaders.reading.grids import cell_name
from swedish.typography import plural

# Headings that changed places show in any part of a file. Of the county's stays 2 % have a notice
# later than the discharge (docs/domain.md).
_LOOKED_AT = 10_000
_IMPLAUSIBLE = 0.2
_DAYS_OF_THE_WHOLE = 0.9


def look(
    located: Located, counted: Days, connection: duckdb.DuckDBPyConnection
) -> Iterator[Problem]:
    """Warnings where a great share of the dates stand in an order that cannot be, and where days
    that the file states are others than those between its dates."""
    for number, block in enumerate(located.blocks):
        table = located.tables[block.table]
        admitted = _beside(table, block, counted.admitted)
        stated = _beside(table, block, counted.stated)
        _make_dates(number, block, counted, admitted, stated, connection)
        yield from _in_wrong_order(located, counted, table, admitted, connection)
        if stated is not None:
            yield from _of_other_days(located, counted, table, stated, connection)


def _heading(table: SheetTable, at: int) -> str:
    return table.sheet.top[table.head[-1]][at]


def _beside(table: SheetTable, block: Block, names: tuple[str, ...]) -> int | None:
    """The column that has one of the headings and is not read."""
    used = {at for places in block.sources.values() for at in places}
    known = {vocabulary.heading(name) for name in names}
    unread = (at for at in table.columns if at not in used)
    return next((at for at in unread if vocabulary.heading(_heading(table, at)) in known), None)


def _make_dates(
    number: int,
    block: Block,
    counted: Days,
    admitted: int | None,
    stated: int | None,
    connection: duckdb.DuckDBPyConnection,
) -> None:
    """`dated`: row, the days of admission, notice and discharge, and the days that are stated."""
    also = "null" if admitted is None else f"timestamp_of(c{admitted})"
    days = "null" if stated is None else f"number_of(c{stated})"
    text = "null" if stated is None else f"c{stated}"
    connection.execute(
        f"""
        create or replace temp table dated as
        with beside as (
            select
                rowid as row,
                {also}::date as admitted,
                {days}::double as stated,
                {text}::varchar as said
            from {block.sheet.table}
            where rowid >= {block.first_row}
            limit {_LOOKED_AT}
        )
        select row, admitted, started.value::date as started, ended.value::date as ended,
            stated, said
        from beside
        join (from entry where block = {number}) as entry using (row)
        join is_{counted.start} as started
            on entry.{counted.start} is not distinct from started.text
        join is_{counted.end} as ended on entry.{counted.end} = ended.text
        """
    )


def _in_wrong_order(
    located: Located,
    counted: Days,
    table: SheetTable,
    admitted: int | None,
    connection: duckdb.DuckDBPyConnection,
) -> Iterator[Problem]:
    label = {key: located.export.column(key).label for key in (counted.start, counted.end)}
    named = "" if admitted is None else _heading(table, admitted)
    for earlier, before, later, after in (
        ("started", label[counted.start], "ended", label[counted.end]),
        ("admitted", named, "started", label[counted.start]),
        ("admitted", named, "ended", label[counted.end]),
    ):
        row = connection.execute(
            f"select count(*) filter ({earlier} > {later}), count({earlier} <= {later}) from dated"
        ).fetchone()
        wrong, compared = row or (0, 0)
        if wrong > max(1, _IMPLAUSIBLE * compared):
            yield Problem(
                code="date-order",
                message=f"{after} är före {before} i {wrong} av de {compared} rader som har båda "
                "datumen. Rubrikerna kan ha bytt plats.",
                sheet=table.sheet.name,
                column=after,
            )
            return


def _of_other_days(
    located: Located,
    counted: Days,
    table: SheetTable,
    stated: int,
    connection: duckdb.DuckDBPyConnection,
) -> Iterator[Problem]:
    """Where a column of days is neither of the wait nor of the whole stay."""
    row = connection.execute(
        """
        select
            count(*),
            count(*) filter (stated = ended - admitted or stated = ended - admitted + 1),
            count(*) filter (stated <> ended - started),
            arg_min([row::varchar, said, (ended - started)::varchar], row)
                filter (stated <> ended - started)
        from dated
        where stated is not null and started <= ended
        """
    ).fetchone()
    if not row or not row[2] or row[1] >= _DAYS_OF_THE_WHOLE * row[0]:
        return
    compared, _, others, (at, text, days) = row
    start, end = (located.export.column(key).label for key in (counted.start, counted.end))
    heading = _heading(table, stated)
    yield Problem(
        code="days-mismatch",
        message=f"{heading} är andra än dagarna från {start} till {end} i {others} av "
        f"{plural(compared, 'rad', 'rader')}. Här står {text}, och datumen ger {days}.",
        sheet=table.sheet.name,
        cell=cell_name(int(at), stated),
        column=heading,
        value=text,
    )
