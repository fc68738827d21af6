"""Exact Poisson limits, without a library: the quantiles of a count with a known mean.

The tails are those of the regularised incomplete gamma function, P(X <= k) = Q(k + 1, mean) and
P(X >= k) = P(k, mean) (Abramowitz & Stegun 26.4.19 and 26.4.21). They are defined between whole
counts too, which gives limits that are exact at every count and smooth in between.
"""

import math
from collections.abc import Callable

_TINY = 1e-300
_PRECISION = 1e-15
_MOST_TERMS = 100_000
_STEPS = 100


def lower_limit(mean: float, tail: float) -> float:
    """The l for which P(X <= l) = `tail`: a count is below it exactly when P(X <= count) < `tail`.

    Rounded up it is `scipy.stats.poisson.ppf(tail, mean)`. 0 where even no cases at all is more
    likely than `tail`. Raises ValueError for a mean that is negative or not finite, and for a tail
    that is not between 0 and a half.
    """
    _refuse_nonsense(mean, tail)
    if math.exp(-mean) >= tail:
        return 0.0
    return _root(lambda count: at_most(count, mean) - tail, low=0.0, high=mean)


def upper_limit(mean: float, tail: float) -> float:
    """The u for which P(X >= u) = `tail`: a count is above it exactly when P(X >= count) < `tail`.

    Rounded down it is `scipy.stats.poisson.ppf(1 - tail, mean)`. Raises as `lower_limit`.
    """
    _refuse_nonsense(mean, tail)
    if mean == 0:
        return 0.0
    high = mean + 1
    while at_least(high, mean) > tail:
        high += 1 + math.sqrt(mean)
    return _root(lambda count: tail - at_least(count, mean), low=0.0, high=high)


def at_most(count: float, mean: float) -> float:
    """P(X <= `count`) of a Poisson variable; between whole counts, the smooth curve through them.

    `count` is 0 or more.
    """
    return 1.0 if mean == 0 else _upper_gamma(count + 1, mean)


def at_least(count: float, mean: float) -> float:
    """P(X >= `count`), as `at_most`."""
    if count <= 0:
        return 1.0
    return 0.0 if mean == 0 else _lower_gamma(count, mean)


def _refuse_nonsense(mean: float, tail: float) -> None:
    if not (math.isfinite(mean) and mean >= 0):
        raise ValueError(f"mean must be a number from 0, got {mean!r}")
    if not 0 < tail < 0.5:
        raise ValueError(f"tail must lie between 0 and 0.5, got {tail!r}")


def _lower_gamma(a: float, x: float) -> float:
    """P(a, x): each of the two expansions where it converges fast."""
    return _series(a, x) if x < a + 1 else 1 - _fraction(a, x)


def _upper_gamma(a: float, x: float) -> float:
    return 1 - _series(a, x) if x < a + 1 else _fraction(a, x)


def _series(a: float, x: float) -> float:
    """P(a, x) by Abramowitz & Stegun 6.5.29."""
    term = total = 1 / a
    for n in range(1, _MOST_TERMS):
        term *= x / (a + n)
        total += term
        if term < total * _PRECISION:
            break
    return total * _weight(a, x)


def _fraction(a: float, x: float) -> float:
    """Q(a, x) by the continued fraction 6.5.31 of Abramowitz & Stegun, in Lentz's way."""
    b = x + 1 - a
    c = 1 / _TINY
    d = 1 / (b or _TINY)
    total = d
    for n in range(1, _MOST_TERMS):
        factor = -n * (n - a)
        b += 2
        d = 1 / ((factor * d + b) or _TINY)
        c = (b + factor / c) or _TINY
        total *= c * d
        if abs(c * d - 1) < _PRECISION:
            break
    return total * _weight(a, x)


def _weight(a: float, x: float) -> float:
    return math.exp(a * math.log(x) - x - math.lgamma(a))


def _root(function: Callable[[float], float], *, low: float, high: float) -> float:
    """Where an increasing function crosses 0, by regula falsi that halves a weight that lingers."""
    at_low, at_high = function(low), function(high)
    lingered = 0
    for _ in range(_STEPS):
        middle = (low * at_high - high * at_low) / (at_high - at_low)
        at_middle = function(middle)
        if at_middle == 0 or high - low <= 1e-14 * high:
            return middle
        if at_middle < 0:
            at_high *= 0.5 if lingered < 0 else 1.0
            low, at_low, lingered = middle, at_middle, -1
        else:
            at_low *= 0.5 if lingered > 0 else 1.0
            high, at_high, lingered = middle, at_middle, 1
    return (low + high) / 2
