"""Statistical process control: XmR charts by the NHS "Making Data Count" rules.

Limits are mean ± 2.66 × the mean moving range, after moving ranges above 3.267 × their mean have
been screened out. A point is a signal when it is outside the limits, part of seven points in a row
that only rise or only fall, one of two in three points near the same limit, or part of seven in a
row on the same side of the mean. Rules and labels are those of the R package NHSRplotthedots 0.2.2
(https://github.com/nhs-r-community/NHSRplotthedots).

Plain Python: series are some tens of points, and importing this costs nothing.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar, get_args

from metrics.spc.rules import (
    Limits,
    process_limits,
    seven_on_one_side,
    seven_point_trend,
    sides,
    two_in_three,
)

_Given = TypeVar("_Given")
Improvement = Literal["increase", "decrease", "neutral"]
SpecialCause = Literal[
    "Common Cause",
    "Above UCL",
    "Below LCL",
    "7 Point Trend (Increasing)",
    "7 Point Trend (Decreasing)",
    "2 in 3 Above CL",
    "2 in 3 Below CL",
    "7 Points Above CL",
    "7 Points Below CL",
]
PointType = Literal[
    "common_cause",
    "special_cause_improvement",
    "special_cause_concern",
    "special_cause_neutral_high",
    "special_cause_neutral_low",
]
Assurance = Literal["consistent_pass", "consistent_fail", "inconsistent"]

SETTLED_POINTS = 12
"""Limits that rest on fewer points than this are preliminary."""


@dataclass(frozen=True)
class Reading:
    """What a reader sees: a word and an icon that says the same without colour."""

    word: str
    icon: str


POINT_READINGS: Mapping[PointType, Reading] = {
    "common_cause": Reading("Slumpvariation", "∼"),
    "special_cause_improvement": Reading("Förbättring", "✓"),
    "special_cause_concern": Reading("Försämring", "!"),
    "special_cause_neutral_high": Reading("Högre än väntat", "↑"),
    "special_cause_neutral_low": Reading("Lägre än väntat", "↓"),
}
ASSURANCE_READINGS: Mapping[Assurance, Reading] = {
    "consistent_pass": Reading("Når målet", "✓"),
    "consistent_fail": Reading("Når inte målet", "✗"),
    "inconsistent": Reading("Osäkert", "?"),
}
IMPROVEMENT: Mapping[str, Improvement] = {
    "lower": "decrease",
    "higher": "increase",
    "neutral": "neutral",
}
"""From an indicator's direction, which way is better, to the `improvement` of `xmr`."""


@dataclass(frozen=True)
class Options:
    """What `xmr` may be told. Raises ValueError, at construction, for what makes no sense."""

    improvement: Improvement
    target: float | None = None
    fix_after: int | None = None
    rebase_at: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.improvement not in get_args(Improvement):
            allowed = ", ".join(get_args(Improvement))
            raise ValueError(f"improvement must be one of {allowed}, got {self.improvement!r}")
        if self.target is not None and not math.isfinite(self.target):
            raise ValueError(f"target must be a number or None, got {self.target!r}")
        if self.fix_after is not None and self.fix_after < 2:
            raise ValueError(f"fix_after must be at least 2 points, got {self.fix_after!r}")
        if any(position < 1 for position in self.rebase_at):
            raise ValueError(f"rebase_at holds positions from 1, got {self.rebase_at!r}")


@dataclass(frozen=True)
class Point:
    """One point of a chart, with the limits in force there."""

    mean: float
    lower: float
    upper: float
    special_cause: SpecialCause
    point_type: PointType

    @property
    def reading(self) -> Reading:
        """The point in words: Förbättring, Försämring, Slumpvariation, …"""
        return POINT_READINGS[self.point_type]


@dataclass(frozen=True)
class Xmr:
    """A calculated chart: one element per value in each tuple; `kind` is xmr, u or p.

    Limits are NaN where a baseline has fewer than two points. `assurance` tells whether the
    target lies outside the last limits; it is None without a target, without points, and where
    neither direction is better. `preliminary`: the last limits rest on fewer than 12 points.
    """

    mean: tuple[float, ...]
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    special_cause: tuple[SpecialCause, ...]
    point_type: tuple[PointType, ...]
    assurance: Assurance | None
    preliminary: bool
    kind: str = "xmr"

    def point(self, position: int) -> Point:
        """The point at `position`, counted as in a tuple. Raises IndexError outside the chart."""
        return Point(
            mean=self.mean[position],
            lower=self.lower[position],
            upper=self.upper[position],
            special_cause=self.special_cause[position],
            point_type=self.point_type[position],
        )

    @property
    def last(self) -> Point | None:
        """The last point; None in an empty chart."""
        return self.point(-1) if self.mean else None

    @property
    def assurance_reading(self) -> Reading | None:
        """The target in words: Når målet, Når inte målet, Osäkert; None without assurance."""
        return None if self.assurance is None else ASSURANCE_READINGS[self.assurance]


