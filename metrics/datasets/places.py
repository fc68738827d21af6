"""The temporary tables of places that the datasets' facts are joined with."""

import duckdb

import reference
from warehouse import given


def make_places(connection: duckdb.DuckDBPyConnection) -> None:
    """Municipalities with their area, their inhabitants by year, and whom hospitals serve.

    A year without inhabitants of its own has those of the nearest earlier year, else of the nearest
    later (`metrics.residents`).
    """
    make_table(
        connection,
        "home_area",
        [[home.code, home.area] for home in reference.municipalities()],
        "r[1] as municipality, r[2] as area",
    )
    connection.execute(
        """
        create or replace temp table home as
        from home_area;
        create or replace temp table people as
        select
            municipality, asked.year,
            coalesce(
                max_by(inhabitants, resident.year) filter (where resident.year <= asked.year),
                min_by(inhabitants, resident.year)
            )::double as population
        from (select unnest(range(1990, 2100)) as year) as asked
        cross join resident
        group by municipality, asked.year
        """
    )
    served = reference.hospital_areas()
    make_table(
        connection,
        "hospital_home",
        [[name, ",".join(areas)] for name, areas in served.items()],
        "r[1] as hospital, string_split(r[2], ',') as served",
    )


def make_table(
    connection: duckdb.DuckDBPyConnection, table: str, rows: list[list[str]], columns: str
) -> None:
    """Make a temporary table of rows of texts `r`, which `columns` names."""
    connection.execute(
        f"""
        create or replace temp table {table} as
        select {columns}
        from {given.ROWS}
        """,
        {"rows": given.as_text(rows)},
    )
