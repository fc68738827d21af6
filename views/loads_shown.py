"""The loads whose numbers a page or a report shows: those that own its periods and places."""

from dataclasses import dataclass

import reference
from metrics import loaded
from warehouse import store
from warehouse.loads import Load
from warehouse.state import remembered


@dataclass(frozen=True)
class LoadShown:
    """A load, and the first and last of the periods asked for that it gives numbers to."""

    load: Load
    first: str
    last: str


@remembered(64)
def loads_shown(*, dataset: str, place: str, start: str, end: str) -> tuple[LoadShown, ...]:
    """The loads in force behind a dataset's numbers from `start` to `end`, the latest period first.

    `place` is an area's key or the county's; what belongs to no municipality, such as recipients
    of funds, is told for every place.
    """
    homes = reference.municipalities()
    others = [one.code for one in homes if place not in (reference.COUNTY, one.area)]
    with store.reading() as connection:
        if connection is None:
            return ()
        rows = connection.execute(
            """
            select load_id, min(period), max(period)
            from owner
            where dataset = $dataset
                and period between $start and $end
                and not list_contains($others, subject)
            group by load_id
            order by max(period) desc, load_id desc
            """,
            {"dataset": dataset, "start": start, "end": end, "others": others},
        ).fetchall()
    loads = {load.load_id: load for load in loaded.loads()}
    return tuple(LoadShown(loads[key], first, last) for key, first, last in rows)


@remembered(16)
def owners(*, dataset: str, start: str, end: str) -> dict[tuple[str, str], int]:
    """Which load each period and subject (a municipality's code) of a dataset has its numbers of,
    from `start` to `end`."""
    with store.reading() as connection:
        if connection is None:
            return {}
        rows = connection.execute(
            """
            select period, subject, load_id
            from owner
            where dataset = $dataset
                and period between $start and $end
            """,
            {"dataset": dataset, "start": start, "end": end},
        ).fetchall()
    return {(period, subject): load for period, subject, load in rows}
