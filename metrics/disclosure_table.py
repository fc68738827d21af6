"""The cells of a period, from its smallest units and the indicators that are made of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from metrics.catalogue import POPULATION, Indicator, terms_of
from metrics.disclosure_cells import Cell, Location, Row, Rule, Table, Terms

# Sums of days count no persons: a small one is hidden only with the persons it belongs to.
_DAYS = frozenset({"ready_days"})
# What holds for the stays of a unit, as measures times factors, at least 0. The first two also
# count persons (1-3 days, 4-7 days). A stay's class (same day, 1-3, 4-7, more than 7 days) bounds
# its days from both sides; no stay is longer than about 1 000 days.
_CLASSES: tuple[Mapping[str, float], ...] = (
    {"discharges": 1, "same_day": -1, "over_3": -1},
    {"over_3": 1, "over_7": -1},
)
_BOUNDS: tuple[Mapping[str, float], ...] = (
    {"ready_days": 1, "discharges": -1, "same_day": 1, "over_3": -3, "over_7": -4},
    {"ready_days": -1, "discharges": 3, "same_day": -3, "over_3": 4, "over_7": 993},
)
# What hiding costs: the wider the place, and the more indicators that show the cell, the more.
_PLACES = {"county": 400.0, "area": 60.0, "hospital": 30.0, "municipality": 8.0}
_HOSPITAL_IN_AREA = 6.0
_SLICES = {"alla": 1.0, "somatik": 0.6, "psykiatri": 0.5}


@dataclass(frozen=True)
class Unit:
    """A smallest part of a period: a place and care form with its measures, None if not known."""

    municipality: str
    area: str
    hospital: str | None
    care_form: str | None
    measures: Mapping[str, float | None]


def table(
    units: Sequence[Unit], *, indicators: Iterable[Indicator], county: str, threshold: int
) -> Table:
    """The cells that the cube shows of a period's units; counts from 1 below `threshold` hide."""
    build = _Builder(units, threshold)
    chosen = list(indicators)
    for location, members in _locations(units, county).items():
        for indicator in chosen:
            if location[0] in indicator.levels:
                build.add(indicator, location, members)
        build.add_classes(location, members)
    return build.table()


def _locations(units: Sequence[Unit], county: str) -> dict[Location, list[int]]:
    """The units that each place and care form of the cube sums up."""
    found: dict[Location, list[int]] = defaultdict(list)
    for number, unit in enumerate(units):
        places = [
            ("county", county, county),
            ("area", unit.area, county),
            ("municipality", unit.municipality, unit.area),
        ]
        if unit.hospital is not None:
            places += [
                ("hospital", unit.hospital, county),
                ("hospital", unit.hospital, unit.area),
            ]
        for level, place, within in places:
            for care_form in ("alla", unit.care_form) if unit.care_form else ("alla",):
                found[level, place, within, care_form].append(number)
    return found


def _weight(location: Location) -> float:
    level, _, within, care_form = location
    place = _PLACES[level]
    if level == "hospital" and within != "lan":
        place = _HOSPITAL_IN_AREA
    return place * _SLICES.get(care_form, 1.0)


