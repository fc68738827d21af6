"""The cube: every indicator at every period, level and place, computed when a version is published.

A ratio is the sum of numerators by the sum of denominators, over the parts that have both; where
parts are hidden or missing the value says that it is partial.
"""

from importlib.resources import files

import duckdb

import reference
from metrics.catalogue import MEASURES, POPULATION, Indicator, indicators, terms_of


def build(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill the version's `cube` anew from the facts that are in force.

    The connection's unqualified names mean the version's tables, inside the writer's transaction.
    """
    _make_places(connection)
    connection.execute("delete from cube")
    for dataset in MEASURES:
        parts = files("metrics").joinpath(f"{dataset}.sql").read_text(encoding="utf-8")
        connection.execute(parts)
        delivered = {
            measure
            for (measure,) in connection.execute(
                "select distinct measure from part_fact"
            ).fetchall()
        }
        for indicator in indicators().values():
            needed = set(indicator.measures) - {POPULATION}
            if indicator.dataset == dataset and needed <= delivered:
                _add(indicator, connection)


def _make_places(connection: duckdb.DuckDBPyConnection) -> None:
    """The municipalities with their area and inhabitants, as a temporary table."""
    inhabitants = reference.population()
    year = population_year()
    connection.execute(
        """
        create or replace temp table home as
        select h[1] as municipality, h[2] as area, try_cast(h[3] as double) as population
        from (select unnest($homes::varchar[][]) as h)
        """,
        {
            "homes": [
                [home.code, home.area, str(inhabitants.get((home.code, year), ""))]
                for home in reference.municipalities()
            ]
        },
    )


def population_year() -> int:
    """The newest year for which every municipality has a number of inhabitants."""
    inhabitants = reference.population()
    codes = {home.code for home in reference.municipalities()}
    years = {year for _, year in inhabitants}
    whole = [year for year in years if all((code, year) in inhabitants for code in codes)]
    return max(whole, default=0)


def _sum_of(expression: str | None) -> str:
    return " + ".join(terms_of(expression)) or "null"


def _add(indicator: Indicator, connection: duckdb.DuckDBPyConnection) -> None:
    statement = files("metrics").joinpath("cube.sql").read_text(encoding="utf-8")
    connection.execute(
        statement.format(**_expressions(indicator)),
        {
            "indicator": indicator.key,
            "dataset": indicator.dataset,
            "levels": list(indicator.levels),
        },
    )


def _expressions(indicator: Indicator) -> dict[str, str]:
    """What `cube.sql` leaves open; made of the catalogue's measures and numbers only."""
    measured = [measure for measure in indicator.measures if measure != POPULATION]
    inhabitants = indicator.denominator == POPULATION
    days, stays = (
        "sum(numerator) filter (where state = 'ok')",
        ("sum(denominator) filter (where state = 'ok')"),
    )
    return {
        "numerator": _sum_of(indicator.numerator),
        "denominator": "null::double" if inhabitants else _sum_of(indicator.denominator),
        "known": " and ".join(f"{measure} is not null" for measure in measured),
        "hidden": " or ".join(f"{measure}_state = 'confidential'" for measure in measured),
        "delivered": " and ".join(f"{measure}_state is not null" for measure in measured),
        "municipal_numerator": (
            f"greatest(0, {days} - {indicator.threshold} * {stays})"
            if indicator.calculation == "excess"
            else days
        ),
        "municipal_denominator": "max(population)" if inhabitants else stays,
        "value": (
            f"{indicator.per} * numerator / nullif(denominator, 0)"
            if indicator.calculation == "ratio"
            else "numerator"
        ),
    }
