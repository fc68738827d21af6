"""The numbers that a report shows, each with the loads that it came of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import reference
from metrics import loaded, values
from metrics.catalogue import indicator
from metrics.values import Value
from reports.content.basis import View
from reports.manifest import Manifest, Number, Source
from views.loads_shown import owners


@dataclass(frozen=True)
class Asked:
    """Indicators of one dataset, shown for `chosen`, and one of them from `start` on."""

    chosen: View
    keys: tuple[str, ...]
    over_time: str
    start: str


def manifest(kind: str, chosen: View, asked: Sequence[Asked]) -> Manifest:
    """The numbers of the place, its municipalities and the county, and the place's over time."""
    numbers = [number for one in asked for number in _numbers(one)]
    used = {load for number in numbers for load in number.loads}
    return Manifest(
        kind=kind,
        place=chosen.place,
        period=chosen.period,
        version=loaded.version() or 0,
        made=f"{chosen.made:%Y-%m-%d %H:%M:%S}",
        numbers=tuple(numbers),
        sources=tuple(
            Source(load_id=load.load_id, file=load.file, sha256=load.sha256)
            for load in sorted(loaded.loads(), key=lambda load: load.load_id)
            if load.load_id in used
        ),
    )


def _numbers(asked: Asked) -> Iterable[Number]:
    period = asked.chosen.period
    dataset = indicator(asked.over_time).dataset
    owned = owners(dataset=dataset, start=asked.start, end=period)
    homes = reference.municipality_by_code()
    for key in asked.keys:
        for one in values.values(indicator=key, start=period, end=period):
            if _is_shown(one, asked.chosen.place):
                yield _number(one, owned, homes)
    level = reference.level_of(asked.chosen.place)
    for one in values.values(
        indicator=asked.over_time, level=level, place=asked.chosen.place, start=asked.start,
        end=period,
    ):  # fmt: skip
        if one.period != period:
            yield _number(one, owned, homes)


def _is_shown(one: Value, place: str) -> bool:
    match one.level:
        case "county":
            return True
        case "area":
            return place in (reference.COUNTY, one.place)
        case "municipality":
            home = reference.municipality_by_code()[one.place].area
            return place in (reference.COUNTY, home)
        case _:
            return False


def _number(
    one: Value, owned: dict[tuple[str, str], int], homes: dict[str, reference.Municipality]
) -> Number:
    loads = {
        load
        for (period, code), load in owned.items()
        if period == one.period
        and code in homes
        and one.place in (reference.COUNTY, code, homes[code].area)
    }
    return Number(
        indicator=one.indicator,
        period=one.period,
        level=one.level,
        place=one.place,
        value=one.value,
        status=one.status,
        loads=tuple(sorted(loads)),
    )
