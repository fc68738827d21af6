"""The pieces that Swedish sentences about numbers are put together from.

None and NaN are missing values, never zero.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeGuard

from swedish.periods import grain_of, period_name
from swedish.typography import number


@dataclass(frozen=True)
class TargetWords:
    """What a target is called: in running text, in a label, and whether values keep to it."""

    name: str
    label: str
    kept: str
    broken: str


TARGETS: Mapping[str, TargetWords] = {
    "goal": TargetWords("målet", "Mål", "Når målet", "Når inte målet"),
    "liability_limit": TargetWords(
        "gränsen för betalningsansvar", "Gräns", "Under gränsen", "Över gränsen"
    ),
}
"""What is aimed at is a goal; what only has a consequence is a limit, and no goal."""


REPORTS: Mapping[str, str] = {
    "briefing": "Underlag till {forum}",
    "monthly": "Månadsrapport",
    "quarterly": "Kvartalsrapport om avvikelser",
}
"""What each kind of report is called, where `forum` is the county's."""


BOUNDS: Mapping[str, str] = {
    "exact": "",
    "lower": "minst ",
    "upper": "högst ",
    "around": "omkring ",
}
"""What stands before a number that is known so far only."""


def reported_of(reported: int, expected: int) -> str:
    """`4 av 5 kommuner har rapporterat`; where none has told all, there may still be a part."""
    if expected == 1:
        return "kommunen har inte rapporterat allt"
    if not reported:
        return f"ingen av {expected} kommuner har rapporterat allt"
    return f"{reported} av {expected} kommuner har rapporterat"


def known(value: float | None) -> TypeGuard[float]:
    """Whether there is a value."""
    return value is not None and math.isfinite(value)


def quantity(value: float, unit: str, decimals: int) -> str:
    """`0,64 dagar`, `1 dag`; the number alone where the unit is a count."""
    text = number(value, decimals)
    if not unit or unit == "antal":
        return text
    return f"{text} {unit.replace('dagar', 'dag', 1) if text == '1' else unit}"


def unit_sign(unit: str) -> str:
    """A unit as it stands after a number: `%` for procent, nothing for a count, else its name."""
    return {"procent": "%", "antal": ""}.get(unit, unit)


def in_period(period: str) -> str:
    """`i juli 2019`, `under kvartal 1 2020`, `under 2020`."""
    return f"{'i' if grain_of(period) == 'month' else 'under'} {period_name(period)}"


def against_target(value: float, target: float, decimals: int, *, name: str = "målet") -> str:
    """`under målet 3,0`; `strax under` where both read the same and are not."""
    if value == target:
        return f"lika med {name} {target_text(target, decimals)}"
    near = "strax " if number(value, decimals) == number(target, decimals) else ""
    side = "under" if value < target else "över"
    return f"{near}{side} {name} {target_text(target, decimals)}"


def target_text(target: float, decimals: int) -> str:
    """A target as it was set: 3,0 beside values with two decimals, not 3,00."""
    fewest = min(1, decimals)
    exact = next((n for n in range(fewest, 6) if round(target, n) == target), 6)
    return number(target, exact)


def span(low: float, high: float, decimals: int) -> str:
    """`0,41–0,92`, and `−0,10 till 0,92` where a dash would stand beside a minus."""
    between = "–" if low >= 0 else " till "
    return f"{number(low, decimals)}{between}{number(high, decimals)}"


def reference(name: str, value: float | None, unit: str, decimals: int) -> str:
    """`Göteborgsområdet: 0,64 dagar.`; no text without a value."""
    return f"{name}: {quantity(value, unit, decimals)}." if known(value) else ""


def joined(*sentences: str) -> str:
    """The sentences that say something, one after another."""
    return " ".join(sentence for sentence in sentences if sentence)
