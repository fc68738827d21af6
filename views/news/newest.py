"""What is in force of a dataset in a period, in the number that people know it by."""

from collections.abc import Mapping

import reference
from metrics import values
from metrics.catalogue import Indicator, indicator, of_dataset
from metrics.changes.headline import Headline
from metrics.datasets import datasets
from metrics.values import Value
from swedish.periods import period_name, previous_period
from swedish.phrases import joined, quantity, reported_of


def told(dataset: str, *, period: str) -> str:
    """`Januari 2021: 0,79 dagar, december 2020: 0,79 dagar`; empty where there is no such number.

    It is that of the first indicator of the dataset that the county has a value of, and says how
    much of the county the period lacks.
    """
    before = previous_period(period)
    for chosen in of_dataset(dataset):
        known = {
            one.period: one
            for one in values.values(
                indicator=chosen.key,
                level="county",
                place=reference.COUNTY,
                start=before,
                end=period,
            )
            if one.value is not None
        }
        if period in known:
            by_period = {at: one.value for at, one in known.items() if one.value is not None}
            return joined(_said(chosen, by_period, period), _lacking(known[period]))
    return ""


def reach(last: Mapping[str, str]) -> str:
    """`Utskrivningsklara till och med oktober 2026. Medel till och med 2026.`, by dataset."""
    return joined(
        *(
            f"{one.name} till och med {period_name(last[one.key])}."
            for one in datasets().values()
            if one.key in last
        )
    )


def _lacking(newest: Value) -> str:
    if newest.status != "partial" or newest.reported >= newest.expected:
        return ""
    return f"Ofullständigt underlag: {reported_of(newest.reported, newest.expected)}."


def expected(newest: Headline) -> str:
    """The same before publishing, and a word where the numbers are those of the period before."""
    chosen, before = indicator(newest.indicator), previous_period(newest.period)
    by_period = {newest.period: newest.value}
    if newest.before is not None:
        by_period[before] = newest.before
    again = (
        f"Kommunernas tal för {period_name(newest.period)} är desamma som för "
        f"{period_name(before)}. Är det rätt fil?"
    )
    said = _said(chosen, by_period, newest.period)
    return joined(f"Då gäller: {said[:1].lower()}{said[1:]}", again if newest.repeated else "")


def _said(chosen: Indicator, by_period: Mapping[str, float], period: str) -> str:
    shown = [
        f"{period_name(at)}: {quantity(by_period[at], chosen.unit, chosen.decimals)}"
        for at in (period, previous_period(period))
        if at in by_period
    ]
    numbers = ", ".join(shown)
    return f"{chosen.name}, {reference.county().name}. {numbers[:1].upper()}{numbers[1:]}."
