"""Tables of counts: which rows are data, which are totals, and every fault in them.

Makes `line`: one row per table row and block, typed, with its role.
"""

from collections.abc import Sequence

import duckdb

import reference
from loaders import kinds
from loaders.checking import faults
from loaders.checking.entries import columns_of
from loaders.declaration import Column
from loaders.kinds.places import place_named
from loaders.locating import second_look
from loaders.locating.located import Located
from loaders.problems import Problem
from loaders.reading.grids import cell_name
from swedish import typography

# What a cell may say instead of a number.
_TOLD = ("missing", "not-applicable", "confidential")


def make_lines(located: Located, connection: duckdb.DuckDBPyConnection) -> None:
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
    dimensions = [column for column in columns if column.key in _keys(located.export.dimensions)]
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
    site = _site(connection) if "hospital" in _keys(columns) else "null::varchar"
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
                when municipality_state = 'head' then 'note'
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
    _set_lone_areas_aside(connection, timed="period" in _keys(columns))


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


def _keys(columns: Sequence[Column]) -> set[str]:
    return {column.key for column in columns}


def check(located: Located, connection: duckdb.DuckDBPyConnection) -> list[Problem]:
    """All faults in single cells, rows out of the county, and rows given twice."""
    problems: list[Problem] = []
    dimensions = _keys(located.export.dimensions)
    empty: list[tuple[Column, list[tuple[int, int, str | None, str]]]] = []
    for column in columns_of(located):
        problems += faults.listed(
            _cell_faults(column, column.key in dimensions, connection),
            column=column,
            located=located,
            connection=connection,
        )
        blanks = _blanks(column, column.key in dimensions, located, connection)
        # A mean is only checked: where a formula failed there is nothing to check.
        if blanks and column.kind is not kinds.MEAN:
            empty.append((column, blanks))
    # In a matrix an empty cell is not reported; the receipt counts them.
    matrix = set(located.measured_in_matrix) if located.export.measures else set()
    seen = second_look.look(empty, located, connection) if empty else {}
    for column, blanks in empty:
        required = column.key in dimensions or (column.required and not column.blank)
        rows = [
            (row, block, *seen.get((row, block, column.key), (None, "required")))
            for row, block, _, _ in blanks
            if (required and block not in matrix) or (row, block, column.key) in seen
        ]
        problems += faults.listed(rows, column=column, located=located, connection=connection)
    alone = connection.execute(
        "select row, block, place_text, 'lone-area' from line where role = 'alone' "
        "order by block, row"
    ).fetchall()
    place = located.export.column("municipality")
    problems += faults.listed(alone, column=place, located=located, connection=connection)
    problems += _mixed_places(located, connection)
    problems += _duplicates(located, connection)
    return problems


def _cell_faults(
    column: Column, dimension: bool, connection: duckdb.DuckDBPyConnection
) -> list[tuple[int, int, str | None, str]]:
    roles = "('data', 'outside')" if dimension else "('data')"
    return connection.execute(
        f"""
        select
            line.row,
            line.block,
            any_value(entry.{column.key}),
            any_value(
                case line.{column.key}_state
                    when 'missing' then 'not-allowed'
                    when 'not-applicable' then 'not-allowed'
                    when 'confidential' then 'not-allowed'
                    else line.{column.key}_state
                end
            )
        from line
        join entry using (row, block)
        where role in {roles}
            and line.{column.key}_state not in ('ok', 'empty', 'total')
            and ({str(dimension).lower()} or not list_contains($told, line.{column.key}_state))
        group by all
        order by line.block, line.row
        """,
        {"told": [*_TOLD, *(["error-cell"] if column.kind is kinds.MEAN else [])]},
    ).fetchall()


def _blanks(
    column: Column,
    dimension: bool,
    located: Located,
    connection: duckdb.DuckDBPyConnection,
) -> list[tuple[int, int, str | None, str]]:
    """Empty cells in data rows, but for columns that may be empty from top to bottom.

    Those are what need not be there, and what is headed by a month that has not been.
    """
    needed = column.required and not column.blank
    # A hospital or a form of care that no row has is not told of; one that some rows have is.
    told = "bool_or(any_value) over ()" if dimension else "false"
    return connection.execute(
        f"""
        with
            of_block as (
                select block, bool_or({column.key}_state <> 'empty') as any_value
                from line
                where role = 'data'
                group by block
            ),
            held as (select block, any_value or {told} as any_value from of_block)
        select row, block, null, 'required'
        from line
        join held using (block)
        join cell using (block)
        where role = 'data'
            and cell.key = $key
            and {column.key}_state = 'empty'
            and (any_value or $needed and not list_contains($matrix, block))
        order by block, row
        """,
        {
            "key": column.key,
            "needed": needed,
            "matrix": [] if dimension else located.measured_in_matrix,
        },
    ).fetchall()


def _mixed_places(located: Located, connection: duckdb.DuckDBPyConnection) -> list[Problem]:
    """Rows whose municipality code and name say different municipalities."""
    if not any(len(block.sources.get("municipality", ())) == 2 for block in located.blocks):
        return []
    rows = connection.execute(
        """
        with other as (select distinct also_municipality as text from entry)
        select line.row, line.block, entry.also_municipality, line.municipality
        from line
        join entry using (row, block)
        where role = 'data'
            and municipality_state = 'ok'
            and trim(coalesce(also_municipality, '')) <> ''
        order by line.block, line.row
        """
    ).fetchall()

    mixed = [
        (row, block, text, "not-allowed")
        for row, block, text, code in rows
        if place_named(text).key != code
    ]
    column = located.export.column("municipality")
    return faults.listed(mixed, column=column, located=located, connection=connection)


def _duplicates(located: Located, connection: duckdb.DuckDBPyConnection) -> list[Problem]:
    """Rows that give a measure again for a place, period, hospital and care form already given."""
    dimensions = [
        column.key
        for column in columns_of(located)
        if column.key in _keys(located.export.dimensions)
    ]
    names = ", ".join([*dimensions, "site", "part"])
    good = " and ".join(f"{key}_state = 'ok'" for key in ("municipality", "period"))
    labels = [located.export.column(key).label.lower() for key in dimensions]
    problems: dict[tuple[int, int], Problem] = {}
    leftmost = _leftmost(connection)
    for measure in measures_of(located):
        rows = connection.execute(
            f"""
            select row, block, first_row
            from (
                select
                    line.row,
                    line.block,
                    first_value(line.row) over again as first_row,
                    row_number() over again as times
                from line
                join cell on cell.block = line.block and cell.key = $measure
                where role = 'data' and {good}
                window again as (partition by {names} order by line.block, line.row)
            )
            where times > 1
            order by block, row
            """,
            {"measure": measure.key},
        ).fetchall()
        for row, block, first_row in rows[: faults.LISTED]:
            sheet, position = leftmost[block]
            cell = cell_name(row, position)
            problems.setdefault(
                (block, row),
                Problem(
                    code="duplicate-row",
                    message=f"Samma {typography.enumerate_words(labels)} finns redan på rad "
                    f"{first_row + 1}.",
                    sheet=sheet,
                    cell=cell,
                ),
            )
    return list(problems.values())


def _leftmost(connection: duckdb.DuckDBPyConnection) -> dict[int, tuple[str, int]]:
    """The sheet and the first column of each block."""
    rows = connection.execute(
        "select block, any_value(sheet), min(position) from cell group by block"
    ).fetchall()
    return {block: (sheet, position) for block, sheet, position in rows}


def measures_of(located: Located) -> list[Column]:
    """What is added up of what the file has."""
    return [column for column in columns_of(located) if column in located.export.measures]
