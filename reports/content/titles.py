"""Titles that state what the chart or table under them shows, and claim nothing beyond it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from swedish import typography
from swedish.periods import grain_of, period_name
from swedish.phrases import known, quantity
from views.ranking.sentences import MUNICIPALITY, Noun, Ranked, of_those
from views.trend import Trend

_RISING, _FALLING = "7 Point Trend (Increasing)", "7 Point Trend (Decreasing)"


@dataclass(frozen=True)
class Verbs:
    """What a place does where its value is high, low, rises, falls, or is as it uses to be.

    `plain` follows the value where nothing can be said of it.
    """

    high: str
    low: str
    rising: str
    falling: str
    usual: str
    plain: str


VERBS: Mapping[str, Verbs] = {
    "mean_days": Verbs(
        high="väntar längre än vanligt",
        low="väntar kortare än vanligt",
        rising="väntar allt längre",
        falling="väntar allt kortare",
        usual="väntar som vanligt",
        plain="i genomsnitt",
    ),
    "deviations": Verbs(
        high="registrerar fler avvikelser än vanligt",
        low="registrerar färre avvikelser än vanligt",
        rising="registrerar allt fler avvikelser",
        falling="registrerar allt färre avvikelser",
        usual="registrerar avvikelser som vanligt",
        plain="avvikelser",
    ),
    "deviations_answered_share": Verbs(
        high="besvarar en större andel i tid än vanligt",
        low="besvarar en mindre andel i tid än vanligt",
        rising="besvarar en allt större andel i tid",
        falling="besvarar en allt mindre andel i tid",
        usual="besvarar en lika stor andel i tid som vanligt",
        plain="besvarade i tid",
    ),
}


def of_trend(shown: Trend) -> str:
    """`Södra Älvsborg väntar längre än vanligt sedan februari 2026: 0,97 dagar`.

    Without settled limits to read the value against it is the value alone.
    """
    about, verbs = shown.indicator, VERBS[shown.indicator.key]
    if shown.value is None:
        return f"{shown.place_name}: inget värde att visa för {period_name(shown.period)}"
    value = together(quantity(shown.value, about.unit, about.decimals))
    point = shown.judged
    if point is None or shown.chart.preliminary:
        return f"{shown.place_name}: {value} {verbs.plain} {_when(shown.period)}"
    if point.special_cause == "Common Cause":
        return f"{shown.place_name} {verbs.usual}: {value} {_when(shown.period)}"
    if point.special_cause in (_RISING, _FALLING):
        does = verbs.rising if point.special_cause == _RISING else verbs.falling
        return f"{shown.place_name} {does}: {value} {_when(shown.period)}"
    does = verbs.high if shown.value > point.mean else verbs.low
    since = run_start(shown)
    told = f" sedan {together(period_name(since))}" if since != shown.period else ""
    return f"{shown.place_name} {does}{told}: {value} {_when(shown.period)}"


def run_start(shown: Trend) -> str:
    """From which period on every value has had the same reading as that of the period in view."""
    steps = [step for step in shown.steps if step.period <= shown.period]
    kind = steps[-1].point_type if steps else None
    start = shown.period
    for step in reversed(steps):
        if step.value is None or step.point_type != kind:
            break
        start = step.period
    return start


def of_ranking(
    rows: Sequence[Ranked], *, unit: str, decimals: int, what: str, noun: Noun = MUNICIPALITY
) -> str:
    """`Tranemo har längst genomsnittlig väntan av de 8 kommuner som visas: 1,36 dagar`.

    `what` is what the first of them has most of, `längst genomsnittlig väntan`.
    """
    shown = [row for row in rows if row.whole]
    partial = any(known(row.value) and not row.whole for row in rows)
    if not shown:
        what = "fullständiga uppgifter" if partial else "något värde att visa"
        return f"{noun.none} har {what}"
    top = max(row.value for row in shown if known(row.value))
    first = [
        row.name
        for row in shown
        if known(row.value)
        and typography.number(row.value, decimals) == typography.number(top, decimals)
    ]
    if len(first) == len(shown) > 1:
        which = "med fullständiga uppgifter" if partial else "som visas"
        return f"Alla {len(shown)} {noun.many} {which} har samma värde"
    if len(shown) == 1 < len(rows):
        what = "fullständiga uppgifter" if partial else "ett värde att visa"
        return f"Bara {first[0]} har {what}: {together(quantity(top, unit, decimals))}"
    among = "" if len(shown) == len(rows) else f" {of_those(rows, noun)}"
    who = typography.enumerate_words(sorted(first, key=typography.sort_key))
    if len(first) > 3:
        who = typography.plural(len(first), noun.one, noun.many)
    return f"{who} har {what}{among}: {together(quantity(top, unit, decimals))}"


def _when(period: str) -> str:
    return f"{'i ' if grain_of(period) == 'month' else ''}{together(period_name(period))}"


def together(text: str) -> str:
    """The text with no-break spaces: a value and its unit, a month and its year."""
    return text.replace(" ", "\u00a0")
