"""Swedish sentences from finished numbers: the text beside a chart, and its alternative text.

A change is mentioned only where the SPC chart signals one, and incomplete data is said to be so.
Everything is compared as it is shown: two values that read the same are a tie. `unit` is what
follows a number in running text, such as "dagar", "procent" or "dagar i genomsnitt"; "antal"
needs no word. None and NaN are missing values, never zero.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from metrics.spc.control import UNREAD
from metrics.spc.xmr import SETTLED_POINTS, Assurance, Point, SpecialCause
from reference import county
from swedish.periods import period_name, previous_period
from swedish.phrases import against_target, in_period, joined, known, quantity, reference, span
from swedish.typography import enumerate_words, number, plural, sort_key

_MOST_NAMES = 3
_BEFORE_NOTICE = "utskrivna före meddelande om utskrivningsklar"


@dataclass(frozen=True)
class Noun:
    """What a ranking ranks: one, many and none of it."""

    one: str
    many: str
    none: str


AREA = Noun("område", "områden", "Inget område")
HOSPITAL = Noun("sjukhus", "sjukhus", "Inget sjukhus")
MUNICIPALITY = Noun("kommun", "kommuner", "Ingen kommun")


@dataclass(frozen=True)
class Ranked:
    """A place in a ranking and its value; `status` is why it has none (None or NaN).

    `none` is a place with nothing to count: it is not among those that are hidden or missing.
    """

    name: str
    value: float | None
    status: str = "missing"


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
) -> str:
    """What a place's value in a period says: against the target, its variation, and how complete.

    `previous` is the value of the period before, told only beside a signal; `point` is the value's
    own point in the SPC chart of `kind`, None where it is not judged; `expectation` is what is to
    be expected of the values to come, empty where that is not known; `reported` of `expected`
    municipalities stand behind the value.
    """
    incomplete = _incomplete(reported, expected)
    if not known(value):
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
        incomplete,
    )


def ranking_finding(
    *,
    place_name: str,
    period: str,
    rows: Sequence[Ranked],
    unit: str,
    decimals: int,
    place_value: float | None,
    county_value: float | None = None,
    noun: Noun = MUNICIPALITY,
) -> str:
    """Who is highest and lowest in a place, beside the place's own value and the county's.

    Where some have no value that can be shown, the highest of those that have is said to be so.
    Leave `county_value` out where the place is the county.
    """
    ties = _by_value(rows, decimals)
    where = f"i {place_name} {in_period(period)}"
    if not ties:
        finding = f"{noun.none} i {place_name} har något värde för {period_name(period)}."
    elif len(ties) == 1:
        (tie,) = ties
        who = (
            f"Endast {tie.names[0]} har ett"
            if len(tie.names) == 1
            else f"{tie.count(noun)} har samma"
        )
        finding = f"{who} värde {where}: {quantity(tie.value, unit, decimals)}."
    else:
        highest, lowest = (
            f"{tie.told(noun)}, {quantity(tie.value, unit, decimals)}."
            for tie in (ties[-1], ties[0])
        )
        shown = sum(known(row.value) for row in rows)
        among = f" av de {plural(shown, noun.one, noun.many)} som visas" if _unshown(rows) else ""
        finding = f"Högst{among} {where}: {highest} Lägst{' av dem' if among else ''}: {lowest}"
    return joined(
        finding,
        reference(place_name, place_value, unit, decimals),
        reference(county().name, county_value, unit, decimals),
        _without_value(rows, noun),
    )


def hospital_finding(
    *,
    period: str,
    rows: Sequence[Ranked],
    county_value: float | None,
    decimals: int,
) -> str:
    """Which hospital discharges the largest share, in percent, before notice, and the county's."""
    ties = _by_value(rows, decimals)
    when = in_period(period)
    if not ties:
        finding = f"Inget sjukhus har något värde för andelen {_BEFORE_NOTICE} {when}."
    elif not any(row.value for row in rows if known(row.value)):
        finding = f"Inga {_BEFORE_NOTICE} {when} vid de sjukhus som har värde."
    else:
        tie = ties[-1]
        share = quantity(tie.value, "procent", decimals)
        finding = f"Störst andel {_BEFORE_NOTICE} {when}: {tie.told(HOSPITAL)}, {share}."
    return joined(
        finding,
        reference("Hela länet", county_value, "procent", decimals),
        _without_value(rows, HOSPITAL),
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
) -> str:
    """A line chart in words: what it shows, from when to when, its extremes, and the finding.

    `points` are periods and values in time order, of which `hidden` are protected.
    """
    values = [(value, period) for period, value in points if known(value)]
    missing = len(points) - len(values) - hidden
    if not values:
        none = "Alla värden är skyddade." if hidden else "Inga värden."
        return joined(f"Linjediagram: {name}, {place_name}. {none}", finding)
    dates = f"{period_name(points[0][0])} till {period_name(points[-1][0])}"
    low, high = (
        f"{quantity(value, unit, decimals)} ({period_name(period)})"
        for value, period in (min(values), max(values))
    )
    return joined(
        f"Linjediagram: {name}, {place_name}, {dates}.",
        f"Av de värden som visas är lägst {low}, högst {high}."
        if hidden
        else f"Lägst {low}, högst {high}.",
        f"{plural(hidden, 'värde är skyddat', 'värden är skyddade')}." if hidden else "",
        f"{plural(missing, 'värde', 'värden')} saknas." if missing else "",
        finding,
    )


