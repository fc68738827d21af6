"""The cells of a month of discharges: municipalities, areas by care form, hospitals by care form.

What is published crosses no municipality with a hospital or a care form. So the parts stand in
three layers, which agree with each other: municipalities add up to areas, and care forms to the
county. By counting alone, whatever the layers hold can be filled in between them (each class of
stays is a transport problem of its own), so that nothing is lost by leaving the crossings out.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import reference
from metrics.datasets.counted.cells import Unit
from metrics.datasets.dataset import Told
from metrics.disclosure.build import Builder, counted
from metrics.disclosure.cells import Location, Table, Terms
from metrics.indicator import WHOLE, Indicator

# What holds for the stays of a place, as measures times factors, at least 0. The first two also
# count persons (1-3 days, 4-7 days).
_CLASSES: tuple[Mapping[str, float], ...] = (
    {"discharges": 1, "same_day": -1, "over_3": -1},
    {"over_3": 1, "over_7": -1},
)
# What the classes say where one of them is not known.
_PARTS: tuple[Mapping[str, float], ...] = (
    {"discharges": 1, "same_day": -1},
    {"discharges": 1, "over_3": -1},
    {"discharges": 1, "over_7": -1},
)
# A stay's class (same day, 1-3, 4-7, more than 7 days) bounds its days from both sides; no stay is
# longer than about 1 000 days.
_BOUNDS: tuple[Mapping[str, float], ...] = (
    {"ready_days": 1, "discharges": -1, "same_day": 1, "over_3": -3, "over_7": -4},
    {"ready_days": -1, "discharges": 3, "same_day": -3, "over_3": 4, "over_7": 993},
)
_DAYS = frozenset({"ready_days"})
# The mean's two parts.
_SETTLED = frozenset({"discharges", "ready_days"})
_LISTED = frozenset({"discharges"})
_CLASSED = frozenset({"discharges", "same_day", "over_3"})


# What a late municipality tells of its stays by the sums that it is added to.
TOLD = (
    Told(
        counts=({"discharges": 1},),
        measures=("discharges", "ready_days", "same_day", "over_3", "over_7", "before_notice"),
    ),
    Told(
        counts=(
            {"same_day": 1},
            {"over_3": 1},
            {"over_7": 1},
            {"discharges": 1, "same_day": -1},
            {"discharges": 1, "over_3": -1},
            *_CLASSES,
        ),
        measures=("same_day", "over_3", "over_7"),
    ),
    Told(counts=({"before_notice": 1},), measures=("before_notice",)),
)


@dataclass(frozen=True)
class _Group:
    """The units of a place in one layer that know the same measures."""

    layer: str
    place: str | None
    area: str
    care_form: str | None
    known: frozenset[str]


def offered(indicator: Indicator, location: Location) -> bool:
    """Care forms for the county and areas, and for hospitals what all of it rests on."""
    level, _, _, part = location
    if part == WHOLE:
        return True
    if indicator.calculation == "excess" or level == "municipality":
        return False
    return level != "hospital" or set(indicator.measures) <= {"discharges", "ready_days"}


def table(units: Sequence[Unit], indicators: Iterable[Indicator], threshold: int) -> Table:
    """The cells that are published of a month's units; counts from 1 below `threshold` hide."""
    build = Builder(threshold=threshold, open_measures=_DAYS, settled=_SETTLED, listed=_LISTED)
    groups = _groups(build, units)
    _link(build, groups)
    for group in groups:
        for factors in _CLASSES if group.known >= _CLASSED else (*_CLASSES, *_PARTS):
            _rule(build, group, factors)
        for factors in _BOUNDS:
            _rule(build, group, factors, bound=True)
    chosen = list(indicators)
    for location, members in _locations(groups).items():
        shown: set[str] = set()
        for indicator in chosen:
            if location[0] in indicator.levels and offered(indicator, location):
                numerator = (
                    _excess(build, indicator, location, members)
                    if indicator.calculation == "excess"
                    else None
                )
                build.add(indicator, location, members, numerator=numerator)
                shown.update(indicator.measures)
        if shown >= _CLASSED:
            for factors in _CLASSES:
                build.derived(" - ".join(factors), location, members, factors)
    return build.table()


def _groups(build: Builder, units: Sequence[Unit]) -> list[_Group]:
    for unit in units:
        known = frozenset(m for m, value in unit.measures.items() if value is not None)
        (care_form,) = unit.parts or (None,)
        layers = (
            _Group("municipality", unit.municipality, unit.area, None, known),
            _Group("area", unit.area, unit.area, care_form, known),
            _Group("hospital", unit.hospital, "", care_form, known),
        )
        for group in layers:
            for measure, value in unit.measures.items():
                if value is not None:
                    build.part(group, measure, value)
    return [key for key in build.given() if isinstance(key, _Group)]


def _link(build: Builder, groups: Sequence[_Group]) -> None:
    """Areas are their municipalities, and the hospitals together are the county's care forms."""
    areas: dict[Hashable, list[list[_Group]]] = defaultdict(lambda: [[], []])
    forms: dict[Hashable, list[list[_Group]]] = defaultdict(lambda: [[], []])
    for group in groups:
        if group.layer != "hospital":
            areas[group.area, group.known][group.layer == "area"].append(group)
        if group.layer != "municipality":
            forms[group.care_form, group.known][group.layer == "area"].append(group)
    for links in (areas, forms):
        for left, right in links.values():
            for measure in sorted(left[0].known):
                build.equal(left, right, measure)


def _rule(
    build: Builder, group: _Group, factors: Mapping[str, float], *, bound: bool = False
) -> None:
    if group.known >= set(factors):
        build.rule(build.total([group], factors), bound=bound)


def _locations(groups: Sequence[_Group]) -> dict[Location, list[_Group]]:
    """The groups that each place and care form sums up."""
    members: dict[Location, list[_Group]] = defaultdict(list)
    county = reference.COUNTY
    for group in groups:
        places: list[Location] = []
        if group.layer == "municipality":
            places = [
                ("county", county, county, WHOLE),
                ("area", group.area, county, WHOLE),
                ("municipality", str(group.place), group.area, WHOLE),
            ]
        elif group.layer == "area" and group.care_form:
            places = [
                ("county", county, county, group.care_form),
                ("area", group.area, county, group.care_form),
            ]
        elif group.layer == "hospital" and group.place is not None:
            forms = [WHOLE, group.care_form] if group.care_form else [WHOLE]
            places = [("hospital", group.place, county, form) for form in forms]
        for place in places:
            members[place].append(group)
    return members


def _excess(
    build: Builder, indicator: Indicator, location: Location, members: Sequence[_Group]
) -> Terms:
    """Days above the mean, of the municipalities that have any.

    Which ones have is known: nothing is the same as `days <= threshold * n`.
    """
    above, below = counted(indicator.numerator), counted(indicator.denominator)
    factors = above | {m: -indicator.threshold * f for m, f in below.items()}
    by_home: dict[str | None, list[_Group]] = defaultdict(list)
    for group in members:
        if group.known >= set(factors):
            by_home[group.place].append(group)
    all_terms: list[tuple[int, float]] = []
    for groups in by_home.values():
        terms = build.total(groups, factors)
        over = build.value(terms) > 0
        if over:
            all_terms += terms
        if location[0] == "municipality":
            build.rule(terms if over else tuple((part, -factor) for part, factor in terms))
    return tuple(sorted(all_terms))
