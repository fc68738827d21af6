"""How likely chance alone is to give the signal that a chart's last value is.

The rules of a chart find a signal of their own accord in about one of fifty series where nothing
has happened. Who looks through many of them needs to know how strong each is.
"""

import math
from collections.abc import Sequence
from itertools import pairwise
from statistics import NormalDist, fmean

from metrics.spc.control import Series
from metrics.spc.xmr import Xmr
from metrics.statistics.poisson import at_least, at_most

BY_CHANCE = 0.02
"""About how often the last of some two dozen values is a signal where nothing has happened."""
_RULES = 4
# Two of three beyond two thirds of the way to the same limit: 2 * 3 * 0.0228**2, and a little.
_TWO_IN_THREE = 0.004
_SPREAD = 1.128
# Two dozen Poisson counts are dispersed more than so in 5 of 100 series.
_MOST_DISPERSED = 1.5
_FREEDOM = 0.62


def chance(series: Series, chart: Xmr, *, begins: int = 0) -> float:
    """The chance of so strong a signal at the last value, 1 where it is none.

    `begins` is where the last limits begin. The strongest of the four rules counts, times four,
    since each of them has had its chance.
    """
    last = chart.last
    if last is None or math.isnan(last.upper) or last.special_cause == "Common Cause":
        return 1.0
    values, means = series.values[begins:], chart.mean[begins:]
    run = _in_a_row([(v > m) - (v < m) for v, m in zip(values, means, strict=True)])
    steps = _in_a_row([(b > a) - (b < a) for a, b in pairwise(values)]) + 1
    near = last.special_cause.startswith("2 in 3")
    chances = (
        _of_value(series, chart, begins),
        2.0 ** (1 - run),
        2 / math.factorial(steps) if steps > 2 else 1.0,
        _TWO_IN_THREE if near else 1.0,
    )
    return min(1.0, _RULES * min(chances))


def _of_value(series: Series, chart: Xmr, begins: int) -> float:
    """The chance of a value so far from those before it, on either side."""
    far = _of_spread(series.values[begins:])
    if chart.kind not in ("u", "p"):
        return far
    alone = _of_count(series, chart)
    return max(far, alone) if _dispersion(series, chart, begins) > _MOST_DISPERSED else alone


def _dispersion(series: Series, chart: Xmr, begins: int) -> float:
    """How much more the values before the last vary than their limits say: 1 where they do not."""
    lines = zip(series.values, chart.mean, chart.lower, chart.upper, strict=True)
    before = [
        (3 * (value - mean) / max(upper - mean, mean - lower)) ** 2
        for value, mean, lower, upper in list(lines)[begins:-1]
    ]
    return fmean(before) if before else 1.0


def _of_count(series: Series, chart: Xmr) -> float:
    """The chance of the last count, were they Poisson."""
    # Of a share the rarer side, as if its cases were Poisson: never too sure.
    last, top, bottom = series.values[-1], series.tops[-1], series.bottoms[-1]
    expected = chart.mean[-1] * (top / last if last else 0.0)
    if chart.kind == "p" and last and 2 * top > bottom:
        top, expected = bottom - top, bottom - expected
    if expected <= 0:
        return 1.0
    return min(1.0, 2 * min(at_most(top, expected), at_least(top, expected)))


def _of_spread(values: Sequence[float]) -> float:
    """The chance of the last value, by how much those before it differ from each other."""
    if len(values) < 3:
        return 1.0
    mean, spread = _expected(values)
    if min(values) >= 0 and mean < 3 * spread:
        # Where three deviations down is below 0 the values are skew; their roots are less so.
        values = [math.sqrt(value) for value in values]
        mean, spread = _expected(values)
    if not spread:
        return 1.0
    far = abs(values[-1] - mean) / spread
    return 2 * NormalDist().cdf(-_normal(far, _FREEDOM * (len(values) - 2)))


def _expected(values: Sequence[float]) -> tuple[float, float]:
    """The mean of all values but the last, and the deviation of one more value from it."""
    before = values[:-1]
    steps = [abs(b - a) for a, b in pairwise(before)]
    spread = fmean(steps) / _SPREAD if steps else 0.0
    return fmean(before), spread * math.sqrt(1 + 1 / len(before))


def _normal(far: float, freedom: float) -> float:
    """What Student's t is as a normal deviate: Wallace (1959), Annals of Mathematical Statistics.

    A spread that is estimated from few steps makes far values less rare.
    """
    turned = math.sqrt(freedom * math.log1p(far**2 / freedom))
    return turned * (8 * freedom + 1) / (8 * freedom + 3)


def _in_a_row(signs: Sequence[int]) -> int:
    """How many of the last signs are alike, and not 0."""
    count = 0
    for sign in reversed(signs):
        if not sign or sign != signs[-1]:
            break
        count += 1
    return count
