"""Where names stand, so that none lies on another."""

import math
from collections.abc import Sequence


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
