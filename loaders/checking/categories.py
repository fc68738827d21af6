"""Categories that the table of categories does not have: kept as they stand, and told of."""

import duckdb

import reference
from loaders.checking import faults
from loaders.checking.entries import columns_of
from loaders.locating.located import Located
from loaders.problems import Problem


def check(located: Located, connection: duckdb.DuckDBPyConnection) -> list[Problem]:
    """One warning for each unknown category, where it stands first."""
    problems = []
    roles = "record_line" if located.export.records else "line"
    for column in columns_of(located):
        if not column.kind.category:
            continue
        known = set(reference.category_spellings(column.categories or "").values())
        rows = connection.execute(
            f"""
            select value, count(*), arg_min((entry.row, entry.block), (entry.block, entry.row))
            from entry
            join is_{column.key} on entry.{column.key} = is_{column.key}.text
            join {roles} as role on role.row = entry.row and role.block = entry.block
            where state = 'ok' and role.role <> 'note'
            group by value
            order by 3
            """
        ).fetchall()
        for value, count, (row, block) in rows:
            if value in known:
                continue
            sheet, cell = faults.cell_of(
                column.key, row=row, block=block, located=located, connection=connection
            )
            times = f" ({count} rader)" if count > 1 and cell else ""
            problems.append(
                Problem(
                    code="unknown-category",
                    message=f"{column.label}: '{value}' finns inte i tabellen{times}.",
                    sheet=sheet,
                    cell=cell,
                    column=column.label,
                    value=value,
                )
            )
    return problems