class _Builder:
    def __init__(self, units: Sequence[Unit], threshold: int) -> None:
        self.units = units
        self.threshold = threshold
        self.measures = list(dict.fromkeys(m for unit in units for m in unit.measures))
        self.parts = [unit.measures.get(m) or 0.0 for unit in units for m in self.measures]
        self.cells: dict[Terms, Cell] = {}
        self.numbers: dict[Terms, int] = {}
        self.follows: dict[int, set[int]] = defaultdict(set)
        self.rows: list[Row] = []
        self.rules: list[Rule] = []
        for number in range(len(units)):
            for factors in (*_CLASSES, *_BOUNDS):
                self._rule(number, factors)

    def _knows(self, number: int, measures: Iterable[str]) -> bool:
        return all(self.units[number].measures.get(m) is not None for m in measures)

    def _sum(self, members: Iterable[int], factors: Mapping[str, float]) -> Terms:
        width = len(self.measures)
        columns = {m: self.measures.index(m) for m in factors}
        return tuple(
            sorted(
                (number * width + columns[m], float(factor))
                for number in members
                for m, factor in factors.items()
                if factor
            )
        )

    def _value(self, terms: Terms) -> float:
        return sum(self.parts[part] * factor for part, factor in terms)

    def _rule(self, number: int, factors: Mapping[str, float]) -> None:
        """Hand-kept sums may break a rule; then nobody can draw a conclusion from it."""
        if self._knows(number, factors):
            terms = self._sum([number], factors)
            if self._value(terms) >= 0:
                self.rules.append(Rule(terms))

    def _cell(
        self, what: str, where: str, terms: Terms, *, weight: float | None, counts: bool
    ) -> int | None:
        """The number of the cell; a cell that stands in several places costs as much as they do.

        One without a weight is not published, and only of interest where it is sensitive.
        """
        value = self._value(terms)
        sensitive = counts and 1 <= value < self.threshold
        if weight is None and not sensitive:
            return None
        if terms not in self.cells:
            self.numbers[terms] = len(self.cells)
            self.cells[terms] = Cell(what, where, terms, value, 0.0, False, sensitive)
        old = self.cells[terms]
        named = old if weight is None or old.published else Cell(what, where, terms, value)
        self.cells[terms] = replace(
            named,
            weight=old.weight + (weight or 0.0),
            published=old.published or weight is not None,
            sensitive=old.sensitive or sensitive,
        )
        return self.numbers[terms]

    def add(self, indicator: Indicator, location: Location, members: Iterable[int]) -> None:
        above = _counted(indicator.numerator)
        below = _counted(indicator.denominator)
        known = [number for number in members if self._knows(number, (*above, *below))]
        if not known:
            return
        weight = _weight(location)
        where = "/".join(location)
        denominator = None
        if below:
            denominator = self._cell(
                str(indicator.denominator),
                where,
                self._sum(known, below),
                weight=weight,
                counts=_DAYS.isdisjoint(below),
            )
        if indicator.calculation == "excess":
            terms = self._excess(known, indicator, above=above, below=below, location=location)
        else:
            terms = self._sum(known, above)
        numerator = None
        if terms:
            numerator = self._cell(
                indicator.key if indicator.calculation == "excess" else indicator.numerator,
                where,
                terms,
                weight=weight,
                counts=indicator.calculation != "excess" and _DAYS.isdisjoint(above),
            )
        divided = indicator.calculation == "ratio"
        self.rows.append(Row(indicator.key, location, numerator, denominator, divided))
        if denominator is not None and numerator is not None:
            self.follows[denominator].add(numerator)
        if divided and below:
            rest = {m: below.get(m, 0) - above.get(m, 0) for m in (*below, *above)}
            self._cell(
                f"rest of {indicator.key}",
                where,
                self._sum(known, rest),
                weight=None,
                counts=_DAYS.isdisjoint(rest),
            )

    def add_classes(self, location: Location, members: Iterable[int]) -> None:
        for factors in _CLASSES:
            known = [number for number in members if self._knows(number, factors)]
            if not known:
                continue
            what = " - ".join(factors)
            terms = self._sum(known, factors)
            self._cell(what, "/".join(location), terms, weight=None, counts=True)

    def _excess(
        self,
        known: Sequence[int],
        indicator: Indicator,
        *,
        above: Mapping[str, float],
        below: Mapping[str, float],
        location: Location,
    ) -> Terms:
        """Days above the mean, of the municipalities that have any.

        Which ones have is known: nothing is the same as `days <= threshold * n`.
        """
        factors = dict(above) | {m: -indicator.threshold * f for m, f in below.items()}
        by_home: dict[str, list[int]] = defaultdict(list)
        for number in known:
            by_home[self.units[number].municipality].append(number)
        found: list[tuple[int, float]] = []
        for numbers in by_home.values():
            terms = self._sum(numbers, factors)
            over = self._value(terms) > 0
            if over:
                found += terms
            if location[0] == "municipality":
                held = terms if over else tuple((part, -factor) for part, factor in terms)
                self.rules.append(Rule(held))
        return tuple(sorted(found))

    def table(self) -> Table:
        groups: dict[tuple[str, str | None, str | None, str], int] = {}
        coarse = [
            groups.setdefault((unit.area, unit.hospital, unit.care_form, m), len(groups))
            for unit in self.units
            for m in self.measures
        ]
        areas: dict[str, int] = {}
        return Table(
            parts=tuple(self.parts),
            cells=tuple(self.cells.values()),
            rules=tuple(self.rules),
            follows={cell: tuple(sorted(others)) for cell, others in self.follows.items()},
            rows=tuple(self.rows),
            coarse=tuple(coarse),
            block=tuple(areas.setdefault(area, len(areas)) for area, *_ in groups),
        )


def _counted(expression: str | None) -> dict[str, float]:
    factors: dict[str, float] = {}
    for measure in terms_of(expression):
        if measure != POPULATION:
            factors[measure] = factors.get(measure, 0) + 1
    return factors
