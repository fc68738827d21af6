"""Which control chart an indicator of a place has, and why: XmR, or u or p for small counts."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from metrics.catalogue import Indicator
from metrics.spc.attribute_charts import SMALL, attribute_chart, fits
from metrics.spc.xmr import IMPROVEMENT, SETTLED_POINTS, Xmr, split, xmr
from swedish.periods import previous_period

FEWEST = 6
"""Fewer values than this are not read against each other at all."""
MOST_HIDDEN = 0.25
"""Where a larger share of the periods is hidden, those that are shown are not read together."""
_PRELIMINARY = (
    f"Färre än {SETTLED_POINTS} värden ger preliminära gränser, färre än {FEWEST} inga. Inga "
    "gränser har heller det som är noll minst hälften av gångerna, eller till stor del skyddat."
)
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
    "hidden": "En stor del av perioderna är skyddade, så de som visas kan inte läsas mot varandra.",
    "zeros": "Minst hälften av värdena är noll, så det finns inga gränser att läsa dem mot.",
    "flat": "Värdena varierar för lite för att ge gränser att läsa dem mot.",
    "begun": "Gränserna har börjat om, och det finns ännu för få värden att räkna dem ur.",
}
"""What is said beside a chart, by the kind that it is."""
UNREAD = {
    "none": WHICH["none"],
    "hidden": WHICH["hidden"],
    "zeros": WHICH["zeros"],
    "flat": WHICH["flat"],
    "begun": "Det finns för få värden sedan gränserna började om för att bedöma variationen.",
}
"""Why a value is not judged, by the kind of its chart; else there are too few values."""


@dataclass(frozen=True, kw_only=True)
class Series:
    """A place's whole values in time order, with what they are made of: those that can be judged.

    `tops` and `bottoms` are NaN where there are none; a count without a bottom is a count of one
    and the same whole each time. `hidden` is how many periods of the series are protected.
    """

    periods: Sequence[str]
    values: Sequence[float]
    tops: Sequence[float]
    bottoms: Sequence[float]
    hidden: int = 0


def control_chart(chosen: Indicator, series: Series, *, rebase_at: Sequence[int] = ()) -> Xmr:
    """The chart of a series, with limits only where it can carry them.

    Without limits (NaN) are stretches of fewer than FEWEST values, of mostly zeros or of no spread
    at all, and a series of which a considerable part is hidden: what is shown of it is not what
    chance would choose. Limits are within what the values can be, and nothing is in a row over a
    period that is not there.
    """
    values = series.values
    if chosen.chart == "none" or _much_hidden(series):
        # Each by itself has no limits to be read against, and no mean: it would be the value, drawn
        # on through the periods that are hidden.
        alone = tuple(range(2, len(values) + 1))
        kind = "none" if chosen.chart == "none" else "hidden"
        chart = xmr(values, improvement="neutral", rebase_at=alone)
        return replace(chart, kind=kind, mean=(math.nan,) * len(values))
    chart = _charted(chosen, series, rebase_at)
    return _readable(_within(chart, most=chosen.most), values, rebase_at)


def _charted(chosen: Indicator, series: Series, rebase_at: Sequence[int]) -> Xmr:
    improvement = IMPROVEMENT[chosen.direction]
    gaps = [
        at
        for at, (before, now) in enumerate(pairwise(series.periods), start=2)
        if previous_period(now) != before
    ]
    known = [1.0 if math.isnan(bottom) else bottom for bottom in series.bottoms]
    whole = known if chosen.chart == "p" else None
    countable = (
        chosen.chart in ("u", "p")
        and not any(map(math.isnan, series.tops))
        and all(bottom > 0 for bottom in known)
    )
    if countable and fits(series.tops, whole):
        return attribute_chart(
            "p" if chosen.chart == "p" else "u",
            series.tops,
            known,
            per=chosen.per if chosen.calculation == "ratio" else 1,
            improvement=improvement,
            target=chosen.target,
            rebase_at=rebase_at,
            gaps_at=gaps,
        )
    return xmr(
        series.values,
        improvement=improvement,
        target=chosen.target,
        rebase_at=rebase_at,
        gaps_at=gaps,
    )


def _much_hidden(series: Series) -> bool:
    return series.hidden > MOST_HIDDEN * (series.hidden + len(series.values))


def _within(chart: Xmr, *, most: float) -> Xmr:
    """The chart with limits that values can reach: not below nothing, no share above its whole."""
    return replace(
        chart,
        lower=tuple(max(limit, 0.0) for limit in chart.lower),
        upper=tuple(min(limit, most) for limit in chart.upper),
    )


def _readable(chart: Xmr, values: Sequence[float], rebase_at: Sequence[int]) -> Xmr:
    """The chart without the limits and signals of stretches that cannot carry them."""
    reasons = []
    for stretch in split(range(len(values)), rebase_at):
        poor = _poor([values[at] for at in stretch]) or _beside(chart, values, stretch)
        if poor == "few" and any(stretch[:1]):
            poor = "begun"
        reasons += [(at, poor or _flat(chart, at)) for at in stretch]
    blank = {at for at, why in reasons if why}
    if not blank:
        return chart
    last = reasons[-1][1]

    def limits(known: tuple[float, ...]) -> tuple[float, ...]:
        return tuple(math.nan if at in blank else one for at, one in enumerate(known))

    return replace(
        chart,
        mean=limits(chart.mean),
        lower=limits(chart.lower),
        upper=limits(chart.upper),
        special_cause=tuple(
            "Common Cause" if at in blank else one for at, one in enumerate(chart.special_cause)
        ),
        point_type=tuple(
            "common_cause" if at in blank else one for at, one in enumerate(chart.point_type)
        ),
        assurance=None if last else chart.assurance,
        kind=last if last in UNREAD else chart.kind,
    )


def _poor(stretch: Sequence[float]) -> str:
    """Why a stretch of values has no limits; empty where it may have."""
    if len(stretch) < FEWEST:
        return "few"
    return "zeros" if 2 * stretch.count(0) >= len(stretch) else ""


def _beside(chart: Xmr, values: Sequence[float], stretch: Sequence[int]) -> str:
    """Why a stretch has no limits where nearly all of it lies outside them, as its last value does.

    One value far from others that are much alike gives such: what is usual is then no signal.
    """
    sides = [(values[at] > chart.upper[at]) - (values[at] < chart.lower[at]) for at in stretch]
    return "flat" if sides[-1] and 4 * sides.count(sides[-1]) > 3 * len(sides) else ""


def _flat(chart: Xmr, at: int) -> str:
    return "" if chart.upper[at] - chart.lower[at] > 0 else "flat"
