"""What reports say is what `values` say, first of all what is missing."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import pipeline
from metrics.catalogue import indicators
from metrics.values import values
from reports.making import KINDS, Order, proposed, proposed_position, report
from reports.model import (
    BarChart,
    Block,
    Cards,
    ColumnChart,
    Points,
    Report,
    ReportError,
    ReportTable,
    SeriesChart,
    Text,
)
from swedish import typography
from swedish.periods import period_short
from tests.reports.conftest import MADE, demo_report, order
from views import scoreboard
from views.news.since_last import since_last
from warehouse.journal import comments, investigations

AREAS = ("lan", "goteborg", "fyrbodal")
EVERY = [(kind, suffix) for kind, one in KINDS.items() for suffix in one.formats]
Here = Path


def blocks(made: Report) -> Iterator[Block]:
    for part in made.parts:
        yield from part.blocks


def texts(made: Report) -> Iterator[str]:
    yield made.title
    for part in made.parts:
        yield part.title
        for block in part.blocks:
            match block:
                case Text(text):
                    yield text
                case Points(items):
                    yield from items
                case ReportTable():
                    yield block.title
                    yield from (cell.text for row in block.rows for cell in row)
                case _:
                    pass


@pytest.mark.parametrize("place", AREAS)
def test_the_series_of_the_month_is_that_of_the_values(here: Here, place: str) -> None:
    (chart,) = [one for one in blocks(demo_report(order("monthly", place), "pdf"))
                if isinstance(one, SeriesChart)]  # fmt: skip
    level = "county" if place == "lan" else "area"
    known = values(indicator="mean_days", level=level, place=place, end="2026-10")
    assert list(chart.frame["value"]) == [one.value for one in known]
    assert chart.frame["label"].iloc[-1] == period_short("2026-10")


@pytest.mark.parametrize("place", AREAS)
def test_the_cards_are_those_of_the_values(here: Here, place: str) -> None:
    (cards,) = [one for one in blocks(demo_report(order("monthly", place), "pdf"))
                if isinstance(one, Cards)]  # fmt: skip
    level = "county" if place == "lan" else "area"
    by_short = {one.short: one for one in indicators().values()}
    for card in cards.cards:
        about = by_short[card.title]
        (found,) = values(
            indicator=about.key, level=level, place=place, start="2026-10", end="2026-10"
        )
        assert card.value == typography.number(found.value, about.decimals)


@pytest.mark.parametrize("place", ["goteborg", "fyrbodal"])
def test_the_bars_are_the_municipalities(here: Here, place: str) -> None:
    (chart,) = [one for one in blocks(demo_report(order("monthly", place), "pdf"))
                if isinstance(one, BarChart)]  # fmt: skip
    found = values(indicator="mean_days", level="municipality", within=place,
                   start="2026-10", end="2026-10")  # fmt: skip
    known = {one.name: one.value for one in found if one.value is not None}
    shown = chart.frame[(chart.frame["kind"] == "place") & chart.frame["value"].notna()]
    assert dict(zip(shown["name"], shown["value"], strict=True)) == known


@pytest.mark.parametrize("place", AREAS)
def test_the_processes_of_the_quarter_are_those_of_the_values(here: Here, place: str) -> None:
    (chart,) = [one for one in blocks(demo_report(order("quarterly", place), "docx"))
                if isinstance(one, ColumnChart)]  # fmt: skip
    level = "county" if place == "lan" else "area"
    found = values(indicator="deviations", level=level, place=place, part=None,
                   start="2026-K3", end="2026-K3")  # fmt: skip
    known = {one.part: one.value for one in found if one.part != "alla" and one.value is not None}
    last = chart.frame["Kvartal 3 2026"].dropna()
    assert {name: count for name, count in last.items() if count} == known


@pytest.mark.parametrize(("kind", "suffix"), EVERY)
def test_every_report_says_what_it_rests_on(here: Here, kind: str, suffix: str) -> None:
    made = demo_report(order(kind), suffix)
    assert made.banner == "Exempeldata – inte verkliga uppgifter"
    assert re.match(r"Källa: .+ Inläst .+, dataversion 7\. Framtaget 23 november 2026\.",
                    made.footer[0])  # fmt: skip
    assert "Antal 1–4 visas inte" in made.footer[1]
    assert made.sheets


@pytest.mark.parametrize(("kind", "suffix"), EVERY)
def test_sro_decides_nothing_and_nothing_is_in_english(here: Here, kind: str, suffix: str) -> None:
    said = " ".join(texts(demo_report(order(kind), suffix)))
    assert "beslutar" not in said
    assert not re.search(r"\b(the|and|None|nan|True|False|ok|partial|missing)\b", said)


def test_the_document_has_the_order_of_an_errand(here: Here) -> None:
    made = demo_report(order("briefing"), "docx")
    titles = [part.title for part in made.parts]
    assert titles[:7] == [
        "Ärende",
        "Förslag till ställningstagande",
        "Sammanfattning",
        "Nuläge",
        "Analys och osäkerheter",
        "Datakällor och definitioner",
        "Bilaga 1. Månad för månad",
    ]
    assert all(title.startswith("Bilaga ") for title in titles[6:])
    assert titles[-1].endswith(". Alla mått")
    assert [label for label, _ in made.head] == [
        "Datum", "Diarienummer", "Handläggare", "Mottagare"
    ]  # fmt: skip
    said = " ".join(texts(made))
    assert "SRO ställer sig bakom" in said
    assert "SRO rekommenderar" in said


def test_the_slides_have_the_parts_that_are_chosen_and_the_users_own_summary(here: Here) -> None:
    asked = replace(order("briefing"), parts=("medel", "utskrivningsklara"), summary=("Eget.",))
    made = report(asked, "pptx")
    labels = [part.label for part in made.parts]
    assert labels[0] == "Sammanfattning" and {*labels[1:4]} <= {
        "Utskrivningsklara", "Utskrivningsklara: jämförelse", "Betalningsansvar", "Medel"
    }  # fmt: skip
    assert "Avvikelser" not in labels
    assert made.parts[0].blocks[0] == Points(("Eget.",))


def test_the_summary_always_answers_the_same_questions(here: Here) -> None:
    said = proposed(order("briefing"))
    assert said[0].startswith("Läget i oktober 2026: ")
    assert any("mått är genomgångna" in point for point in said)
    assert any("betalningsansvar" in point.lower() for point in said)
    assert any("kvartal 3 2026" in point for point in said)
    assert all("saknas för" not in point for point in said)
    # The county's names what Översikt leads with, which is of an area.
    lead = since_last(scoreboard.board(period="2026-10"), place="lan").lead
    assert lead and lead.place != "lan"
    assert proposed(order("briefing", place="lan"))[1] == f"{lead.headline}."


def test_the_proposal_follows_from_what_is_raised(here: Here) -> None:
    said = proposed_position(order("briefing"))
    assert said[0] == "SRO ställer sig bakom lägesbilden för Södra Älvsborg, oktober 2026."
    assert "försämringen i oktober 2026" in said[1]
    assert all(point.startswith("SRO ") for point in said)


def test_a_comment_goes_into_the_report_and_can_be_taken_away(here: Here) -> None:
    key, place, period = "mean_days", "sodra-alvsborg", "2026-10"

    def write(text: str, replaces: int | None = None) -> None:
        comments.add(
            indicator=key,
            place=place,
            period=period,
            text=text,
            author="Samordnare",
            replaces=replaces,
        )

    write("Två enheter bytte rutin.")
    said = list(texts(report(order("monthly"), "pdf")))
    assert any(
        text.startswith("Kommentar: Två enheter bytte rutin. (Samordnare, ") for text in said
    )
    (one,) = comments.remarks(indicator=key, place=place, period=period)
    write("", replaces=one.id)
    said = list(texts(report(order("monthly"), "pdf")))
    assert not any(text.startswith("Kommentar") for text in said)
    told = comments.history(indicator=key, place=place, period=period)
    assert [each.text for each in told] == ["Två enheter bytte rutin.", ""]


def test_what_is_looked_into_stands_in_the_report_until_it_is_closed(here: Here) -> None:
    def said() -> list[str]:
        told = texts(report(order("monthly"), "pdf"))
        return [text for text in told if text.startswith("Under utredning")]

    investigations.begin(
        indicator="mean_days",
        place="sodra-alvsborg",
        period="2026-10",
        owner="Samordnaren",
        due=datetime.date(2026, 12, 24),
        note="Varför väntar fler?",
    )
    (line,) = said()
    assert line.startswith("Under utredning, oktober 2026: Varför väntar fler?")
    assert line.endswith("Ansvarig: Samordnaren, klart 24 december 2026.")
    (one,) = investigations.in_progress()
    investigations.close(one, note="En enhet var stängd.")
    assert said() == []


@pytest.mark.parametrize(
    ("kind", "place", "period", "words"),
    [
        ("monthly", "goteborg", "2027-03", "har inga uppgifter om utskrivningsklara för mars 2027"),
        ("briefing", "goteborg", "2026-K3", "ange en månad, som 2026-10"),
        ("quarterly", "goteborg", "2026-10", "ange ett kvartal, som 2026-K3"),
        ("quarterly", "fyrbodal", "2023-K3", "har inga uppgifter om avvikelser för kvartal 3 2023"),
        ("monthly", "atlantis", "2026-10", "Okänt område 'atlantis'"),
    ],
)
def test_what_cannot_be_made_is_refused_with_what_is_missing(
    here: Here, kind: str, place: str, period: str, words: str
) -> None:
    with pytest.raises(ReportError, match=re.escape(words)):
        report(Order(kind=kind, place=place, period=period, made=MADE), "pdf")


def test_nothing_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path))
    with pytest.raises(ReportError, match="Läs in en export först"):
        report(order("monthly"), "pdf")


def test_incomplete_data_is_said_first_and_missing_deviations_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path / "data"))
    path = tmp_path / "export.csv"
    path.write_text(
        "Månad;Kommun;Antal utskrivna;Antal dagar\n2026-09;Lerum;40;20\n2026-10;Lerum;50;30\n",
        encoding="utf-8",
    )
    with pipeline.checked(path) as file:
        pipeline.publish(file)
    asked = Order(kind="briefing", place="samla", period="2026-10",
                  made=datetime.datetime(2026, 11, 1))  # fmt: skip
    made = report(asked, "pptx")
    assert made.banner == ""
    assert made.notices[0].startswith("Ofullständigt underlag: 1 av 2 kommuner har rapporterat.")
    assert "Alingsås" in made.notices[0]
    said = " ".join(texts(made))
    assert "inga avvikelser är inlästa" in said
    assert "inget register över medel är inläst" in said
