"""Swedish sentences from finished numbers: the text beside a chart, and its alternative text.

A change is mentioned only where the SPC chart signals one, and incomplete data is said to be so.
Everything is compared as it is shown: two values that read the same are a tie. `unit` is what
follows a number in running text, such as "dagar", "procent" or "dagar i genomsnitt"; "antal"
needs no word. None and NaN are missing values, never zero.
"""

import math
from collections.abc import Mapping, Sequence

from metrics.spc.control import UNREAD
from metrics.spc.xmr import SETTLED_POINTS, Assurance, Point, SpecialCause
from swedish.periods import period_name, previous_period
from swedish.phrases import (
    against_target,
    in_period,
    joined,
    known,
    quantity,
    reported_of,
    span,
)
from swedish.typography import MOST_NAMES, enumerate_words, number, plural


def period_finding(
    *,
    place_name: str,
    period: str,
    value: float | None,
    unit: str,
    decimals: int,
    previous: float | None,
    target: float | None,
    point: Point | None,
    expectation: str,
    preliminary: bool,
    reported: int,
    expected: int,
    target_name: str = "målet",
    kind: str = "xmr",
    ripens: bool = False,
    status: str = "missing",
) -> str:
    """What a place's value in a period says: against the target, its variation, and how complete.

    `previous` is the value of the period before, told only beside a signal; `point` is the value's
    own point in the SPC chart of `kind`, None where it is not judged; `expectation` is what is to
    be expected of the values to come, empty where that is not known; `reported` of `expected`
    municipalities stand behind the value, which goes on changing where it `ripens`; `status` is why
    there is none.
    """
    incomplete = _incomplete(reported, expected)
    if not known(value):
        if status == "confidential":
            # Many may be behind it: it may be hidden so that another's few are not worked out.
            return (
                f"{place_name}: värdet för {period_name(period)} är skyddat, för att enskilda inte "
                "ska kunna pekas ut."
            )
        return joined(f"{place_name}: inget värde för {period_name(period)}.", incomplete)
    finding = f"{place_name}: {quantity(value, unit, decimals)} {in_period(period)}"
    if known(target):
        finding += f", {against_target(value, target, decimals, name=target_name)}"
    return joined(
        f"{finding}.",
        variation(point, value, decimals, kind=kind),
        _before(point, period, previous, unit, decimals),
        expectation if _judged(point) else "",
        _PRELIMINARY if preliminary and _judged(point) else "",
        RIPENS if ripens else "",
        incomplete,
    )


def line_alt(
    *,
    name: str,
    place_name: str,
    points: Sequence[tuple[str, float | None]],
    unit: str,
    decimals: int,
    finding: str,
    hidden: int = 0,
    partial: Sequence[str] = (),
    broken: Sequence[str] = (),
) -> str:
    """A line chart in words: what it shows, from when to when, its extremes, and the finding.

    `points` are periods and values in time order, of which `hidden` are protected. Those of the
    periods that are `partial` are no extremes. `broken` says its breaks.
    """
    values = [(value, period) for period, value in points if known(value)]
    missing = len(points) - len(values) - hidden
    whole = [one for one in values if one[1] not in partial]
    if not values:
        none = "Alla värden är skyddade." if hidden else "Inga värden."
        return joined(f"Linjediagram: {name}, {place_name}. {none}", finding)
    first, last = (period_name(points[at][0]) for at in (0, -1))
    dates = first if first == last else f"{first} till {last}"
    return joined(
        f"Linjediagram: {name}, {place_name}, {dates}.",
        _extremes(whole, unit, decimals, hidden=bool(hidden), some=len(whole) < len(values))
        if whole
        else "",
        f"{plural(hidden, 'värde är skyddat', 'värden är skyddade')}." if hidden else "",
        f"{plural(missing, 'värde', 'värden')} saknas." if missing else "",
        _not_counted(partial)
        if whole
        else f"Alla värden{' som visas' if hidden else ''} är ofullständiga.",
        *broken,
        finding,
    )


def _extremes(
    values: Sequence[tuple[float, str]], unit: str, decimals: int, *, hidden: bool, some: bool
) -> str:
    """`Lägst …, högst …`, of the whole values where there are partial ones too (`some`)."""
    (lowest, first), (highest, last) = min(values), max(values)
    low, high = (quantity(value, unit, decimals) for value in (lowest, highest))
    if lowest == highest:
        one, all_ = (" fullständigt", " fullständiga") if some else ("", "")
        alone = f"Ett{one} värde{' visas' if hidden else ''}: {low} ({period_name(first)})."
        every = f"Alla{all_} värden{' som visas' if hidden else ''} är {low}."
        return alone if len(values) == 1 else every
    ends = f"ägst {low} ({period_name(first)}), högst {high} ({period_name(last)})."
    return f"Av de värden som visas är l{ends}" if hidden else f"L{ends}"


