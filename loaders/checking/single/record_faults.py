"""Every fault in single records: in cells, in records given twice, and breaks of declared rules."""

from collections.abc import Sequence

import duckdb

from loaders.checking import faults
from loaders.checking.entries import columns_of
from loaders.checking.single import reported
from loaders.checking.single.records import STATES, place_of
from loaders.declaration import AsReported, Column, NotBefore, PartOf, Records
from loaders.locating import second_look
from loaders.locating.located import Located
from loaders.problems import Problem
from swedish import typography


def check(located: Located, connection: duckdb.DuckDBPyConnection) -> list[Problem]:
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
    seen = second_look.look(empty, located, connection) if empty else {}
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
            message=f"Någon av kolumnerna {typography.enumerate_words(labels)} måste finnas.",
        )
    ]


def _faults(
    column: Column, connection: duckdb.DuckDBPyConnection
) -> list[tuple[int, int, str | None, str]]:
    good = ("ok", "empty", "aside", *STATES)
    return connection.execute(
        f"""
        select
            row, block, entry.{column.key},
            case {column.key}_state when 'total' then 'not-allowed' else {column.key}_state end
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
        if column.key in have:
            problems += faults.listed(rows, column=column, located=located, connection=connection)
            continue
        if rows:
            said = next(key for key in column.otherwise if key in have)
            some = typography.plural(len(rows), "ärende", "ärenden")
            problems.append(
                _problem(
                    "no-municipality",
                    located.export.column(said),
                    rows[0][:2],
                    f"Kolumnen {column.label} saknas, och ingen part är en kommun i {some}; "
                    "här är det första.",
                    "",
                    located,
                    connection,
                )
            )
    return problems


def _ambiguous(
    located: Located, columns: Sequence[Column], connection: duckdb.DuckDBPyConnection
) -> list[Problem]:
    """Amounts that can be read in two ways, with the reading that is used."""
    problems = []
    for column in columns:
        if not column.kind.money:
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
            window again as (partition by {keys}, part order by block, row)
        )
        where times > 1
        order by block, row
        """
    ).fetchall()
    column = located.export.column(records.key[0])
    labels = [located.export.column(key).label.lower() for key in records.key]
    said = f"Samma {typography.enumerate_words(labels)} finns redan på rad"
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
        code=code, message=message, sheet=sheet, cell=cell, column=column.label, value=value or None
    )
