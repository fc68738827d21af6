"""Betalningsansvar: which rule holds when, how its open points are settled, and what to say so.

Rules are data (`data/reference/liability_rules.csv`), open points are settings.
Source: docs/domain.md.
"""

import datetime
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import reference
from settings import SettingsError, settings
from settings.declared import Settings
from swedish import typography
from swedish.periods import period_name

Model = Literal["none", "average", "individual"]
SOMATIK, PSYKIATRI, EVERY_FORM = "somatik", "psykiatri", "alla"
INSIDE, FIRST_DAYS, OUTSIDE = "inside", "first_days", "outside"
SAME, SEPARATE = "same", "separate"
EXACT = -1


@dataclass(frozen=True)
class Rule:
    """How a care form is settled during a time.

    `average`: what exceeds the mean; persons beyond `after_days` are counted one by one as the
    terms say. `individual`: every person one by one from `after_days`. `none`: not calculated.
    `start` and `end` are its first and last day, "" and "9999" where it is open. `decided` is
    whether a decision on it has been found; without one it is a rule that is presumed to go on.
    """

    care_form: str
    model: Model
    after_days: int
    start: str = ""
    end: str = "9999"
    decided: bool = True


@dataclass(frozen=True, kw_only=True)
class Terms:
    """How the agreement's open points are settled; each is a setting of the same name.

    `decimals` of -1 mean no rounding. Raises SettingsError for a choice that does not exist.
    """

    threshold: Fraction = Fraction(3)
    test_months: int = 1
    mean_decimals: int = EXACT
    days_decimals: int = EXACT
    long_stays: str = FIRST_DAYS
    psykiatri: str = SAME

    def __post_init__(self) -> None:
        for name, allowed in (
            ("test_months", (1, 3)),
            ("long_stays", (INSIDE, FIRST_DAYS, OUTSIDE)),
            ("psykiatri", (SAME, SEPARATE)),
        ):
            if getattr(self, name) not in allowed:
                choices = typography.enumerate_words([str(choice) for choice in allowed])
                raise SettingsError(f"'liability_{name}' ska vara något av {choices}.")
        for name in ("mean_decimals", "days_decimals"):
            if not EXACT <= getattr(self, name) <= 6:
                raise SettingsError(f"'liability_{name}' ska vara mellan -1 och 6.")


def terms(chosen: Settings | None = None) -> Terms:
    """The terms that the settings give. Raises SettingsError where one cannot be used."""
    chosen = chosen or settings()
    return Terms(
        threshold=Fraction(str(chosen.target_mean_days)),
        test_months=chosen.liability_test_months,
        mean_decimals=chosen.liability_mean_decimals,
        days_decimals=chosen.liability_days_decimals,
        long_stays=chosen.liability_long_stays,
        psykiatri=chosen.liability_psykiatri,
    )


def rule(period: str, care_form: str | None) -> Rule:
    """The rule of a month (`2019-07`); a care form that is not known is settled as somatik.

    A month follows the rule of its first day, so that no month is settled by two.
    """
    day = f"{period}-01"
    wanted = care_form or SOMATIK
    for row in reference.liability_rules():
        if row.care_form in (wanted, EVERY_FORM) and row.valid_from <= day <= row.valid_to:
            model: Model = "none"
            match row.model:
                case "average" | "individual":
                    model = row.model
            return Rule(
                wanted,
                model,
                row.after_days,
                row.valid_from,
                row.valid_to,
                decided=row.confidence != "not found",
            )
    return Rule(wanted, "none", 0)


def one_rule(period: str, chosen: Terms) -> bool:
    """Whether all care forms of a month are settled together."""
    somatik, psykiatri = rule(period, SOMATIK), rule(period, PSYKIATRI)
    alike = (somatik.model, somatik.after_days) == (psykiatri.model, psykiatri.after_days)
    return alike and chosen.psykiatri == SAME


def open_points(chosen: Terms) -> list[str]:
    """What the agreement leaves open and how it is settled here, as sentences for the page."""
    threshold = typography.number(float(chosen.threshold), 1)
    long_stays = {
        INSIDE: "Alla dagar räknas i genomsnittet och ingen räknas individuellt.",
        FIRST_DAYS: "Deras första sju dagar räknas i genomsnittet, dagarna därefter individuellt.",
        OUTSIDE: "De räknas inte i genomsnittet; dagarna efter den sjunde räknas individuellt.",
    }[chosen.long_stays]
    test = {
        1: "Varje månad prövas för sig.",
        3: "Ansvar prövas på månaden tillsammans med de två föregående; dagarna är månadens egna.",
    }[chosen.test_months]
    together = {
        SAME: "Psykiatri och somatik räknas i samma genomsnitt när samma regel gäller.",
        SEPARATE: "Psykiatri och somatik har var sitt genomsnitt.",
    }[chosen.psykiatri]
    return [
        f"Personer kvar mer än sju dagar: överenskommelsens detaljer är inte kända. {long_stays} "
        "Där enskilda vårdtider saknas eller inte får visas anges bara det som är säkert.",
        f"Avrundning: {_rounding('genomsnittet', chosen.mean_decimals)}, "
        f"{_rounding('antalet dagar', chosen.days_decimals)}.",
        "Vårdtid över ett månads- eller årsskifte: hela vårdtiden räknas till "
        "utskrivningsmånaden, med det årets belopp.",
        f"Psykiatri eller somatik: {together} Januari–mars 2020 räknas psykiatri "
        "individuellt efter sju dagar. Vilken regel som gällde psykiatri före 2020 är inte känt; "
        "den räknas då som somatik.",
        f"Månad eller tre månader: {test} Gränsen är mer än {threshold} dagar; "
        f"precis {threshold} ger inget ansvar.",
    ]


def rules_used(period: str, chosen: Terms) -> str:
    """Which rule of which dates a month is settled by, or that none is known, and the settings."""
    somatik, psykiatri = rule(period, SOMATIK), rule(period, PSYKIATRI)
    month = period_name(period)
    if somatik.model == "none":
        return f"För {month} gällde inte medelvärdesmodellen, så inget räknas."
    threshold = typography.number(float(chosen.threshold), 1)
    long_stays = {
        INSIDE: "utan sjudagarsregel: alla dagar räknas i genomsnittet",
        FIRST_DAYS: "med sjudagarsregeln: dagar efter den sjunde räknas person för person",
        OUTSIDE: "med sjudagarsregeln: de som är kvar mer än sju dagar räknas för sig",
    }[chosen.long_stays]
    test = {1: "varje månad prövas för sig", 3: "tre månader prövas tillsammans"}
    settled = (
        f"Gränsen är ett genomsnitt över {threshold} dagar, {long_stays}; "
        f"{test[chosen.test_months]}."
    )
    if somatik.decided:
        told = f"Medelvärdesmodellen gällde från {somatik.start} till {somatik.end}."
        if psykiatri.model == "individual":
            told += " Psykiatri räknades då person för person efter sju dagar."
        return f"{told} {settled}"
    last = datetime.date.fromisoformat(somatik.start) - datetime.timedelta(days=1)
    return (
        f"Ingen känd regel gäller {month}: inget beslut efter {last} är funnet. Månaden är räknad "
        f"som om medelvärdesmodellen fortfarande gällde. {settled}"
    )


def _rounding(what: str, decimals: int) -> str:
    if decimals == EXACT:
        return f"{what} avrundas inte"
    if decimals == 0:
        return f"{what} avrundas till heltal"
    return f"{what} avrundas till {typography.plural(decimals, 'decimal', 'decimaler')}"
