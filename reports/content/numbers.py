"""The numbers that a report shows, each with the loads that it came of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import reference
from metrics import loaded, values
from metrics.catalogue import indicator
from metrics.datasets import funds
from metrics.values import Value
from reports.content.basis import View
from reports.manifest import Manifest, Number, Source
from views.funds import page
from views.funds.tables import STATUSES, FundView
from views.held import LINE
from views.loads_shown import owners


@dataclass(frozen=True)
class Asked:
    """Indicators of one dataset, shown for `chosen`, and one of them from `start` on."""

    chosen: View
    keys: tuple[str, ...]
    over_time: str
    start: str


def manifest(
    kind: str, chosen: View, asked: Sequence[Asked], *, beside: Sequence[Number] = ()
) -> Manifest:
    """The numbers of the place, its municipalities and the county, and the place's over time;
    `beside` are those that are no such indicators'."""
    numbers = [*(number for one in asked for number in _numbers(one)), *beside]
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


def of_funds(views: Sequence[FundView]) -> list[Number]:
    """Each amount of the programmes' years, by the register's line."""
    numbers = []
    for view in views:
        owned = owners(dataset=funds.KEY, start=view.year, end=view.year)
        for (key, line), amount in page.amounts(view).items():
            load = owned.get((view.year, line))
            numbers.append(
                Number(
                    indicator=key,
                    period=view.year,
                    level=LINE,
                    place=line,
                    value=float(amount.kronor),
                    status=STATUSES[amount.bound],
                    loads=() if load is None else (load,),
                )
            )
    return numbers


def of_single(shown: Iterable[Value]) -> list[Number]:
    """The values of single indicators, which stand with the load that gave them."""
    numbers = []
    for one in shown:
        if one.value is None and one.status == "missing":
            continue
        dataset = indicator(one.indicator).dataset
        owned = owners(dataset=dataset, start=one.period, end=one.period)
        own = f"{one.indicator} | "
        loads = {load for (_, line), load in owned.items() if line.startswith(own)}
        numbers.append(_with_loads(one, loads))
    return numbers


def _numbers(asked: Asked) -> Iterable[Number]:
    period = asked.chosen.period
    dataset = indicator(asked.over_time).dataset
    loads = _loads_by_place(owners(dataset=dataset, start=asked.start, end=period))
    for key in asked.keys:
        for one in values.values(indicator=key, start=period, end=period):
            if _is_shown(one, asked.chosen.place):
                yield _number(one, loads)
    level = reference.level_of(asked.chosen.place)
    for one in values.values(
        indicator=asked.over_time, level=level, place=asked.chosen.place, start=asked.start,
        end=period,
    ):  # fmt: skip
        if one.period != period:
            yield _number(one, loads)


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


_Loads = dict[tuple[str, str], set[int]]
"""The loads that a period's numbers of a place come of: a municipality, its area and the county."""


def _loads_by_place(owned: dict[tuple[str, str], int]) -> _Loads:
    homes = reference.municipality_by_code()
    loads: _Loads = {}
    for (period, code), load in owned.items():
        if code in homes:
            for place in (reference.COUNTY, homes[code].area, code):
                loads.setdefault((period, place), set()).add(load)
    return loads


def _number(one: Value, loads: _Loads) -> Number:
    return _with_loads(one, loads.get((one.period, one.place), ()))


def _with_loads(one: Value, loads: Iterable[int]) -> Number:
    return Number(
        indicator=one.indicator,
        period=one.period,
        level=one.level,
        place=one.place,
        value=one.value,
        status=one.status,
        loads=tuple(sorted(loads)),
    )
