"""What the page about deviations shows is what the numbers are."""

from typing import Any

import pandas as pd
import pytest

from metrics.datasets.deviations.ways import Way
from views.deviations.funnel import funnel_view
from views.deviations.tables import Quarter, processes, ways

PROCESS_ROWS = pd.DataFrame(
    [
        ("Läkemedel", "2021-K1", 5.0, "ok"),
        ("Läkemedel", "2021-K2", 7.0, "ok"),
        ("Egenvård", "2021-K1", 2.0, "ok"),
        ("Egenvård", "2021-K2", 9.0, "ok"),
        ("Övrigt", "2021-K2", 0.0, "ok"),
        ("Övrigt", "2021-K3", 4.0, "ok"),
    ],
    columns=["process", "period", "value", "status"],
)
WAYS = [
    ("municipality", "1490", "hospital", "Södra Älvsborgs Sjukhus", 4.0),
    ("municipality", "1463", "hospital", "Södra Älvsborgs Sjukhus", 3.0),
    ("hospital", "Södra Älvsborgs Sjukhus", "municipality", "1490", 2.0),
    ("municipality", "1480", "primary_care", "Närhälsan", 1.0),
]


def seen_from(place: str) -> list[Way]:
    return [Way(place, *way) for way in WAYS]


def quarter(**changes: Any) -> Quarter:
    given: dict[str, Any] = {
        "place": "goteborg",
        "place_name": "Göteborgsområdet",
        "quarter": "2021-K2",
        "registered": 34.0,
        "previous": 20.0,
        "in_time": 10.0,
        "due": 20.0,
        "still_open": 7.0,
        "median_days": 23.5,
    }
    return Quarter(**given | changes)


def test_the_cards_hold_the_numbers() -> None:
    shown = [(card.value, card.unit, card.note) for card in quarter().cards]
    assert shown == [
        ("34", "", "20 kvartal 1 2021"),
        ("50,0", "%", "10 av 20 ärenden"),
        ("7", "", "ännu inte avslutade, preliminärt"),
        ("23,5", "dagar", "tills hälften är besvarade"),
    ]


def test_what_ripens_is_preliminary_until_every_case_is_closed() -> None:
    assert "Preliminärt" in quarter().answers
    assert "Preliminärt" not in quarter(still_open=0.0).answers
    hidden = quarter(still_open=None, hidden=frozenset(["still_open"]))
    assert "Preliminärt" not in hidden.answers


def test_what_ripens_is_compared_at_the_same_age() -> None:
    told = quarter(
        open_at_end=71.04,
        open_before=(("2021-K1", 61.0), ("2020-K4", 58.26)),
        in_time_before=(("2021-K1", 47.5),),
    ).answers
    assert (
        "När kvartalet slutade var 71,0 procent öppna. "
        "Vid samma ålder: kv 1 2021 61,0 procent och kv 4 2020 58,3 procent."
    ) in told.replace("\N{NO-BREAK SPACE}", " ")
    assert "(50,0 procent). Vid samma ålder: kv 1 2021 47,5 procent." in told.replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert "ålder" not in quarter(open_at_end=71.0).answers


def test_a_median_that_is_not_reached_says_so() -> None:
    waiting = quarter(median_days=None)
    assert waiting.cards[3].note == "hälften är inte besvarade än"
    assert "Mediantiden" not in waiting.answers


def test_what_is_not_known_is_not_zero() -> None:
    nothing = quarter(registered=None, previous=None, in_time=None, due=None,
                      still_open=None, median_days=None)  # fmt: skip
    assert [card.value for card in nothing.cards] == ["–"] * 4
    assert "saknas" in nothing.finding
    assert nothing.answers == "Uppgift om svar saknas."
    assert quarter(in_time=0.0, due=0.0).cards[1].value == "–"


def test_what_is_hidden_says_so() -> None:
    shown = quarter(
        in_time=None, due=None, still_open=None, hidden=frozenset(["due", "still_open"])
    )
    assert [card.value for card in shown.cards] == ["34", "..", "..", "23,5"]
    assert [card.note for card in shown.cards][1:3] == ["skyddad uppgift"] * 2
    assert shown.answers.startswith("Hur många som har besvarats är skyddat")


def test_the_finding_says_break_and_coverage() -> None:
    text = quarter(partial=True, covers=("Göteborgsområdet", "SIMBA")).finding
    assert "De två kvartalen kan inte jämföras." in text
    assert "Kvartalet är ofullständigt: uppgifterna omfattar bara" in text
    assert text.endswith("bara Göteborgsområdet och SIMBA.")
    assert "jämföras" not in quarter(place="skaraborg", place_name="Skaraborg").finding
    assert all(card.value.endswith("*") for card in quarter(partial=True).cards)


def test_processes_up_to_the_quarter_the_largest_first() -> None:
    shown = processes(PROCESS_ROWS, place="goteborg", quarter="2021-K2")
    assert list(dict.fromkeys(shown.counts["process"])) == ["Egenvård", "Läkemedel", "Övrigt"]
    assert shown.quarters == ["2021-K1", "2021-K2"]
    assert list(shown.breaks["period"]) == ["2021-K2"]
    assert shown.finding == "Flest ärenden: Egenvård, 9 av 16."
    assert "Egenvård: 9; Läkemedel: 7; Övrigt: 0." in shown.alt
    assert "Seriebrott före kvartal 2 2021." in shown.alt


