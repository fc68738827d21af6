"""A place's values read in their control chart: which can be judged, and what the last one says."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from metrics.breaks import breaks, compares_across, starts
from metrics.catalogue import Indicator
from metrics.spc.chance import chance
from metrics.spc.control import Series, control_chart
from metrics.spc.xmr import Point, PointType, Xmr
from metrics.values import Value
from reference import Event
from warehouse.journal import new_limits
from warehouse.journal.new_limits import NewLimits


@dataclass(frozen=True)
class Judged:
    """The values of a place that can be judged, oldest first, and their chart.

    `rebased` are the new limits and `broken` the breaks among them: at the positions `starts`, from
    1, limits begin anew.
    """

    known: Sequence[Value]
    rebased: tuple[NewLimits, ...]
    broken: tuple[Event, ...]
    starts: Sequence[int]
    chart: Xmr

    @property
    def chance(self) -> float:
        """How likely chance alone is to give the signal of the last value, 1 where it is none."""
        begins = max(self.starts, default=1) - 1
        return chance(_series(self.known), self.chart, begins=begins)


def judged(chosen: Indicator, observed: Sequence[Value]) -> Judged:
    """A place's values, oldest first, in the chart of their indicator."""
    known = _whole(observed)
    rebased, broken = _rebased(chosen, known), _broken(chosen, known)
    begun = sorted({*_begins(known, rebased), *starts(broken, [one.period for one in known])})
    hidden = sum(one.status == "confidential" for one in observed)
    series = _series(known, hidden=hidden)
    chart = control_chart(chosen, series, rebase_at=begun)
    return Judged(known, rebased, broken, begun, chart)


def reading_of(point: Point) -> PointType | None:
    """What a point says; None without limits to read it against."""
    return None if math.isnan(point.upper) else point.point_type


def latest_point_type(
    chosen: Indicator, *, period: str, observed: Sequence[Value]
) -> PointType | None:
    """The reading of a period in the chart of one place's values, oldest first.

    None where the period is not the last whole value, or there are too few for limits.
    """
    known = _whole(observed)
    if not known or known[-1].period != period:
        return None
    last = judged(chosen, observed).chart.last
    return None if last is None else reading_of(last)


def latest_chance(chosen: Indicator, *, observed: Sequence[Value]) -> float:
    """How likely chance alone is to give the signal of the last whole value of a place's."""
    return judged(chosen, observed).chance


def _whole(observed: Sequence[Value]) -> list[Value]:
    """The values that can be judged: one that lacks a part is no point of the same series."""
    return [one for one in observed if one.value is not None and one.status == "ok"]


def _rebased(chosen: Indicator, known: Sequence[Value]) -> tuple[NewLimits, ...]:
    """The new limits that have begun among the known periods of one place."""
    if not known:
        return ()
    started = new_limits.in_force(indicator=chosen.key, place=known[0].place)
    return tuple(one for one in started if known[0].period < one.period <= known[-1].period)


def _broken(chosen: Indicator, known: Sequence[Value]) -> tuple[Event, ...]:
    """The breaks among the known periods of one place."""
    if not known:
        return ()
    first, last = known[0].period, known[-1].period
    touched = breaks(chosen.dataset, place=known[0].place)
    return tuple(event for event in touched if compares_across(event, first, last))


def _series(known: Sequence[Value], *, hidden: int = 0) -> Series:
    return Series(
        periods=[one.period for one in known],
        values=[_number(one.value) for one in known],
        tops=[_number(one.numerator) for one in known],
        bottoms=[_number(one.denominator) for one in known],
        hidden=hidden,
    )


def _begins(known: Sequence[Value], rebased: Sequence[NewLimits]) -> list[int]:
    """The positions, from 1, where new limits begin."""
    return [1 + sum(one.period < new.period for one in known) for new in rebased]


def _number(value: float | None) -> float:
    return math.nan if value is None else value
