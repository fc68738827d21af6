"""Which control chart an indicator of a place has, and why: XmR, or u or p for small counts."""

import math
from collections.abc import Sequence

from metrics.catalogue import Indicator
from metrics.spc.attribute_charts import SMALL, attribute_chart, fits
from metrics.spc.xmr import IMPROVEMENT, SETTLED_POINTS, Xmr, xmr

_PRELIMINARY = f"Färre än {SETTLED_POINTS} värden ger preliminära gränser."
_XMR = (
    "XmR: varje värde mot gränserna medel ± 2,66 × medelskillnaden mellan två värden i följd. "
    f"{_PRELIMINARY}"
)
_SMALL = f"där antalen är små (färre än {SMALL} i en vanlig period)"
NOTES = {
    "xmr": _XMR,
    "u": f"u-diagram {_SMALL}: gränserna är medel ± 3 gånger spridningen som antalen själva ger "
    f"(Poisson). Annars {_XMR}",
    "p": f"p-diagram {_SMALL}: gränserna är medel ± 3 gånger spridningen som andelar av så många "
    f"ger (binomial). Annars {_XMR}",
    "none": "Inget: nyare perioder har haft kortare tid på sig att bli klara, så perioderna kan "
    "inte läsas mot varandra.",
}
"""What chart an indicator has, by its `chart` in the catalogue, for its definition."""
WHICH = {
    "xmr": "Diagrammet är XmR: gränserna bygger på hur mycket värdena brukar skilja sig från "
    "period till period.",
    "u": "Diagrammet är ett u-diagram, eftersom antalen är små: gränserna bygger på hur mycket så "
    "små antal varierar av slump.",
    "p": "Diagrammet är ett p-diagram, eftersom antalen bakom andelen är små: gränserna bygger på "
    "hur mycket andelar av så få varierar av slump.",
    "none": "Perioderna kan inte läsas mot varandra: nyare har haft kortare tid på sig att bli "
    "klara.",
}
"""What is said beside a chart, by the kind that it is."""


def control_chart(
    chosen: Indicator,
    values: Sequence[float],
    *,
    tops: Sequence[float],
    bottoms: Sequence[float],
    rebase_at: Sequence[int] = (),
) -> Xmr:
    """The chart of a place's known values in time order, with what they are made of.

    `tops` and `bottoms` are NaN where there are none; a count without a bottom is a count of one
    and the same whole each time.
    """
    improvement = IMPROVEMENT[chosen.direction]
    if chosen.chart == "none":
        # Each by itself has no limits to be read against.
        alone = tuple(range(2, len(values) + 1))
        return _unread(xmr(values, improvement="neutral", rebase_at=alone))
    known = [1.0 if math.isnan(bottom) else bottom for bottom in bottoms]
    whole = known if chosen.chart == "p" else None
    countable = (
        chosen.chart in ("u", "p")
        and not any(map(math.isnan, tops))
        and all(bottom > 0 for bottom in known)
    )
    if countable and fits(tops, whole):
        return attribute_chart(
            "p" if chosen.chart == "p" else "u",
            tops,
            known,
            per=chosen.per if chosen.calculation == "ratio" else 1,
            improvement=improvement,
            target=chosen.target,
            rebase_at=rebase_at,
        )
    return xmr(values, improvement=improvement, target=chosen.target, rebase_at=rebase_at)


def _unread(chart: Xmr) -> Xmr:
    return Xmr(**{**vars(chart), "kind": "none"})
