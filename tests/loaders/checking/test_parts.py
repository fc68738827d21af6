"""Parts of a whole are added up where they make it; what may not count is asked about."""

from pathlib import Path

import pytest

from loaders.questions import Answers
from tests.loaders.sheets import Row, Rows
from tests.loaders.written import read, write

FUNDS: Rows = (
    ("Program", "År", "Nivå", "Mottagare", "Tilldelat"),
    ("SIP", 2020, "Kommun", "Göteborg", 410),
)


@pytest.fixture(autouse=True)
def _empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path / "data"))


@pytest.mark.parametrize(
    ("head", "cell", "key"),
    [
        ("Status", "Makulerad", "Status"),
        ("Typ", "Förslag", "Typ"),
        ("Dubblett av", "A1", "Dubblett av"),
    ],
)
def test_cases_that_may_not_count_are_asked_about(
    head: str, cell: str, key: str, tmp_path: Path
) -> None:
    heads = ("Ärendenummer", "Händelsedatum", "Registreringsdatum", "Rapporterande organisation")
    row = ("A1", "2020-04-02", "2020-04-05", "Göteborgs Stad", "SÄS", "Borås", "Läkemedel")
    rows = [
        (*heads, "Mottagande organisation", "Kommun", "Process", head),
        (*row, ""),
        ("A2", *row[1:], cell),
    ]
    found = read(write(tmp_path, rows))
    assert [p.question.key for p in found.problems if p.question] == [key]
    assert len(read(write(tmp_path, rows), answers=Answers(((key, "ja"),))).rows) == 2


@pytest.mark.parametrize("parts", [("Kvinnor", "Män"), ("0-64", "65+")])
def test_parts_that_make_a_whole_are_added_up_in_registers_too(
    parts: tuple[str, str], tmp_path: Path
) -> None:
    name = "Kön" if parts[1] == "Män" else "Ålder"
    funds = [(*FUNDS[1][:4], amount, part) for amount, part in zip((300, 110), parts, strict=True)]
    found = read(write(tmp_path, [(*FUNDS[0], name), *funds]))
    assert found.table("recipient", "allocated") == [("Göteborg", 410.0)]
    assert any("hopräknade" in line for line in found.receipt)


def test_shares_of_parts_are_never_added_up(tmp_path: Path) -> None:
    head = ("Indikator", "Plats", "Period", "Kön", "Värde")
    for indicator, period, codes in (
        ("Självmord", "2020", []),
        ("sip_share", "2020-K4", ["question"]),
    ):
        rows = [(indicator, "Ale", period, sex, value) for sex, value in (("K", 7), ("M", 4))]
        found = read(write(tmp_path, [head, *rows]))
        assert found.codes == codes
        assert [row["value"] for row in found.rows] == ([] if codes else [11.0])


@pytest.mark.parametrize(
    "other", ["Invånare", "Totalt per 1000 inv", "Handläggningstid dagar", "Nr"]
)
def test_what_stands_beside_processes_is_none(other: str, tmp_path: Path) -> None:
    title = "Brister i samverkan kvartal 2 2020"
    head = ("Kommun", "Läkemedel", other, "Egenvård", "Alla processer")
    found = read(write(tmp_path, [(title,), head, ("Göteborg", 5, 583_056, 7, 12)]))
    assert found.codes == []
    assert {row["value"] for row in found.rows} == {5.0, 7.0}


def test_parts_beneath_a_place_that_is_named_once_are_of_it(tmp_path: Path) -> None:
    title = ("Folkmängd efter region, kön, ålder och år",)
    rows = [
        ("1440 Ale", "män", "totalt ålder", 16_000, 16_100),
        (None, "kvinnor", "totalt ålder", 15_900, 16_000),
        ("1402 Partille", "män", "totalt ålder", 19_900, 20_000),
        (None, "kvinnor", "totalt ålder", 20_000, 20_100),
    ]
    found = read(write(tmp_path, [title, (), ("region", None, None, "2023", "2024"), *rows]))
    assert found.table("period", "value")[:2] == [("2023", 31900.0), ("2023", 39900.0)]
    last = [title, ("region", None, "2024"), ("1440 Ale", "män", 1), (None, "Summa", 1)]
    assert read(write(tmp_path, last)).codes == ["question"]


@pytest.mark.parametrize(
    ("title", "head"),
    [((), ("region", "2024-12-31")), (("Folkmängd efter region och år",), ("region", "2024"))],
)
def test_one_year_alone_is_the_head_of_inhabitants(title: Row, head: Row, tmp_path: Path) -> None:
    part = ("därav kvinnor", 16_000)
    rows = [title, head, ("1440 Ale", 32_700), part, ("1402 Partille", 41_000), part]
    found = read(write(tmp_path, rows, name="folkmangd"))
    assert found.codes == []
    assert found.table("period", "value") == [("2024", 32700.0), ("2024", 41000.0)]
    assert "Läggs åt sidan: 4 celler, delar av det som har en egen rad." in found.receipt


def test_columns_of_women_and_of_men_are_added_up(tmp_path: Path) -> None:
    title = ("Utskrivningsklara juli 2019",)
    head = ("Kommun", "Antal utskrivna kvinnor", "Antal utskrivna män", "Antal dagar")
    found = read(write(tmp_path, [title, head, ("Ale", 7, 4, 6), ("Tjörn", 2, 3, 1)]))
    assert found.codes == []
    assert found.table("measure", "value") == [
        ("discharges", 11.0),
        ("discharges", 5.0),
        ("ready_days", 1.0),
        ("ready_days", 6.0),
    ]
    alone = [title, (head[0], head[1], head[3]), ("Ale", 7, 6)]
    assert read(write(tmp_path, alone)).codes == ["missing-column"]


@pytest.mark.parametrize("below", [False, True], ids=["sheets", "beneath each other"])
def test_tables_of_women_and_of_men_are_added_up(below: bool, tmp_path: Path) -> None:
    tables: dict[str, list[Row]] = {
        name: [
            [f"Utskrivningsklara juli 2019, {name}"],
            ["Kommun", "Antal utskrivna", "Antal dagar"],
            *(["Göteborg", *numbers], ["Härryda", 4, 3]),
            [],
        ]
        for name, numbers in (("kvinnor", (400, 200)), ("män", (207, 73)))
    }
    joined = {"Blad1": [row for rows in tables.values() for row in rows]}
    found = read(write(tmp_path, joined if below else tables))
    assert found.codes == []
    assert {row["value"] for row in found.rows if row["municipality"] == "1480"} == {607, 273}
    # What only one of them has is asked about.
    tables["män"].pop(3)
    joined = {"Blad1": [row for rows in tables.values() for row in rows]}
    assert read(write(tmp_path, joined if below else tables)).codes == ["question"]


def test_bands_may_be_programmes_of_their_own(tmp_path: Path) -> None:
    rows: Rows = (
        ("Medel 2020",),
        (None, None, "Suicidprevention", None, "Psykisk hälsa", None),
        ("Nivå", "Mottagare", "Tilldelat", "Rekvirerat", "Tilldelat", "Rekvirerat"),
        ("Kommun", "Göteborg", 410, 300, 500, 100),
    )
    path = write(tmp_path, rows, name="medel")
    (asked, _) = (problem.question for problem in read(path).problems)
    assert asked is not None
    said = dict(asked.options)["programme"]
    found = read(path, answers=Answers(((asked.key, said),)))
    assert found.codes == []
    assert found.table("programme", "allocated", "requisitioned") == [
        ("Psykisk hälsa", 500.0, 100.0),
        ("Suicidprevention", 410.0, 300.0),
    ]