def xmr(
    values: Sequence[float],
    *,
    improvement: Improvement,
    target: float | None = None,
    fix_after: int | None = None,
    rebase_at: Sequence[int] = (),
    gaps_at: Sequence[int] = (),
) -> Xmr:
    """The XmR chart of `values`, which are in time order and in the indicator's own unit.

    `fix_after` takes the limits from the first so many points (of each segment); `rebase_at`
    holds the 1-based positions where new limits start, and no rule looks across one; nor does any
    across `gaps_at`, the positions that do not follow upon the value before them.

    A missing period is not zero and has no place in a series: leave it out, and keep the periods
    of the values that remain. Raises ValueError for a value that is missing or not finite, and
    for options that make no sense.
    """
    options = Options(improvement, target, fix_after, tuple(rebase_at))
    for position, value in enumerate(values, start=1):
        if value is None or not math.isfinite(value):
            raise ValueError(f"value {position} is {value!r}: leave missing values out of a series")
    if any(position > len(values) for position in options.rebase_at):
        raise ValueError(f"rebase_at {options.rebase_at} is outside the {len(values)} values")
    baselines: list[Sequence[float]] = []

    def limits(segment: Sequence[float]) -> list[Limits]:
        baselines.append(segment[: options.fix_after])
        return [process_limits(baselines[-1])] * len(segment)

    chart = charted(
        values,
        value=float,
        limits=limits,
        kind="xmr",
        improvement=improvement,
        target=target,
        rebase_at=rebase_at,
        gaps_at=gaps_at,
    )
    return replace(chart, preliminary=not baselines or len(baselines[-1]) < SETTLED_POINTS)


def charted(
    given: Sequence[_Given],
    *,
    value: Callable[[_Given], float],
    limits: Callable[[Sequence[_Given]], list[Limits]],
    kind: str,
    improvement: Improvement,
    target: float | None,
    rebase_at: Sequence[int],
    gaps_at: Sequence[int] = (),
) -> Xmr:
    """A chart of what is `given`: its values against limits, segment by segment."""
    points: list[Point] = []
    last: Sequence[_Given] = ()
    for last in split(given, rebase_at):
        known = list(zip(map(value, last), limits(last) if last else (), strict=True))
        first = len(points)
        for run in split(known, [at - first for at in gaps_at if first < at <= first + len(last)]):
            points += _points([one for one, _ in run], [own for _, own in run], improvement)
    return Xmr(
        mean=tuple(point.mean for point in points),
        lower=tuple(point.lower for point in points),
        upper=tuple(point.upper for point in points),
        special_cause=tuple(point.special_cause for point in points),
        point_type=tuple(point.point_type for point in points),
        assurance=_assurance(points[-1], target, improvement) if points else None,
        preliminary=len(last) < SETTLED_POINTS,
        kind=kind,
    )


def point_type(cause: SpecialCause, improvement: Improvement) -> PointType:
    """Whether a special cause is for better or worse, or just high or low."""
    if cause == "Common Cause":
        return "common_cause"
    high = "Above" in cause or "Increasing" in cause
    if improvement == "neutral":
        return "special_cause_neutral_high" if high else "special_cause_neutral_low"
    better = high == (improvement == "increase")
    return "special_cause_improvement" if better else "special_cause_concern"


def _points(
    values: Sequence[float], limits: Sequence[Limits], improvement: Improvement
) -> list[Point]:
    by_point = list(zip(values, limits, strict=True))
    side = [sides([v], low=at.mean, high=at.mean)[0] for v, at in by_point]
    outside = [sides([v], low=at.lower, high=at.upper)[0] for v, at in by_point]
    beyond_near = [sides([v], low=at.near_lower, high=at.near_upper)[0] for v, at in by_point]
    near = [bool(far) and not out for far, out in zip(beyond_near, outside, strict=True)]
    # The first rule that a point breaks names it.
    rules: tuple[tuple[list[int], SpecialCause, SpecialCause], ...] = (
        (outside, "Above UCL", "Below LCL"),
        (seven_point_trend(values), "7 Point Trend (Increasing)", "7 Point Trend (Decreasing)"),
        (two_in_three(side, near), "2 in 3 Above CL", "2 in 3 Below CL"),
        (seven_on_one_side(side), "7 Points Above CL", "7 Points Below CL"),
    )
    points = []
    for at in range(len(values)):
        broken = (high if flags[at] > 0 else low for flags, high, low in rules if flags[at])
        cause: SpecialCause = next(broken, "Common Cause")
        kind = point_type(cause, improvement)
        own = limits[at]
        points.append(Point(own.mean, own.lower, own.upper, cause, kind))
    return points


def _assurance(last: Point, target: float | None, improvement: Improvement) -> Assurance | None:
    if target is None or improvement == "neutral":
        return None
    position = sides([target], low=last.lower, high=last.upper)[0]
    if position == 0:
        return "inconsistent"
    met = (position > 0) == (improvement == "decrease")
    return "consistent_pass" if met else "consistent_fail"


def split(values: Sequence[_Given], rebase_at: Sequence[int]) -> list[Sequence[_Given]]:
    """The values in stretches that begin at the 1-based positions, and at the first."""
    starts = sorted({0, *(position - 1 for position in rebase_at)})
    ends = [*starts[1:], len(values)]
    return [values[start:end] for start, end in zip(starts, ends, strict=True)]
