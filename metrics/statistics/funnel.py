"""Counts per 10 000 inhabitants on a funnel plot, with exact Poisson control limits.

Each municipality is held against the rate of all of them together, those whose count is hidden too:
without them, since few are what is hidden, the rate would be too high. If it had that rate, its
count would be Poisson distributed with mean rate * inhabitants; it stands outside the limits where
so high, or so low, a count then has a probability below 2.5 % (the 95 % limits) or 0.1 % (99.8 %).
These are the exact limits of Spiegelhalter, Funnel plots for comparing institutional performance
(Statistics in Medicine 2005), A.1.1, with the count itself as the test instead of an interpolation
of it: a count is outside exactly when it is outside `scipy.stats.poisson.ppf`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from metrics.statistics.poisson import lower_limit, upper_limit

Position = Literal["inside", "above_95", "above_998", "below_95", "below_998"]
PER = 10_000
"""Rates are counts per so many inhabitants."""
_INNER_TAIL = 0.025
_OUTER_TAIL = 0.001
_CURVE_POINTS = 80


@dataclass(frozen=True)
class FunnelLimits:
    """The control limits at some number of inhabitants, per 10 000 of them."""

    lower_998: float
    lower_95: float
    upper_95: float
    upper_998: float

    def position(self, rate: float) -> Position:
        """Where a rate, per 10 000, stands against the limits; on a limit is inside."""
        if rate > self.upper_95:
            return "above_998" if rate > self.upper_998 else "above_95"
        if rate < self.lower_95:
            return "below_998" if rate < self.lower_998 else "below_95"
        return "inside"


@dataclass(frozen=True, kw_only=True)
class FunnelPoint:
    """A place on the funnel plot; `rate` is per 10 000 inhabitants."""

    place: str
    name: str
    count: int
    inhabitants: int
    rate: float
    limits: FunnelLimits

    @property
    def position(self) -> Position:
        """Where the place stands against the limits at its own number of inhabitants."""
        return self.limits.position(self.rate)


@dataclass(frozen=True, kw_only=True)
class Funnel:
    """The places, in the order given, and the limits between fewest and most inhabitants.

    `rate` is what they are held against, per 10 000 inhabitants. `curve` has pairs of
    inhabitants and limits, evenly spaced on a logarithmic scale; it is empty without places.
    """

    rate: float
    points: tuple[FunnelPoint, ...]
    curve: tuple[tuple[int, FunnelLimits], ...]


# A page draws the same funnel again at every choice that is made on it.
@lru_cache(maxsize=4096)
def limits(*, rate: float, inhabitants: int) -> FunnelLimits:
    """The 95 % and 99.8 % limits around `rate`, counts per 10 000, for so many inhabitants.

    Raises ValueError without inhabitants, and for a rate below 0.
    """
    if inhabitants < 1:
        raise ValueError(f"inhabitants must be at least 1, got {inhabitants!r}")
    mean = rate * inhabitants / PER
    per = PER / inhabitants
    return FunnelLimits(
        lower_998=lower_limit(mean, _OUTER_TAIL) * per,
        lower_95=lower_limit(mean, _INNER_TAIL) * per,
        upper_95=upper_limit(mean, _INNER_TAIL) * per,
        upper_998=upper_limit(mean, _OUTER_TAIL) * per,
    )


def funnel(
    counts: Mapping[str, int],
    *,
    inhabitants: Mapping[str, int],
    names: Mapping[str, str],
    rate: float | None = None,
) -> Funnel:
    """The funnel plot of `counts`, all by the key of a place, around `rate`, else their own.

    Every place with a count needs inhabitants and a name; raises KeyError where it has none.
    A place that did not report has no count, which is not the same as a count of 0.
    """
    if not counts:
        return Funnel(rate=0.0, points=(), curve=())
    people = {place: inhabitants[place] for place in counts}
    if rate is None:
        rate = sum(counts.values()) * PER / sum(people.values())
    points = tuple(
        FunnelPoint(
            place=place,
            name=names[place],
            count=count,
            inhabitants=people[place],
            rate=count * PER / people[place],
            limits=limits(rate=rate, inhabitants=people[place]),
        )
        for place, count in counts.items()
    )
    sizes = _spaced(min(people.values()), max(people.values()))
    curve = tuple((size, limits(rate=rate, inhabitants=size)) for size in sizes)
    return Funnel(rate=rate, points=points, curve=curve)


def _spaced(fewest: int, most: int) -> Sequence[int]:
    steps = range(_CURVE_POINTS + 1)
    sizes = (round(fewest * (most / fewest) ** (step / _CURVE_POINTS)) for step in steps)
    return list(dict.fromkeys(sizes))
