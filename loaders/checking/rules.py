"""The declared rules between columns: parts and wholes, stated means."""

import duckdb

from loaders.checking import faults
from loaders.checking.entries import columns_of
from loaders.declaration import MeanOf, PartOf
from loaders.locating.located import Located
from loaders.problems import Problem
from swedish import typography


def check(located: Located, connection: duckdb.DuckDBPyConnection) -> list[Problem]:
    """Every break of a rule, at the cell of the part or of the mean."""
    have = {column.key for column in columns_of(located)}
    dimensions = [column.key for column in located.export.dimensions if column.key in have]
    dimensions += ["site", "part"]
    numbers = [key for key in have if key not in dimensions]
    values = ", ".join(
        f"max({key}) filter (where {key}_state = 'ok') as {key}" for key in sorted(numbers)
    )
    connection.execute(
        f"""
        create or replace temp table combined as
        select {", ".join(dimensions)}, {values}
        from line
        where role = 'data' and municipality_state = 'ok'
        group by {", ".join(dimensions)}
        """
    )
    problems: list[Problem] = []
    for rule in located.export.rules:
        if isinstance(rule, PartOf):
            problems += _parts(rule, have, dimensions, located, connection)
        elif isinstance(rule, MeanOf) and {rule.mean, rule.total, rule.count} <= have:
            problems += _means(rule, dimensions, located, connection)
    return problems


def _parts(
    rule: PartOf,
    have: set[str],
    dimensions: list[str],
    located: Located,
    connection: duckdb.DuckDBPyConnection,
) -> list[Problem]:
    parts = [key for key in rule.parts if key in have]
    if not parts or rule.whole not in have:
        return []
    together = " + ".join(f"coalesce(combined.{key}, 0)" for key in parts)
    rows = connection.execute(
        f"""
        select
            line.row, line.block, ({together})::bigint, combined.{rule.whole}::bigint
        from combined
        join line on {_same(dimensions)}
        join cell on cell.block = line.block and cell.key = '{parts[0]}'
        where role = 'data' and {together} > combined.{rule.whole}
        order by line.block, line.row
        """
    ).fetchall()
    labels = " och ".join(located.export.column(key).label for key in parts)
    whole = located.export.column(rule.whole).label
    return [
        _problem(
            "part-exceeds-whole",
            parts[0],
            row,
            block,
            f"{part}",
            f"{labels} ({part}) är fler än {whole} ({total}).",
            located,
            connection,
        )
        for row, block, part, total in rows[: faults.LISTED]
    ]


def _means(
    rule: MeanOf,
    dimensions: list[str],
    located: Located,
    connection: duckdb.DuckDBPyConnection,
) -> list[Problem]:
    # A mean is stated with some decimals: half a unit of the last one is no difference. Long
    # decimal tails come from a formula and are compared to two decimals.
    rows = connection.execute(
        f"""
        with stated as (
            select
                line.row,
                line.block,
                entry.{rule.mean} as text,
                line.{rule.mean} as mean,
                combined.{rule.total} / combined.{rule.count} as calculated,
                length(regexp_extract(entry.{rule.mean}, '[.,](\\d+)', 1)) as decimals
            from combined
            join line on {_same(dimensions)}
            join entry on entry.row = line.row and entry.block = line.block
            join cell on cell.block = line.block and cell.key = '{rule.mean}'
            where role = 'data'
                and line.{rule.mean}_state = 'ok'
                and combined.{rule.count} > 0
                and combined.{rule.total} is not null
        )
        select row, block, text, calculated
        from stated
        where abs(mean - calculated) > 0.5 * pow(10, -least(decimals, 2)) + 1e-9
        order by block, row
        """
    ).fetchall()
    return [
        _problem(
            "mean-mismatch",
            rule.mean,
            row,
            block,
            text,
            f"Medelvärdet {text} stämmer inte: dagar delat med antal är "
            f"{typography.number(calculated, 2)}.",
            located,
            connection,
        )
        for row, block, text, calculated in rows[: faults.LISTED]
    ]


def _same(dimensions: list[str]) -> str:
    return " and ".join(f"combined.{key} is not distinct from line.{key}" for key in dimensions)


def _problem(
    code: str,
    key: str,
    row: int,
    block: int,
    value: str,
    message: str,
    located: Located,
    connection: duckdb.DuckDBPyConnection,
) -> Problem:
    sheet, cell = faults.cell_of(key, row=row, block=block, located=located, connection=connection)
    return Problem(
        code=code,
        message=message,
        sheet=sheet,
        cell=cell,
        column=located.export.column(key).label,
        value=value,
    )
