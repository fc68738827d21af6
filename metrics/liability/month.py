"""Betalningsansvar of one municipality and month where every stay is known, in days and kronor.

Pure calculation, in exact fractions. Source of the formula: docs/domain.md. A municipality is
liable for what exceeds the mean; exactly the threshold is not above it; no discharges is no mean.
What can be said where stays are not known is in `metrics.liability.bounds`.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from metrics.liability.rules import EXACT, INSIDE, OUTSIDE, SAME, Rule, Terms, rule

NO_RULE = "Genomsnittsmodellen gällde inte."
NO_AMOUNT = "Belopp saknas för {year}."
NO_DISCHARGES = "Inga utskrivna."
NO_MONTHS_BEFORE = "De två föregående månaderna saknas, så ansvaret kan inte prövas."


@dataclass(frozen=True, kw_only=True)
class Stays:
    """The discharge-ready of a municipality, a month and a care form (None where not told).

    `lengths` is how many stays had each number of whole days, None where only sums are known;
    `long_stays` how many lasted more than seven days, None where not known.
    Raises ValueError for what cannot be.
    """

    care_form: str | None
    discharges: float
    days: float
    long_stays: float | None = None
    lengths: Mapping[int, int] | None = None

    def __post_init__(self) -> None:
        if min(self.discharges, self.days) < 0 or (self.days and not self.discharges):
            raise ValueError(f"{self.days} days for {self.discharges} discharges")


@dataclass(frozen=True, kw_only=True)
class Liability:
    """What a municipality is liable for in a month: a basis, not an invoice.

    `discharges`, `days` and `mean` are as the mean was tested; `average_days` exceed the mean,
    `individual_days` are counted person by person, `excess_days` are both: None where they are not
    known exactly. `least_days` and `most_days` hold them between what is certain; `most_days` is
    None without a bound. `liable` is None where it cannot be said. `amount` and `least_amount`
    (kronor) are None also where the year has no `rate` (kronor a day). `whole` is whether all of
    what was tested has been reported. `reason` says in Swedish what is left out and why.
    """

    municipality: str
    period: str
    rate: int | None
    reason: str
    discharges: float | None = None
    days: float | None = None
    mean: float | None = None
    liable: bool | None = None
    average_days: float | None = None
    individual_days: float | None = None
    excess_days: float | None = None
    least_days: float | None = None
    most_days: float | None = None
    amount: int | None = None
    least_amount: int | None = None
    whole: bool = True


@dataclass(frozen=True)
class _Part:
    """Stays that are settled alike: those in the mean, and days that are counted one by one."""

    discharges: Fraction
    days: Fraction
    individual: Fraction


def calculate(
    *,
    municipality: str,
    period: str,
    stays: Sequence[Stays],
    before: Sequence[Sequence[Stays] | None] = (),
    terms: Terms,
    rate: int | None,
) -> Liability:
    """What is owed for a month's `stays`, one entry per care form; those beyond seven days known.

    `before` holds the two months before, newest first, where the terms test three months together;
    None is a month that is not known. `rate` is that of the month's year.
    """
    settled = [(stay, rule(period, stay.care_form)) for stay in stays]
    if all(how.model == "none" for _, how in settled) and rule(period, None).model == "none":
        return Liability(municipality=municipality, period=period, rate=rate, reason=NO_RULE)
    groups = _groups(settled, terms)
    parts = {key: _part(group, terms) for key, group in groups.items()}
    earlier = [_earlier(month, period, terms) for month in before[: terms.test_months - 1]]
    known = [month for month in earlier if month is not None]
    if len(known) < terms.test_months - 1:
        return Liability(
            municipality=municipality, period=period, rate=rate, reason=NO_MONTHS_BEFORE
        )
    average = Fraction(0)
    for key, part in parts.items():
        window = [part, *(month[key] for month in known if key in month)]
        if _above(window, terms):
            average += _excess(part, terms)
    average = _rounded(average, terms.days_decimals)
    individual = sum((part.individual for part in parts.values()), Fraction(0))
    discharges = sum((part.discharges for part in parts.values()), Fraction(0))
    days = sum((part.days for part in parts.values()), Fraction(0))
    owed = average + individual
    notes = []
    if not any(stay.discharges for stay in stays):
        notes.append(NO_DISCHARGES)
    if rate is None:
        notes.append(NO_AMOUNT.format(year=period[:4]))
    return Liability(
        municipality=municipality,
        period=period,
        discharges=float(discharges),
        days=float(days),
        mean=float(_mean(discharges, days, terms)) if discharges else None,
        liable=owed > 0,
        average_days=float(average),
        individual_days=float(individual),
        excess_days=float(owed),
        least_days=float(owed),
        most_days=float(owed),
        rate=rate,
        amount=in_kronor(owed, rate),
        least_amount=in_kronor(owed, rate),
        reason=" ".join(notes),
    )


def in_kronor(days: Fraction, rate: int | None) -> int | None:
    """Days in whole kronor, half up; None in a year without a rate."""
    return None if rate is None else int(_rounded(days * rate, 0))


def _groups(
    settled: Sequence[tuple[Stays, Rule]], terms: Terms
) -> dict[str, list[tuple[Stays, Rule]]]:
    """The stays by the mean that they belong to."""
    groups: dict[str, list[tuple[Stays, Rule]]] = {}
    for stay, how in settled:
        if how.model != "none":
            key = "" if terms.psykiatri == SAME else how.care_form
            groups.setdefault(key, []).append((stay, how))
    return groups


def _earlier(month: Sequence[Stays] | None, period: str, terms: Terms) -> dict[str, _Part] | None:
    """An earlier month's parts, settled as the month that is tested."""
    if month is None:
        return None
    groups = _groups([(stay, rule(period, stay.care_form)) for stay in month], terms)
    return {key: _part(group, terms) for key, group in groups.items()}


def _part(group: Sequence[tuple[Stays, Rule]], terms: Terms) -> _Part:
    discharges = days = individual = Fraction(0)
    for stay, how in group:
        late = {
            length: count
            for length, count in (stay.lengths or {}).items()
            if length > how.after_days
        }
        over = Fraction(sum((length - how.after_days) * n for length, n in late.items()))
        if how.model == "individual":
            individual += over
            continue
        discharges += Fraction(stay.discharges)
        days += Fraction(stay.days)
        if terms.long_stays == INSIDE:
            continue
        individual += over
        days -= over
        if terms.long_stays == OUTSIDE:
            discharges -= sum(late.values())
            days -= how.after_days * sum(late.values())
    return _Part(discharges, days, individual)


def _above(window: Sequence[_Part], terms: Terms) -> bool:
    discharges = sum((part.discharges for part in window), Fraction(0))
    days = sum((part.days for part in window), Fraction(0))
    return discharges > 0 and _mean(discharges, days, terms) > terms.threshold


def _excess(part: _Part, terms: Terms) -> Fraction:
    if not part.discharges:
        return Fraction(0)
    mean = _mean(part.discharges, part.days, terms)
    return max(Fraction(0), (mean - terms.threshold) * part.discharges)


def _mean(discharges: Fraction, days: Fraction, terms: Terms) -> Fraction:
    return _rounded(days / discharges, terms.mean_decimals)


def _rounded(value: Fraction, decimals: int) -> Fraction:
    """Half up, as on an invoice; EXACT leaves the value as it is."""
    if decimals == EXACT:
        return value
    scale = 10**decimals
    return Fraction(math.floor(value * scale + Fraction(1, 2)), scale)
