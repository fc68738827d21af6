"""Stays are counted by whole calendar days, whatever the system that wrote them."""

import csv
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from tests.effort import parametrize_some
from tests.loaders.conftest import Check, Key
from tests.loaders.sheets import Row, columns, write_text, write_workbook
from tests.loaders.test_expected import EXPORTS

with (EXPORTS / "vardtillfallen_2019_kv2.csv").open(encoding="utf-8-sig", newline="") as source:
    HEAD, *ALL = list(csv.reader(source, delimiter=";"))
ROWS = ALL[:600]


def counted() -> Counter[tuple[str, str]]:
    """By hand: the sum of days and the number of stays and of discharges before notice."""
    totals: Counter[tuple[str, str]] = Counter()
    for row in ROWS:
        end = datetime.fromisoformat(row[6])
        start = datetime.fromisoformat(row[5]) if row[5] else None
        month = f"{end:%Y-%m}"
        if start is None or start > end:
            totals[month, "before_notice"] += 1
            continue
        days = (end.date() - start.date()).days
        totals[month, "discharges"] += 1
        totals[month, "ready_days"] += days
        totals[month, "same_day"] += days == 0
        totals[month, "over_3"] += days > 3
        totals[month, "over_7"] += days > 7
    return totals


def summed(facts: dict[Key, float | str]) -> Counter[tuple[str, str]]:
    totals: Counter[tuple[str, str]] = Counter()
    for (month, _, _, _, measure), value in facts.items():
        assert not isinstance(value, str)
        totals[month, measure] += int(value)
    return totals


def test_the_count_is_that_of_calendar_days(check: Check, tmp_path: Path) -> None:
    found = check(write_text(tmp_path / "a.csv", [HEAD, *ROWS]))
    assert found.problems == ()
    assert summed(dict(found.facts)) == counted()


@pytest.mark.parametrize(
    ("notice", "measure"),
    [
        ("2019-05-03 11:59", "same_day"),
        ("2019-05-03 12:01", "before_notice"),
        ("2019-05-04", "before_notice"),
        ("", "before_notice"),
        ("2019-05-02 23:59", "discharges"),
    ],
)
def test_a_notice_after_the_discharge_is_none(
    check: Check, tmp_path: Path, notice: str, measure: str
) -> None:
    row = ["1", "Ale", "NU-sjukvården", "Somatik", "2019-05-01", notice, "2019-05-03 12:00"]
    found = summed(dict(check(write_text(tmp_path / "a.csv", [HEAD, row])).facts))
    assert found["2019-05", measure] == 1
    assert found["2019-05", "discharges"] == (measure != "before_notice")
    assert found["2019-05", "ready_days"] == (measure == "discharges")


@parametrize_some(
    "form",
    [
        "%Y-%m-%dT%H:%M:%SZ",
        "%Y-%m-%d",
        "%Y%m%d",
        "%y%m%d",
        "%d/%m/%Y",
        "%d.%m.%Y",
        "%Y.%m.%d %H:%M",
        "%Y-%m-%d %H.%M",
        "%Y-%m-%d kl. %H:%M",
        "%Y%m%d%H%M%S",
    ],
    usual=4,
)
def test_dates_in_other_forms(check: Check, tmp_path: Path, form: str) -> None:
    def written(text: str) -> str:
        return datetime.fromisoformat(text).strftime(form) if text else ""

    rows = [[*row[:5], written(row[5]), written(row[6])] for row in ROWS]
    found = check(write_text(tmp_path / "a.csv", [HEAD, *rows]))
    assert found.problems == ()
    assert summed(dict(found.facts)) == counted()


@pytest.mark.parametrize("comma", [True, False])
def test_dates_as_spreadsheet_numbers(check: Check, tmp_path: Path, comma: bool) -> None:
    def serial(text: str) -> str:
        if not text:
            return ""
        days = (datetime.fromisoformat(text) - datetime(1899, 12, 30)).total_seconds() / 86400
        return f"{days:.6f}".replace(".", "," if comma else ".")

    rows = [[*row[:5], serial(row[5]), serial(row[6])] for row in ROWS]
    found = check(write_text(tmp_path / "a.csv", [HEAD, *rows]))
    assert found.problems == ()
    assert summed(dict(found.facts)) == counted()


