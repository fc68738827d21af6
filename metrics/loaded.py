"""What the published numbers rest on: loads, which version it is, and whether it is demo data."""

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import duckdb

from metrics.datasets.origin import of_whole_areas
from warehouse import store
from warehouse.loads import Load, history
from warehouse.state import remembered

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd


@remembered(8)
def loads(number: int | None = None) -> list[Load]:
    """Every load of a version (the one in force), newest first.

    Demo data is included while there is nothing else. Raises FileNotFoundError for a version that
    is gone.
    """
    with store.reading(number) as connection:
        return [] if connection is None else told(connection)


def told(connection: duckdb.DuckDBPyConnection) -> list[Load]:
    """Every load, newest first, as readers may know it.

    How many rows of single stays or cases a load had is not told, nor how it was read, where it is
    of single municipalities: that is how many persons they had.
    """
    whole = of_whole_areas(connection)
    return [
        load if load.archived or load.load_id in whole else replace(load, rows=None, receipt=None)
        for load in history(connection)
    ]


def is_demo() -> bool:
    """Whether what is shown is demo data."""
    return any(load.demo for load in loads())


@contextmanager
def of_one_version(number: int | None = None) -> "Iterator[int | None]":
    """Whatever is read in the block is of the version whose number it is given: the one in force,
    else the kept one asked for.

    Raises store.Lost and store.Newer where none can be read.
    """
    with store.look(number) as looked_at:
        yield looked_at.number


def kept() -> list[int]:
    """The versions that are there to be read, oldest first."""
    return [number for number in store.versions() if store.readable(number)]


def amiss() -> tuple[str, ...]:
    """Why what is read may not be what it should be, in sentences; empty where nothing is amiss."""
    looked_at = store.seen()
    return tuple(filter(None, (looked_at.trouble, looked_at.behind)))


def version() -> int | None:
    """The number of the published version, None before the first."""
    return store.version()


@remembered(4)
def spans() -> dict[str, tuple[str, str]]:
    """The first and the last period that each indicator has a number of; none without."""
    with store.reading() as connection:
        if connection is None:
            return {}
        rows = connection.execute(
            """
            select indicator, min(period), max(period)
            from shown
            where value is not null and part = 'alla'
            group by indicator
            """
        ).fetchall()
    return {indicator: (first, last) for indicator, first, last in rows}


@remembered(4)
def freshness() -> "pd.DataFrame":
    """Per dataset: its last period, and the newest load in force that reaches there."""
    import pandas as pd

    furthest: dict[str, Load] = {}
    for load in loads():
        if load.withdrawn_at is None:
            known = furthest.setdefault(load.dataset, load)
            if load.last_period > known.last_period:
                furthest[load.dataset] = load
    return pd.DataFrame(
        [
            {
                "dataset": dataset,
                "last_period": load.last_period,
                "file": load.file,
                "loaded_at": load.loaded_at,
                "loaded_by": load.loaded_by,
            }
            for dataset, load in furthest.items()
        ],
        columns=["dataset", "last_period", "file", "loaded_at", "loaded_by"],
    )
