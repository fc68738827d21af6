"""How many inhabitants rates are by: those of the newest year that has every municipality.

A loaded number takes the place of that of the reference tables for the same year; the newest year
wins, wherever it comes from.
"""

import datetime

import duckdb

import reference
from warehouse import store


def settle(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill the version's `resident` anew, before the cube is built on it."""
    loaded = connection.execute(
        """
        select municipality, inhabitant.period::integer, value::integer
        from inhabitant
        join municipality_owner as owner using (period, municipality, load_id)
        where dataset = 'population' and state = 'ok' and try_cast(value as integer) > 0
        """
    ).fetchall()
    year, people = newest({(code, year): count for code, year, count in loaded})
    connection.execute("delete from resident")
    connection.execute(
        """
        insert into resident
        select unnest($codes::varchar[]), $year, unnest($people::integer[])
        """,
        {"codes": list(people), "year": year, "people": list(people.values())},
    )


def newest(loaded: dict[tuple[str, int], int]) -> tuple[int, dict[str, int]]:
    """The newest year that has every municipality, and its inhabitants by municipality.

    Years to come are forecasts.
    """
    known = {**reference.population(), **loaded}
    codes = [home.code for home in reference.municipalities()]
    years = {year for _, year in known if year <= datetime.date.today().year}
    whole = [year for year in years if all((code, year) in known for code in codes)]
    year = max(whole, default=0)
    return year, {code: known[code, year] for code in codes} if whole else {}


def population_year() -> int:
    """The year whose inhabitants the published rates are by."""
    return _published()[0]


def inhabitants() -> dict[str, int]:
    """The inhabitants that the published rates are by, by municipality."""
    return _published()[1]


def _published() -> tuple[int, dict[str, int]]:
    with store.reading() as connection:
        rows = (
            connection.execute("select municipality, year, inhabitants from resident").fetchall()
            if connection
            else []
        )
    if not rows:
        return newest({})
    return int(rows[0][1]), {code: int(count) for code, _, count in rows}
