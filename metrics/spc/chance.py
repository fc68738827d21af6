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
# Of fewer values it is not known whether they follow on each other, of fewer years no season.
_FEWEST, _FEWEST_YEARS = 8, 2
_MOST_ALIKE = 0.9


def chance(series: Series, chart: Xmr, *, begins: int = 0) -> float:
    """The chance of so strong a signal at the last value, 1 where it is none.

    `begins` is where the last limits begin. The strongest of the four rules counts, times four,
    since each of them has had its chance. What is as far from the same month of earlier years as
    values are without a cause is the season's, and none.
    """
    last = chart.last
    if last is None or math.isnan(last.upper) or last.special_cause == "Common Cause":
        return 1.0
    values, means = series.values[begins:], chart.mean[begins:]
    run = _in_a_row([(v > m) - (v < m) for v, m in zip(values, means, strict=True)])
    steps = _in_a_row([(b > a) - (b < a) for a, b in pairwise(values)]) + 1
    follows = _follows(values[: -max(run, 1)])
    near = last.special_cause.startswith("2 in 3") and not follows
    chances = (
        _of_value(series, chart, begins, follows),
        _on_same_side(follows) ** (run - 1),
        2 / math.factorial(steps) if steps > 2 else 1.0,
        _TWO_IN_THREE if near else 1.0,
    )
    if _of_season(series, begins, follows) > BY_CHANCE:
        return 1.0
    return min(1.0, _RULES * min(chances))


def _follows(before: Sequence[float]) -> float:
    """How much each value follows on the one before it: their correlation, 0 where none is plain.

    Of what was before the last run, so that a level that has changed is not taken for it. That of a
    short series is too low by about (1 + 3 r) / n: Kendall (1954), Biometrika 41: 403.
    """
    n = len(before)
    if n < _FEWEST:
        return 0.0
    mean = fmean(before)
    varies = math.fsum((value - mean) ** 2 for value in before)
    together = math.fsum((a - mean) * (b - mean) for a, b in pairwise(before))
    found = together / varies if varies else 0.0
    return min(_MOST_ALIKE, found + (1 + 3 * found) / n) if found > 1 / math.sqrt(n) else 0.0


def _on_same_side(follows: float) -> float:
    """How likely a value is to be on the same side of the mean as the one before: Sheppard."""
    return 0.5 + math.asin(follows) / math.pi


def _of_season(series: Series, begins: int, follows: float) -> float:
    """The chance of a value so far from those of the same month, or quarter, of earlier years.

    0 where that is not known: of fewer than two of them, of years, and of values all alike.
    """
    periods, values = series.periods[begins:], series.values[begins:]
    part = periods[-1][4:]
    earlier = [one for at, one in zip(periods[:-1], values[:-1], strict=True) if at[4:] == part]
    if not part or len(earlier) < _FEWEST_YEARS or len({*values[:-1]}) == 1:
        return 0.0
    return _of_spread(values, follows, like=earlier)


def _of_value(series: Series, chart: Xmr, begins: int, follows: float) -> float:
    """The chance of a value so far from those before it, on either side."""
    values = series.values[begins:]
    far = _of_spread(values, follows, like=values[:-1])
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


def _of_spread(values: Sequence[float], follows: float, *, like: Sequence[float]) -> float:
    """The chance of the last value, by how much those before it differ: it is to be `like` some."""
    if len(values) < 3:
        return 1.0
    spread = _spread(values[:-1], follows)
    if min(values) >= 0 and fmean(values[:-1]) < 3 * spread * math.sqrt(1 + 1 / len(values[:-1])):
        # Where three deviations down is below 0 the values are skew; their roots are less so.
        values, like = ([math.sqrt(value) for value in some] for some in (values, like))
        spread = _spread(values[:-1], follows)
    if not spread:
        return 1.0
    far = abs(values[-1] - fmean(like)) / (spread * math.sqrt(1 + 1 / len(like)))
    return 2 * NormalDist().cdf(-_normal(far, _FREEDOM * (len(values) - 2)))


def _spread(before: Sequence[float], follows: float) -> float:
    """The deviation that the steps between values say; where they follow on each other they are
    shorter than those of values that do not."""
    return fmean(abs(b - a) for a, b in pairwise(before)) / _SPREAD / math.sqrt(1 - follows)


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
