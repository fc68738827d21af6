"""What disclosure control works on: published sums of parts, and what everybody knows about them.

A part is the smallest thing that anything published is made of: a measure of a municipality, say,
or of an area and care form. A cell is a sum of parts; the same sum is one cell wherever it is
shown. Pure.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace

Terms = tuple[tuple[int, float], ...]
Location = tuple[str, str, str, str]

# A hidden count must keep so many possible values.
POSSIBLE_VALUES = 3
# The share of its price that a cell costs which was hidden before.
_AGAIN = 0.02


@dataclass(frozen=True)
class Cell:
    """A sum of parts (number and factor of each), with its true value: `what` is counted `where`.

    `published` cells are shown somewhere, at the cost of `weight` if they are hidden; others can be
    worked out from published ones. A `sensitive` one must keep POSSIBLE_VALUES whole values. A
    `settled` one is never hidden for what a table's `bounds` say.
    """

    what: str
    where: str
    terms: Terms
    value: float
    weight: float = 1.0
    published: bool = True
    sensitive: bool = False
    settled: bool = False


@dataclass(frozen=True)
class Rule:
    """A sum of parts that everybody knows to be at least `lower`."""

    terms: Terms
    lower: float = 0.0


@dataclass(frozen=True)
class Row:
    """A row of the cube: indicator, (level, place, within, care form), and the cells it shows.

    None is a number that is never hidden: 0 days above the mean, or inhabitants. `divided` says
    that the value needs the denominator.
    """

    indicator: str
    location: Location
    numerator: int | None
    denominator: int | None
    divided: bool

    def is_covered(self, hidden: Collection[int]) -> bool:
        """Whether all of the row is hidden, so that it does not show its denominator either."""
        return self.numerator in hidden or (self.divided and self.denominator in hidden)


@dataclass(frozen=True)
class Table:
    """The cells of a period.

    `parts` are the true values, none below 0. `rules` is what holds by counting alone; `bounds` is
    what the days say of the persons besides. `follows` names the cells that are hidden with a cell,
    `kept` those that are hidden whatever else is. `names` are the parts' own, where they have any.
    """

    parts: tuple[float, ...]
    cells: tuple[Cell, ...]
    rules: tuple[Rule, ...] = ()
    bounds: tuple[Rule, ...] = ()
    follows: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    kept: frozenset[int] = frozenset()
    names: tuple[Hashable, ...] = ()

    def __post_init__(self) -> None:
        if any(part < 0 for part in self.parts):
            raise ValueError("a part is below 0")
        for rule in (*self.rules, *self.bounds):
            if sum(self.parts[part] * factor for part, factor in rule.terms) < rule.lower - 1e-6:
                raise ValueError(f"the parts break the rule {rule}")


def favouring(table: Table, cells: Collection[int]) -> Table:
    """The table where it costs little to hide `cells`, those that were hidden before a correction.

    A number that is shown after a correction and was hidden before it, or the other way round, may
    tell one who has kept an old report what the two hide together. So as few move as can be.
    """
    return replace(
        table,
        cells=tuple(
            replace(cell, weight=cell.weight * _AGAIN) if number in cells else cell
            for number, cell in enumerate(table.cells)
        ),
    )


def united(first: Table, second: Table, same: Iterable[tuple[int, int]]) -> Table:
    """Two tables as one: the cells of the first, then those of the second.

    `same` are cells of the first and of the second that everybody knows to be the same number.
    """
    by = len(first.parts)

    def moved(terms: Terms) -> Terms:
        return tuple((part + by, factor) for part, factor in terms)

    differences = [
        first.cells[one].terms + tuple((part, -factor) for part, factor in moved(other.terms))
        for one, other in ((one, second.cells[number]) for one, number in same)
        if first.cells[one].value == other.value
    ]
    return Table(
        parts=first.parts + second.parts,
        cells=first.cells + tuple(replace(one, terms=moved(one.terms)) for one in second.cells),
        rules=(
            *first.rules,
            *(Rule(moved(rule.terms), rule.lower) for rule in second.rules),
            *(Rule(terms) for terms in differences),
            *(Rule(tuple((part, -factor) for part, factor in terms)) for terms in differences),
        ),
        bounds=(*first.bounds, *(Rule(moved(rule.terms), rule.lower) for rule in second.bounds)),
    )
