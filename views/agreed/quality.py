"""How well deliveries keep to what is agreed: on time, whole, and unchanged afterwards.

Only periods that were due after the first delivery count: what was brought in at the start, years
at once, says nothing of how deliveries keep time.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

import reference
from metrics.due import due, last_ended
from settings.declared import Settings
from swedish.periods import previous_period
from views import coverage
from warehouse import store
from warehouse.state import remembered

SHARES = ("delivered", "on_time", "whole", "corrected")


@dataclass(frozen=True)
class Came:
    """How a municipality's period came: first when, and whether it was changed or taken back."""

    first: datetime.date
    corrected: bool


def quality(
    delivery: str, *, today: datetime.date, settings: Settings
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """By period, oldest first, and by place (county, areas, municipalities): SHARES in per cent.

    Both are empty before a period has been due. Raises KeyError as `coverage.coverage`.
    """
    chosen = coverage.deliveries()[delivery]
    came = _came(chosen.dataset, delivery)
    days: dict[str, datetime.date] = {}
    begun = min((one.first for one in came.values()), default=today)
    period = last_ended(chosen.grain, today=today)
    while came and (day := due(period, settings=settings)) >= begun:
        if day < today:
            days[period] = day
        period = previous_period(period)
    homes = {home.code: home.area for home in reference.municipalities()}
    by_period = pd.DataFrame(
        [
            {"period": one} | measured(came, periods={one: days[one]}, groups=_areas(homes))
            for one in sorted(days)
        ],
        columns=["period", *SHARES],
    )
    rows = []
    for level, place, members in _places(homes):
        groups = _areas({code: homes[code] for code in members})
        shares = measured(came, periods=days, groups=groups)
        rows.append({"name": reference.place_name(level, place), "level": level} | shares)
    return by_period, pd.DataFrame(rows if days else [], columns=["name", "level", *SHARES])


def measured(
    came: Mapping[tuple[str, str], Came],
    *,
    periods: Mapping[str, datetime.date],
    groups: Sequence[Sequence[str]],
) -> dict[str, float]:
    """SHARES in per cent of the municipalities in `groups` over the periods, each with its due day.

    `delivered` and `on_time` are of all their periods, `whole` of the periods of each group, where
    none may be missing, and `corrected` of what was delivered (NaN of nothing).
    """
    wanted = [(period, code) for period in periods for group in groups for code in group]
    arrived = [(period, came[period, code]) for period, code in wanted if (period, code) in came]
    whole = [
        all((period, code) in came for code in group) for period in periods for group in groups
    ]
    return {
        "delivered": _percent(len(arrived), len(wanted)),
        "on_time": _percent(sum(one.first <= periods[at] for at, one in arrived), len(wanted)),
        "whole": _percent(sum(whole), len(whole)),
        "corrected": _percent(sum(one.corrected for _, one in arrived), len(arrived)),
    }


def _percent(part: int, whole: int) -> float:
    return 100 * part / whole if whole else float("nan")


def _areas(homes: Mapping[str, str]) -> list[list[str]]:
    """Municipalities, by the area that they are of."""
    codes_by_area: dict[str, list[str]] = {}
    for code, area in homes.items():
        codes_by_area.setdefault(area, []).append(code)
    return list(codes_by_area.values())


def _places(homes: Mapping[str, str]) -> list[tuple[str, str, list[str]]]:
    places = [("county", reference.COUNTY, list(homes))]
    for area in reference.areas():
        members = [code for code, home in homes.items() if home == area.key]
        places.append(("area", area.key, members))
        places += [("municipality", code, [code]) for code in members]
    return places


@remembered(8)
def _came(dataset: str, delivery: str) -> dict[tuple[str, str], Came]:
    """By period and municipality; what comes by itself is claimed under its own key."""
    with store.reading() as connection:
        if connection is None:
            return {}
        rows = connection.execute(
            """
            select
                period, subject, min(loaded_at)::date,
                count(distinct load_id) > 1 or count(withdrawn_at) > 0
            from claim
            join load using (load_id)
            where dataset = $dataset and not demo
            group by period, subject
            """,
            {"dataset": dataset},
        ).fetchall()
    came = {}
    for period, subject, first, again in rows:
        key, _, place = str(subject).rpartition(" | ")
        if key in ("", delivery):
            came[str(period), place] = Came(first, bool(again))
    return came
