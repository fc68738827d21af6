"""The cells of a quarter of deviations: cases by municipality and process, areas and hospitals.

An area also sees cases that belong to other areas. Which ones those are is taken as known to
everybody, so that an area gives away no more than its own municipalities do.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import reference
from metrics.datasets.dataset import Connection, Told
from metrics.disclosure.build import Builder
from metrics.disclosure.cells import POSSIBLE_VALUES, Location, Table
from metrics.indicator import WHOLE, Indicator

# What holds for cases anywhere, at least 0. Each is also a count that published cells may give:
# closed cases, those closed in the quarter or after it, cases whose answer is not due, and late or
# missing answers.
_PARTS: tuple[Mapping[str, float], ...] = (
    {"deviations": 1, "open_cases": -1},
    {"deviations": 1, "open_at_end": -1},
    {"open_at_end": 1, "open_cases": -1},
    {"deviations": 1, "answer_due": -1},
    {"answer_due": 1, "answered_in_time": -1},
)
# What a late municipality tells by the sums that it is added to.
TOLD = (Told(counts=({"deviations": 1},), measures=("deviations",)),)
_ANSWERED = "answer_days"
_SETTLED = frozenset({"deviations"})
_MEASURES = (
    *("deviations", "answered_in_time", "answer_due", "open_cases"),
    *("open_at_end", _ANSWERED),
)


@dataclass(frozen=True)
class Count:
    """The cases of a place and process as a level sees them; `answer_days` is how many have any.

    `ways` is from and to how many others the cases of the place in all go.
    """

    level: str
    place: str
    area: str
    process: str
    cases: bool
    measures: Mapping[str, float | None]
    ways: int = 0


@dataclass(frozen=True)
class _Key:
    level: str
    place: str
    area: str
    process: str
    cases: bool


def units(connection: Connection) -> dict[str, list[Count]]:
    """What is counted of each quarter (facts.sql), in a settled order."""
    rows = connection.execute(
        """
        with
            between as (
                select
                    period, municipality as place,
                    count(distinct (sender_level, sender, receiver_level, receiver)) as ways
                from case_now
                where sender_level is not null and receiver_level is not null
                group by all
            )
        select
            period, level, place, coalesce(area, "within") as home, process, cases,
            case when level = 'municipality' then coalesce(any_value(ways), 0) else 0 end,
            sum(deviations)::double,
            sum(answered_in_time)::double,
            sum(answer_due)::double,
            sum(open_cases)::double,
            sum(open_at_end)::double,
            (count(answer_days) filter (where cases))::double
        from deviation_view
        left join between using (period, place)
        where level in ('municipality', 'area') or level = 'hospital' and "within" = 'lan'
        group by period, level, place, home, process, cases
        order by all
        """
    ).fetchall()
    by_period: dict[str, list[Count]] = {}
    for period, level, place, area, process, cases, ways, *values in rows:
        measures = dict(zip(_MEASURES, values, strict=True))
        by_period.setdefault(period, []).append(
            Count(level, place, area, process, cases, measures, ways)
        )
    return by_period


def offered(indicator: Indicator, location: Location) -> bool:
    """How many by process for the county and areas; how they are answered only for the county, and
    how many were open when the quarter ended for all processes together."""
    level, _, _, part = location
    if "open_at_end" in indicator.measures:
        return part == WHOLE and level in ("county", "area")
    if "deviations" in indicator.measures:
        return part == WHOLE or level in ("county", "area")
    return level != "municipality" and (part == WHOLE or level == "county")


def table(counts: Sequence[Count], indicators: Iterable[Indicator], threshold: int) -> Table:
    """The cells that are published of a quarter's cases; counts from 1 below `threshold` hide."""
    build = Builder(threshold=threshold, settled=_SETTLED, listed=_SETTLED)
    seen: dict[tuple[str, str, bool, str], float] = defaultdict(float)
    for count in counts:
        for measure, value in count.measures.items():
            if value is None:
                continue
            if measure == _ANSWERED:
                _answered(build, count, value)
            elif count.level == "area":
                seen[count.place, count.process, count.cases, measure] += value
            else:
                place = count.area if count.level == "municipality" else ""
                key = _Key(count.level, count.place, place, count.process, count.cases)
                build.part(key, measure, value)
                if count.level == "municipality":
                    seen[count.area, count.process, count.cases, measure] -= value
    visited = {tuple(place) for (*place, _), value in seen.items() if value > 0}
    for (area, process, cases, measure), value in seen.items():
        # All measures, those that are 0 too: an indicator is of the keys that know all it needs.
        if (area, process, cases) in visited and value >= 0:
            key = _Key("visitor", area, area, process, cases)
            build.part(key, measure, value)
            build.fixed(key, measure)
    keys = [key for key in build.given() if isinstance(key, _Key)]
    # Each way that is not 0 has a case.
    ways = {one.place: float(one.ways) for one in counts if one.level == "municipality"}
    for place, lower in ways.items():
        own = [key for key in keys if (key.level, key.place) == ("municipality", place)]
        build.rule(build.total(own, {"deviations": 1}), lower=lower)
    all_due = _all_due(counts)
    for key in keys:
        if all_due and build.knows(key, ("deviations", "answer_due")):
            build.same(key, "answer_due", "deviations")
        for factors in _PARTS:
            if build.knows(key, factors):
                build.rule(build.total([key], factors))
    chosen = list(indicators)
    for location, members in _locations(keys).items():
        shown: set[str] = set()
        for indicator in chosen:
            if location[0] in indicator.levels and offered(indicator, location):
                alone = indicator.calculation == "median"
                build.add(indicator, location, [location] if alone else members)
                shown.update(indicator.measures)
        for factors in _PARTS:
            if shown.issuperset(factors):
                build.derived(" - ".join(factors), location, members, factors)
    made = build.table()
    thin = _thin(counts)
    kept = (n for n, cell in enumerate(made.cells) if (cell.what, cell.where) in thin)
    return replace(made, kept=frozenset(kept))


