"""Charts of counts: u for cases by what they are counted over, p for parts of a whole.

The spread follows from the counts themselves (Poisson and binomial), so that each point has limits
of its own: mean ± 3 √(mean / n), and for a share mean ± 3 √(mean (1 − mean) / n). Montgomery,
Introduction to Statistical Quality Control, chapter 7. The four rules are those of `metrics.spc`.
"""

import math
from collections.abc import Sequence
from statistics import median
from typing import Literal

from metrics.spc.rules import Limits
from metrics.spc.xmr import Improvement, Xmr, charted

Kind = Literal["u", "p"]
SMALL = 20
"""Below this many in a usual period, counts are too few for XmR, which takes them for a measure."""


def fits(tops: Sequence[float], wholes: Sequence[float] | None) -> bool:
    """Whether counts are so small that a chart of counts fits better than XmR.

    Of a share, the rarer of the two sides is what may be small.
    """
    if not tops:
        return False
    rare = tops if wholes is None else [min(t, w - t) for t, w in zip(tops, wholes, strict=True)]
    return median(rare) < SMALL


def attribute_chart(
    kind: Kind,
    tops: Sequence[float],
    bottoms: Sequence[float],
    *,
    per: float,
    improvement: Improvement,
    target: float | None = None,
    rebase_at: Sequence[int] = (),
    gaps_at: Sequence[int] = (),
) -> Xmr:
    """The chart of `per` × top / bottom, with limits that follow each bottom.

    Raises ValueError for a bottom that is not above 0, and for parts greater than their wholes.
    """
    if any(bottom <= 0 for bottom in bottoms) or min(tops, default=0) < 0:
        raise ValueError("counts need something above 0 to be counted over")
    if kind == "p" and any(top > bottom for top, bottom in zip(tops, bottoms, strict=True)):
        raise ValueError("a part is greater than its whole")
    points = list(zip(tops, bottoms, strict=True))

    def limits(segment: Sequence[tuple[float, float]]) -> list[Limits]:
        mean = math.fsum(top for top, _ in segment) / math.fsum(size for _, size in segment)
        return [_limits(kind, mean, size, per) for _, size in segment]

    return charted(
        points,
        value=lambda point: per * point[0] / point[1],
        limits=limits,
        kind=kind,
        improvement=improvement,
        target=target,
        rebase_at=rebase_at,
        gaps_at=gaps_at,
    )


def _limits(kind: Kind, mean: float, size: float, per: float) -> Limits:
    spread = math.sqrt(mean * (1 - mean) / size if kind == "p" else mean / size)
    most = 1.0 if kind == "p" else math.inf
    low, high = max(0.0, mean - 3 * spread), min(most, mean + 3 * spread)
    near = max(0.0, mean - 2 * spread), min(most, mean + 2 * spread)
    return Limits(per * mean, per * low, per * high, per * near[0], per * near[1])
