"""Which signals are too strong to be chance among all that are looked through, worked out anew."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from statistics import fmean

import numpy as np
from scipy import stats

import reference
from metrics.catalogue import indicators
from tests.said.facts import Facts, Read, level_of

# An indicator and a place.
Series = tuple[str, str]
_FALSE = 0.10


@dataclass(frozen=True)
class Among:
    """Series looked through together: how many can be judged, and the signals that may be told.

    Those that are `sure` must be; a little to either side of the limit both are right, since the
    program comes near Student's t and is not it.
    """

    looked: int
    told: dict[Series, Read]
    sure: frozenset[Series] = frozenset()


def board(known: Facts, month: str, places: Iterable[str] | None = None) -> dict[Series, str]:
    """What Översikt looks through in a month: indicators of the county and areas, each with the
    last of its periods that had ended."""
    shown = [*places] if places else ["lan", *(area.key for area in reference.areas())]
    return {
        (key, place): known.last(one, month)
        for key, one in indicators().items()
        if "area" in one.levels and any(key == at for at, *_ in known.of)
        for place in shown
        if level_of(place) in one.levels
    }


def among(known: Facts, series: dict[Series, str]) -> Among:
    """What is told of series that are looked through together, each in its own period."""
    judged, chances = {}, {}
    for (key, place), period in series.items():
        reads = known.reads(key, place, period)
        if reads and reads[-1].period == period and not reads[-1].unread:
            judged[key, place] = reads[-1]
            if reads[-1].cause:
                chances[key, place] = _chance(known, key, place, reads)
    if not judged:
        return Among(0, {})
    silent = [1.0] * (len(judged) - len(chances))
    rates = stats.false_discovery_control([*chances.values(), *silent])
    by = dict(zip(chances, rates, strict=False))
    told = {at: judged[at] for at, rate in by.items() if rate <= 1.1 * _FALSE}
    sure = frozenset(at for at, rate in by.items() if rate <= 0.9 * _FALSE)
    return Among(len(judged), told, sure)


def _chance(known: Facts, key: str, place: str, reads: Sequence[Read]) -> float:
    """How likely chance is to give a signal so strong: its best rule, of four that could.

    None where it is not that far from the same month or quarter of earlier years.
    """
    own = [one for one in reads if one.stretch == reads[-1].stretch]
    values = [one.value for one in own]
    run = _in_a_row([(one.value > one.mean) - (one.value < one.mean) for one in own])
    steps = _in_a_row([(b > a) - (b < a) for a, b in pairwise(values)]) + 1
    follows = _follows(values[: len(values) - max(run, 1)])
    beyond = _of_distance(values, follows, values[:-1])
    rules = [
        _of_count(known, key, place, own, beyond) if own[-1].small else beyond,
        (0.5 + math.asin(follows) / math.pi) ** (run - 1),
        2 / math.factorial(steps) if steps > 2 else 1.0,
        0.004 if own[-1].cause.startswith("nära") and not follows else 1.0,
    ]
    season = [one.value for one in own[:-1]
              if one.period[4:] and one.period[4:] == own[-1].period[4:]]  # fmt: skip
    alike = len(season) < 2 or min(values[:-1]) == max(values[:-1])
    usual = 0.0 if alike else _of_distance(values, follows, season)
    return 1.0 if usual > 0.02 else min(1.0, 4 * min(rules))


def _in_a_row(signs: Sequence[int]) -> int:
    last = signs[-1] if signs else 0
    return len([*takewhile(lambda sign: sign == last, reversed(signs))]) if last else 0


def _follows(before: Sequence[float]) -> float:
    """The correlation of neighbours where it is beyond one deviation of none, and mended for how
    short the series is."""
    n = len(before)
    if n < 8 or min(before) == max(before):
        return 0.0
    apart = np.array(before) - np.mean(before)
    found = float(apart[1:] @ apart[:-1] / (apart @ apart))
    return min(0.9, found + (1 + 3 * found) / n) if found > n**-0.5 else 0.0


def _of_distance(values: Sequence[float], follows: float, like: Sequence[float]) -> float:
    """Student's t of one more value, the spread being what the steps before it say."""
    if len(values) < 3:
        return 1.0

    def spread(some: Sequence[float]) -> float:
        steps = np.abs(np.diff(some[:-1]))
        return float(steps.mean()) / 1.128 / math.sqrt(1 - follows)

    # What lies so near 0 is skew, and its roots are less so.
    usual = fmean(values[:-1])
    if min(values) >= 0 and usual < 3 * spread(values) * math.sqrt(1 + 1 / (len(values) - 1)):
        values, like = np.sqrt(values).tolist(), np.sqrt(like).tolist()
    if not spread(values):
        return 1.0
    far = abs(values[-1] - fmean(like)) / spread(values) / math.sqrt(1 + 1 / len(like))
    return float(2 * stats.t.sf(far, 0.62 * (len(values) - 2)))


def _of_count(known: Facts, key: str, place: str, own: Sequence[Read], beyond: float) -> float:
    """Poisson's chance of the last count; where those before vary more than so, that of its
    distance too."""
    about, last = indicators()[key], own[-1]
    row = known.row(key, place, last.period)
    top, bottom = row.numerator or 0.0, 1.0 if row.denominator is None else row.denominator
    expected = last.mean * bottom / (about.per if about.calculation == "ratio" else 1)
    if about.chart == "p" and last.value and 2 * top > bottom:
        top, expected = bottom - top, bottom - expected
    tails = (stats.poisson.cdf(top, expected), stats.poisson.sf(top - 1, expected))
    likely = min(1.0, 2 * float(min(tails))) if expected > 0 else 1.0
    far = [(one.value - one.mean) / max(one.upper - one.mean, one.mean - one.lower)
           for one in own[:-1]]  # fmt: skip
    spread = fmean(9 * one**2 for one in far) if far else 1.0
    return max(likely, beyond) if spread > 1.5 else likely
