"""What an indicator is: what it is called, how it is calculated, and what one unit of it counts."""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeAlias, get_args

from swedish.phrases import TARGETS, TargetWords


class Level(StrEnum):
    """Which kind of place values are of."""

    COUNTY = "county"
    AREA = "area"
    MUNICIPALITY = "municipality"
    HOSPITAL = "hospital"
    RECIPIENT = "recipient"
    NOSAM = "nosam"
    PROGRAMME = "programme"


PLACES = ("county", "area", "municipality", "hospital")
LEVELS = tuple(Level)
POPULATION = "population"
"""The measure that rates are by: inhabitants, of any dataset's places."""
WHOLE = "alla"
"""The part that holds all of them."""
CARE_FORM = "care_form"
"""What tells patients apart in every dataset that has forms of care."""
Counts: TypeAlias = Literal["persons", "cases", "days", "money", "inhabitants", "none"]
"""What one unit may count: persons or cases, each of which stands for itself and is hidden where
they are few; days, of which one person may have many; money; inhabitants, who are public; or
nothing of the kind."""
Calculation: TypeAlias = Literal["sum", "ratio", "excess", "median", "value"]
Chart: TypeAlias = Literal["xmr", "u", "p", "none"]
Direction: TypeAlias = Literal["higher", "lower", "neutral"]
Grain: TypeAlias = Literal["month", "quarter", "year"]
COUNTS: tuple[str, ...] = get_args(Counts)
DIVIDED = ("ratio", "excess")
"""The calculations that have a denominator."""


def stands_for_itself(counts: str) -> bool:
    """Whether each unit is a person or a case, so that few of them are to be hidden."""
    return counts in ("persons", "cases")


@dataclass(frozen=True, kw_only=True)
class Goal:
    """A change that is aimed at: from the value of the period `start` to another in `end`.

    `change` is a share: -0.4 is 40 % less.
    """

    start: str
    end: str
    change: float

    def at(self, period: str, base: float) -> float | None:
        """Where a year is to be on the straight way from `base` in `start`; None outside it.

        Raises ValueError for anything but years.
        """
        first, last, now = int(self.start), int(self.end), int(period)
        if not first <= now <= last:
            return None
        return base * (1 + self.change * (now - first) / (last - first))


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One indicator: what it is called, how it is calculated and shown, and what it means.

    `numerator` and `denominator` are measures of `dataset` joined by +; `counts` is what one unit
    of the numerator counts (COUNTS); `direction` is which way is better; `per` is what a ratio is
    multiplied by (100 gives procent), and a `share` is a ratio of a part to its whole;
    `target_kind` is what the target is. One that `ripens` goes on changing after its period, so
    that an old value and a new one are not of the same age.
    Raises ValueError at construction where the block cannot be calculated.
    """

    key: str
    name: str
    short: str
    unit: str
    decimals: int
    direction: str
    dataset: str
    calculation: str
    numerator: str
    definition: str
    caveats: str
    source: str
    denominator: str | None = None
    counts: str = "persons"
    per: int = 1
    share: bool = False
    target: float | None = None
    target_kind: str = "goal"
    goal: Goal | None = None
    threshold: float = 0.0
    grain: str = "month"
    chart: str = "xmr"
    ripens: bool = False
    levels: tuple[str, ...] = PLACES

    def __post_init__(self) -> None:
        self._refuse(self.direction in get_args(Direction), f"direction {self.direction!r}")
        self._refuse(self.target_kind in TARGETS, f"target_kind {self.target_kind!r}")
        self._refuse(self.chart in get_args(Chart), f"chart {self.chart!r}")
        self._refuse(self.calculation in get_args(Calculation), f"calculation {self.calculation!r}")
        self._refuse(self.grain in get_args(Grain), f"grain {self.grain!r}")
        self._refuse(self.counts in COUNTS, f"counts {self.counts!r}")
        self._refuse(set(self.levels) <= set(LEVELS), f"levels {self.levels!r}")
        divided = self.calculation in DIVIDED
        self._refuse(divided == (self.denominator is not None), "denominator")

    def _refuse(self, good: bool, what: str) -> None:
        if not good:
            raise ValueError(f"[{self.key}]: {what} cannot be used")

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures that the indicator is calculated from, without repetition."""
        terms = [*terms_of(self.numerator), *terms_of(self.denominator)]
        return tuple(dict.fromkeys(terms))

    @property
    def target_words(self) -> TargetWords:
        """What the target is called."""
        return TARGETS[self.target_kind]

    @property
    def most(self) -> float:
        """The most that a value can be: a share of persons or cases is no more than the whole."""
        return 100.0 if self.share and stands_for_itself(self.counts) else math.inf


def terms_of(expression: str | None) -> list[str]:
    """The measures of "a + b"."""
    return [term.strip() for term in expression.split("+")] if expression else []
