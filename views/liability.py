"""Betalningsansvar of a month as pages and reports show it: a basis, and what it leaves open."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

import reference
from metrics.liability.answers import HIDDEN, liabilities
from metrics.liability.month import Liability
from metrics.liability.rules import INSIDE, open_points, rules_used, terms
from swedish import typography
from swedish.periods import period_name

CAUTION = "Underlag, inte faktura."
UNSAID = "Går inte att säga"


@dataclass(frozen=True)
class LiabilityView:
    """A place's municipalities in a month.

    `rows`, by name: `place`, `name`, `mean` (days), `liable` (`Ja`, `Nej` or UNSAID), `days` that
    are owed for and `amount` in kronor, `status` (ok, partial, confidential, missing) of the mean,
    `days_status` and `amount_status`, which are also `lower-bound` where only a least is certain,
    and `reason`.
    `rules` say which rules of which dates and settings were used, and how far the seven-day rule
    could be counted; `points` how questions are settled that the rules leave open.
    """

    rows: pd.DataFrame
    finding: str
    rules: str
    points: tuple[str, ...]


def view(*, place: str, place_name: str, period: str) -> LiabilityView:
    """The municipalities of an area or the county, or one by itself; rows only with data.

    Raises SettingsError for unusable terms.
    """
    homes = reference.municipality_by_code()
    answers = [
        one
        for one in liabilities(start=period, end=period)
        if place in (reference.COUNTY, homes[one.municipality].area, one.municipality)
    ]
    answers.sort(key=lambda one: typography.sort_key(_name(one)))
    rows = pd.DataFrame([_row(one) for one in answers], columns=_COLUMNS)
    return LiabilityView(
        rows=rows.astype(dict.fromkeys(("mean", "days", "amount"), "float64")),
        finding=_finding(answers, place_name=place_name, period=period),
        rules=rules(answers, period=period),
        points=tuple(open_points(terms())),
    )


_COLUMNS = (
    "place",
    "name",
    "mean",
    "liable",
    "days",
    "amount",
    "status",
    "days_status",
    "amount_status",
    "reason",
)


def rules(answers: Sequence[Liability], *, period: str) -> str:
    """The rules and settings of a month, and how many of its answers have the seven-day rule."""
    chosen = terms()
    said = rules_used(period, chosen)
    tested = [one for one in answers if one.least_days is not None]
    if not tested or chosen.long_stays == INSIDE:
        return said
    counted = sum(one.excess_days is not None for one in tested)
    which = typography.plural(len(answers), "kommun", "kommuner")
    return f"{said} Sjudagarsregeln är räknad för {counted} av {which}."


def _row(one: Liability) -> tuple[object, ...]:
    status = "confidential" if one.reason.startswith(HIDDEN) else "missing"
    days, days_status = _at_least(one.excess_days, one.least_days, status)
    amount, amount_status = _at_least(one.amount, one.least_amount, status)
    return (
        one.municipality,
        _name(one),
        one.mean,
        UNSAID if one.liable is None else "Ja" if one.liable else "Nej",
        days,
        amount,
        ("ok" if one.whole else "partial") if one.mean is not None else status,
        days_status,
        amount_status,
        one.reason if one.most_days in (None, one.least_days) else _bounds(one),
    )


def _at_least(exact: float | None, least: float | None, status: str) -> tuple[float | None, str]:
    """A number and its status: exact, the least that is certain, or why there is none."""
    if exact is not None:
        return exact, "ok"
    # At least nothing says nothing.
    return (least, "lower-bound") if least else (None, status)


def _bounds(one: Liability) -> str:
    least, most = (typography.number(days, 1) for days in (one.least_days, one.most_days))
    return f"Mellan {least} och {most} dagar. {one.reason}"


def _finding(answers: list[Liability], *, place_name: str, period: str) -> str:
    when = period_name(period)
    liable = [f"{_name(one)} ({_owed(one)})" for one in answers if one.liable]
    cleared = [one for one in answers if one.liable is False]
    unsaid = len(answers) - len(liable) - len(cleared)
    if not liable and not cleared:
        who = _name(answers[0]) if len(answers) == 1 else f"någon kommun i {place_name}"
        return f"Om {who} har betalningsansvar för {when} går inte att säga. {CAUTION}"
    rest = (
        f" För {typography.plural(unsaid, 'kommun', 'kommuner')} går det inte att säga."
        if unsaid
        else ""
    )
    if liable:
        return f"Betalningsansvar för {when}: {typography.enumerate_words(liable)}.{rest} {CAUTION}"
    if len(cleared) == 1:
        return f"{_name(cleared[0])} har inte betalningsansvar för {when}.{rest} {CAUTION}"
    none = "Ingen kommun" if not unsaid else f"{len(cleared)} kommuner"
    negated = "har" if not unsaid else "har inte"
    return f"{none} i {place_name} {negated} betalningsansvar för {when}.{rest} {CAUTION}"


def _name(one: Liability) -> str:
    return reference.municipality_by_code()[one.municipality].name


def _owed(one: Liability) -> str:
    least = "" if one.excess_days is not None else "minst "
    days = f"{least}{typography.number(one.least_days, 1)} dagar"
    if one.least_amount is None:
        return f"{days}, belopp saknas för {one.period[:4]}"
    return f"{days}, {least}{typography.kronor(one.least_amount)}"
