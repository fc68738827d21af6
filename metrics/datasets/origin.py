"""Which cells a number is made of, and how many rows, by its dataset's statements."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any

import duckdb

import reference
from metrics.datasets.dataset import Dataset
from settings import settings


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What a number is of: its indicator and place, the municipalities that it holds, and its part.

    `part` is the form of care, the process or the programme, None for all of them.
    """

    indicator: str
    measures: tuple[str, ...]
    period: str
    level: str
    place: str
    within: str
    codes: tuple[str, ...]
    part: str | None


def cells(
    connection: duckdb.DuckDBPyConnection, dataset: Dataset, scope: Scope
) -> dict[int, dict[str, tuple[str, ...]]]:
    """The cells behind a number, by load and sheet.

    None of a load in which how many cells a place has says how many it had to count.
    """
    names_by_load: dict[int, dict[str, tuple[str, ...]]] = {}
    told = dataset.origin.cells if dataset.origin else None
    every = told and files("metrics.datasets").joinpath("origin.sql").read_text(encoding="utf-8")
    for load_id, sheet, names in _asked(
        connection, dataset, every and every.format(cells=told), scope
    ):
        names_by_load.setdefault(load_id, {})[sheet] = tuple(names)
    return names_by_load


def rows(
    connection: duckdb.DuckDBPyConnection, dataset: Dataset, scope: Scope
) -> dict[int, int | None]:
    """How many rows of each load that a number is made of were counted in the whole county.

    A place's own number of rows would tell how many persons it had, also where that is hidden; so
    would that of a load of single municipalities, or a small number of them; those are None.
    """
    counted = dataset.origin.rows if dataset.origin else None
    own = {load for load, _ in _asked(connection, dataset, counted, scope)}
    county = replace(
        scope,
        level="county",
        place=reference.COUNTY,
        within=reference.COUNTY,
        codes=tuple(home.code for home in reference.municipalities()),
        part=None,
    )
    whole = dict(_asked(connection, dataset, counted, county))
    whole_of_areas = of_whole_areas(connection, period=scope.period)
    least = settings().disclosure_threshold
    return {
        load: whole[load] if load in whole_of_areas and whole[load] >= least else None
        for load in own
    }


def of_whole_areas(connection: duckdb.DuckDBPyConnection, *, period: str | None = None) -> set[int]:
    """The loads that speak of all that is known of the areas that they speak of: of a period, or
    of all that they have. What they are of is shown, and so says nothing more."""
    area_of = {home.code: home.area for home in reference.municipalities()}
    spoken = connection.execute(
        """
        select spoken.load_id, spoken.subjects, owned.subjects
        from (
            select load_id, dataset, period, list(distinct subject) as subjects
            from claim
            join load using (load_id)
            group by all
        ) as spoken
        join (
            select dataset, period, list(distinct subject) as subjects from owner group by all
        ) as owned using (dataset, period)
        where $period is null or period = $period
        """,
        {"period": period},
    ).fetchall()
    of_areas = {load for load, *_ in spoken}
    for load, own, every in spoken:
        areas = {area_of.get(code) for code in own}
        if any(area_of.get(code) in areas for code in {*every} - {*own}):
            of_areas.discard(load)
    return of_areas


def _asked(
    connection: duckdb.DuckDBPyConnection, dataset: Dataset, statement: str | None, scope: Scope
) -> list[tuple[Any, ...]]:
    if statement is None:
        return []
    given: Mapping[str, object] = {
        key: list(value) if isinstance(value, tuple) else value
        for key, value in {**vars(scope), "dataset": dataset.key}.items()
        if f"${key}" in statement
    }
    return connection.execute(statement, dict(given)).fetchall()
