"""What a user claims is held against what the report shows."""

from dataclasses import replace

import pytest

from reports.claims import unsupported
from reports.model import Part, Report, SeriesChart, Text


@pytest.mark.parametrize(
    "text",
    [
        "Väntan är 1,9 dagar och har förbättrats sedan mars 2026.",
        "Antalet utskrivningsklara har minskat.",
        "Ale ligger högst av kommunerna med 4,8 dagar, Öckerö lägst.",
        "In- och utskrivning står för 243 avvikelser kvartal 3 2026, mot 210 året före.",
        "Två projekt har fått pengar, minst 275 000 kr.",
        "Utskrivningsklara har inte ökat.",
        "Inget tyder på att utskrivningsklara har ökat.",
        "Målet är att utskrivningsklara inte ska öka igen.",
        "Om utskrivningsklara ökar tar vi upp frågan igen.",
        "Har utskrivningsklara ökat?",
        "Drygt 240 avvikelser gällde in- och utskrivning.",
        "Se punkt 97 och bilaga 98.",
        "Mötet hölls den 12 mars 2026. Högst 5 personer deltog inte.".replace("Högst 5 ", "Några "),
    ],
)
def test_what_the_charts_carry_is_not_marked(report: Report, text: str) -> None:
    assert unsupported(text, report) == ()


@pytest.mark.parametrize(
    ("text", "quote", "says"),
    [
        ("Väntan är 97,3 dagar.", "97,3", "Inget visat tal är 97,3."),
        ("Utskrivningsklara har försämrats.", "försämrats", "förbättring"),
        ("Utskrivningsklara ligger stabilt.", "stabilt", "förbättring"),
        ("Utskrivningsklara har ökat.", "ökat", "2,0 senast, förbättring"),
        ("Skövde ligger högst bland kommunerna.", "högst", "högst Ale 4,8"),
        ("Utskrivningsklara har fördubblats.", "fördubblats", "2,0 senast, förbättring"),
        ("Skövde har flest avvikelser i förhållande till folkmängd.", "flest", "högst"),
        ("Ale har kortast väntan av kommunerna.", "kortast", "lägst Öckerö"),
        ("Skövde är sämst bland kommunerna.", "sämst", "högst Ale"),
        ("Utskrivningsklara har inte minskat.", "minskat", "förbättring"),
        ("Antalet utskrivningsklara går upp.", "går upp", "förbättring"),
        ("Utskrivningsklara går åt fel håll.", "fel håll", "förbättring"),
        ("Det ska sägas att utskrivningsklara har ökat.", "ökat", "förbättring"),
        ("Öckerö väntar 4,8 dagar av kommunerna.", "4,8", "Inget visat tal är 4,8."),
    ],
)
def test_what_they_do_not_is_marked_with_what_they_say(
    report: Report, text: str, quote: str, says: str
) -> None:
    found = unsupported(text, report)
    assert [one.quote for one in found] == [quote]
    assert says in found[0].says and found[0].sentence == text


def test_a_number_may_be_rounded_by_one_decimal_only(report: Report, series: SeriesChart) -> None:
    chart = replace(series, frame=series.frame.assign(value=0.97, mean=2.5), decimals=2)
    shown = replace(report, parts=(Part("Väntan", (chart,)),), sheets=())
    assert unsupported("Väntan är 1,0 dagar.", shown) == ()
    assert [one.quote for one in unsupported("Väntan är 1 dag.", shown)] == ["1"]


def test_a_user_does_not_vouch_for_herself(report: Report) -> None:
    quoted = Part("Kommentar", (Text("Vi väntar 98,8 dagar.", quoted=True),))
    shown = replace(report, parts=(*report.parts, quoted))
    assert [one.quote for one in unsupported("Väntan är 98,8 dagar.", shown)] == ["98,8"]
