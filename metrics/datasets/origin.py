"""Which cells a number is made of, and how many rows, by its dataset's statements."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import duckdb

import reference
from metrics.datasets.dataset import Dataset


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
    """The cells behind a number, by load and sheet."""
    names_by_load: dict[int, dict[str, tuple[str, ...]]] = {}
    for load_id, sheet, names in _asked(
        connection, dataset, dataset.origin.cells if dataset.origin else None, scope
    ):
        names_by_load.setdefault(load_id, {})[sheet] = tuple(names)
    return names_by_load


def rows(connection: duckdb.DuckDBPyConnection, dataset: Dataset, scope: Scope) -> dict[int, int]:
    """How many rows of each load that a number is made of were counted in the whole county.

    A place's own number of rows would tell how many persons it had, also where that is hidden.
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
    return {load: whole[load] for load in own}


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