def _thin(counts: Sequence[Count]) -> set[tuple[str, str]]:
    """What and where the totals are that would say how many cases go each way.

    Each way that is not 0 has a case. Where all but one of the cases are those, a way would have
    fewer values left than a hidden count must keep.
    """
    cases: dict[tuple[str, str, int], float] = defaultdict(float)
    for one in counts:
        if one.level == "municipality" and one.ways:
            cases[one.place, one.area, one.ways] += one.measures["deviations"] or 0
    return {
        ("deviations", "/".join(("municipality", place, area, WHOLE)))
        for (place, area, ways), total in cases.items()
        if total < ways + POSSIBLE_VALUES - 1
    }


def _all_due(counts: Sequence[Count]) -> bool:
    """Whether every case's answer is due, as everybody knows once two months have passed.

    How many answers are due is then how many cases there are, and is shown where those are.
    """
    cases = [count.measures for count in counts if count.cases]
    return all(one["answer_due"] == one["deviations"] for one in cases)


def _answered(build: Builder, count: Count, value: float) -> None:
    """How many a median is of. It is not shown, so nothing else can be worked out from it."""
    county = reference.COUNTY
    within = count.area if count.level == "municipality" else county
    places = [(count.level, count.place, within)]
    if count.level == "municipality":
        places.append(("county", county, county))
    for place in places:
        for process in (WHOLE, count.process):
            build.part((*place, process), _ANSWERED, value)


def _locations(keys: Sequence[_Key]) -> dict[Location, list[_Key]]:
    """What each place and process of the cube sums up."""
    members: dict[Location, list[_Key]] = defaultdict(list)
    county = reference.COUNTY
    for key in keys:
        places = {
            "municipality": [
                ("county", county, county),
                ("area", key.area, county),
                ("municipality", key.place, key.area),
            ],
            "visitor": [("area", key.area, county)],
            "hospital": [("hospital", key.place, county)],
        }
        for place in places[key.level]:
            for process in (WHOLE, key.process):
                members[*place, process].append(key)
    return members
