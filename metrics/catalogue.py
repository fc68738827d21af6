"""The indicators as `catalogue.toml` and the users' own file declare them, checked when read."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

from metrics.own_blocks import KEY, OwnBlock
from settings import SettingsError, data_dir, toml
from swedish import typography
from swedish.phrases import TARGETS, TargetWords

PLACES = ("county", "area", "municipality", "hospital")
LEVELS = (*PLACES, "recipient", "nosam", "programme")
MEASURES: Mapping[str, tuple[str, ...]] = {
    "discharges": ("discharges", "ready_days", "same_day", "over_3", "over_7", "before_notice"),
    "deviations": (
        "deviations",
        "answered_in_time",
        "answer_due",
        "open_cases",
        "answer_days",
    ),
    "funds": ("allocated", "ceiling", "requisitioned", "used"),
    "indicators": ("numerator", "denominator", "value"),
}
SLICES: Mapping[str, str] = {
    "discharges": "care_form",
    "deviations": "process",
    "funds": "programme",
}
"""What the values of a dataset are told apart by besides place and period."""
DATASETS: Mapping[str, str] = {
    "discharges": "Utskrivningsklara",
    "deviations": "Avvikelser",
    "funds": "Medel",
    "indicators": "Andra indikatorer",
    "population": "Invånare",
}
"""What the datasets are called on the pages."""
POPULATION = "population"
DELIVERED = "indicators"
"""The dataset of indicators that are delivered as such, the users' own among them."""
_OWN = "indicators.toml"
_HERE = Path(__file__).parent
_CALCULATIONS = ("sum", "ratio", "excess", "median", "value")
_CHARTS = ("xmr", "u", "p", "none")
_DIRECTIONS = ("lower", "higher", "neutral")


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

    `numerator` and `denominator` are measures of `dataset` joined by +; `direction` is which way is
    better; `per` is what a ratio is multiplied by (100 gives procent); `target_kind` is what the
    target is.
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
    target_kind: str = "goal"
    goal: Goal | None = None
    threshold: float = 0.0
    grain: str = "month"
    chart: str = "xmr"
    levels: tuple[str, ...] = PLACES

    def __post_init__(self) -> None:
        self._refuse(self.direction in _DIRECTIONS, f"direction {self.direction!r}")
        self._refuse(self.target_kind in TARGETS, f"target_kind {self.target_kind!r}")
        self._refuse(self.chart in _CHARTS, f"chart {self.chart!r}")
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
        parts = {measures()[term].counts for term in self.measures}
        shared = self.calculation == "ratio" and self.per == 100
        return 100.0 if shared and parts <= {"people", "cases"} else math.inf


def terms_of(expression: str | None) -> list[str]:
    """The measures of "a + b"."""
    return [term.strip() for term in expression.split("+")] if expression else []


class Measure(toml.Declared):
    """What is counted: its Swedish name in running text, and whether it counts people, days, …"""

    name: str
    counts: Literal["people", "cases", "days", "kronor"]


@cache
def measures() -> Mapping[str, Measure]:
    """Every measure by its key, `population` among them."""
    path = _HERE / "measures.toml"
    found = toml.read(path).items()
    return {key: toml.declared(Measure, block, path=path, table=key) for key, block in found}


def measured(expression: str) -> str:
    """The measures of "a + b" as users read them: `utskrivna samma dag och …`."""
    return typography.enumerate_words([measures()[term].name for term in terms_of(expression)])


def indicators() -> Mapping[str, Indicator]:
    """Every indicator by its key, in the order of the catalogue; then the users' own.

    Their own blocks are in `indicators.toml` in the data folder, and are of the dataset
    `indicators`. Raises SettingsError where a block there cannot be used.
    """
    path = data_dir() / _OWN
    try:
        return _indicators(path, path.stat().st_mtime_ns)
    except (FileNotFoundError, NotADirectoryError):
        return _shipped()


@cache
def _shipped() -> Mapping[str, Indicator]:
    blocks = toml.read(_HERE / "catalogue.toml")
    return {key: _indicator(key, block) for key, block in blocks.items()}


@lru_cache(maxsize=8)
def _indicators(path: Path, _changed: int) -> Mapping[str, Indicator]:
    own = {key: _own(key, block, path) for key, block in toml.read(path).items()}
    found = {**_shipped(), **own}
    named: dict[str, str] = {}
    for key, chosen in found.items():
        for name in {key, chosen.name.casefold(), chosen.short.casefold()}:
            if named.setdefault(name, key) != key and chosen.dataset == DELIVERED:
                raise SettingsError(f"{path}: [{key}] heter som [{named[name]}]: '{name}'.")
    return found


def _own(key: str, block: object, path: Path) -> Indicator:
    shipped = _shipped().get(key)
    taken = shipped is not None and shipped.dataset != DELIVERED
    if taken or not KEY.fullmatch(key) or not isinstance(block, dict):
        raise SettingsError(
            f"{path}: [{key}] kan inte vara en egen indikator. Nyckeln ska vara små bokstäver a–z, "
            "siffror och _, och inte någon av programmets egna."
        )
    lines = toml.declared(OwnBlock, block, path=path, table=key, line="uppgiften").lines
    return _indicator(key, {"caveats": "", **lines, "dataset": DELIVERED})


def _indicator(key: str, block: Mapping[str, Any]) -> Indicator:
    fields = dict(block)
    if "levels" in fields:
        fields["levels"] = tuple(fields["levels"])
    if "goal" in fields:
        fields["goal"] = Goal(**fields["goal"])
    if fields["dataset"] == DELIVERED:
        fields.setdefault("numerator", "numerator")
        if fields.get("calculation") == "ratio":
            fields.setdefault("denominator", "denominator")
    return Indicator(key=key, **fields)


def of_dataset(dataset: str) -> list[Indicator]:
    """The indicators that are made of a dataset, in the order of the catalogue."""
    return [chosen for chosen in indicators().values() if chosen.dataset == dataset]


def indicator(key: str) -> Indicator:
    """The indicator with this key; raises KeyError where there is none."""
    return indicators()[key]
