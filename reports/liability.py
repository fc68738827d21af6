"""Betalningsansvar of a month: what a place's municipalities are liable for, as a basis."""

import reference
import swedish
from metrics.liability import Liability
from metrics.liability_values import liabilities
from reports.basis import View
from reports.model import Cell, Head, Table

CAUTION = "Underlag, inte faktura."


def finding(chosen: View) -> str:
    """Which municipalities are liable, for how many days and kronor, in a sentence or two."""
    liable = [one for one in _asked(chosen) if one.liable]
    if not liable:
        return (
            f"Ingen kommun i {chosen.place_name} har betalningsansvar för {chosen.when} enligt "
            "de uppgifter som visas."
        )
    told = [f"{_name(one)} ({_amount(one)})" for one in liable]
    return f"Betalningsansvar för {chosen.when}: {swedish.enumerate_words(told)}. {CAUTION}"


def table(chosen: View) -> Table:
    """A row for each municipality with data: what was tested, and what came of it."""
    heads = (
        Head("Kommun"),
        Head("Genomsnitt (dagar)", 2),
        Head("Betalningsansvar"),
        Head("Dagar över", 1),
        Head("Belopp (kr)", 0),
        Head("Anmärkning"),
    )
    rows = []
    for one in _asked(chosen):
        tested = one.liable is not None
        rows.append(
            (
                Cell(_name(one)),
                _number(one.mean, 2),
                Cell(("Ja" if one.liable else "Nej") if tested else swedish.NO_VALUE),
                _number(one.excess_days, 1),
                _number(one.amount, 0),
                Cell(one.reason),
            )
        )
    title = f"Betalningsansvar, {chosen.place_name}, {chosen.when}"
    return Table(title, "Betalningsansvar", heads, tuple(rows), CAUTION)


def _asked(chosen: View) -> list[Liability]:
    homes = reference.municipality_by_code()
    found = [
        one
        for one in liabilities(start=chosen.period, end=chosen.period)
        if chosen.place in (reference.COUNTY, homes[one.municipality].area)
    ]
    return sorted(found, key=lambda one: swedish.sort_key(_name(one)))


def _name(one: Liability) -> str:
    return reference.municipality_by_code()[one.municipality].name


def _amount(one: Liability) -> str:
    days = f"{swedish.number(one.excess_days, 1)} dagar"
    if one.amount is None:
        return f"{days}, belopp saknas för {one.period[:4]}"
    return f"{days}, {swedish.kronor(one.amount)}"


def _number(value: float | None, decimals: int) -> Cell:
    return Cell(swedish.number(value, decimals), value)