def _not_counted(partial: Sequence[str]) -> str:
    if not partial:
        return ""
    told = enumerate_words([period_name(period) for period in partial])
    if len(partial) > MOST_NAMES:
        told = f"{len(partial)} perioder"
    return f"Ofullständiga värden räknas inte: {told}."


def variation(point: Point | None, value: float, decimals: int, *, kind: str = "xmr") -> str:
    """`Försämring: minst sju värden i rad ligger över medelvärdet 0,71.`; empty without a point.

    A limit that reads as the value does gets the decimals that tell them apart. `kind` is that of
    the chart.
    """
    if point is None:
        return ""
    if not _judged(point):
        return UNREAD.get(kind, "Det finns för få värden för att bedöma variationen.")
    if point.special_cause == "Common Cause":
        limits = span(point.lower, point.upper, decimals)
        return f"Variationen är slumpmässig: värdet ligger inom gränserna {limits}."
    crossed = {"Above UCL": point.upper, "Below LCL": point.lower}.get(point.special_cause)
    exact = decimals if crossed is None else _apart(value, crossed, decimals)
    own = "värdet" if exact == decimals else f"värdet {number(value, exact)}"
    cause = _CAUSES[point.special_cause].format(
        own=own,
        mean=number(point.mean, decimals),
        lower=number(point.lower, exact),
        upper=number(point.upper, exact),
    )
    return f"{point.reading.word}: {cause}."


def expectation(assurance: Assurance | None, *, target_name: str, lower_is_better: bool) -> str:
    """What values to come are expected to be where nothing changes; empty without assurance."""
    side = "under" if lower_is_better else "över"
    other = "över" if lower_is_better else "under"
    match assurance:
        case "consistent_pass":
            return f"Om inget ändras väntas värdena ligga {side} {target_name}."
        case "consistent_fail":
            return f"Om inget ändras väntas värdena ligga {other} {target_name}."
        case "inconsistent":
            return f"Om värdena hamnar {side} eller {other} {target_name} avgörs av slumpen."
    return ""


_MOST_DECIMALS = 6
RIPENS = (
    "Preliminärt: öppna ärenden blir färre så länge ärenden avslutas, så ett nytt kvartals antal "
    "kan inte jämföras med ett äldres."
)
_PRELIMINARY = f"Gränserna är preliminära: de bygger på färre än {SETTLED_POINTS} värden."
_CAUSES: Mapping[SpecialCause, str] = {
    "Above UCL": "{own} ligger över den övre gränsen {upper}",
    "Below LCL": "{own} ligger under den nedre gränsen {lower}",
    "7 Point Trend (Increasing)": "minst sju värden i rad stiger",
    "7 Point Trend (Decreasing)": "minst sju värden i rad sjunker",
    "2 in 3 Above CL": "minst två av tre värden i rad ligger nära den övre gränsen {upper}",
    "2 in 3 Below CL": "minst två av tre värden i rad ligger nära den nedre gränsen {lower}",
    "7 Points Above CL": "minst sju värden i rad ligger över medelvärdet {mean}",
    "7 Points Below CL": "minst sju värden i rad ligger under medelvärdet {mean}",
}


def _before(
    point: Point | None, period: str, previous: float | None, unit: str, decimals: int
) -> str:
    if point is None or point.special_cause == "Common Cause" or not known(previous):
        return ""
    name = period_name(previous_period(period))
    return f"Föregående värde, {name}: {quantity(previous, unit, decimals)}."


def _judged(point: Point | None) -> bool:
    return point is not None and math.isfinite(point.upper)


def _apart(value: float, limit: float, decimals: int) -> int:
    """The fewest decimals, from `decimals` on, with which the two do not read the same."""
    finer = range(decimals, _MOST_DECIMALS)
    return next((n for n in finer if number(value, n) != number(limit, n)), _MOST_DECIMALS)


def _incomplete(reported: int, expected: int) -> str:
    if reported >= expected:
        return ""
    return f"Underlaget är ofullständigt: {reported_of(reported, expected)}."
