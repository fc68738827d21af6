"""Betalningsansvar where single stays are not known: what is certain, and the most it can be.

Only sums are published, and the seven-day rule counts persons one by one. So every way in which the
sums can have come about is tried at its extremes, and what holds in all of them is the answer.
"""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product

from metrics.liability.month import Liability, Stays, calculate, in_kronor
from metrics.liability.rules import INSIDE, OUTSIDE, Terms, rule

NO_SINGLE_STAYS = "Sjudagarsregeln kan inte räknas: enskilda vårdtider saknas eller visas inte."


def bounded(
    *,
    municipality: str,
    period: str,
    stays: Sequence[Stays],
    before: Sequence[Sequence[Stays] | None] = (),
    terms: Terms,
    rate: int | None,
    loose: bool = False,
) -> Liability:
    """As `month.calculate`, exact where it can be and else between bounds.

    `loose` is for a month that others may belong to: they can change the mean either way, so only
    what is counted person by person is certain, and there is no most.
    """
    answers = [
        calculate(
            municipality=municipality,
            period=period,
            stays=own,
            before=earlier,
            terms=terms,
            rate=rate,
        )
        for own in product(*(_ways(stay, period, terms) for stay in stays))
        for earlier in _earlier(before, period, terms)
    ]
    first = answers[0]
    if first.liable is None:
        return first
    # The mean of every day, for one to hold against the published one.
    sums = calculate(
        municipality=municipality,
        period=period,
        stays=[replace(stay, lengths={}) for stay in stays],
        before=[month and [replace(stay, lengths={}) for stay in month] for month in before],
        terms=terms,
        rate=rate,
    )
    return _between(answers, sums, terms, loose=loose)


def _between(
    answers: Sequence[Liability], sums: Liability, terms: Terms, *, loose: bool
) -> Liability:
    first = answers[0]
    owed = [Fraction(one.excess_days or 0) for one in answers]
    individual = min(Fraction(one.individual_days or 0) for one in answers)
    least, most = min(owed), max(owed)
    if loose or (terms.test_months > 1 and least < most):
        # Of three months together, a length between the extremes can tip the mean.
        least = individual
    if least == most and not loose:
        return first
    reason = "" if loose else NO_SINGLE_STAYS
    return replace(
        sums,
        liable=True if least > 0 else None,
        average_days=None,
        individual_days=None,
        excess_days=None,
        least_days=float(least),
        most_days=None if loose else float(most),
        amount=None,
        least_amount=in_kronor(least, sums.rate),
        reason=f"{sums.reason} {reason}".strip(),
    )


def _earlier(
    before: Sequence[Sequence[Stays] | None], period: str, terms: Terms
) -> Iterator[list[list[Stays] | None]]:
    """The months before with as little and as much beyond the seventh day as there can be."""
    ways = [
        None if month is None else [_ways(stay, period, terms) for stay in month]
        for month in before[: terms.test_months - 1]
    ]
    yield [None if month is None else [stays[0] for stays in month] for month in ways]
    if any(len(stays) > 1 for month in ways for stays in month or ()):
        yield [None if month is None else [stays[-1] for stays in month] for month in ways]


def _ways(stay: Stays, period: str, terms: Terms) -> list[Stays]:
    """The stay with the lengths that it can have had beyond the seventh day, least first.

    Of them only how many they are and what they add up to matters.
    """
    how = rule(period, stay.care_form)
    counted = how.model == "individual" or (how.model == "average" and terms.long_stays != INSIDE)
    if stay.lengths is not None or not counted:
        return [stay]
    after, n, days = how.after_days, math.floor(stay.discharges), math.floor(stay.days)
    most = min(n, days // (after + 1))
    numbers = range(most + 1) if stay.long_stays is None else [int(stay.long_stays)]
    extremes = [
        (total - after * number, number)
        for number in numbers
        for total in {
            max((after + 1) * number, days - after * (n - number)),
            days if number else 0,
        }
        if (after + 1) * number <= total <= (days if number else 0)
        and days - total <= after * (n - number)
    ]
    if terms.long_stays != OUTSIDE or how.model == "individual":
        extremes = sorted({min(extremes), max(extremes)}) if extremes else []
    if not extremes:
        # The sums contradict each other: one of them is wrong, and which is not known.
        extremes = [(0, 0), (days, most + 1)]
    return [replace(stay, lengths=_lengths(*one, after=after)) for one in sorted(extremes)]


def _lengths(beyond: int, number: int, *, after: int) -> Counter[int]:
    """So many stays that are so many days beyond, all of them but one by a single day."""
    if not number:
        return Counter()
    return Counter({after + 1: number - 1}) + Counter({after + 1 + beyond - number: 1})
