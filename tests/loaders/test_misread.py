"""Files that were read wrongly once: each is read right, asked about or refused with advice."""

from pathlib import Path

import pytest

from tests.loaders.sheets import Row
from tests.loaders.written import read, write

FILES = Path(__file__).parents[1] / "data" / "messy"


def test_a_month_that_has_not_been_is_no_month() -> None:
    found = read(FILES / "future_month_2062.csv")
    assert found.codes == ["not-a-period"] * 3
    assert "nästa månad" in found.problems[0].message


def test_a_share_is_no_number_of_patients() -> None:
    assert read(FILES / "p_pct_days.xlsx").at == [("not-a-number", "B3")]


def test_a_number_that_became_a_date_is_said_to_be_one() -> None:
    found = read(FILES / "number_turned_into_date.xlsx")
    assert found.at == [("not-a-number", "E2")]
    assert "Excel har gjort ett datum av talet" in found.problems[0].message


def test_a_day_without_its_time_is_compared_as_a_day() -> None:
    found = read(FILES / "stays_discharge_without_time.csv")
    assert found.problems == ()
    sums = {name: 0.0 for name in ("before_notice", "discharges")}
    for row in found.rows:
        if row["measure"] in sums:
            sums[str(row["measure"])] += float(str(row["value"]))
    lines = (
        (FILES / "stays_discharge_without_time.csv").read_text(encoding="utf-8-sig").splitlines()
    )
    days = [(line.split(";")[5][:10], line.split(";")[6]) for line in lines[1:]]
    before = sum(not notice or notice > end for notice, end in days)
    assert sums == {"before_notice": before, "discharges": len(days) - before}


def test_times_with_a_zone_are_swedish_times() -> None:
    found = read(FILES / "stays_with_time_zone.csv")
    assert [row["value"] for row in found.rows if row["measure"] == "ready_days"] == [0]


@pytest.mark.parametrize("part", [1, 2])
def test_one_place_has_one_name_among_recipients(part: int) -> None:
    found = read(FILES / f"medel_same_recipient_{part}.csv")
    assert found.table("recipient", "allocated") == [("Ale", 500.0), ("Göteborg", 1000.0)]


def test_an_unknown_municipality_is_no_recipient(tmp_path: Path) -> None:
    rows = "Program;År;Nivå;Mottagare;Tilldelat\nPsykisk hälsa;2024;Kommun;Göteburg;1000\n"
    found = read(write(tmp_path, rows))
    assert found.at == [("unknown-municipality", "D2")]
    assert "Menade du Göteborg?" in found.problems[0].message


@pytest.mark.parametrize("name", ["tot_Okänd_44", "tot_Uppgift_saknas_46"])
def test_homes_that_nobody_knows_are_set_aside(name: str) -> None:
    found = read(FILES / f"{name}.xlsx")
    assert found.problems == ()
    assert len(found.rows) == 96


def test_a_failed_formula_in_what_is_only_checked_is_no_fault() -> None:
    assert "error-cell" not in read(FILES / "errors_div0.xlsx").codes


@pytest.mark.parametrize("sign", ["<5", "≤4", "1–4", "X", "*", "sekretess", ".."])
def test_what_is_hidden_is_hidden_in_many_ways(sign: str, tmp_path: Path) -> None:
    rows = f"Månad;Kommun;Antal utskrivna;Antal dagar\n2019-07;Ale;{sign};7\n"
    found = read(write(tmp_path, rows))
    assert found.problems == ()
    assert found.table("measure", "state") == [("discharges", "confidential"), ("ready_days", "ok")]


@pytest.mark.parametrize(
    "title",
    [
        "Dnr 2018-00123, juli",
        "Enligt lag (2017:612), juli",
        "Juli, jämfört med 2018",
        "Dnr_2018 juli",
    ],
)
def test_a_number_with_a_year_in_it_is_no_year(title: str, tmp_path: Path) -> None:
    rows: list[Row] = [[title], ["Kommun", "Antal utskrivna", "Antal dagar"], ["Ale", 10, 7]]
    assert read(write(tmp_path, {"Blad1": rows})).codes == ["missing-column"]


@pytest.mark.parametrize("name", ["Utskrivna juli 2019 (2)", "Utskrivna juli 2019 - kopia"])
def test_a_copy_is_named_as_its_original(name: str, tmp_path: Path) -> None:
    rows: list[Row] = [["Kommun", "Antal utskrivna", "Antal dagar"], ["Ale", 10, 7]]
    found = read(write(tmp_path, {"Blad1": rows}, name=name))
    assert {row["period"] for row in found.rows} == {"2019-07"}
