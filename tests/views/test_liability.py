"""What is shown of betalningsansvar is the worked example to the krona, and says what it is."""

import csv
from datetime import date
from pathlib import Path

import pytest

import pipeline
from views import liability

STAYS = Path(__file__).parents[1] / "data/exports/vardtillfallen_2019_kv2.csv"
HEAD = "Månad;Kommun;Antal utskrivna;Antal dagar;Kvar mer än 7 dagar\n"


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
    # docs/domain.md: 132 days for 40 persons are 12 days above 3.0, times 9 300 kr in 2022.
    load(folder, "2022-03;Alingsås;40;132;0\n2022-03;Lerum;40;120;0\n")
    shown = liability.view(place="samla", place_name="SAMLA", period="2022-03")
    rows = shown.rows.set_index("name")
    assert (rows.loc["Alingsås", "liable"], rows.loc["Alingsås", "amount"]) == ("Ja", 111_600)
    assert (rows.loc["Lerum", "liable"], rows.loc["Lerum", "days"]) == ("Nej", 0)
    assert shown.finding.replace("\u00a0", " ") == (
        "Betalningsansvar för mars 2022: Alingsås (12,0 dagar, 111 600 kr). Underlag, inte faktura."
    )
    assert any("Avrundning" in point for point in shown.points)


def test_a_year_without_an_amount_gives_days_and_no_kronor(folder: Path) -> None:
    load(folder, "2021-03;Alingsås;40;132;0\n2021-03;Lerum;40;100;0\n")
    shown = liability.view(place="samla", place_name="SAMLA", period="2021-03")
    rows = shown.rows.set_index("name")
    assert rows.loc["Alingsås", "days"] == 12
    assert rows["amount"].isna().all()
    assert "12,0 dagar, belopp saknas för 2021" in shown.finding.replace("\u00a0", " ")


def test_small_numbers_are_neither_shown_nor_told(folder: Path) -> None:
    load(folder, "2022-03;Alingsås;3;30;1\n2022-03;Lerum;40;100;0\n")
    shown = liability.view(place="samla", place_name="SAMLA", period="2022-03")
    row = shown.rows.set_index("name").loc["Alingsås"]
    assert (row["status"], row["liable"]) == ("confidential", liability.UNSAID)
    assert row[["mean", "days", "amount"]].isna().all()
    assert "Alingsås" not in shown.finding


def test_nothing_to_test(folder: Path) -> None:
    shown = liability.view(place="samla", place_name="SAMLA", period="2022-03")
    assert shown.rows.empty
    assert "går inte att säga" in shown.finding


def test_without_the_long_stays_a_no_is_not_said_and_a_yes_is_at_least(folder: Path) -> None:
    load(folder, "2022-03;Alingsås;40;132;-\n2022-03;Lerum;40;120;-\n2022-03;Vårgårda;10;7;-\n")
    shown = liability.view(place="lan", place_name="Länet", period="2022-03")
    rows = shown.rows.set_index("name")
    assert list(rows["liable"]) == ["Ja", liability.UNSAID, "Nej"]
    assert list(rows["days_status"]) == ["lower-bound", "missing", "ok"]
    assert str(rows.loc["Alingsås", "reason"]).startswith("Mellan 12,0 och 125,0 dagar.")
    assert "Alingsås (minst 12,0 dagar, minst 111\u00a0600\u00a0kr)" in shown.finding
    assert "För 1 kommun går det inte att säga." in shown.finding.replace("\u00a0", " ")
    assert shown.rules.endswith("Sjudagarsregeln är räknad för 1 av 3 kommuner.")


def test_what_is_not_whole_can_only_be_at_least(folder: Path) -> None:
    """A hospital that has not reported may have had many who went home at once, or stayed."""
    path = folder / "export.csv"
    path.write_text(
        "Månad;Kommun;Sjukhus;Antal utskrivna;Antal dagar;Kvar mer än 7 dagar\n"
        "2022-03;Lerum;SU;40;200;0\n2022-03;Lerum;SkaS;-;-;-\n",
        encoding="utf-8",
    )
    with pipeline.checked(path) as file:
        assert file.ok, file.problems
        pipeline.publish(file)
    shown = liability.view(place="samla", place_name="SAMLA", period="2022-03")
    assert list(shown.rows["liable"]) == [liability.UNSAID]
    # Five days are of those who have reported, and marked so.
    assert shown.rows[["mean", "status"]].values.tolist() == [[5.0, "partial"]]
    assert "någon kommun" not in shown.finding


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2019-07", "gällde från 2018-09-25 till 2020-11-30"),
        ("2020-12", "inget beslut efter 2020-11-30 är funnet"),
        ("2018-01", "gällde inte medelvärdesmodellen"),
    ],
)
def test_the_rules_that_were_used_are_told(period: str, said: str) -> None:
    assert said in liability.rules([], period=period)


def test_no_answer_of_a_quarter_of_stays_contradicts_the_stays(folder: Path) -> None:
    """Read from the file itself: 35 of 147 are liable, for 3 322 800 kr, and none is told "Nej"."""
    owed: dict[tuple[str, str], list[int]] = {}
    with STAYS.open(encoding="utf-8-sig", newline="") as source:
        for row in csv.DictReader(source, delimiter=";"):
            out, notice = row["Utskrivningsdatum"], row["Meddelande utskrivningsklar"][:10]
            if notice and notice <= out[:10]:
                stay = date.fromisoformat(out[:10]) - date.fromisoformat(notice)
                key = (out[:7], row["Folkbokföringskommun"])
                owed.setdefault(key, []).append(stay.days)
    truth = {
        key: max(sum(max(0, n - 7) for n in days), sum(days) - 3 * len(days))
        for key, days in owed.items()
    }
    assert (sum(map(bool, truth.values())), 7800 * sum(truth.values())) == (35, 3_322_800)
    with pipeline.checked(STAYS) as file:
        pipeline.publish(file)
    for period in ("2019-04", "2019-05", "2019-06"):
        shown = liability.view(place="lan", place_name="Västra Götaland", period=period)
        assert "Ingen" not in shown.finding
        columns = ("name", "liable", "days", "days_status")
        for name, liable, days, status in zip(*(shown.rows[key] for key in columns), strict=True):
            if liable == "Nej":
                assert truth[period, name] == 0
            elif liable == "Ja":
                assert days <= truth[period, name]
                assert status == "lower-bound" or days == truth[period, name]