def bar_alt(*, name: str, place_name: str, period: str, finding: str) -> str:
    """A ranking's bars in words: what they show, where and when, and the finding."""
    return joined(f"Stapeldiagram: {name}, {place_name}, {period_name(period)}.", finding)


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


@dataclass(frozen=True)
class _Tie:
    """Places whose values read the same, in alphabetical order."""

    value: float
    names: tuple[str, ...]

    @classmethod
    def of(cls, pairs: Sequence[tuple[float, str]]) -> "_Tie":
        return cls(pairs[0][0], tuple(sorted((name for _, name in pairs), key=sort_key)))

    def count(self, noun: Noun) -> str:
        return plural(len(self.names), noun.one, noun.many)

    def told(self, noun: Noun) -> str:
        few = len(self.names) <= _MOST_NAMES
        return enumerate_words(self.names) if few else self.count(noun)


def _by_value(rows: Sequence[Ranked], decimals: int) -> list[_Tie]:
    """The places that have a value, lowest first, one element for values that read the same."""
    pairs = sorted((row.value, row.name) for row in rows if known(row.value))
    groups = groupby(pairs, key=lambda pair: number(pair[0], decimals))
    return [_Tie.of(list(group)) for _, group in groups]


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


def _unshown(rows: Sequence[Ranked]) -> int:
    """How many places have a value that is hidden or missing; with nothing to count is none."""
    return sum(not known(row.value) and row.status != "none" for row in rows)


def _without_value(rows: Sequence[Ranked], noun: Noun) -> str:
    """How many are not shown, by why: protected, missing, or nothing to count."""
    if not any(known(row.value) for row in rows):
        return ""
    absent = Counter(row.status for row in rows if not known(row.value))
    none, hidden = absent.pop("none", 0), absent.pop("confidential", 0)
    missing = absent.total()
    said = (
        (hidden, "har skyddade värden"),
        (missing, "saknar uppgift"),
        (none, "har inget att räkna på"),
    )
    return " ".join(f"{plural(n, noun.one, noun.many)} {why}." for n, why in said if n)


def _incomplete(reported: int, expected: int) -> str:
    if reported >= expected:
        return ""
    who = plural(expected, MUNICIPALITY.one, MUNICIPALITY.many)
    return f"Underlaget är ofullständigt: {reported} av {who} har rapporterat."
