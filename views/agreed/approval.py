"""How far a period of an area has come: delivered, reviewed, established; and what is preliminary.

A word holds for the numbers that it was said of. What is corrected afterwards is delivered again,
and the correction, with its reason, stands beside what had been said.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import reference
from metrics import values
from metrics.catalogue import indicators, of_dataset
from metrics.datasets import datasets
from metrics.values import Value
from settings import settings
from swedish import typography
from swedish.periods import months_of, period_name
from views.loads_shown import LoadShown, loads_shown
from warehouse.journal import agreements
from warehouse.journal.agreements import About, Approval, ApprovalStep
from warehouse.state import remembered


class ApprovalState(StrEnum):
    """How far it has come."""

    NOTHING = "inte levererad"
    DELIVERED = "levererad"
    SENT_BACK = "skickad tillbaka"
    REVIEWED = "granskad"
    ESTABLISHED = "fastställd"


_AFTER = {
    ApprovalStep.REVIEWED: ApprovalState.REVIEWED,
    ApprovalStep.ESTABLISHED: ApprovalState.ESTABLISHED,
    ApprovalStep.SENT_BACK: ApprovalState.SENT_BACK,
    ApprovalStep.REOPENED: ApprovalState.DELIVERED,
}


@dataclass(frozen=True)
class Standing:
    """How far a dataset's period of an area has come; `fingerprint` is of its numbers now.

    `said` is what has been said of it, newest first.
    """

    about: About
    state: ApprovalState
    fingerprint: str
    said: tuple[Approval, ...] = ()

    @property
    def sentence(self) -> str:
        """How it stands, and who said so."""
        told = str(self.state).capitalize()
        if not self.said:
            return f"{told}."
        last = self.said[0]
        who = f"{last.at:%Y-%m-%d} av {last.by}"
        if self.state is ApprovalState.DELIVERED:
            how = "Den blev " if last.step is not ApprovalStep.REOPENED else "Den är "
            why = f": {last.reason}" if last.reason else ", men talen har ändrats sedan dess"
            return f"{told}. {how}{last.step} {who}{why}."
        return f"{told} {who}{f': {last.reason}' if last.reason else ''}."


def used() -> bool:
    """Whether periods are agreed on here at all."""
    return settings().approval != "off"


def covers(period: str) -> bool:
    """Whether a period is among those that are agreed on."""
    return used() and months_of(period)[1] >= settings().approval_from


def agreed_on() -> list[str]:
    """The datasets whose periods can be agreed on: those with values of areas."""
    return [key for key in datasets() if _has_areas(key) and values.periods(key)]


def _has_areas(dataset: str) -> bool:
    """Whether a dataset is delivered and has values of areas; else it is agreed on by nobody."""
    delivered = bool(datasets()[dataset].writing)
    return delivered and any("area" in one.levels for one in of_dataset(dataset))


@remembered(512)
def standing(about: About) -> Standing:
    """How far a period of an area has come."""
    said = tuple(agreements.said(about))
    fingerprint = _fingerprints(about.dataset).get((about.period, about.area), "")
    if not fingerprint:
        state = ApprovalState.NOTHING
    elif not said or said[0].fingerprint != fingerprint:
        state = ApprovalState.DELIVERED
    else:
        state = _AFTER[said[0].step]
    return Standing(about, state, fingerprint, said)


def standings(*, dataset: str, period: str) -> list[Standing]:
    """How far every area has come, in their customary order."""
    return [standing(About(dataset, period, area.key)) for area in reference.areas()]


def preliminary(*, dataset: str, period: str, area: str) -> str:
    """What of a place's period is not established, as a sentence; empty where all is.

    `area` is an area's key, or the county's for all of them. Empty where nothing is agreed on here.
    """
    names = [
        reference.place_name("area", one)
        for one in _unsettled(dataset, period)
        if area in (one, reference.COUNTY)
    ]
    if not names:
        return ""
    all_ = len(names) == len(reference.areas()) > 1
    who = "något område" if all_ else typography.enumerate_words(names)
    return f"Preliminär: {period_name(period)} är inte fastställd för {who}."


def _unsettled(dataset: str, period: str) -> list[str]:
    """The areas that a period is not established for; none where it is not agreed on."""
    if not covers(period):
        return []
    return [
        one.about.area
        for one in standings(dataset=dataset, period=period)
        if one.state is not ApprovalState.ESTABLISHED
    ]


def marks(indicator: str) -> Callable[[str, str, str], bool]:
    """Whether pages call a value preliminary, by its period, level and place.

    It is not established, or goes on changing. A value of anything but an area or a municipality
    may be of any area.
    """
    chosen = indicators()[indicator]
    areas = _area_by_place()
    can_be_agreed_on = _has_areas(chosen.dataset)

    @cache
    def unsettled(period: str) -> list[str]:
        return _unsettled(chosen.dataset, period) if can_be_agreed_on else []

    def marked(period: str, level: str, place: str) -> bool:
        if chosen.ripens or level not in ("area", "municipality"):
            return chosen.ripens or bool(unsettled(period))
        return areas.get(place) in unsettled(period)

    return marked


def deliveries(about: About) -> tuple[LoadShown, ...]:
    """The loads that its numbers come from."""
    return loads_shown(
        dataset=about.dataset, place=about.area, start=about.period, end=about.period
    )


def absent(about: About) -> list[str]:
    """The area's municipalities that the period has nothing of, by name."""
    page = datasets()[about.dataset].page
    key = page.told_by if page else of_dataset(about.dataset)[0].key
    there = {one.place for one in held(key, about, "municipality") if one.status != "missing"}
    homes = [one for one in reference.municipalities() if one.area == about.area]
    return sorted((one.name for one in homes if one.code not in there), key=typography.sort_key)


