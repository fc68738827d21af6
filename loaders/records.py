"""Single records: each row is one, kept with its typed values; every fault in them.

Makes `record_line` (every filled row with its role: data, total or note) and, of a file without
errors, `record`: the data rows with each declared column as KEY (null where there is no value),
and beside them `sheet`, `cell` (of the first column), KEY_state of numbers, KEY_lower and
KEY_cell of amounts.
"""

from collections.abc import Sequence
from pathlib import Path

import duckdb

import swedish
from loaders import faults, reported, second_look
from loaders.declaration import AsReported, Column, Kind, NotBefore, PartOf, Records
from loaders.locate import Located
from loaders.problems import Problem
from loaders.typed import columns_of

_NUMBERS = frozenset({Kind.NUMBER, Kind.AMOUNT})
# What is missing of a number has a state of its own; of other columns it is an empty cell.
_CALLED_LIKE_IT = {
    Kind.PLACE: "unknown-place",
    Kind.PERIOD: "not-a-period",
    Kind.MUNICIPALITY: "unknown-municipality",
}
_STATES = ("missing", "not-applicable", "confidential")


def make_lines(located: Located, connection: duckdb.DuckDBPyConnection) -> None:
    """Make `record_line`; a row with hardly anything in it is a note, not a record.

    So is a head that is repeated; a single cell may well be called like its column.
    """
    columns = columns_of(located)
    filled = " + ".join(f"(trim(coalesce(entry.{c.key}, '')) <> '')::integer" for c in columns)
    chosen = ", ".join(
        f"is_{c.key}.value as {c.key}, {_state(c)} as {c.key}_state"
        + (f", is_{c.key}.lower as {c.key}_lower" if c.kind is Kind.AMOUNT else "")
        for c in columns
    )
    joins = " ".join(
        f"join is_{c.key} on entry.{c.key} is not distinct from is_{c.key}.text" for c in columns
    )
    heads = " + ".join(f"({c.key}_state = 'head')::integer" for c in columns)
    single = ", ".join(
        f"case {c.key}_state when 'head' then '{_CALLED_LIKE_IT.get(c.kind, 'ok')}' "
        f"else {c.key}_state end as {c.key}_state"
        for c in columns
    )
    totals = " or ".join(f"{c.key}_state = 'total'" for c in columns)
    connection.execute(
        f"""
        create or replace temp table record_line as
        with typed as (
            select row, block, {filled} as filled, {chosen}
            from entry {joins}
        )
        select
            * replace ({single}),
            case
                when {heads} >= 2 or {heads} = filled then 'note'
                when filled <= 2 and filled * 3 <= $columns then 'note'
                when {totals} then 'total'
                else 'data'
            end as role
        from typed
        where filled > 0
        """,
        {"columns": len(columns)},
    )


def _state(column: Column) -> str:
    state = f"is_{column.key}.state"
    if column.kind in _NUMBERS:
        return state
    listed = ", ".join(f"'{name}'" for name in _STATES)
    return f"case when {state} in ({listed}) then 'empty' else {state} end"


def check(
    located: Located, path: Path, *, openxml: bool, connection: duckdb.DuckDBPyConnection
) -> list[Problem]:
    """All faults in single cells, records given twice, and breaks of the declared rules."""
    records = located.export.records
    if records is None:
        raise ValueError(f"{located.export.key} has no records")
    columns = columns_of(located)
    problems = _either(located, records, columns)
    empty = []
    for column in columns:
        problems += faults.listed(
            _faults(column, connection), column=column, located=located, connection=connection
        )
        if blanks := _blanks(column, connection):
            empty.append((column, blanks))
    seen = second_look.look(path, empty, located, connection) if openxml and empty else {}
    for column, blanks in empty:
        required = column.required and not column.blank
        rows = [
            (row, block, *seen.get((row, block, column.key), (None, "required")))
            for row, block, _, _ in blanks
            if required or (row, block, column.key) in seen
        ]
        problems += faults.listed(rows, column=column, located=located, connection=connection)
    problems += _unplaced(located, columns, connection)
    problems += _ambiguous(located, columns, connection)
    problems += _duplicates(located, records, connection)
    problems += _rules(located, columns, connection)
    have = {column.key for column in columns}
    for rule in located.export.rules:
        # A file that lacks what every row is to have has been told so.
        if isinstance(rule, AsReported) and {*records.key} <= have:
            problems += reported.check(rule, located, have, connection)
    return problems