@pytest.mark.parametrize(
    "head",
    [
        ["ID", "Hemkommun", "Förvaltning", "Vårdtyp", "In", "Utskrivningsklar", "Utskriven"],
        [name.lower().replace(" ", "_").translate(str.maketrans("åäö", "aao")) for name in HEAD],
    ],
)
def test_other_headings(check: Check, tmp_path: Path, head: list[str]) -> None:
    found = check(write_text(tmp_path / "a.csv", columns([head, *ROWS], [6, 3, 5, 1, 2])))
    assert found.problems == ()
    assert summed(dict(found.facts)) == counted()


def test_rows_that_look_like_a_head_are_data(check: Check, tmp_path: Path) -> None:
    rows = sorted((row[1:] for row in ROWS), key=lambda row: (row[0] != "Alingsås", row[1]))
    assert rows[0][0] == "Alingsås"
    found = check(write_text(tmp_path / "a.csv", [HEAD[1:], *rows]))
    assert summed(dict(found.facts)) == counted()


def test_stays_may_be_divided_between_sheets(check: Check, tmp_path: Path) -> None:
    parts = {"April": [HEAD, *ROWS[:250]], "Resten": [HEAD, *ROWS[250:]]}
    found = check(write_workbook(tmp_path / "a.xlsx", parts))
    assert found.problems == ()
    assert summed(dict(found.facts)) == counted()


@pytest.mark.parametrize("word", ["NULL", "-", "saknas"])
def test_no_notice_is_told_in_words_too(check: Check, tmp_path: Path, word: str) -> None:
    rows: list[Row] = [[*row[:5], row[5] or word, row[6]] for row in ROWS]
    found = check(write_text(tmp_path / "a.csv", [HEAD, *rows]))
    assert found.problems == ()
    assert summed(dict(found.facts)) == counted()


@pytest.mark.parametrize("place", ["Kungsbacka", "Utomläns"])
def test_patients_of_other_counties_are_left_out_with_a_warning(
    check: Check, tmp_path: Path, place: str
) -> None:
    other = ["9", place, "NU-sjukvården", "Somatik", "2019-05-01", "2019-05-02", "2019-05-03"]
    found = check(write_text(tmp_path / "a.csv", [HEAD, *ROWS, other]))
    assert found.at == {("a", f"B{len(ROWS) + 2}", "outside-county")}
    assert summed(dict(found.facts)) == counted()


def test_a_discharge_that_has_not_been_is_a_fault(check: Check, tmp_path: Path) -> None:
    later = ["9", "Ale", "NU-sjukvården", "Somatik", "2119-05-01", "", "2119-05-03"]
    found = check(write_text(tmp_path / "a.csv", [HEAD, *ROWS, later]))
    assert found.at == {("a", f"G{len(ROWS) + 2}", "not-a-date")}


FEW = [row for row in ROWS[:40] if row[5] and row[5] <= row[6]]


def days_of(row: list[str]) -> int:
    return (datetime.fromisoformat(row[6]).date() - datetime.fromisoformat(row[5]).date()).days


@parametrize_some("order", [(5, 4, 6), (6, 5, 4), (4, 6, 5)], usual=1)
def test_dates_under_each_other_s_headings_are_a_warning(
    check: Check, tmp_path: Path, order: tuple[int, ...]
) -> None:
    rows = columns(FEW, [0, 1, 2, 3, *order])
    assert check(write_text(tmp_path / "a.csv", [HEAD, *rows])).codes == ["date-order"]


@parametrize_some(
    ("heading", "days", "codes"),
    [
        ("Antal dagar", lambda row: days_of(row) + (row is FEW[3]), ["days-mismatch"]),
        ("Vårddagar", lambda row: days_of([*row[:5], row[4], row[6]]), []),
        ("Antal dagar", lambda row: days_of(row), []),
        ("Väntedagar", lambda row: days_of(row) + 1, ["days-mismatch"]),
        ("Vårddagar", lambda row: "", []),
    ],
    usual=2,
)
def test_stated_days_are_compared_with_the_dates(
    check: Check,
    tmp_path: Path,
    heading: str,
    days: Callable[[list[str]], object],
    codes: list[str],
) -> None:
    rows = [[*row, days(row)] for row in FEW]
    found = check(write_text(tmp_path / "a.csv", [[*HEAD, heading], *rows]))
    assert found.codes == codes
    assert [problem.cell for problem in found.problems] in ([], ["H5"], ["H2"])
