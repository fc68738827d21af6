"""The cells of a period of other indicators, as they were delivered.

Municipalities add up to their area, and areas to the county, where the numbers agree; a place that
is larger than its parts has a rest that nobody knows.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import reference
from metrics.datasets.dataset import Connection
from metrics.disclosure.build import Builder, counted
from metrics.disclosure.cells import Location, Table
from metrics.indicator import WHOLE, Indicator, stands_for_itself


@dataclass(frozen=True)
class Delivered:
    """What was delivered for an indicator and place, None where not known."""

    indicator: str
    level: str
    place: str
    area: str | None
    numerator: float | None
    denominator: float | None
    value: float | None


def units(connection: Connection) -> dict[str, list[Delivered]]:
    """What was delivered for each period (facts.sql), in a settled order."""
    rows = connection.execute(
        """
        select
            period, indicator, level, place, home_area,
            case when numerator_state = 'ok' then numerator end,
            case when denominator_state = 'ok' then denominator end,
            case when value_state = 'ok' then value end
        from delivered
        order by all
        """
    ).fetchall()
    by_period: dict[str, list[Delivered]] = {}
    for period, *values in rows:
        by_period.setdefault(period, []).append(Delivered(*values))
    return by_period


def table(rows: Sequence[Delivered], indicators: Iterable[Indicator], threshold: int) -> Table:
    """The cells that are published; counts from 1 below `threshold` hide."""
    build = Builder(threshold=threshold)
    for indicator in indicators:
        own = [row for row in rows if row.indicator == indicator.key]
        # Of days and money only what they are divided by can be few persons.
        few = stands_for_itself(indicator.counts) or indicator.calculation == "ratio"
        if own and few:
            _Places(build, indicator, own).publish()
    return build.table()


class _Places:
    """The places of one indicator and period, narrowest first."""

    def __init__(self, build: Builder, indicator: Indicator, rows: Sequence[Delivered]) -> None:
        self.build = build
        self.indicator = indicator
        self.rows = rows
        self.measures = [*counted(indicator.numerator), *counted(indicator.denominator)]

    def publish(self) -> None:
        """Add the rows of the municipalities, the areas and the county, as far as they are shown.

        Values that are not added up have a row only where they were delivered.
        """
        adds = self.indicator.calculation != "value"
        homes: dict[str, list[Hashable]] = {}
        for row in self._at("municipality"):
            area = row.area or ""
            keys = self._cell(row, [])
            homes.setdefault(area, []).extend(keys)
            self._add(("municipality", row.place, area, WHOLE), keys)
        stated = {row.place: row for row in self._at("area")}
        areas: dict[str, list[Hashable]] = {}
        for area in sorted({*homes, *stated}):
            inside = homes.get(area, [])
            areas[area] = self._cell(stated[area], inside) if area in stated else inside
            if adds or area in stated:
                self._add(("area", area, reference.COUNTY, WHOLE), areas[area])
        # The county sums municipalities where there are any, and else areas.
        summed = homes or areas
        everything = [key for keys in summed.values() for key in keys]
        county = next(iter(self._at("county")), None)
        if county:
            everything = self._cell(county, everything)
        if adds or county:
            self._add(("county", reference.COUNTY, reference.COUNTY, WHOLE), everything)
        for row in self._at("hospital"):
            self._add(("hospital", row.place, reference.COUNTY, WHOLE), self._cell(row, []))

    def _at(self, level: str) -> list[Delivered]:
        return [row for row in self.rows if row.level == level]

    def _value(self, row: Delivered, measure: str) -> float | None:
        if self.indicator.calculation == "value":
            return row.value
        if measure == "numerator" and self.indicator.calculation == "sum":
            return row.value if row.numerator is None else row.numerator
        value: float | None = getattr(row, measure)
        return value

    def _cell(self, row: Delivered, inside: Sequence[Hashable]) -> list[Hashable]:
        """The keys that a delivered row sums up: the places in it and the rest, or its own."""
        values = {measure: self._value(row, measure) for measure in self.measures}
        known = {measure: value for measure, value in values.items() if value is not None}
        if len(known) < len(values) or any(value < 0 for value in known.values()):
            return []
        build = self.build
        rest = {
            measure: value - build.value(build.total(inside, {measure: 1}))
            for measure, value in known.items()
        }
        fits = all(value >= 0 for value in rest.values())
        key = (self.indicator.key, row.level, row.place)
        if fits and not any(rest.values()) and inside:
            return list(inside)
        for measure in known:
            build.part(key, measure, rest[measure] if fits else known[measure])
        if self.indicator.share:
            build.rule(build.total([key], {"denominator": 1, "numerator": -1}))
        return [*inside, key] if fits else [key]

    def _add(self, location: Location, keys: Sequence[Hashable]) -> None:
        if location[0] in self.indicator.levels:
            few = stands_for_itself(self.indicator.counts)
            self.build.add(self.indicator, location, keys, few=few)
