"""The rows of tables of counts, typed and with their roles: `line`, one per table row and block."""

from collections.abc import Sequence

import duckdb

import reference
from loaders.checking.entries import columns_of
from loaders.declaration import Column
from loaders.locating.located import Located


def make(located: Located, connection: duckdb.DuckDBPyConnection) -> None:
    """Make `line`: roles are data, total (a check sum), note (a footnote or repeated head).

    Rows of other counties are `outside`, those of homes that nobody knows `aside`, and those of an
    area with none of its municipalities beside it `alone`.
    """
    columns = columns_of(located)
    if located.export.dash_is_none:
        for measure in measures_of(located):
            connection.execute(
                f"update is_{measure.key} set value = 0, state = 'ok' where state = 'missing'"
            )
    dimensions = [column for column in columns if column.key in keys_of(located.export.dimensions)]
    numbers = [column for column in columns if column not in dimensions]
    for column in dimensions:
        # A file whose every row says "total" of a dimension does not tell it apart; but every
        # number is of some period.
        alone = "not-a-period" if column.kind.period else "ok"
        connection.execute(
            f"""
            update is_{column.key}
            set state = '{alone}'
            where state = 'total'
                and not exists (from is_{column.key} where state not in ('total', 'empty'))
            """
        )
    filled = " or ".join(f"trim(coalesce({column.key}, '')) <> ''" for column in numbers)
    chosen = ", ".join(
        f"is_{column.key}.value as {column.key}, is_{column.key}.state as {column.key}_state"
        for column in columns
    )
    site = _site(connection) if "hospital" in keys_of(columns) else "null::varchar"
    joins = " ".join(
        f"join is_{column.key} on entry.{column.key} is not distinct from is_{column.key}.text"
        for column in columns
    )
    unnamed = " and ".join(
        f"{column.key}_state = 'empty'" for column in dimensions if column.key != "municipality"
    )
    totals = " or ".join(f"{column.key}_state = 'total'" for column in dimensions)
    unread = " and ".join(f"{column.key}_state in ('empty', 'not-a-number')" for column in numbers)
    connection.execute(
        f"""
        create or replace temp table line as
        with
            typed as (
                select
                    row, block, total_block, part, of_whole,
                    coalesce(nullif(trim(entry.municipality), ''), beside) as place_text,
                    is_beside.state as beside_state, {site} as site, {chosen}
                from entry {joins}
                join is_beside on entry.beside = is_beside.text
                where {filled} {_or_beside(located, numbers)}
            )
        select
            *,
            case
                when municipality_state = 'head' and {unread} then 'note'
                when not of_whole or municipality_state = 'part' then 'part'
                when municipality_state in ('unknown-municipality', 'empty', 'aside') and {unread}
                then 'note'
                when total_block
                    or municipality_state in ('total', 'area', 'county')
                    or {totals}
                    or municipality_state = 'empty' and beside_state in ('total', 'area', 'county')
                    or municipality_state = 'empty' and {unnamed or "false"}
                then 'total'
                when municipality_state = 'outside-county' then 'outside'
                when municipality_state = 'aside' then 'aside'
                else 'data'
            end as role
        from typed
        """
    )
    _set_repeats_aside(located, dimensions, connection)
    _set_lone_areas_aside(connection, timed="period" in keys_of(columns))


def _set_lone_areas_aside(connection: duckdb.DuckDBPyConnection, *, timed: bool) -> None:
    """An area's row is a check sum of its municipalities; without them it checks nothing."""
    same = "and (line.period_state <> 'ok' or part.period = line.period)" if timed else ""
    connection.execute(
        f"""
        update line
        set role = 'alone'
        where role = 'total' and not total_block and municipality_state = 'area'
            and not exists (
                from line as part
                join (select unnest($places::varchar[][]) as place)
                    on place[1] = part.municipality
                where part.role = 'data' and place[2] = line.municipality {same}
            )
        """,
        {"places": [[place.code, place.area] for place in reference.municipalities()]},
    )


def _set_repeats_aside(
    located: Located, dimensions: Sequence[Column], connection: duckdb.DuckDBPyConnection
) -> None:
    """A table that only says again what another one has said, such as a list of the largest."""
    keys = ", ".join(column.key for column in dimensions)
    measures = ", ".join(measure.key for measure in measures_of(located))
    for number in range(1, len(located.tables)):
        mine = [n for n, block in enumerate(located.blocks) if block.table == number]
        others = [n for n, block in enumerate(located.blocks) if block.table != number]
        chosen = f"select {keys}, part, {measures} from line where role = 'data'"
        new = connection.execute(
            f"""
            select count(*) from (
                {chosen} and list_contains($mine, block)
                except all
                {chosen} and list_contains($others, block)
            )
            """,
            {"mine": mine, "others": others},
        ).fetchone()
        if new == (0,):
            connection.execute(
                "update line set role = 'repeat' where role = 'data' "
                "and list_contains($mine, block)",
                {"mine": mine},
            )


def _or_beside(located: Located, numbers: Sequence[Column]) -> str:
    """Rows of a matrix that have a number in another of its columns are rows in all of them."""
    filled = " or ".join(f"trim(coalesce(other.{column.key}, '')) <> ''" for column in numbers)
    several = located.measured_in_matrix
    if not several:
        return ""
    tables = [str(block.table) for block in located.blocks]
    return f"""or list_contains([{", ".join(map(str, several))}], block) and exists (
        from entry as other
        where other.row = entry.row
            and [{", ".join(tables)}][other.block + 1] = [{", ".join(tables)}][entry.block + 1]
            and ({filled})
    )"""


def _site(connection: duckdb.DuckDBPyConnection) -> str:
    """What tells rows of one hospital apart: its sites, where it is never named as a whole."""
    wholes = {
        reference.normalise(name): hospital.name
        for hospital in reference.hospitals()
        for name in (hospital.name, hospital.short_name)
    }
    texts = connection.execute("select text, value from is_hospital where state = 'ok'").fetchall()
    connection.execute(
        "create or replace temp table whole_hospital as select unnest($names::varchar[]) as name",
        {"names": [value for text, value in texts if reference.normalise(text) in wholes]},
    )
    return """case
        when is_hospital.value in (from whole_hospital) then is_hospital.value
        else lower(trim(entry.hospital))
    end"""


def keys_of(columns: Sequence[Column]) -> set[str]:
    """The keys of some columns."""
    return {column.key for column in columns}


def measures_of(located: Located) -> list[Column]:
    """What is added up of what the file has."""
    return [column for column in columns_of(located) if column in located.export.measures]
