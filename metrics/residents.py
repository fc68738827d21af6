"""How many inhabitants rates are by: those of the year that a rate is of.

Where a municipality's inhabitants of that year are not known, those of the nearest earlier year
that is known stand in, else of the nearest later: what is loaded of a later year rewrites nothing
earlier. A loaded number takes the place of that of the reference tables for the same year.
"""

import datetime
from collections.abc import Collection, Mapping

import duckdb

import reference
from metrics.datasets import population
from swedish import typography
from warehouse import given, store

Known = Mapping[tuple[str, int], int]
"""Inhabitants by municipality and year."""


def settle(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill the version's `resident` anew, before the cube is built on it."""
    loaded = connection.execute(
        """
        select municipality, inhabitant.period::integer, value::integer
        from inhabitant
        join municipality_owner as owner using (period, municipality, load_id)
        where dataset = $dataset and state = 'ok' and try_cast(value as integer) > 0
        """,
        {"dataset": population.DATASET.key},
    ).fetchall()
    people = known({(code, year): count for code, year, count in loaded})
    connection.execute("delete from resident")
    connection.execute(
        f"insert into resident select r[1], r[2]::integer, r[3]::integer from {given.ROWS}",
        {"rows": given.as_text((*at, count) for at, count in people.items())},
    )


def known(loaded: Known) -> Known:
    """The inhabitants of every municipality and year that has been; years to come are forecasts."""
    this_year = datetime.date.today().year
    every = {**reference.population(), **loaded}
    codes = {home.code for home in reference.municipalities()}
    return {at: every[at] for at in sorted(every) if at[0] in codes and at[1] <= this_year}


def of_year(year: int, people: Known) -> dict[str, tuple[int, int]]:
    """By municipality, the year whose inhabitants a rate of `year` is by, and how many they are."""
    years: dict[str, list[int]] = {}
    for code, at in people:
        years.setdefault(code, []).append(at)
    chosen = {
        code: max((at for at in there if at <= year), default=min(there))
        for code, there in years.items()
    }
    return {code: (at, people[code, at]) for code, at in chosen.items()}


def inhabitants(period: str) -> dict[str, int]:
    """The inhabitants that the published rates of a period are by, by municipality."""
    return {code: count for code, (_, count) in of_year(_year(period), _published()).items()}


def years(period: str, codes: Collection[str] | None = None) -> str:
    """The years whose inhabitants the rates of a period are by, as text: `2025`, `2020 och 2025`.

    `codes` are the municipalities that a rate is of; all of them where none are given.
    """
    return typography.enumerate_words([str(year) for year in used_years(period, codes)])


def used_years(period: str, codes: Collection[str] | None = None) -> list[int]:
    """The years whose inhabitants the rates of a period are by, oldest first; as `years`."""
    people = of_year(_year(period), _published())
    return sorted({year for code, (year, _) in people.items() if codes is None or code in codes})


def _year(period: str) -> int:
    return int(period[:4])


def _published() -> Known:
    with store.reading() as connection:
        rows = (
            connection.execute("select municipality, year, inhabitants from resident").fetchall()
            if connection
            else []
        )
    return {(code, int(year)): int(count) for code, year, count in rows} or known({})