@dataclass(frozen=True)
class Signals:
    """What the charts of an area say of a period, and what is to be said where that is nothing."""

    sentences: tuple[str, ...]
    judged: int

    @property
    def otherwise(self) -> str:
        """Silence is not that nothing deviates: where nothing could be judged, that is said."""
        if self.judged:
            return "Inget mått avviker från vad slumpen ger."
        return "Inget mått går att bedöma: perioderna är för få, eller för få har rapporterat."


def signals(about: About) -> Signals:
    """What the charts of the area say of the period that chance does not explain."""
    sentences, judged = [], 0
    for chosen in of_dataset(about.dataset):
        if "area" in chosen.levels:
            # Brings in pandas, which those who only ask what is agreed on can do without.
            from views import trend

            shown = trend.trend(chosen.key, place=about.area, period=about.period)
            point = shown.judged
            judged += point is not None
            if point is not None and point.special_cause != "Common Cause":
                sentences.append(f"{chosen.name}: {shown.finding}")
    return Signals(tuple(sentences), judged)


def held(key: str, about: About, level: str, part: str | None = "alla") -> list[Value]:
    """What there is of an indicator in a period: of the area itself, or of its municipalities."""
    inside = level == "municipality"
    return values.values(
        indicator=key,
        level=level,
        place=None if inside else about.area,
        within=about.area if inside else reference.COUNTY,
        part=part,
        start=about.period,
        end=about.period,
    )


@remembered(16)
def _fingerprints(dataset: str) -> dict[tuple[str, str], str]:
    """Of all that is shown of the dataset, by period and area; without those that have nothing.

    All at once: each period by itself would read as many times as there are periods and areas.
    """
    told: dict[tuple[str, str], list[Sequence[object]]] = {}
    areas = _area_by_place()
    for chosen in of_dataset(dataset):
        for one in (
            *values.values(indicator=chosen.key, level="area"),
            *values.values(indicator=chosen.key, level="area", part=None),
            *values.values(indicator=chosen.key, level="municipality"),
        ):
            if one.status != "missing" and one.place in areas:
                told.setdefault((one.period, areas[one.place]), []).append(
                    (
                        one.indicator,
                        one.place,
                        one.part,
                        one.value,
                        one.numerator,
                        one.status,
                        one.reported,
                    )
                )
    return {key: hashlib.sha256(repr(rows).encode()).hexdigest() for key, rows in told.items()}


def _area_by_place() -> dict[str, str]:
    """The area of each municipality, and each area itself."""
    homes = {home.code: home.area for home in reference.municipalities()}
    return homes | {area.key: area.key for area in reference.areas()}
