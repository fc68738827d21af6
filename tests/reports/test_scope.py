"""A report is of its place and period only, and names the loads whose numbers it shows."""

import datetime
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import pipeline
import reference
from reports import making
from reports.content.basis import View
from reports.content.kinds.briefing import proposed_position, proposed_summary
from reports.content.sections import BRIEFING, last_quarter
from reports.content.titles import of_ranking
from reports.making import Order, report
from reports.model import (
    CallError,
    Cards,
    Part,
    Points,
    Report,
    ReportError,
    ReportTable,
    SeriesChart,
    Text,
)
from tests.reports.conftest import MADE, demo_report, order
from views import held
from views.held import Held, compared, protected_since
from views.ranking.sentences import AREA, Ranked, ranking_finding

MAIN = """Månad;Kommun;Antal utskrivna;Antal dagar
2020-10;Lerum;40;20
2020-10;Alingsås;40;20
2020-11;Lerum;41;20
2020-12;Lerum;50;30
2020-12;Alingsås;60;30
"""
CORRECTED = "Månad;Kommun;Antal utskrivna;Antal dagar\n2020-11;Lerum;42;21\n"


NOVEMBER = Order(kind="monthly", place="samla", period="2020-11", made=MADE)


def tables(made: Report, name: str) -> list[ReportTable]:
    return [
        one for part in made.parts for one in part.blocks
        if isinstance(one, ReportTable) and one.name == name
    ]  # fmt: skip


@pytest.mark.parametrize("place", ["samla", "goteborg", "fyrbodal"])
def test_tables_hold_only_the_places_own(here: Path, place: str) -> None:
    made = demo_report(order("briefing", place), "docx")
    others = {one.name for one in reference.municipalities() if one.area != place}
    own = {one.name for one in reference.hospitals() if one.main_area == place}
    for table in (
        one for part in made.parts for one in part.blocks if isinstance(one, ReportTable)
    ):
        firsts = {row[0].text for row in table.rows}
        assert not firsts & others, table.title
        if table.name == "Sjukhus":
            assert firsts <= own and "patienter från hela länet" in table.title


@pytest.mark.parametrize("place", ["skaraborg", "fyrbodal"])
def test_the_year_and_the_funds_of_others_are_left_out_and_said_to_be(
    here: Path, place: str
) -> None:
    made = demo_report(order("briefing", place), "pptx")
    said = " ".join(b.text for part in made.parts for b in part.blocks if isinstance(b, Text))
    assert "NOSAM" not in said and "LGS" not in said
    assert "Utelämnat: " in said and "På gång (årshjulet har inget för" in said


def test_goteborgs_year_begins_after_the_reports_period(here: Path) -> None:
    early = View("goteborg", "2025-01", MADE)
    (part,) = BRIEFING["arshjul"].build(early)
    assert part.title == "Årshjulet februari 2025 till maj 2025"


@pytest.mark.parametrize(
    ("month", "quarter"),
    [
        ("2026-01", "2025-K4"),
        ("2026-02", "2025-K4"),
        ("2026-03", "2026-K1"),
        ("2026-08", "2026-K2"),
    ],
)
def test_a_month_is_told_of_with_the_quarter_that_had_ended(
    here: Path, month: str, quarter: str
) -> None:
    told = last_quarter(View("lan", month, MADE))
    assert told is not None and told.period == quarter


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("scope")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAMVERKAN_DATA", str(folder / "data"))
        for name, text in (("allt.csv", MAIN), ("rattad.csv", CORRECTED)):
            (folder / name).write_text(text, encoding="utf-8")
            with pipeline.checked(folder / name) as file:
                pipeline.publish(file)
    return folder / "data"


@pytest.fixture
def two_loads(loaded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(loaded))


def test_the_source_is_what_is_shown(two_loads: None) -> None:
    (table,) = [one for one in report(NOVEMBER, "xlsx").sheets if one.name == "Inlästa uppgifter"]
    assert [(row[1].text, row[3].text) for row in table.rows] == [
        ("rattad.csv", "november 2020"),
        ("allt.csv", "oktober 2020"),
    ]


