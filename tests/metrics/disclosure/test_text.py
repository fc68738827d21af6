"""The proof in words: it names what can be worked out, and tells no value."""

import math
from dataclasses import replace
from datetime import datetime

from metrics.disclosure.audit import Range
from metrics.disclosure.cells import Cell
from metrics.disclosure.text import certified, report
from metrics.proof import Proof, Whole
from pipeline.attacking import certificate

SMALL = Cell(
    "discharges", "municipality/1490/sodra-alvsborg/alla", ((0, 1.0),), 3.0, sensitive=True
)


def proof(*ranges: Range) -> Proof:
    return Proof("Utskrivningsklara", "2019-07", 560, 199, 1701, 172, ranges)


def test_what_is_published_and_hidden_and_the_narrowest_range() -> None:
    assert report([proof(Range(SMALL, 0.0, 8.9), Range(SMALL, 1.2, 5.0))]) == [
        "Utskrivningsklara, juli 2019: 172 av 1\u00a0701 värden är dolda (199 av 560 olika tal).",
        "  Smalaste spannet för ett dolt litet antal: 2 till 5, 4 möjliga värden.",
        "Inget dolt tal går att räkna ut.",
    ]


def test_what_is_shown_whole_is_said_with_its_reason() -> None:
    assert report([], [Whole("Medel", "2025", "medlen är offentliga")]) == [
        "Medel, 2025: inget döljs, medlen är offentliga.",
        "Inget dolt tal går att räkna ut.",
    ]


def test_nothing_may_bound_a_number() -> None:
    assert "minst 1." in report([proof(Range(SMALL, 1.0, math.inf))])[1]


def test_what_can_be_worked_out_is_named() -> None:
    said = report([proof(Range(SMALL, 3.0, 3.0)), proof()])
    assert "  Går att räkna ut: discharges, municipality/1490/sodra-alvsborg/alla." in said
    assert said[-1] == "1 dolt tal går att räkna ut."
    assert not any("3.0" in line for line in said)


def test_a_certificate_says_what_was_attacked_and_what_came_of_it() -> None:
    found = [proof(Range(SMALL, 0.0, 8.9), Range(SMALL, 1.2, 5.0), Range(SMALL, 1, 1, told=True))]
    made = replace(certificate(found, version=7, period=""), at=datetime(2026, 11, 26, 18, 40))
    assert (made.lowest, made.highest, made.told, made.worked_out) == (1, 1, 1, 1)
    said = certified(replace(made, lowest=2, highest=5, worked_out=0))
    assert said == (
        "Prövat 2026-11-26 18.40: version 7, 560 tal varav 199 dolda, angripna tillsammans med "
        "linjär- och heltalsprogrammering, och med allt som de äldre versioner som finns kvar "
        "visar. Inget dolt tal går att räkna ut. Smalaste spannet för "
        "ett dolt litet antal är 2 till 5. 1 litet antal framgår av summan av dagar ensam, som när "
        "en enda dag är en persons."
    )
    assert "1 dolt tal går att räkna ut." in certified(made)
