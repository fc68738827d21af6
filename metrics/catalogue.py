"""The indicators as `catalogue.toml` declares them, checked when they are read."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import swedish

LEVELS = ("county", "area", "municipality", "hospital")
MEASURES: Mapping[str, tuple[str, ...]] = {
    "discharges": ("discharges", "ready_days", "same_day", "over_3", "over_7", "before_notice"),
}
DATASETS: Mapping[str, str] = {"discharges": "Utskrivningsklara"}
"""What the datasets are called on the pages."""
POPULATION = "population"
_CALCULATIONS = ("sum", "ratio", "excess")
_COUNTED = ("people", "cases", "days", "kronor")
_DIRECTIONS = ("lower", "higher", "neutral")


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One indicator: what it is called, how it is calculated and shown, and what it means.

    `numerator` and `denominator` are measures of `dataset` joined by +; `direction` is which way is
    better; `per` is what a ratio is multiplied by (100 gives procent).
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
    per: int = 1
    target: float | None = None
    threshold: float = 0.0
    grain: str = "month"
    levels: tuple[str, ...] = LEVELS

    def __post_init__(self) -> None:
        self._refuse(self.direction in _DIRECTIONS, f"direction {self.direction!r}")
        self._refuse(self.calculation in _CALCULATIONS, f"calculation {self.calculation!r}")
        self._refuse(self.dataset in MEASURES, f"dataset {self.dataset!r}")
        self._refuse(set(self.levels) <= set(LEVELS), f"levels {self.levels!r}")
        known = {*MEASURES[self.dataset], POPULATION}
        for measure in self.measures:
            self._refuse(measure in known, f"measure {measure!r}")
        divided = self.calculation in ("ratio", "excess")
        self._refuse(divided == (self.denominator is not None), "denominator")

    def _refuse(self, good: bool, what: str) -> None:
        if not good:
            raise ValueError(f"catalogue.toml, [{self.key}]: {what} cannot be used")

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures that the indicator is calculated from, without repetition."""
        terms = [*terms_of(self.numerator), *terms_of(self.denominator)]
        return tuple(dict.fromkeys(terms))


def terms_of(expression: str | None) -> list[str]:
    """The measures of "a + b"."""
    return [term.strip() for term in expression.split("+")] if expression else []


@dataclass(frozen=True, kw_only=True)
class Measure:
    """What is counted: its Swedish name in running text, and whether it counts people, days, …"""

    name: str
    counts: str

    def __post_init__(self) -> None:
        if self.counts not in _COUNTED:
            raise ValueError(f"measures.toml: counts {self.counts!r} cannot be used")


@cache
def measures() -> Mapping[str, Measure]:
    """Every measure by its key, `population` among them."""
    text = files("metrics").joinpath("measures.toml").read_text(encoding="utf-8")
    return {key: Measure(**block) for key, block in tomllib.loads(text).items()}


def measured(expression: str) -> str:
    """The measures of "a + b" as users read them: `utskrivna samma dag och …`."""
    return swedish.enumerate_words([measures()[term].name for term in terms_of(expression)])


@cache
def indicators() -> Mapping[str, Indicator]:
    """Every indicator by its key, in the order of the catalogue."""
    text = files("metrics").joinpath("catalogue.toml").read_text(encoding="utf-8")
    return {key: _indicator(key, block) for key, block in tomllib.loads(text).items()}


def _indicator(key: str, block: Mapping[str, Any]) -> Indicator:
    fields = dict(block)
    if "levels" in fields:
        fields["levels"] = tuple(fields["levels"])
    return Indicator(key=key, **fields)


def indicator(key: str) -> Indicator:
    """The indicator with this key; raises KeyError where there is none."""
    return indicators()[key]