def test_a_kept_version_gives_what_was_known_then(two_loads: None) -> None:
    def cards(version: int | None) -> tuple[list[str], tuple[str, ...]]:
        made = report(replace(NOVEMBER, version=version), "pdf")
        (cards,) = [one for part in made.parts for one in part.blocks if isinstance(one, Cards)]
        return [card.value for card in cards.cards[:2]], made.notices

    now, notices = cards(None)
    assert (now, notices) == cards(2) and not any("känt i" in one for one in notices)
    then, notices = cards(1)
    assert then != now
    assert notices[0].startswith("Som det var känt i dataversion 1. Nu gäller version 2")
    assert making.made(replace(NOVEMBER, version=1), "xlsx").version == 1
    with pytest.raises(CallError, match=r"Version 9 finns inte kvar. De som finns är 1 och 2\."):
        report(replace(NOVEMBER, version=9), "pdf")
    assert making.proposed(replace(NOVEMBER, version=1)) != making.proposed(NOVEMBER)


def test_what_is_protected_since_is_not_handed_out_again(
    two_loads: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: Any = {"keys": ["discharges"], "start": "2020-10", "end": "2020-12"}
    assert protected_since(1, **asked) == 0
    monkeypatch.setattr(held, "_PROTECTED", held._OPEN)
    assert protected_since(1, **asked) > 5
    # Of other days than those of other tests, which have been remembered.
    with pytest.raises(ReportError, match=r"visar \d+ tal som nu är skyddade"):
        report(replace(NOVEMBER, version=1, made=datetime.datetime(2020, 12, 3)), "pdf")
    with pytest.raises(ReportError, match=r"visar \d+ tal som nu är skyddade"):
        making.proposed(replace(NOVEMBER, version=1, made=datetime.datetime(2020, 12, 2)))


def test_ways_that_are_protected_since_are_known_by_their_tables_names_those_of_nobody_too(
    two_loads: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    way = ("2020-K2", "sodra-alvsborg", "municipality")
    boras = (*way, "1490", "hospital", "Södra Älvsborgs Sjukhus", 7.0)
    mark = (*way, "1463", "hospital", "Sahlgrenska Universitetssjukhuset", 8.0)
    told = {held._WAYS: {boras, mark}}
    # Now, and then.
    now = {("way", *way[:2], "Borås", at) for at in ("SÄS", "SU", "nobody's")}
    hidden = iter([now, set()])
    monkeypatch.setattr(
        held,
        "_told",
        lambda query, _: next(hidden) if query == held._HIDDEN_WAYS else told.get(query, set()),
    )
    assert protected_since(1, keys=["deviations"], start="2020-K2", end="2020-K2") == 2


def test_what_is_late_is_counted_from_the_reports_own_period(two_loads: None) -> None:
    made = datetime.datetime(2026, 11, 26)
    said = " ".join(proposed_summary(View("samla", "2020-12", made)))
    assert "Leverans av utskrivningsklara saknas" not in said
    assert "månader, senast" not in said


def test_nothing_is_said_to_be_steady_that_could_not_be_judged(two_loads: None) -> None:
    early = View("samla", "2020-10", MADE)
    stands, noted = proposed_position(early)
    assert stands.startswith("SRO ställer sig bakom lägesbilden för SAMLA")
    assert noted.startswith("SRO noterar att inget mått ännu kan bedömas för oktober 2020")
    assert any("inget av dem kan bedömas" in point for point in proposed_summary(early))


@pytest.mark.parametrize("suffix", ["docx", "pptx"])
def test_a_first_month_has_no_month_before_and_no_chart_of_one_value(
    two_loads: None, suffix: str
) -> None:
    shown = report(Order(kind="monthly", place="samla", period="2020-10", made=MADE), suffix)
    blocks = [block for part in shown.parts for block in part.blocks]
    (cards,) = [block for block in blocks if isinstance(block, Cards)]
    assert {card.note for card in cards.cards} == {""}
    assert not any(isinstance(block, SeriesChart) for block in blocks)
    assert shown.parts[0].title == "SAMLA: 0,50\u00a0dagar i genomsnitt i oktober\u00a02020"


@pytest.mark.parametrize("suffix", ["docx", "pptx"])
def test_every_kind_has_room_for_the_users_own_words(two_loads: None, suffix: str) -> None:
    asked = Order(
        kind="monthly",
        place="samla",
        period="2020-12",
        made=MADE,
        summary=("Egen punkt.",),
        position=("SRO noterar månaden.",),
        notes="Att minnas.",
        errand="Månaden i siffror.",
        case_number="SSN 2020-17",
    )
    shown = report(asked, suffix)
    said = [text for part in shown.parts for text in texts(part)]
    assert {"Egen punkt.", "SRO noterar månaden.", "Att minnas."} <= set(said)
    assert "Förslag till ställningstagande" in [part.title for part in shown.parts]
    assert ("Diarienummer", "SSN 2020-17") in shown.head
    plain = report(Order(kind="monthly", place="samla", period="2020-12", made=MADE), suffix)
    assert plain.head == ()
    assert "Förslag till ställningstagande" not in [part.title for part in plain.parts]


def texts(part: Part) -> Iterator[str]:
    for block in part.blocks:
        match block:
            case Text(text):
                yield text
            case Points(items):
                yield from items
            case _:
                pass


def test_each_slide_names_its_own_source_and_the_report_all(here: Path) -> None:
    made = demo_report(order("briefing", "goteborg"), "pptx")
    sources = {part.label: part.source for part in made.parts}
    assert sources["Medel"] == "Källa: Medelsregister, 2026."
    assert "SAMSA" in sources["Utskrivningsklara"] and "SCB" not in sources["Avvikelser"]
    for named in ("SAMSA", "MedControl", "Medelsregister", "dödsorsaksregister"):
        assert named in made.footer[0]
    (files,) = [one for one in made.sheets if one.name == "Inlästa uppgifter"]
    assert {"Andra indikatorer", "Invånare"} <= {row[0].text for row in files.rows}


def test_one_municipality_with_a_value_is_not_the_first_of_one() -> None:
    rows = [Ranked("Alingsås", 0.78, "ok"), Ranked("Lerum", None, "missing")]
    title = of_ranking(rows, unit="dagar", decimals=2, what="längst väntan")
    assert title == "Bara Alingsås har ett värde att visa: 0,78\u00a0dagar"


def test_what_is_incomplete_is_first_of_nothing() -> None:
    rows = [Ranked("SIMBA", 0.5, "ok"), Ranked("Fyrbodal", 2.0, "partial"), Ranked("SAMLA", 0.7)]
    asked: Any = {"unit": "dagar", "decimals": 2, "noun": AREA}
    assert of_ranking(rows, what="längst väntan", **asked) == (
        "SAMLA har längst väntan av de 2\u00a0områden med fullständiga uppgifter: 0,70\u00a0dagar"
    ).replace("2\u00a0områden", "2 områden")
    said = ranking_finding(
        place_name="länet", period="2026-10", rows=rows, place_value=None, **asked
    )
    assert said == (
        "Högst av de 2 områden med fullständiga uppgifter i länet i oktober 2026: SAMLA, 0,70 "
        "dagar. Lägst av dem: SIMBA, 0,50 dagar. 1 område har ofullständiga uppgifter."
    )
    lonely = [Ranked("Fyrbodal", 2.0, "partial")]
    assert of_ranking(lonely, what="längst väntan", **asked) == (
        "Inget område har fullständiga uppgifter"
    )


def test_amounts_and_single_measures_answer_for_themselves(here: Path) -> None:
    made = demo_report(order("briefing", "goteborg"), "docx")
    assert made.manifest is not None
    money = [one for one in made.manifest.numbers if one.indicator.startswith("funds_")]
    (table,) = tables(made, "Suicidprevention")
    at = [head.text for head in table.heads].index("Använt (kr)")
    used = [one.value or 0.0 for one in money if one.indicator == "funds_used"]
    assert table.rows[-1][at].value == sum(used) > 0
    assert {one.indicator for one in made.manifest.numbers} >= {"sip_share", "funds_ceiling"}
    assert all(one.loads for one in money)
    assert {one.held for one in compared(money)} == {Held.SAME}
    (changed,) = compared([replace(money[0], value=1.0)])
    assert changed.held is Held.CHANGED and changed.place.endswith("(Suicidprevention)")
