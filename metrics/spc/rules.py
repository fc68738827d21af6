"""The limits and the four rules of XmR charts, each a function of plain lists.

As in the R package NHSRplotthedots 0.2.2 (https://github.com/nhs-r-community/NHSRplotthedots).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_LIMIT = 2.66
_NEAR_LIMIT = 2 * (_LIMIT / 3)
_SCREEN = 3.267
_RUN = 7


@dataclass(frozen=True)
class Limits:
    """The mean, the process limits, and the near limits two thirds of the way to them."""

    mean: float
    lower: float
    upper: float
    near_lower: float
    near_upper: float


def process_limits(baseline: Sequence[float]) -> Limits:
    """The limits that `baseline` gives; NaN, and so nothing outside, from fewer than two points."""
    mean = _mean(baseline)
    ranges = [abs(after - before) for before, after in pairwise(baseline)]
    screen = _SCREEN * _mean(ranges)
    # The package keeps only ranges below the screen, and so has no limits for a constant series.
    spread = _mean([step for step in ranges if step <= screen])
    return Limits(
        mean=mean,
        lower=mean - _LIMIT * spread,
        upper=mean + _LIMIT * spread,
        near_lower=mean - _NEAR_LIMIT * spread,
        near_upper=mean + _NEAR_LIMIT * spread,
    )


def sides(values: Sequence[float], *, low: float, high: float) -> list[int]:
    """1 for each value above `high`, -1 below `low`, 0 between or at them."""
    return [(value > high) - (value < low) for value in values]


def seven_point_trend(values: Sequence[float]) -> list[int]:
    """1 for each value that is part of seven rising in a row, -1 of seven falling, else 0.

    A value at a turn belongs to the later trend.
    """
    steps = [(after > before) - (after < before) for before, after in pairwise(values)]
    return _part_of_runs(steps, length=_RUN - 1, points=len(values))


def seven_on_one_side(side: Sequence[int]) -> list[int]:
    """1 or -1 for each point that is part of seven in a row on that side of the mean, else 0."""
    return _part_of_runs(side, length=_RUN, points=len(side))


def two_in_three(side: Sequence[int], near: Sequence[bool]) -> list[int]:
    """1 or -1 for each near point in three on that side of the mean, two of them near a limit."""
    flags = [0] * len(side)
    for start in range(len(side) - 2):
        window = range(start, start + 3)
        if side[start] and len({side[at] for at in window}) == 1:
            close = [at for at in window if near[at]]
            for at in close if len(close) >= 2 else ():
                flags[at] = side[start]
    return flags


def _part_of_runs(signs: Sequence[int], *, length: int, points: int) -> list[int]:
    """For each of `points`, the sign of the run of `length` equal signs it is part of, else 0."""
    flags = [0] * points
    for start in range(len(signs) - length + 1):
        if signs[start] and len(set(signs[start : start + length])) == 1:
            flags[start : start + _RUN] = [signs[start]] * _RUN
    return flags


def _mean(values: Sequence[float]) -> float:
    if not values:
        return math.nan
    rough = math.fsum(values) / len(values)
    # As in R: a second pass, so that equal values have exactly themselves as mean.
    return rough + math.fsum(value - rough for value in values) / len(values)
