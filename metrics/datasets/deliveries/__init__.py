"""How deliveries keep to what is agreed: in time, all of them, and unchanged afterwards.

Made of when loads came, and of no file of their own. What was to have come is what was due before
the last that was published, so that the same version always gives the same values.
"""

import datetime
from collections.abc import Mapping, Set
from functools import partial

import duckdb

from metrics.datasets.dataset import (
    Connection,
    Cube,
    Dataset,
    Measure,
    Placeholders,
    Public,
    statement,
)
from metrics.datasets.places import make_places, make_table
from metrics.due import due, last_ended
from metrics.indicator import Indicator
from settings import settings
from swedish.periods import previous_period

_ROOM = "deliveries"
_LEVELS = ("county", "area", "municipality")
_MEASURES: Mapping[str, Measure] = {
    "due": Measure(name="leveranser som skulle ha kommit", counts="none"),
    "came": Measure(name="leveranser som har kommit", counts="none"),
    "in_time": Measure(name="leveranser som kom i tid", counts="none"),
    "corrected": Measure(name="leveranser som har ändrats efteråt", counts="none"),
}


def deliveries_of(dataset: str, *, key: str, name: str, grain: str) -> Dataset:
    """How deliveries of a dataset keep to what is agreed; `grain` is how long its periods are."""
    return Dataset(
        key=key,
        name=name,
        measures=_MEASURES,
        writing={},
        gather=partial(_gather, dataset, grain),
        cube=Cube(
            statement=statement(_ROOM, "cube.sql"),
            fill=_fill,
            calculations=("ratio",),
            levels=_LEVELS,
            grains=(grain,),
        ),
        control=Public("när filer kom är ingen uppgift om personer"),
    )


def _fill(indicator: Indicator) -> Placeholders:
    return {
        "numerator": indicator.numerator,
        "denominator": str(indicator.denominator),
        "per": str(indicator.per),
    }, {}


def _gather(dataset: str, grain: str, connection: Connection) -> Set[str]:
    """Make the temporary `expected_delivery`, a row for each period due and municipality."""
    make_places(connection)
    periods = _due(connection, dataset, grain)
    days = [[period, day.isoformat()] for period, day in periods.items()]
    make_table(connection, "due_period", days, "r[1] as period, r[2]::date as day")
    connection.execute(statement(_ROOM, "facts.sql"), {"dataset": dataset})
    return frozenset(_MEASURES) if periods else frozenset()


def _due(
    connection: duckdb.DuckDBPyConnection, dataset: str, grain: str
) -> dict[str, datetime.date]:
    """The periods that were due after the first delivery and before the last publication.

    What was brought in at the start, years at once, says nothing of how deliveries keep time.
    """
    row = connection.execute(
        """
        select
            min(loaded_at) filter (where dataset = $dataset)::date,
            max(greatest(loaded_at, coalesce(withdrawn_at, loaded_at)))::date
        from load
        where not demo
        """,
        {"dataset": dataset},
    ).fetchone()
    begun, published = row or (None, None)
    periods: dict[str, datetime.date] = {}
    if begun is None or published is None:
        return periods
    period = last_ended(grain, today=published)
    while (day := due(period, settings=settings())) >= begun:
        if day < published:
            periods[period] = day
        period = previous_period(period)
    return periods


DATASETS = (
    deliveries_of(
        "discharges",
        key="discharge_deliveries",
        name="Leveranser av utskrivningsklara",
        grain="month",
    ),
    deliveries_of(
        "deviations",
        key="deviation_deliveries",
        name="Leveranser av avvikelser",
        grain="quarter",
    ),
)
