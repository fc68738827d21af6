"""Betalningsansvar from what has been loaded, without what disclosure control hides."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from importlib.resources import files

import duckdb

import reference
from metrics.datasets.discharges import KEY
from metrics.liability.bounds import bounded
from metrics.liability.month import Liability, Stays, in_kronor
from metrics.liability.rules import INSIDE, Terms, one_rule, terms
from swedish.periods import previous_period
from warehouse import store

HIDDEN = "Visas inte: för få personer, eller dolt i underlaget."
NO_CARE_FORM = "Vårdform saknas, och psykiatri hade en egen regel."
A_DAY_EACH = "De som var kvar mer än sju dagar räknas var för sig, minst en dag för var och en."
INCOMPLETE = "Delar av underlaget saknas."

# What, where it is hidden, the days beyond the seventh would say something of: of which persons the
# days that are shown are.
_SUMS = ("mean_days", "same_day_share", "over_3_share", "over_7")

_Key = tuple[str, str]


@dataclass(frozen=True)
class _Known:
    """What is known by month and municipality: stays, what is incomplete, and hidden values.

    A hidden value is indicator, month and municipality; None where nothing is to be hidden.
    """

    stays: dict[_Key, list[Stays]]
    incomplete: frozenset[_Key]
    hidden: frozenset[tuple[str, str, str]] | None


def liabilities(
    *, start: str, end: str, municipality: str | None = None, raw: bool = False
) -> list[Liability]:
    """Each municipality and month from `start` to `end` that has data, by month and code.

    `raw` skips disclosure control (local use only). Raises SettingsError for unusable terms.
    """
    chosen = terms()
    first = previous_period(previous_period(start))
    with store.reading() as connection:
        if connection is None:
            return []
        known = _read(connection, start=first, end=end, raw=raw)
    return [
        _answer(period, code, known=known, chosen=chosen)
        for period, code in sorted(known.stays)
        if period >= start and municipality in (None, code)
    ]


def _read(connection: duckdb.DuckDBPyConnection, *, start: str, end: str, raw: bool) -> _Known:
    span = {"start": start, "end": end}
    statement = files("metrics.liability").joinpath("liability.sql").read_text(encoding="utf-8")
    stays: dict[_Key, list[Stays]] = {}
    incomplete = set()
    for period, code, form, discharges, days, long_stays, lengths, unknown in connection.execute(
        statement, span | {"dataset": KEY}
    ).fetchall():
        stays.setdefault((period, code), []).append(
            Stays(
                care_form=form,
                discharges=discharges,
                days=days,
                long_stays=long_stays,
                lengths=dict(lengths) if lengths is not None else None,
            )
        )
        if unknown:
            incomplete.add((period, code))
    hidden = connection.execute(
        """
        select indicator, period, place
        from shown
        where status = 'confidential'
            and level = 'municipality'
            and part = 'alla'
            and list_contains($kinds, indicator)
            and period between $start and $end
        """,
        span | {"kinds": _SUMS},
    ).fetchall()
    return _Known(stays, frozenset(incomplete), None if raw else frozenset(hidden))


def _answer(period: str, code: str, *, known: _Known, chosen: Terms) -> Liability:
    months = [period]
    while len(months) < chosen.test_months:
        months.append(previous_period(months[-1]))
    apart = any(not one_rule(month, chosen) for month in months)
    stays = [_settled(known.stays.get((month, code)), apart=apart) for month in months]
    forms = {stay.care_form or "alla" for month in stays for stay in month or ()}
    covered = _covered(months, code, known)
    if known.hidden is not None and forms != {"alla"}:
        # No care form of a municipality is published by itself, so nothing made of it either.
        covered.add("mean_days")
    if covered:
        known_long = "over_7" not in covered
        stays = [
            month and [_by_sums(stay, known_long=known_long) for stay in month] for month in stays
        ]
    daily = reference.liability_rates().get(int(period[:4]))
    formless = apart and "alla" in forms
    incomplete = any((month, code) in known.incomplete for month in months)
    answer = bounded(
        municipality=code,
        period=period,
        stays=stays[0] or (),
        before=stays[1:],
        terms=chosen,
        rate=daily.sek_per_day if daily else None,
        # Psykiatri among all forms, and what is missing, can move the mean either way.
        loose=formless or incomplete,
    )
    if answer.least_days is None:
        return answer
    if "mean_days" in covered:
        hidden = Liability(municipality=code, period=period, rate=answer.rate, reason=HIDDEN)
        # Without the number of them, where it is hidden too.
        long = sum(stay.long_stays or 0 for stay in stays[0] or ())
        return hidden if chosen.long_stays == INSIDE else _of_long_stays(hidden, long)
    if incomplete and not answer.discharges:
        # What has not been reported is not nobody.
        return Liability(municipality=code, period=period, rate=answer.rate, reason=INCOMPLETE)
    notes = [NO_CARE_FORM] * formless + [INCOMPLETE] * incomplete
    return replace(answer, whole=not incomplete, reason=" ".join([answer.reason, *notes]).strip())


def _of_long_stays(hidden: Liability, number: float) -> Liability:
    """What is sure without the mean: each beyond the seventh day is counted, a day at least."""
    if not number:
        return hidden
    return replace(
        hidden,
        liable=True,
        least_days=number,
        least_amount=in_kronor(Fraction(number), hidden.rate),
        reason=f"{HIDDEN} {A_DAY_EACH}",
    )


def _by_sums(stay: Stays, *, known_long: bool) -> Stays:
    return replace(stay, lengths=None, long_stays=stay.long_stays if known_long else None)


def _covered(months: Sequence[str], code: str, known: _Known) -> set[str]:
    """The indicators that are hidden for the municipality in any of the months."""
    hidden = known.hidden or frozenset()
    return {
        indicator for indicator in _SUMS for month in months if (indicator, month, code) in hidden
    }


def _settled(month: Sequence[Stays] | None, *, apart: bool) -> list[Stays] | None:
    """A month's stays as they are settled: by care form, or all together."""
    if month is None or apart:
        return None if month is None else list(month)
    # Nobody has no length, also where single stays are known.
    known = [stay.lengths for stay in month if stay.discharges or stay.lengths is not None]
    lengths: Counter[int] = Counter()
    for one in known:
        lengths.update(one or {})
    long_stays = [stay.long_stays for stay in month if stay.long_stays is not None]
    return [
        Stays(
            care_form=None,
            discharges=sum(stay.discharges for stay in month),
            days=sum(stay.days for stay in month),
            long_stays=sum(long_stays) if len(long_stays) == len(month) else None,
            lengths=None if None in known else lengths,
        )
    ]
