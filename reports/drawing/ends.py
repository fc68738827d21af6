"""The ends of a scale that shows how a series varies, and what then lies outside the picture."""

import math

from reports.model import FunnelChart, SeriesChart

_MARGIN = 0.15
_NEAR = 0.6


def series_ends(chart: SeriesChart) -> tuple[float, float]:
    """The bottom and the top: all values and limits, and the target where it lies near them."""
    columns = chart.frame[["value", "mean", "lower", "upper"]]
    low, high = float(columns.min().min()), float(columns.max().max())
    if math.isnan(low):
        low, high = 0.0, 1.0
    span = (high - low) or abs(high) or 1.0
    target = float(chart.frame["target"].max())
    if low - _NEAR * span <= target <= high + _NEAR * span:
        low, high = min(low, target), max(high, target)
    bottom = low - _MARGIN * span
    return (max(bottom, 0.0) if low >= 0 else bottom), high + _MARGIN * span


def outside(chart: SeriesChart) -> str:
    """`Gränsen 3,0 ligger utanför bilden.`; empty where there is no target, or it is in it."""
    target = float(chart.frame["target"].max())
    low, high = series_ends(chart)
    if math.isnan(target) or low <= target <= high:
        return ""
    return f"{chart.target_text} ligger utanför bilden."


def funnel_top(chart: FunnelChart) -> float:
    """The top of the scale: every place, and as much of the limits as that leaves room for."""
    highest = [chart.rate, chart.points["rate"].max(), chart.curve["upper_998"].median()]
    return 1.1 * float(max(highest))