def _either(located: Located, records: Records, columns: Sequence[Column]) -> list[Problem]:
    have = {column.key for column in columns}
    if not records.either or have & set(records.either):
        return []
    labels = [located.export.column(key).label for key in records.either]
    return [
        Problem(
            code="missing-column",
            message=f"Någon av kolumnerna {swedish.enumerate_words(labels)} måste finnas.",
        )
    ]


def _faults(
    column: Column, connection: duckdb.DuckDBPyConnection
) -> list[tuple[int, int, str | None, str]]:
    good = ("ok", "empty", *_STATES)
    return connection.execute(
        f"""
        select row, block, entry.{column.key}, {column.key}_state
        from record_line
        join entry using (row, block)
        where role = 'data' and not list_contains($good, {column.key}_state)
        order by block, row
        """,
        {"good": good},
    ).fetchall()


def _blanks(
    column: Column, connection: duckdb.DuckDBPyConnection
) -> list[tuple[int, int, str | None, str]]:
    return connection.execute(
        f"""
        select row, block, null, 'required'
        from record_line
        where role = 'data' and {column.key}_state = 'empty'
        order by block, row
        """
    ).fetchall()


def place_of(column: Column, have: set[str]) -> str:
    """SQL for the municipality of a record: its own column, or the organisations that say it."""
    own = [column.key] if column.key in have else []
    others = [
        f"case when starts_with({key}, 'municipality:') then split_part({key}, ':', 2) end"
        for key in column.otherwise
        if key in have
    ]
    return f"coalesce({', '.join([*own, *others, 'null::varchar'])})"


def _unplaced(
    located: Located, columns: Sequence[Column], connection: duckdb.DuckDBPyConnection
) -> list[Problem]:
    """Records whose municipality is said neither by its own column nor by an organisation."""
    have = {column.key for column in columns}
    problems: list[Problem] = []
    for column in located.export.columns:
        if not column.otherwise:
            continue
        bad = f"and {column.key}_state = 'empty'" if column.key in have else ""
        rows = connection.execute(
            f"""
            select row, block, null, 'required'
            from record_line
            where role = 'data' and {place_of(column, have)} is null {bad}
            order by block, row
            """
        ).fetchall()
        problems += faults.listed(rows, column=column, located=located, connection=connection)
    return problems


def _ambiguous(
    located: Located, columns: Sequence[Column], connection: duckdb.DuckDBPyConnection
) -> list[Problem]:
    """Amounts that can be read in two ways, with the reading that is used."""
    problems = []
    for column in columns:
        if column.kind is not Kind.AMOUNT:
            continue
        rows = connection.execute(
            f"""
            select record_line.row, record_line.block, is_{column.key}.text, reading
            from record_line
            join entry using (row, block)
            join is_{column.key} on entry.{column.key} = is_{column.key}.text
            where role = 'data' and reading is not null
            order by record_line.block, record_line.row
            """
        ).fetchall()
        for row, block, text, reading in rows[: faults.LISTED]:
            problems.append(
                _problem(
                    "ambiguous-amount",
                    column,
                    (row, block),
                    f"{column.label}: '{text}' läses som {reading}.",
                    text,
                    located,
                    connection,
                )
            )
    return problems


def _duplicates(
    located: Located, records: Records, connection: duckdb.DuckDBPyConnection
) -> list[Problem]:
    """Records that are in the file twice."""
    keys = ", ".join(f"lower({key})" for key in records.key)
    good = " and ".join(f"{key}_state = 'ok'" for key in records.key)
    rows = connection.execute(
        f"""
        select row, block, {records.key[0]}, first_row
        from (
            select
                *,
                first_value(row) over again as first_row,
                row_number() over again as times
            from record_line
            where role = 'data' and {good}
            window again as (partition by {keys} order by block, row)
        )
        where times > 1
        order by block, row
        """
    ).fetchall()
    column = located.export.column(records.key[0])
    labels = [located.export.column(key).label.lower() for key in records.key]
    said = f"Samma {swedish.enumerate_words(labels)} finns redan på rad"
    return [
        _problem(
            "duplicate-row",
            column,
            (row, block),
            f"{said} {first_row + 1}.",
            text,
            located,
            connection,
        )
        for row, block, text, first_row in rows[: faults.LISTED]
    ]


