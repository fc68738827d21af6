"""What is shown of betalningsansvar is the worked example to the krona, and says what it is."""

from pathlib import Path

import pytest

import pipeline
from views import liability

HEAD = "Månad;Kommun;Antal utskrivna;Antal dagar\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path / "data"))
    return tmp_path


def load(folder: Path, rows: str) -> None:
    path = folder / "export.csv"
    path.write_text(HEAD + rows, encoding="utf-8")
    with pipeline.checked(path) as file:
        assert file.ok, file.problems
        pipeline.publish(file)


def test_the_worked_example_to_the_krona(folder: Path) -> None:
    # domain.md 3.3: 132 days for 40 persons are 12 days above 3.0, times 9 300 kr in 2022.
    load(folder, "2022-03;Alingsås;40;132\n2022-03;Lerum;40;120\n")
    shown = liability.view(place="samla", place_name="SAMLA", period="2022-03")
    rows = shown.rows.set_index("name")
    assert (rows.loc["Alingsås", "liable"], rows.loc["Alingsås", "amount"]) == ("Ja", 111_600)
    assert (rows.loc["Lerum", "liable"], rows.loc["Lerum", "days"]) == ("Nej", 0)
    assert shown.finding.replace("\u00a0", " ") == (
        "Betalningsansvar för mars 2022: Alingsås (12,0 dagar, 111 600 kr). Underlag, inte faktura."
    )
    assert any("Avrundning" in point for point in shown.points)


def test_a_year_without_an_amount_gives_days_and_no_kronor(folder: Path) -> None:
    load(folder, "2021-03;Alingsås;40;132\n2021-03;Lerum;40;100\n")
    shown = liability.view(place="samla", place_name="SAMLA", period="2021-03")
    rows = shown.rows.set_index("name")
    assert rows.loc["Alingsås", "days"] == 12
    assert rows["amount"].isna().all()
    assert "12,0 dagar, belopp saknas för 2021" in shown.finding.replace("\u00a0", " ")


def test_small_numbers_are_neither_shown_nor_told(folder: Path) -> None:
    load(folder, "2022-03;Alingsås;3;30\n2022-03;Lerum;40;100\n")
    shown = liability.view(place="samla", place_name="SAMLA", period="2022-03")
    row = shown.rows.set_index("name").loc["Alingsås"]
    assert (row["status"], row["liable"]) == ("confidential", "")
    assert row[["mean", "days", "amount"]].isna().all()
    assert "Alingsås" not in shown.finding


def test_nothing_to_test(folder: Path) -> None:
    shown = liability.view(place="samla", place_name="SAMLA", period="2022-03")
    assert shown.rows.empty
    assert "kan inte räknas" in shown.finding
