"""Betalningsansvar of a month as pages and reports show it: a basis, and what it leaves open."""

from dataclasses import dataclass

import pandas as pd

import reference
from metrics.liability.answers import HIDDEN, liabilities
from metrics.liability.month import Liability
from metrics.liability.rules import open_points, terms
from swedish import typography
from swedish.periods import period_name

CAUTION = "Underlag, inte faktura."


@dataclass(frozen=True)
class LiabilityView:
    """A place's municipalities in a month.

    `rows`, by name: `name`, `mean` (days), `liable` (`Ja`, `Nej`, or empty where not tested),
    `days` above the mean, `amount` in kronor, `status` (ok, confidential, missing) of the numbers
    and `amount_status`, and `reason`. `points` say how questions are settled that the rules leave
    open.
    """

    rows: pd.DataFrame
    finding: str
    points: tuple[str, ...]


def view(*, place: str, place_name: str, period: str) -> LiabilityView:
    """The municipalities of an area or the county; rows only for those with data.

    Raises SettingsError for unusable terms.
    """
    homes = reference.municipality_by_code()
    found = [
        one
        for one in liabilities(start=period, end=period)
        if place in (reference.COUNTY, homes[one.municipality].area)
    ]
    found.sort(key=lambda one: typography.sort_key(_name(one)))
    columns = ["name", "mean", "liable", "days", "amount", "status", "amount_status", "reason"]
    rows = pd.DataFrame([_row(one) for one in found], columns=columns)
    return LiabilityView(
        rows=rows.astype(dict.fromkeys(("mean", "days", "amount"), "float64")),
        finding=_finding(found, place_name=place_name, period=period),
        points=tuple(open_points(terms())),
    )


def _row(one: Liability) -> tuple[object, ...]:
    status = "confidential" if one.reason.startswith(HIDDEN) else "missing"
    known = one.liable is not None
    return (
        _name(one),
        one.mean,
        ("Ja" if one.liable else "Nej") if known else "",
        one.excess_days,
        one.amount,
        "ok" if known else status,
        "ok" if one.amount is not None else status,
        one.reason,
    )


def _finding(found: list[Liability], *, place_name: str, period: str) -> str:
    when = period_name(period)
    tested = [one for one in found if one.liable is not None]
    if not tested:
        return f"Betalningsansvaret för {when} kan inte räknas för någon kommun i {place_name}."
    liable = [f"{_name(one)} ({_owed(one)})" for one in tested if one.liable]
    untold = len(found) - len(tested)
    rest = f" {typography.plural(untold, 'kommun', 'kommuner')} kan inte visas." if untold else ""
    if not liable:
        shown = typography.plural(len(tested), "kommun", "kommuner")
        return (
            f"Ingen av de {shown} som visas har betalningsansvar för {when}.{rest} {CAUTION}"
            if len(tested) > 1
            else f"{_name(tested[0])} har inte betalningsansvar för {when}.{rest} {CAUTION}"
        )
    return f"Betalningsansvar för {when}: {typography.enumerate_words(liable)}.{rest} {CAUTION}"


def _name(one: Liability) -> str:
    return reference.municipality_by_code()[one.municipality].name


def _owed(one: Liability) -> str:
    days = f"{typography.number(one.excess_days, 1)} dagar"
    if one.amount is None:
        return f"{days}, belopp saknas för {one.period[:4]}"
    return f"{days}, {typography.kronor(one.amount)}"
