"""A table of cells, put together from parts: what the datasets' tables share."""

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace

from metrics.disclosure.cells import Cell, Location, Row, Rule, Table, Terms
from metrics.indicator import POPULATION, WHOLE, Indicator, terms_of

# What hiding costs: the wider the place, the larger the number, and the more indicators that show
# it, the more.
_PLACES = {"county": 400.0, "area": 60.0, "hospital": 30.0, "municipality": 8.0}
_PART = 0.6
_SETTLED_PRICE = 30.0

Factors = Mapping[str, float]


class Builder:
    """Parts by their key and measure; cells over groups of keys.

    `open_measures` count neither persons nor cases, so that a small one says nothing. All else
    rests on the `settled` ones, so they are hidden last. A place that has nobody of the `listed`
    ones is no part of the table and shows 0, so everybody knows that a hidden one is at least 1.
    """

    def __init__(
        self,
        *,
        threshold: int,
        open_measures: frozenset[str] = frozenset(),
        settled: frozenset[str] = frozenset(),
        listed: frozenset[str] = frozenset(),
    ) -> None:
        self.threshold = threshold
        self.listed = listed
        self.settled = settled
        self.open_measures = open_measures
        self._parts: dict[tuple[Hashable, str], int] = {}
        self._values: list[float] = []
        self._cells: list[Cell] = []
        self._numbers: dict[Terms, int] = {}
        self._follows: dict[int, set[int]] = defaultdict(set)
        self._rows: list[Row] = []
        self._rules: list[Rule] = []
        self._bounds: list[Rule] = []

    def part(self, key: Hashable, measure: str, value: float) -> None:
        """Add so much to a part, which begins with 0."""
        number = self._parts.setdefault((key, measure), len(self._values))
        if number == len(self._values):
            self._values.append(0.0)
        self._values[number] += value

    def given(self) -> list[Hashable]:
        """The keys that parts were given under, in that order."""
        return list(dict.fromkeys(key for key, _ in self._parts))

    def knows(self, key: Hashable, wanted: Iterable[str]) -> bool:
        """Whether there is a part of each measure."""
        return all((key, measure) in self._parts for measure in wanted)

    def same(self, key: Hashable, measure: str, other: str) -> None:
        """Let a measure of a key be another of its measures, as everybody knows that it is."""
        self._parts[key, measure] = self._parts[key, other]

    def total(self, keys: Iterable[Hashable], factors: Factors) -> Terms:
        """The sum of measures times factors, over keys; what cancels out is no part of it."""
        factor_by_part: dict[int, float] = defaultdict(float)
        for key in keys:
            for measure, factor in factors.items():
                if (part := self._parts.get((key, measure))) is not None:
                    factor_by_part[part] += factor
        return tuple(sorted((part, factor) for part, factor in factor_by_part.items() if factor))

    def value(self, terms: Terms) -> float:
        """What a sum comes to."""
        return sum(self._values[part] * factor for part, factor in terms)

    def rule(self, terms: Terms, *, lower: float = 0.0, bound: bool = False) -> None:
        """Something known to be at least `lower`. Where hand-kept sums break it nobody can use
        it."""
        if terms and self.value(terms) >= lower:
            (self._bounds if bound else self._rules).append(Rule(terms, lower))

    def fixed(self, key: Hashable, measure: str) -> None:
        """Take a part as known to everybody."""
        number = self._parts[key, measure]
        value = self._values[number]
        self._rules += [Rule(((number, 1.0),), value), Rule(((number, -1.0),), -value)]

    def equal(self, left: Iterable[Hashable], right: Iterable[Hashable], measure: str) -> None:
        """Let it be known that two sums of a measure are the same."""
        difference = tuple(
            [(part, 1.0) for part, _ in self.total(left, {measure: 1})]
            + [(part, -1.0) for part, _ in self.total(right, {measure: 1})]
        )
        if difference:
            opposite = tuple((part, -factor) for part, factor in difference)
            self._rules += [Rule(difference), Rule(opposite)]

    def add(
        self,
        indicator: Indicator,
        location: Location,
        keys: Sequence[Hashable],
        *,
        numerator: Terms | None = None,
        few: bool = True,
    ) -> None:
        """Publish a row of an indicator, over the keys that know all that it needs.

        `numerator` is the numerator where that is no plain sum; the empty sum is never hidden. Not
        `few` says that the numerator counts no persons and no cases.
        """
        above, below = counted(indicator.numerator), counted(indicator.denominator)
        known = [key for key in keys if self.knows(key, (*above, *below))]
        if not known:
            return
        bottom = None
        if below:
            bottom = self._cell(
                str(indicator.denominator), location, self.total(known, below), below
            )
        terms = self.total(known, above) if numerator is None else numerator
        top = None
        if terms:
            what = indicator.numerator if numerator is None else indicator.key
            top = self._cell(what, location, terms, above, counts=few and numerator is None)
        divided = indicator.calculation == "ratio"
        self._rows.append(Row(indicator.key, location, top, bottom, divided))
        if bottom is not None and top is not None:
            self._follows[bottom].add(top)
        if divided and below and few:
            rest = {m: below.get(m, 0) - above.get(m, 0) for m in (*below, *above)}
            self.derived(f"rest of {indicator.key}", location, known, rest)

    def derived(
        self, what: str, location: Location, keys: Iterable[Hashable], factors: Factors
    ) -> None:
        """Something that published cells give; of interest where it is a small count."""
        terms = self.total([key for key in keys if self.knows(key, factors)], factors)
        if self._small(self.value(terms), factors):
            self._cell(what, location, terms, factors, published=False)

    def _cell(
        self,
        what: str,
        location: Location,
        terms: Terms,
        factors: Factors,
        *,
        counts: bool = True,
        published: bool = True,
    ) -> int:
        """The number of the cell; a cell that stands in several places costs as much as they do."""
        where = "/".join(location)
        value = self.value(terms)
        settled = self.settled.issuperset(factors)
        if terms not in self._numbers:
            self._numbers[terms] = len(self._cells)
            self._cells.append(Cell(what, where, terms, value, 0.0, published=False))
            if value >= 1 and published and self.listed.issuperset(factors):
                self._rules.append(Rule(terms, 1.0))
        number = self._numbers[terms]
        old = self._cells[number]
        named = Cell(what, where, terms, value) if published and not old.published else old
        self._cells[number] = replace(
            named,
            weight=old.weight + (_weight(location, value, settled=settled) if published else 0.0),
            published=old.published or published,
            sensitive=old.sensitive or (counts and self._small(value, factors)),
            settled=old.settled or settled,
        )
        return number

    def _small(self, value: float, factors: Factors) -> bool:
        """Whether it is a number of persons or cases, and of few."""
        used = {measure for measure, factor in factors.items() if factor}
        return self.open_measures.isdisjoint(used) and 1 <= value < self.threshold

    def table(self) -> Table:
        """All of it."""
        return Table(
            parts=tuple(self._values),
            cells=tuple(self._cells),
            rules=tuple(self._rules),
            bounds=tuple(self._bounds),
            follows={cell: tuple(sorted(others)) for cell, others in self._follows.items()},
            rows=tuple(self._rows),
            names=self._names(),
        )

    def _names(self) -> tuple[Hashable, ...]:
        """What each part was first called."""
        name_by_number: dict[int, Hashable] = {}
        for name, number in self._parts.items():
            name_by_number.setdefault(number, name)
        return tuple(name_by_number.get(number) for number in range(len(self._values)))


def counted(expression: str | None) -> dict[str, float]:
    """The measures of "a + b" with how often each stands there; inhabitants are public."""
    factors: dict[str, float] = {}
    for measure in terms_of(expression):
        if measure != POPULATION:
            factors[measure] = factors.get(measure, 0) + 1
    return factors


def _weight(location: Location, value: float, *, settled: bool) -> float:
    level, _, _, part = location
    price = _PLACES[level] * (1.0 if part == WHOLE else _PART) * (1 + math.sqrt(max(0.0, value)))
    return price * _SETTLED_PRICE if settled else price
