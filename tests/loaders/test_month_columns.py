"""The workbook with months as columns rebuilt in other layouts: always the same numbers."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import reference
from swedish import periods
from tests.effort import parametrize_some
from tests.loaders.conftest import Check
from tests.loaders.sheets import Row, Rows, write_text, write_workbook
from tests.loaders.test_expected import expected

WANTED = expected("utskrivningsklar_2020_manader.csv")
MONTHS = [f"2020-{month:02d}" for month in range(1, 13)]
SHORT = [f"{name[:3]}-20" for name in periods.MONTHS]
SHEETS = {"Antal utskrivna": "discharges", "Antal dagar": "ready_days", "Samma dag": "same_day"}
HOMES = reference.municipalities()


def number(code: str, month: str, measure: str) -> int:
    return int(WANTED[month, code, None, None, measure])


def sheet(
    measure: str,
    *,
    months: Row = SHORT,
    names: tuple[str | None, ...] = ("Kommunkod", "Kommun"),
    total: object = "Totalt",
) -> list[Row]:
    rows: list[Row] = [[*names, *months, total]]
    for home in HOMES:
        values = [number(home.code, month, measure) for month in MONTHS]
        places: list[object] = [int(home.code), home.name]
        rows.append([*places[-len(names) :], *values, sum(values)])
    return rows


def book(**changes: object) -> dict[str, Rows]:
    return {name: sheet(measure, **changes) for name, measure in SHEETS.items()}  # type: ignore[arg-type]


def titled(title: str, rows: Rows) -> list[Row]:
    return [[title], [], *rows]


@parametrize_some(
    "months",
    [
        [f"{name.capitalize()} 2020" for name in periods.MONTHS],
        MONTHS,
        [month.replace("-", "") for month in MONTHS],
        [int(month.replace("-", "")) for month in MONTHS],
        [date(2020, month, 1) for month in range(1, 13)],
        [f"{month[5:]}/2020" for month in MONTHS],
    ],
    usual=2,
)
def test_months_are_written_in_many_ways(check: Check, tmp_path: Path, months: Row) -> None:
    found = check(write_workbook(tmp_path / "a.xlsx", book(months=months)))
    assert found.problems == ()
    assert found.facts == WANTED


@parametrize_some("months", [periods.MONTHS, [name[:3] for name in periods.MONTHS]], usual=1)
@pytest.mark.parametrize("where", ["title", "sheet", "file", "over"])
def test_the_year_stands_somewhere_else(
    check: Check, tmp_path: Path, months: Row, where: str
) -> None:
    sheets: dict[str, Rows] = {}
    for name, rows in book(months=list(months)).items():
        if where == "title":
            sheets[name] = titled(f"{name} 2020", rows)
        elif where == "over":
            sheets[name] = [[None, None, 2020], *rows]
        else:
            sheets[f"{name} 2020" if where == "sheet" else name] = rows
    path = write_workbook(tmp_path / "a.xlsx", sheets)
    found = check(path, name="kommuner_2020.xlsx" if where == "file" else None)
    assert found.problems == ()
    assert found.facts == WANTED


@parametrize_some("total", ["Summa", "Helår 2020", "2020", 2020, "Ack. 2020", "Jan-dec"], usual=2)
def test_the_year_is_not_counted_too(check: Check, tmp_path: Path, total: object) -> None:
    found = check(write_workbook(tmp_path / "a.xlsx", book(total=total)))
    assert found.problems == ()
    assert found.facts == WANTED


@parametrize_some(
    "names",
    [("Kommun",), ("Kod", "Namn"), ("Kommunnr", "Kommunnamn"), (None, "Kommun"), (None, None)],
    usual=2,
)
def test_places_go_by_many_headings(
    check: Check, tmp_path: Path, names: tuple[str | None, ...]
) -> None:
    found = check(write_workbook(tmp_path / "a.xlsx", book(names=names)))
    assert found.problems == ()
    assert found.facts == WANTED


@parametrize_some(
    "names",
    [
        ("Utskrivningsklara", "Dagar utskrivningsklara", "Utskrivna dag 0"),
        ("1. Vårdtillfällen", "2. Vårddagar", "3. Samma dag"),
        ("Antal utskrivningsklara 2020", "Utskrivningsklara 2020, dagar", "Dag 0"),
    ],
    usual=1,
)
@pytest.mark.parametrize("in_title", [True, False])
def test_a_sheet_says_which_measure_it_holds(
    check: Check, tmp_path: Path, names: tuple[str, ...], in_title: bool
) -> None:
    sheets: dict[str, Rows] = {}
    for name, measure in zip(names, SHEETS.values(), strict=True):
        rows = sheet(measure)
        sheets[f"Blad{len(sheets)}" if in_title else name] = (
            titled(name, rows) if in_title else rows
        )
    found = check(write_workbook(tmp_path / "a.xlsx", dict(reversed(sheets.items()))))
    assert found.problems == ()
    assert found.facts == WANTED


@pytest.mark.parametrize("months_first", [True, False])
def test_measures_and_months_may_share_a_sheet(
    check: Check, tmp_path: Path, months_first: bool
) -> None:
    pairs = [(month, name) for name in SHEETS for month in range(12)]
    if months_first:
        pairs = [(month, name) for month in range(12) for name in SHEETS]
    upper = [SHORT[month] if months_first else name for month, name in pairs]
    lower = [name if months_first else SHORT[month] for month, name in pairs]
    rows: list[Row] = [["Kommun", *upper], [None, *lower]]
    for home in HOMES:
        values = (number(home.code, MONTHS[month], SHEETS[name]) for month, name in pairs)
        rows.append([home.name, *values])
    found = check(write_workbook(tmp_path / "a.xlsx", {"Blad1": rows}))
    assert found.problems == ()
    assert found.facts == WANTED
    heads = [f"{name} {SHORT[month]}" for month, name in pairs]
    found = check(write_text(tmp_path / "a.csv", [["Kommun", *heads], *rows[2:]]))
    assert found.facts == WANTED


def monthly(month: str) -> list[Row]:
    rows: list[Row] = [["Kommun", *SHEETS]]
    for home in HOMES:
        rows.append([home.name, *(number(home.code, month, key) for key in SHEETS.values())])
    return rows


def yearly() -> list[Row]:
    rows: list[Row] = [["Kommun", *SHEETS]]
    for home in HOMES:
        sums = (sum(number(home.code, m, key) for m in MONTHS) for key in SHEETS.values())
        rows.append([home.name, *sums])
    return rows


@parametrize_some(
    "name",
    [
        lambda month: SHORT[month],
        lambda month: MONTHS[month],
        lambda month: f"{periods.MONTHS[month].upper()} 2020",
    ],
    usual=1,
)
def test_a_sheet_for_each_month_and_one_for_the_year(
    check: Check, tmp_path: Path, name: Callable[[int], str]
) -> None:
    sheets: dict[str, Rows] = {name(month): monthly(MONTHS[month]) for month in range(12)}
    found = check(write_workbook(tmp_path / "a.xlsx", {"Totalt 2020": yearly(), **sheets}))
    assert found.problems == ()
    assert found.facts == WANTED


def test_a_sheet_that_may_repeat_the_others_is_asked_about(check: Check, tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {SHORT[month]: monthly(MONTHS[month]) for month in range(12)}
    found = check(write_workbook(tmp_path / "a.xlsx", {**sheets, "Sammanställning": yearly()}))
    assert found.at == {("Sammanställning", None, "missing-column")}
    assert found.facts == {}


def test_no_number_is_without_its_month(check: Check, tmp_path: Path) -> None:
    head = ["Kommun", "Antal utskrivna jan-20", "Antal dagar jan-20", "Samma dag"]
    found = check(write_text(tmp_path / "a.csv", [head, ["Ale", 10, 4, 3], ["Orust", 5, 1, 1]]))
    assert found.codes == ["missing-column"]
    assert found.facts == {}


def test_municipalities_may_be_the_columns(check: Check, tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {}
    for name, measure in SHEETS.items():
        rows: list[Row] = [["Månad", *(home.name for home in HOMES), "Totalt"]]
        for month, label in zip(MONTHS, SHORT, strict=True):
            values = [number(home.code, month, measure) for home in HOMES]
            rows.append([label, *values, sum(values)])
        sheets[name] = rows
    found = check(write_workbook(tmp_path / "a.xlsx", sheets))
    assert found.problems == ()
    assert found.facts == WANTED


def test_years_beside_each_other_are_of_the_titles_month(check: Check, tmp_path: Path) -> None:
    rows: list[Row] = [
        ["Utskrivningsklara, juli"],
        ["Kommun", "2019", None, "2020", None],
        [None, "Antal utskrivna", "Antal dagar", "Antal utskrivna", "Antal dagar"],
        ["Ale", 10, 4, 12, 5],
        ["Orust", 5, 1, 6, 2],
    ]
    found = check(write_workbook(tmp_path / "a.xlsx", {"Blad1": rows}))
    assert found.problems == ()
    assert {(key[0], key[-1]): value for key, value in found.facts.items() if key[1] == "1440"} == {
        ("2019-07", "discharges"): 10,
        ("2019-07", "ready_days"): 4,
        ("2020-07", "discharges"): 12,
        ("2020-07", "ready_days"): 5,
    }


def test_a_sheet_for_each_municipality(check: Check, tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {}
    for home in HOMES:
        values = [[number(home.code, month, key) for key in SHEETS.values()] for month in MONTHS]
        rows = [[label, *row] for label, row in zip(SHORT, values, strict=True)]
        sheets[home.name] = [["Månad", *SHEETS], *rows]
    found = check(write_workbook(tmp_path / "a.xlsx", sheets))
    assert found.problems == ()
    assert found.facts == WANTED
