"""Faults are found in one pass, each at its cell, and say what to do."""

import csv
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from tests.loaders.conftest import Check

EXPORTS = Path(__file__).parents[2] / "data" / "exports"
HEAD = ["Månad", "Kommun", "Vårdform", "Antal utskrivna", "Antal dagar", "Genomsnitt"]
GOOD = ["2019-07", "Ale", "Somatik", 10, 4, "0,4"]


def workbook(path: Path, *rows: Sequence[object]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Data"
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def test_the_ten_planted_faults_are_found_and_no_other(check: Check) -> None:
    with (EXPORTS / "expected" / "fel_utskrivningsklar.csv").open(encoding="utf-8") as file:
        planted = {(row["sheet"], row["cell"], row["code"]) for row in csv.DictReader(file)}
    found = check(EXPORTS / "fel_utskrivningsklar.xlsx")
    assert found.at == planted
    assert len(found.problems) == 10
    assert found.facts == {}


def test_the_nearest_municipality_is_suggested(check: Check) -> None:
    problems = check(EXPORTS / "fel_utskrivningsklar.xlsx").problems
    misspelt = next(problem for problem in problems if problem.code == "unknown-municipality")
    assert misspelt.message == (
        "Kommun: 'Göteburg' finns inte bland länets 49 kommuner. Menade du Göteborg?"
    )
    assert misspelt.value == "Göteburg"


@pytest.mark.parametrize(
    ("column", "value", "cell", "code"),
    [
        (0, "juli", "A2", "not-a-period"),
        (0, "2019-13", "A2", "not-a-period"),
        (0, None, "A2", "required"),
        (1, "Kungsbacka", "B2", "outside-county"),
        (1, "Atlantis", "B2", "unknown-municipality"),
        (2, "Tandvård", "C2", "not-allowed"),
        (3, "tio", "D2", "not-a-number"),
        (3, 10.5, "D2", "not-a-number"),
        (3, "nan", "D2", "not-a-number"),
        (3, "1e308", "D2", "not-a-number"),
        (3, -1, "D2", "negative"),
        (3, None, "D2", "required"),
        (4, "#N/A", "E2", "error-cell"),
        (4, "=2+2", "E2", "formula-without-value"),
        (5, "0,9", "F2", "mean-mismatch"),
    ],
)
def test_a_fault_is_found_in_its_cell(
    check: Check, tmp_path: Path, column: int, value: object, cell: str, code: str
) -> None:
    row: list[object] = [*GOOD]
    row[column] = value
    other = ["2019-07", "Tjörn", "Somatik", 8, 2, "0,25"]
    found = check(workbook(tmp_path / "fil.xlsx", HEAD, row, other))
    assert ("Data", cell, code) in found.at
    assert found.codes == [code]


def test_missing_hidden_and_inapplicable_are_no_faults(check: Check, tmp_path: Path) -> None:
    rows = [
        ["2019-07", "Ale", "Somatik", "..", "..", ".."],
        ["2019-07", "Tjörn", "Somatik", "-", "–", "-"],
        ["2019-07", "Orust", "Somatik", ".", ".", "."],
    ]
    found = check(workbook(tmp_path / "fil.xlsx", HEAD, *rows))
    assert found.problems == ()
    states = {
        code: found.facts["2019-07", code, None, "somatik", "discharges"]
        for code in ("1440", "1419", "1421")
    }
    assert states == {"1440": "confidential", "1419": "missing", "1421": "not-applicable"}


@pytest.mark.parametrize(
    ("stated", "accepted"),
    [("0,4", True), ("0,40", True), ("0,44", False), ("0", True), ("1", False), (0.4, True)],
)
def test_a_stated_mean_is_compared_to_its_own_decimals(
    check: Check, tmp_path: Path, stated: object, accepted: bool
) -> None:
    found = check(workbook(tmp_path / "fil.xlsx", HEAD, [*GOOD[:5], stated]))
    assert found.codes == ([] if accepted else ["mean-mismatch"])


def table(*rows: list[object]) -> list[list[object]]:
    return [["Uppföljning juli 2019"], ["Kommun", "Antal utskrivna", "Antal dagar"], *rows]


@pytest.mark.parametrize(
    ("total", "codes"),
    [
        (["SIMBA totalt", 18, 6], []),
        (["SIMBA totalt", 19, 6], ["total-mismatch"]),
        (["Summa", 18, 6], []),
        (["Summa", 17, 6], ["total-mismatch"]),
        (["Västra Götaland", 18, 6], []),
        (["Hela länet", 18, 7], ["total-mismatch"]),
    ],
)
def test_a_total_is_a_check_sum(
    check: Check, tmp_path: Path, total: list[object], codes: list[str]
) -> None:
    rows = table(["Ale", 10, 4], ["Tjörn", 8, 2], total)
    found = check(workbook(tmp_path / "fil.xlsx", *rows))
    assert found.codes == codes
    assert found.totals("discharges") == {"1440": 10, "1419": 8}
    if codes:
        assert next(iter(found.at))[1] in ("B5", "C5")


def test_hidden_parts_may_be_inside_a_total_but_not_make_it_smaller(
    check: Check, tmp_path: Path
) -> None:
    rows = table(["Ale", 10, 4], ["Tjörn", "..", ".."], ["Summa", 13, 6])
    assert check(workbook(tmp_path / "fil.xlsx", *rows)).codes == []
    rows = table(["Ale", 10, 4], ["Tjörn", "..", ".."], ["Summa", 9, 6])
    assert check(workbook(tmp_path / "fil2.xlsx", *rows)).codes == ["total-mismatch"]


def test_subtotals_without_names_sum_what_stands_above_them(check: Check, tmp_path: Path) -> None:
    rows = table(
        ["Ale", 10, 4],
        ["Tjörn", 8, 2],
        ["Summa", 18, 6],
        ["Orust", 5, 1],
        ["Summa", 5, 1],
        ["Totalt", 23, 7],
    )
    found = check(workbook(tmp_path / "fil.xlsx", *rows))
    assert found.codes == []
    assert sum(found.totals("discharges").values()) == 23


def test_a_total_column_is_compared_row_by_row(check: Check, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Antal utskrivna 2020"],
        ["Kommun", "jan-20", "feb-20", "Totalt"],
        ["Ale", 10, 4, 14],
        ["Tjörn", 8, 2, 11],
    ]
    days: list[list[object]] = [
        ["Antal dagar 2020"],
        ["Kommun", "jan-20", "feb-20"],
        ["Ale", 1, 1],
        ["Tjörn", 1, 1],
    ]
    path = workbook(tmp_path / "fil.xlsx", *rows)
    book = openpyxl.load_workbook(path)
    sheet = book.create_sheet("Antal dagar")
    for row in days:
        sheet.append(row)
    book.save(path)
    found = check(path)
    assert found.at == {("Data", "D4", "total-mismatch")}


def test_a_missing_column_is_named(check: Check, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "fil.xlsx", ["Månad", "Kommun", "Antal utskrivna"], ["2019-07", "Ale", 10]
    )
    (problem,) = check(path).problems
    assert (problem.code, problem.column) == ("missing-column", "Antal dagar")


def test_a_code_and_a_name_that_disagree_are_a_fault(check: Check, tmp_path: Path) -> None:
    head = ["Månad", "Kommunkod", "Kommun", "Antal utskrivna", "Antal dagar"]
    rows: list[list[object]] = [["2019-07", 1440, "Ale", 10, 4], ["2019-07", 1419, "Orust", 8, 2]]
    found = check(workbook(tmp_path / "fil.xlsx", list(head), *rows))
    assert found.codes == ["not-allowed"]


def test_a_head_without_rows_is_empty(check: Check, tmp_path: Path) -> None:
    assert check(workbook(tmp_path / "fil.xlsx", [*HEAD])).codes == ["empty"]


def test_stays_with_faults_are_not_counted(check: Check, tmp_path: Path) -> None:
    file = tmp_path / "vtf.csv"
    file.write_text(
        "Kommun;Sjukhus;Vårdform;Meddelande utskrivningsklar;Utskrivningsdatum\n"
        "Ale;NU-sjukvården;Somatik;i går;2019-07-03 12:00\n"
        "Ale;Månsjukhuset;Somatik;;2019-07-03 12:00\n"
        "Ale;NU-sjukvården;Somatik;;\n",
        encoding="utf-8",
    )
    found = check(file)
    assert found.at == {
        ("vtf", "D2", "not-a-date"),
        ("vtf", "B3", "not-allowed"),
        ("vtf", "E4", "required"),
    }
    assert found.facts == {}
