"""The cells of a period of counts, whatever they are told apart by.

Every part of a delivery that is told apart is a part of the table, so that whatever is published
(places, hospitals, one thing at a time that counts are told apart by) agrees by itself.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import reference
from loaders.declaration import PartOf
from metrics.datasets.dataset import Connection, Measure, Told
from metrics.datasets.dataset import open_measures as open_of
from metrics.disclosure.build import Builder
from metrics.disclosure.cells import Location, Table
from metrics.indicator import WHOLE, Indicator


@dataclass(frozen=True)
class Unit:
    """A smallest part of a period: a place and its parts with its measures, None if not known."""

    municipality: str
    area: str
    hospital: str | None
    parts: tuple[str, ...]
    measures: Mapping[str, float | None]

    @property
    def name(self) -> Hashable:
        """What tells it from the others of a period, and is the same before and after a change."""
        return self.municipality, self.hospital, self.parts


def told(measures: Mapping[str, Measure], rules: Sequence[PartOf]) -> tuple[Told, ...]:
    """What a late municipality tells: each count of persons or cases, and each rest of a whole."""
    counts = [measure for measure in measures if measure not in open_of(measures)]
    return (
        *(Told(counts=({measure: 1},), measures=(measure,)) for measure in counts),
        *(
            Told(counts=({rule.whole: 1} | dict.fromkeys(rule.parts, -1),), measures=rule.parts)
            for rule in rules
        ),
    )


def units(connection: Connection, *, measures: Collection[str]) -> dict[str, list[Unit]]:
    """The smallest parts that are in force (counted.facts), by period, in a settled order."""
    rows = connection.execute(
        f"""
        select period, municipality, hospital, parts, {", ".join(measures)}
        from part
        order by all
        """
    ).fetchall()
    homes = reference.municipality_by_code()
    by_period: dict[str, list[Unit]] = {}
    for period, municipality, hospital, parts, *values in rows:
        by_period.setdefault(period, []).append(
            Unit(
                municipality=municipality,
                area=homes[municipality].area,
                hospital=hospital,
                parts=tuple(parts),
                measures=dict(zip(measures, values, strict=True)),
            )
        )
    return by_period


def offered(indicator: Indicator, location: Location) -> bool:
    """Single parts of the county and areas; of municipalities and hospitals all together."""
    level, *_, part = location
    return part == WHOLE or level in ("county", "area")


def table(
    of: Sequence[Unit],
    indicators: Iterable[Indicator],
    threshold: int,
    *,
    open_measures: frozenset[str],
    rules: Sequence[PartOf] = (),
) -> Table:
    """The cells that are published of a period's units; counts from 1 below `threshold` hide."""
    parts_of = {part for rule in rules for part in rule.parts}
    measures = {measure for unit in of for measure in unit.measures}
    listed = frozenset(measures - parts_of - open_measures)
    build = Builder(threshold=threshold, open_measures=open_measures, listed=listed)
    for unit in of:
        for measure, value in unit.measures.items():
            if value is not None and value >= 0:
                build.part(unit.name, measure, value)
    for unit in of:
        for rule in rules:
            factors = {rule.whole: 1.0} | dict.fromkeys(rule.parts, -1.0)
            if build.knows(unit.name, factors):
                build.rule(build.total([unit.name], factors))
    chosen = list(indicators)
    for location, members in _locations(of).items():
        shown: set[str] = set()
        for indicator in chosen:
            if location[0] in indicator.levels and offered(indicator, location):
                build.add(indicator, location, members)
                shown.update(indicator.measures)
        for rule in rules:
            if shown.issuperset((rule.whole, *rule.parts)):
                rest = {rule.whole: 1.0} | dict.fromkeys(rule.parts, -1.0)
                build.derived(f"rest of {rule.whole}", location, members, rest)
    return build.table()


def _locations(of: Sequence[Unit]) -> dict[Location, list[Hashable]]:
    """The units, by name, that each place and part sums up."""
    members: dict[Location, list[Hashable]] = defaultdict(list)
    county = reference.COUNTY
    for unit in of:
        for part in (WHOLE, *unit.parts):
            members["county", county, county, part].append(unit.name)
            members["area", unit.area, county, part].append(unit.name)
        members["municipality", unit.municipality, unit.area, WHOLE].append(unit.name)
        if unit.hospital is not None:
            members["hospital", unit.hospital, county, WHOLE].append(unit.name)
    return members
