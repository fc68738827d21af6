"""How to read the very chart that one looks at, part by part, in the numbers that it shows."""

import math
from collections.abc import Mapping

from metrics.spc.control import UNREAD
from metrics.spc.xmr import PointType
from swedish.periods import period_name
from swedish.typography import number
from views import sentences
from views.trend import Step, Trend, target_label

_COLOURS: Mapping[PointType, str] = {
    "special_cause_concern": "orange",
    "special_cause_improvement": "blå",
    "special_cause_neutral_high": "mörk",
    "special_cause_neutral_low": "mörk",
}
_GRAINS = {"month": "en månad", "quarter": "ett kvartal", "year": "ett år"}


def parts(shown: Trend) -> tuple[str, ...]:
    """What each part of a control chart is, and why its points have the colours that they have."""
    known = [step for step in shown.steps if step.value is not None]
    if not known:
        return ()
    return tuple(
        text
        for text in (
            f"Varje punkt är {_GRAINS[shown.indicator.grain]} i {shown.place_name}.",
            _band(shown, known[-1]),
            _begun(shown),
            _newest(shown, known[-1]),
            _newest_signal(shown),
            _highest_of_chance(shown, known),
            _target(shown, known[-1]),
            _gaps(shown),
        )
        if text
    )


def _band(shown: Trend, last: Step) -> str:
    if math.isnan(last.upper):
        few = "Det finns för få punkter för att säga hur mycket värdet brukar variera."
        return UNREAD.get(shown.chart.kind, few)
    low, mean, high = (
        number(end, shown.indicator.decimals) for end in (last.lower, last.mean, last.upper)
    )
    few = " Kanterna är streckade för att de bygger på få punkter."
    unsure = few if shown.chart.preliminary else ""
    return (
        f"Det grå bandet, {low} till {high}, är vad slumpen brukar ge när ingenting har ändrats. "
        f"Linjen i det är medelvärdet, {mean}.{unsure}"
    )


def _begun(shown: Trend) -> str:
    if not any(step.starts for step in shown.steps):
        return ""
    return "Bandet börjar om där förutsättningarna har ändrats: ingenting jämförs över den gränsen."


def _newest(shown: Trend, last: Step) -> str:
    if last.value is None or shown.judged is None or last.period != shown.period:
        return ""
    decimals = shown.indicator.decimals
    name = f"Den sista punkten, {number(last.value, decimals)},"
    kind = shown.judged.point_type
    if kind not in _COLOURS:
        return f"{name} är grå: den ligger i bandet och följer inget mönster, så den är slump."
    why = sentences.variation(shown.judged, last.value, decimals, kind=shown.chart.kind)
    return (
        f"{name} är {_COLOURS[kind]}. {why} Det händer sällan av slump, så det är värt att fråga "
        "vad som har ändrats."
    )


def _newest_signal(shown: Trend) -> str:
    """Why the newest coloured point is, where it is not the last one."""
    judged = [step for step in shown.steps if step.value is not None and step.status == "ok"]
    coloured = [at for at, step in enumerate(judged) if step.point_type in _COLOURS]
    if not coloured or coloured[-1] == len(judged) - 1:
        return ""
    step, point = judged[coloured[-1]], shown.chart.point(coloured[-1])
    value, decimals = step.value or 0.0, shown.indicator.decimals
    why = sentences.variation(point, value, decimals, kind=shown.chart.kind)
    return (
        f"Den senaste färgade punkten, {number(value, decimals)} i {period_name(step.period)}, är "
        f"{_COLOURS[point.point_type]}. {why}"
    )


def _highest_of_chance(shown: Trend, known: list[Step]) -> str:
    """Why the highest point that is not coloured is not: the question that is most often asked.

    Of those that have the last limits.
    """
    begun = max((at for at, step in enumerate(known) if step.starts), default=0)
    grey = [step for step in known[begun:-1] if step.point_type == "common_cause"]
    if not grey:
        return ""
    top = max(grey, key=lambda step: step.value or 0.0)
    value = number(top.value, shown.indicator.decimals)
    return (
        f"Den högsta grå punkten, {value} i {period_name(top.period)}, är inte färgad: så högt når "
        "värdet ibland av sig självt. Ett enda högt eller lågt värde är inget att förklara."
    )


def _target(shown: Trend, last: Step) -> str:
    name = target_label(shown.indicator)
    if not name:
        return ""
    apart = "" if math.isnan(last.upper) else "är ingen del av bandet: det "
    return f"{name} {apart}säger vad som gäller, inte vad som är vanligt."


def _gaps(shown: Trend) -> str:
    said = []
    if any(step.value is None for step in shown.steps):
        said.append("En lucka i linjen är en period utan uppgift, eller en som är skyddad.")
    if any(step.status == "partial" for step in shown.steps):
        said.append("En ihålig punkt har ofullständigt underlag och bedöms inte.")
    return " ".join(said)
