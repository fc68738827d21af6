"""What a chair should bring up for a place: at most seven sentences, the weightiest first.

Each says what a number is and what it breaks: its target, or what chance allows in its SPC chart
as of the last point. Nothing is brought up that is only higher or lower than last time, and of the
signals only those that are too strong to be chance among all that are looked through.
"""

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

import pandas as pd

import reference
from metrics import values
from metrics.catalogue import Indicator
from metrics.disclosure.scope import nearest
from metrics.spc.xmr import PointType
from settings.declared import Settings
from swedish import typography
from swedish.periods import period_name
from swedish.phrases import against_target, joined, quantity, reported_of
from views import coverage, scoreboard, sentences, summary
from views.agreed import visible
from views.ranking import places
from views.scoreboard import Row
from views.trend import Trend, target_text

MOST = 7
NOTHING = (
    "Inget mått bryter sitt mål eller sin gräns, eller avviker mer än slumpen väntas ge, och alla "
    "kommuner har rapporterat."
)


class Weight(IntEnum):
    """In what order matters are brought up, and which give way when there are too many."""

    NOT_REPORTED = 0
    TARGET_MISSED = 1
    WORSE = 2
    PLACES_OVER_TARGET = 3
    INCOMPLETE = 4
    PLACES_WORSE = 5
    LATE = 6
    UNUSUAL = 7
    BETTER = 8


# What the others rest on is said, however much there is to say.
_ALWAYS = (Weight.NOT_REPORTED, Weight.INCOMPLETE, Weight.LATE)


@dataclass(frozen=True)
class Highlight:
    """A sentence or two, its weight, and the indicator that it is about, if any."""

    weight: Weight
    text: str
    indicator: str | None = None


def highlights(
    board: Sequence[Row],
    *,
    about: Indicator,
    place: str,
    period: str,
    part: str,
    today: datetime.date,
    settings: Settings,
) -> list[Highlight]:
    """What to bring up for an area or the county in a month, at most MOST, the weightiest first.

    `board` is that of `views.scoreboard` for the same month and form of care, and `about` is the
    indicator that the page is about, whose reports are told of.
    """
    when = scoreboard.last_period(visible.periods(about.dataset), month=period) or period
    candidates = [
        *_reports(about, place, when, scoreboard.form_asked(about, part)),
        *_late(about, place, today, settings),
    ]
    for row in board:
        if place in row.trends:
            candidates += _own(row.trends[place], told=place in row.told)
        if row.indicator.target is not None and "municipality" in row.indicator.levels:
            candidates += _below(row, place=place, part=part)
    return chosen(candidates)


def chosen(candidates: Iterable[Highlight]) -> list[Highlight]:
    """The weightiest, in order; what says that something is missing stays whatever its weight."""
    ordered = sorted(candidates, key=lambda one: one.weight)
    must = [one for one in ordered if one.weight in _ALWAYS]
    rest = [one for one in ordered if one.weight not in _ALWAYS]
    return sorted([*must, *rest[: max(0, MOST - len(must))]], key=lambda one: one.weight)[:MOST]


def besides(raised: Iterable[Highlight], *, told: Collection[str]) -> list[Highlight]:
    """Those of the place that say more than that there is a signal in an indicator already told."""
    signals = set(_WEIGHTS.values())
    return [one for one in raised if one.weight not in signals or one.indicator not in told]


def misses(value: float, chosen: Indicator) -> bool:
    """Whether a value is on the wrong side of the indicator's target."""
    if chosen.target is None or chosen.direction == "neutral":
        return False
    return value > chosen.target if chosen.direction == "lower" else value < chosen.target


_WEIGHTS: dict[PointType, Weight] = {
    "special_cause_concern": Weight.WORSE,
    "special_cause_neutral_high": Weight.UNUSUAL,
    "special_cause_neutral_low": Weight.UNUSUAL,
    "special_cause_improvement": Weight.BETTER,
}