def test_no_break_is_marked_where_none_touches() -> None:
    assert processes(PROCESS_ROWS, place="skaraborg", quarter="2021-K2").breaks.empty
    later = PROCESS_ROWS[PROCESS_ROWS["period"] > "2021-K1"]
    assert processes(later, place="goteborg", quarter="2021-K3").breaks.empty


def test_the_table_of_processes_keeps_gaps_apart_from_zeros() -> None:
    table = processes(PROCESS_ROWS, place="goteborg", quarter="2021-K2").table.set_index("process")
    assert table.loc["Övrigt", "2021-K2"] == 0
    assert table["2021-K1"].isna()["Övrigt"]
    assert table.loc["Övrigt", "2021-K1_status"] == "missing"


def test_ways_in_the_county_stand_by_area() -> None:
    grid = ways(seen_from("lan"), place="lan").grid
    assert grid.loc["Södra Älvsborg", "SÄS"] == 7
    assert grid.loc["Göteborgsområdet", "SÄS"] == 0
    assert list(grid.index) == [
        "Göteborgsområdet",
        "Södra Älvsborg",
        "SÄS",
        "Summa",
    ]
    assert grid.loc["Summa", "Summa"] == 10
    assert ways(seen_from("lan"), place="lan").finding == (
        "Flest går från kommunerna i Södra Älvsborg till SÄS: 7 ärenden."
    )


def test_ways_in_an_area_stand_by_municipality() -> None:
    shown = ways(seen_from("sodra-alvsborg"), place="sodra-alvsborg")
    assert shown.grid.loc["Borås", "SÄS"] == 4
    assert shown.grid.loc["Andra kommuner", "Summa"] == 1
    assert shown.finding == "Flest går från Borås till SÄS: 4 ärenden."


def test_what_is_hidden_is_not_shown_and_its_sums_are() -> None:
    hidden = {("Göteborgsområdet", "Närhälsan"), ("Summa", "Närhälsan")}
    shown = ways(seen_from("lan"), place="lan", hidden=hidden)
    assert shown.grid.loc["Södra Älvsborg", "SÄS"] == 7
    assert shown.grid.isna().loc["Göteborgsområdet", "Närhälsan"]
    assert shown.statuses.loc["Summa", "Närhälsan"] == "confidential"
    assert shown.grid.loc["Göteborgsområdet", "Summa"] == 1
    assert shown.grid.loc["Summa", "Summa"] == 10
    assert shown.finding == (
        "Av det som visas går flest från kommunerna i Södra Älvsborg till SÄS: 7 ärenden."
    )


def test_where_all_is_hidden_nothing_is_said_to_be_most() -> None:
    rows = seen_from("lan")
    shown = ways(rows, place="lan", hidden={row.ends for row in rows})
    assert shown.finding == "Antalen är skyddade, för att enskilda inte ska kunna pekas ut."


def test_a_table_that_is_hidden_whole_names_nobody() -> None:
    rows = seen_from("lan")
    open_grid = ways(rows, place="lan").grid
    every = {(str(one), str(other)) for one in open_grid.index for other in open_grid.columns}
    shown = ways(rows, place="lan", hidden=every)
    assert shown.protected and shown.empty
    assert list(shown.grid.index) == list(shown.grid.columns) == ["Summa"]
    assert shown.finding == "Tabellen är skyddad: antalen är för små för att visas."


def test_no_ways_at_all() -> None:
    shown = ways((), place="lan")
    assert shown.finding == "Det finns inga ärenden med känd avsändare och mottagare."
    assert list(shown.grid.index) == ["Summa"]


@pytest.mark.parametrize(("place", "highlighted"), [("lan", 2), ("goteborg", 1), ("simba", 0)])
def test_the_funnel_highlights_the_area(place: str, highlighted: int) -> None:
    rows = pd.DataFrame(
        [("1480", "Göteborg", 60.0, "ok", 600_000), ("1490", "Borås", 12.0, "ok", 115_000),
         ("1407", "Öckerö", None, "confidential", 13_000)],
        columns=["place", "name", "value", "status", "inhabitants"],
    )  # fmt: skip
    shown = funnel_view(rows, place=place, quarter="2021-K2", year="2025")
    assert shown.points["highlight"].sum() == highlighted
    assert list(shown.points["count"]) == [60, 12]
    assert "1 kommun visas inte." in shown.finding
    assert shown.alt.endswith(shown.finding)


def test_the_key_says_whose_the_filled_ones_are() -> None:
    rows = pd.DataFrame(columns=["place", "name", "value", "status", "inhabitants"])
    in_area = funnel_view(rows, place="simba", quarter="2021-K2", year="2025")
    assert in_area.key.startswith("Fyllda: kommunerna i SIMBA. Linjerna är exakta")
    assert funnel_view(rows, place="lan", quarter="2021-K2", year="2025").key.startswith("Linjerna")
