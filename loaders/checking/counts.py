"""Every fault in tables of counts: in cells, in rows given twice, in places out of the county."""

import duckdb

from loaders import kinds
from loaders.checking import faults
from loaders.checking.entries import columns_of
from loaders.checking.lines import keys_of, measures_of
from loaders.declaration import Column
from loaders.kinds.places import place_named
from loaders.locating import second_look
from loaders.locating.located import Located
from loaders.problems import Problem
from loaders.reading.grids import cell_name
from swedish import typography

# What a cell may say instead of a number.
_TOLD = ("missing", "not-applicable", "confidential")


def check(located: Located, connection: duckdb.DuckDBPyConnection) -> list[Problem]:
    """All faults in single cells, rows out of the county, and rows given twice."""
    problems: list[Problem] = []
    dimensions = keys_of(located.export.dimensions)
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
                    when 'head' then 'unknown-municipality'
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
        if column.key in keys_of(located.export.dimensions)
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
