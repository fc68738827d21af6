"""Where names stand, so that none lies on another, where limits and a scale end."""

import math
from collections.abc import Sequence

import pandas as pd

# Bars beyond this share of the values do not set the scale where they are far beyond, so that one
# does not squeeze all the others.
_WITHIN_SCALE = 0.95
_HEADROOM = 1.1
_FAR = 1.5


def apart(
    heights: Sequence[float], gap: float, *, low: float = -math.inf, high: float
) -> list[float]:
    """The heights moved as little as needed to stand `gap` apart between `low` and `high`."""
    order = sorted(range(len(heights)), key=lambda at: heights[at])
    moved = list(heights)
    floor = low
    for at in order:
        moved[at] = max(moved[at], floor)
        floor = moved[at] + gap
    ceiling = high
    for at in reversed(order):
        moved[at] = min(moved[at], ceiling)
        ceiling = moved[at] - gap
    return moved


def sides(points: pd.DataFrame) -> list[pd.DataFrame]:
    """A series in the stretches that have limits of their own: before and from each of `starts`."""
    if "starts" not in points:
        return [points]
    return [side for _, side in points.groupby(points["starts"].cumsum())]


def scale_end(values: pd.Series, *, at_least: float = 0.0) -> float:
    """Where the scale of bars ends: at the highest value, or before those far beyond the others."""
    known = values.dropna()
    highest = max(float(known.max()) if len(known) else 0.0, at_least, 1e-9)
    if known.empty:
        return highest
    usual = max(_HEADROOM * float(known.quantile(_WITHIN_SCALE)), at_least, 1e-9)
    return usual if highest > _FAR * usual else highest