def _own(trend: Trend, *, told: bool) -> list[Highlight]:
    """The place's own value, where it misses its target or its last point is a signal to tell."""
    value, about = trend.value, trend.indicator
    if value is None:
        return []
    missed = misses(value, about)
    kind = trend.judged.point_type if trend.judged and told else "common_cause"
    if not missed and kind == "common_cause":
        return []
    shown = quantity(value, about.unit, about.decimals)
    side = ""
    if missed and about.target is not None:
        name = about.target_words.name
        side = f", {against_target(value, about.target, about.decimals, name=name)}"
    point = None if kind == "common_cause" else trend.judged
    signal = sentences.variation(point, value, about.decimals)
    unsure = "Gränserna är preliminära." if signal and trend.chart.preliminary else ""
    weight = Weight.TARGET_MISSED if missed else _WEIGHTS[kind]
    return [Highlight(weight, joined(f"{about.name}: {shown}{side}.", signal, unsure), about.key)]


def _below(row: Row, *, place: str, part: str) -> list[Highlight]:
    """The municipalities of a place that miss the target, and what is worse than chance allows.

    For the county the latter is its areas, since single municipalities are many.
    """
    about = row.indicator
    form = scoreboard.form_of(about.dataset, part)
    ranking = places.municipalities(about.key, place=place, period=row.period, part=form)
    # A value that lacks a part is on neither side of the target yet.
    known = places.is_whole(ranking.rows)
    # Municipalities that are only shown for all care forms say nothing of one of them.
    rows = ranking.rows[known & (nearest(about, "municipality", form) == form)]
    over = rows[[misses(value, about) for value in rows["value"]]]
    told = []
    if len(over):
        said = f"{about.name}: {_who(over, about)} {about.target_words.name} {target_text(about)}."
        told.append(Highlight(Weight.PLACES_OVER_TARGET, said, about.key))
    if worse := _worse(row, rows, place):
        said = f"{about.name}: försämring utöver slumpen i {typography.enumerate_words(worse)}."
        told.append(Highlight(Weight.PLACES_WORSE, said, about.key))
    return told


def _who(over: pd.DataFrame, about: Indicator) -> str:
    """`Tanum (4,25 dagar) och Ale (3,10 dagar) ligger över`."""
    side = "över" if about.direction == "lower" else "under"
    farthest = over if about.direction == "lower" else over.iloc[::-1]
    told = [
        f"{name} ({quantity(value, about.unit, about.decimals)})"
        for name, value in zip(farthest["name"], farthest["value"], strict=True)
    ]
    if len(told) <= typography.MOST_NAMES:
        return f"{typography.enumerate_words(told)} ligger {side}"
    return f"{len(told)} kommuner ligger {side}, längst från det {told[0]};"


def _worse(row: Row, municipalities: pd.DataFrame, place: str) -> list[str]:
    if place != reference.COUNTY:
        worse = municipalities["point_type"] == "special_cause_concern"
        return sorted(municipalities.loc[worse, "name"], key=typography.sort_key)
    return [
        trend.place_name
        for key, trend in row.trends.items()
        if key != reference.COUNTY
        and key in row.told
        and trend.judged is not None
        and trend.judged.point_type == "special_cause_concern"
    ]


def _reports(about: Indicator, place: str, period: str, part: str) -> list[Highlight]:
    """Whether the period is whole, and who is missing where it is not."""
    missing = summary.not_reported(place=place, period=period, part=part, key=about.key)
    if missing.empty:
        return []
    own = values.values(
        indicator=about.key,
        level=reference.level_of(place),
        place=place,
        part=part,
        start=period,
        end=period,
    )
    if not own or own[0].status == "missing":
        name = reference.place_name(reference.level_of(place), place)
        of = coverage.said_of(about)
        said = f"{name} har inga uppgifter om {of} för {period_name(period)}."
        return [Highlight(Weight.NOT_REPORTED, said)]
    where = missing["missing"] if reference.level_of(place) == "area" else missing["area"]
    said = (
        f"Underlaget för {period_name(period)} är ofullständigt: "
        f"{reported_of(own[0].reported, own[0].expected)}. Rapporter saknas eller är "
        f"ofullständiga: {typography.enumerate_words(list(where))}."
    )
    return [Highlight(Weight.INCOMPLETE, said)]


def _late(
    about: Indicator, place: str, today: datetime.date, settings: Settings
) -> list[Highlight]:
    """The periods whose delivery was due before today, and has not come from the place at all."""
    said = coverage.late(coverage.delivery_of(about), place=place, today=today, settings=settings)
    return [Highlight(Weight.LATE, said)] if said else []
