"""The temporary tables of places that the datasets' facts are joined with."""

import duckdb

import reference


def make_places(connection: duckdb.DuckDBPyConnection) -> None:
    """Municipalities with their area and inhabitants, and whom hospitals serve."""
    make_table(
        connection,
        "home_area",
        [[home.code, home.area] for home in reference.municipalities()],
        "r[1] as municipality, r[2] as area",
    )
    connection.execute(
        """
        create or replace temp table home as
        select municipality, area, inhabitants::double as population
        from home_area
        left join resident using (municipality)
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
        from (select unnest($rows::varchar[][]) as r)
        """,
        {"rows": rows},
    )