def _rules(
    located: Located, columns: Sequence[Column], connection: duckdb.DuckDBPyConnection
) -> list[Problem]:
    have = {column.key for column in columns}
    problems = []
    for rule in located.export.rules:
        if isinstance(rule, NotBefore):
            code, small, large, said = "date-order", rule.later, rule.earlier, "är före"
        elif isinstance(rule, PartOf):
            code, small, large, said = "part-exceeds-whole", rule.whole, rule.parts[0], "är mer än"
        else:
            continue
        if not {small, large} <= have:
            continue
        first, second = (large, small) if isinstance(rule, PartOf) else (small, large)
        lower = f"and not {small}_lower" if isinstance(rule, PartOf) else ""
        column, other = located.export.column(first), located.export.column(second)
        rows = connection.execute(
            f"""
            select row, block, entry.{first}, entry.{second}
            from record_line as line
            join entry using (row, block)
            where role = 'data'
                and line.{small}_state = 'ok'
                and line.{large}_state = 'ok'
                and line.{small} < line.{large}
                {lower}
            order by block, row
            """
        ).fetchall()
        problems += [
            _problem(
                code,
                column,
                (row, block),
                f"{column.label} ({text}) {said} {other.label} ({than}).",
                text,
                located,
                connection,
            )
            for row, block, text, than in rows[: faults.LISTED]
        ]
    return problems


def _problem(
    code: str,
    column: Column,
    where: tuple[int, int],
    message: str,
    value: str,
    located: Located,
    connection: duckdb.DuckDBPyConnection,
) -> Problem:
    row, block = where
    sheet, cell = faults.cell_of(
        column.key, row=row, block=block, located=located, connection=connection
    )
    return Problem(
        code=code, message=message, sheet=sheet, cell=cell, column=column.label, value=value
    )


def make_records(located: Located, connection: duckdb.DuckDBPyConnection) -> int:
    """Make `record` of the data rows; a column that the file lacks is null. Gives their number."""
    have = {column.key for column in columns_of(located)}
    chosen = ", ".join(
        part for column in located.export.columns for part in _kept(column, have, located)
    )
    connection.execute(
        f"""
        create or replace temp table record as
        select {chosen}, place.sheet, place.letters || (record_line.row + 1) as cell
        from record_line
        join (
            select block, any_value(sheet) as sheet, arg_min(letters, position) as letters
            from cell
            group by block
        ) as place using (block)
        where role = 'data' {_within(located, have)}
        order by block, row
        """
    )
    found = connection.execute("select count(*) from record").fetchone()
    return int(found[0]) if found else 0


def _within(located: Located, have: set[str]) -> str:
    """Records of other counties are not kept."""
    places = [
        column.key
        for column in located.export.columns
        if column.kind in (Kind.MUNICIPALITY, Kind.PLACE) and column.key in have
    ]
    return " ".join(f"and {key}_state <> 'outside-county'" for key in places)


def _kept(column: Column, have: set[str], located: Located) -> list[str]:
    key = column.key
    if column.otherwise:
        return [f"{place_of(column, have)} as {key}"]
    if key not in have:
        kind = "double" if column.kind in _NUMBERS else "varchar"
        kind = "date" if column.kind is Kind.DATE else kind
        missing = [f"null::{kind} as {key}"]
        if column.kind in _NUMBERS:
            missing.append(f"'empty' as {key}_state")
        if column.kind is Kind.AMOUNT:
            missing += [f"false as {key}_lower", f"null::varchar as {key}_cell"]
        return missing
    value = f"{key}::date" if column.kind is Kind.DATE else key
    kept = [f"case when {key}_state = 'ok' then {value} end as {key}"]
    if column.kind in _NUMBERS:
        kept.append(f"{key}_state")
    if column.kind is Kind.AMOUNT:
        letters = f"(select letters from cell where block = record_line.block and key = '{key}')"
        kept += [f"{key}_lower", f"{letters} || (record_line.row + 1) as {key}_cell"]
    return kept
