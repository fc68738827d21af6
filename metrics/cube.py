"""The cube: every indicator at every period, level and place, computed when a version is published.

A ratio is the sum of numerators by the sum of denominators, over the parts that have both; where
parts are hidden or missing the value says that it is partial.
"""

from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import TypeAlias

import duckdb

import reference
from metrics import residents
from metrics.catalogue import MEASURES, POPULATION, Indicator, indicators, terms_of

_STATEMENTS = {
    "discharges": "discharges/cube.sql",
    "deviations": "deviations/cube.sql",
    "funds": "funds/cube.sql",
    "indicators": "indicators/cube.sql",
}


def build(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill the version's `cube` anew from the facts that are in force.

    The connection's unqualified names mean the version's tables, inside the writer's transaction.
    """
    residents.settle(connection)
    _make_places(connection)
    connection.execute("delete from cube")
    for dataset in MEASURES:
        connection.execute(_sql(f"{dataset}/facts.sql"))
        delivered = _delivered(connection) if dataset == "discharges" else set(MEASURES[dataset])
        if dataset == "deviations":
            connection.execute(_sql("deviations/ways.sql"))
        for indicator in indicators().values():
            needed = set(indicator.measures) - {POPULATION}
            if indicator.dataset == dataset and needed <= delivered:
                _add(indicator, connection)


def gather(connection: duckdb.DuckDBPyConnection, dataset: str) -> None:
    """Make the temporary tables of a dataset's facts in force, as `build` counts them."""
    _make_places(connection)
    connection.execute(_sql(f"{dataset}/facts.sql"))


def _sql(name: str) -> str:
    return files("metrics.datasets").joinpath(name).read_text(encoding="utf-8")


def _delivered(connection: duckdb.DuckDBPyConnection) -> set[str]:
    rows = connection.execute("select distinct measure from part_fact").fetchall()
    return {measure for (measure,) in rows}


def _make_places(connection: duckdb.DuckDBPyConnection) -> None:
    """The municipalities with their area and inhabitants, and hospitals, funds' areas and NOSAM."""
    _make(
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
    _make(
        connection,
        "hospital_home",
        [[name, ",".join(areas)] for name, areas in served.items()],
        "r[1] as hospital, string_split(r[2], ',') as served",
    )
    recipients = connection.execute("select distinct recipient from fund").fetchall()
    _make(
        connection,
        "single_area",
        [
            [name, area]
            for (name,) in recipients
            if (area := reference.find_place(name, level="area"))
        ],
        "r[1] as recipient, r[2] as area",
    )
    together = [[name] for (name,) in recipients if reference.names_all_areas(name)]
    _make(connection, "all_areas", together, "r[1] as recipient")
    keys = reference.nosam_keys()
    _make(
        connection,
        "nosam",
        [[name, key] for (name,) in recipients if (key := keys.get(reference.normalise(name)))],
        "r[1] as name, r[2] as key",
    )


def _make(
    connection: duckdb.DuckDBPyConnection, table: str, rows: list[list[str]], columns: str
) -> None:
    connection.execute(
        f"""
        create or replace temp table {table} as
        select {columns}
        from (select unnest($rows::varchar[][]) as r)
        """,
        {"rows": rows},
    )


def _sum_of(expression: str | None) -> str:
    return " + ".join(terms_of(expression)) or "null"


def _add(indicator: Indicator, connection: duckdb.DuckDBPyConnection) -> None:
    expressions, parameters = _FILLED[indicator.dataset](indicator)
    connection.execute(
        _sql(_STATEMENTS[indicator.dataset]).format(**expressions),
        {"indicator": indicator.key, "levels": list(indicator.levels), **parameters},
    )


# What each statement leaves open: expressions, made of the catalogue's measures and numbers only,
# and parameters.
_Filled: TypeAlias = tuple[dict[str, str], dict[str, object]]


def _of_discharges(indicator: Indicator) -> _Filled:
    measured = [measure for measure in indicator.measures if measure != POPULATION]
    inhabitants = indicator.denominator == POPULATION
    days, stays = (
        "sum(numerator) filter (where state = 'ok')",
        ("sum(denominator) filter (where state = 'ok')"),
    )
    expressions = {
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
    return expressions, {"dataset": indicator.dataset}


def _of_deviations(indicator: Indicator) -> _Filled:
    """A median is of the single cases that are seen from a place, and no ratio of sums."""
    rate = indicator.denominator == POPULATION
    top = f"sum({_sum_of(indicator.numerator)})"
    bottom = "any_value(population)" if rate else f"sum({_sum_of(indicator.denominator)})"
    if indicator.calculation == "median":
        top, bottom = "null::double", f"count({indicator.numerator})"
    values = {
        "sum": top,
        "ratio": f"{indicator.per} * {top} / nullif({bottom}, 0)",
        "median": f"median({indicator.numerator})",
    }
    expressions = {
        "numerator": top,
        "denominator": "null::double"
        if indicator.denominator is None and indicator.calculation == "sum"
        else bottom,
        "value": values[indicator.calculation],
    }
    cases = set(indicator.measures) - {POPULATION} != {"deviations"}
    counts = indicator.calculation == "sum" or rate
    return expressions, {"cases": cases, "counts": counts, "rate": rate}


def _of_funds(indicator: Indicator) -> _Filled:
    top, bottom = indicator.numerator, indicator.denominator
    known = " and ".join(f"{measure} is not null" for measure in indicator.measures)
    sums = [f"sum({measure}) filter (where {known})" if measure else "null::double"
            for measure in (top, bottom)]  # fmt: skip
    expressions = {
        "given": " and ".join(f"{measure}_given" for measure in indicator.measures),
        "known": known,
        "numerator": sums[0],
        "denominator": sums[1],
        "value": f"{indicator.per} * {sums[0]} / nullif({sums[1]}, 0)" if bottom else sums[0],
    }
    return expressions, {"measures": list(indicator.measures)}


def _of_delivered(indicator: Indicator) -> _Filled:
    both = "numerator_state = 'ok' and denominator_state = 'ok'"
    stated = "case when value_state = 'ok' then value end"
    found = {
        "ratio": (
            f"case when {both} then numerator end",
            f"case when {both} then denominator end",
            f"{indicator.per} * numerator / nullif(denominator, 0)",
        ),
        "sum": (
            f"case when numerator_state = 'ok' then numerator else {stated} end",
            "null::double",
            "numerator",
        ),
        "value": ("null::double", "null::double", "null::double"),
    }
    numerator, denominator, value = found[indicator.calculation]
    expressions = {
        "numerator": numerator,
        "denominator": denominator,
        "value": value,
        "whole": "numerator is not null",
    }
    return expressions, {"adds": indicator.calculation != "value"}


_FILLED: Mapping[str, Callable[[Indicator], _Filled]] = {
    "discharges": _of_discharges,
    "deviations": _of_deviations,
    "funds": _of_funds,
    "indicators": _of_delivered,
}
