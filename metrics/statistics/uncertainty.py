"""How far a value may lie from what it would be without chance: 95 % confidence intervals.

People and cases stand for themselves, so that a share of them is binomial and their number is
Poisson. Days do not: one patient's hang together, and how they spread over patients is not in the
cube. Then there is no interval, and `note` says so instead of an interval that is too narrow.
"""

import math
from collections.abc import Callable
from statistics import NormalDist
from typing import Literal, NamedTuple

from metrics.datasets import datasets
from metrics.indicator import POPULATION, Indicator, stands_for_itself, terms_of
from metrics.statistics import poisson
from swedish.phrases import known

CONFIDENCE = 0.95
_TAIL = (1 - CONFIDENCE) / 2
_STEPS = 200

Method = Literal["wilson", "poisson"]


class Interval(NamedTuple):
    """The ends of a confidence interval, in the unit of what it is about."""

    low: float
    high: float


def wilson(part: float, whole: float) -> Interval:
    """The interval of the share `part` / `whole`, between 0 and 1, by Wilson's score method.

    Wilson, E. B. (1927), JASA 22(158): 209-212. Raises ValueError unless 0 <= part <= whole and
    whole > 0.
    """
    if not 0 <= part <= whole or whole <= 0:
        raise ValueError(f"expected a part of a whole, got {part!r} of {whole!r}")
    z = NormalDist().inv_cdf(1 - _TAIL)
    share = part / whole
    middle = (share + z**2 / (2 * whole)) / (1 + z**2 / whole)
    spread = z * math.sqrt(share * (1 - share) / whole + z**2 / (4 * whole**2))
    half = spread / (1 + z**2 / whole)
    # At the ends rounding would leave a sign or a hair beyond what a share can be.
    low = 0.0 if part == 0 else max(0.0, middle - half)
    high = 1.0 if part == whole else min(1.0, middle + half)
    return Interval(low, high)


def exact_poisson(count: float) -> Interval:
    """The interval of the mean behind a count of independent events, exact (Garwood).

    Garwood, F. (1936), Biometrika 28(3/4): 437-442. Raises ValueError for a count that is negative
    or not finite.
    """
    if not (math.isfinite(count) and count >= 0):
        raise ValueError(f"expected a count from 0, got {count!r}")
    top = count + 10 + 10 * math.sqrt(count + 1)
    low = (
        0.0
        if count == 0
        else _crossing(lambda mean: poisson.at_least(count, mean) - _TAIL, low=0.0, high=count)
    )
    high = _crossing(lambda mean: _TAIL - poisson.at_most(count, mean), low=count, high=top)
    return Interval(low, high)


def method(chosen: Indicator) -> Method | None:
    """How the interval of an indicator's values is found, None where counts do not allow one."""
    if chosen.calculation == "excess" or not stands_for_itself(chosen.counts):
        return None
    if chosen.denominator in (None, POPULATION):
        return "poisson"
    measures = datasets()[chosen.dataset].measures
    whole = [measures[term].counts for term in terms_of(chosen.denominator)]
    shared = chosen.share and all(map(stands_for_itself, whole))
    return "wilson" if shared else None


def interval(
    chosen: Indicator, *, numerator: float | None, denominator: float | None
) -> Interval | None:
    """The interval of a value, in the indicator's unit, from what the value is made of.

    None where `method` is, where a part is not known, and where there is nothing to divide by.
    """
    how = method(chosen)
    if how is None or not known(numerator):
        return None
    if chosen.denominator is None:
        return exact_poisson(numerator)
    if not known(denominator) or denominator <= 0:
        return None
    if how == "wilson":
        low, high = wilson(numerator, denominator)
        return Interval(chosen.per * low, chosen.per * high)
    low, high = exact_poisson(numerator)
    return Interval(chosen.per * low / denominator, chosen.per * high / denominator)


def note(chosen: Indicator) -> str:
    """How the uncertainty of an indicator is shown, or why it cannot be, in Swedish."""
    match method(chosen):
        case "wilson":
            return (
                "95-procentigt konfidensintervall enligt Wilson: så mycket kan andelen variera av "
                "slumpen med så här många i underlaget."
            )
        case "poisson":
            return (
                "95-procentigt konfidensintervall (exakt Poisson): så mycket kan antalet variera "
                "av slumpen."
            )
    if chosen.counts == "money":
        return "Inget konfidensintervall: beloppen är bokförda, inte skattade."
    if chosen.counts in ("inhabitants", "none"):
        return "Inget konfidensintervall: måttet räknar varken personer eller ärenden."
    return (
        "Inget konfidensintervall: en patients dagar hör ihop, och hur dagarna fördelar sig mellan "
        "patienter finns inte i underlaget."
    )


def _crossing(function: Callable[[float], float], *, low: float, high: float) -> float:
    """Where an increasing function crosses 0, by halving."""
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if function(middle) < 0 else (low, middle)
    return (low + high) / 2
