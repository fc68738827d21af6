"""An identity number anywhere in a file, in any spelling, refuses it; other numbers do not."""

import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName

from loaders.reading.identity import CANDIDATE, holds_identity_number, luhn, without_times
from tests.loaders.conftest import Check
from tests.loaders.sheets import Rows, write_text, write_workbook

NUMBER = "19901212-2397"
ROWS: list[list[object]] = [
    ["Månad", "Kommun", "Antal utskrivna", "Antal dagar", "Kommentar"],
    ["2019-07", "Ale", 10, 4, None],
]
REFUSED = ["personal-identity-number"]


def check_digit(nine: str) -> str:
    """The digit that makes the alternately doubled digits' sum end in zero."""
    total = sum(sum(divmod(int(digit) * (2 - place % 2), 10)) for place, digit in enumerate(nine))
    return str(-total % 10)


@given(
    born=st.dates(date(1900, 1, 1), date(2025, 12, 31)),
    serial=st.integers(0, 999),
    coordination=st.booleans(),
    century=st.booleans(),
    separator=st.sampled_from(["", "-", "+", " ", "–", "−", " - "]),
    before=st.sampled_from(["", "avser ", "(", "pnr:", "x"]),
    after=st.sampled_from(["", ".", ")", ", se journal", "x"]),
)
def test_every_spelling_is_found(
    born: date,
    serial: int,
    coordination: bool,
    century: bool,
    separator: str,
    before: str,
    after: str,
) -> None:
    day = born.day + 60 * coordination
    birth = f"{born:%y%m}{day:02d}"
    last = f"{serial:03d}"
    digit = check_digit(birth + last)
    text = f"{str(born.year)[:2] if century else ''}{birth}{separator}{last}{digit}"
    assert luhn(birth + last + digit)
    assert holds_identity_number(before + text + after)
    wrong = str((int(digit) + 1) % 10)
    assert not holds_identity_number(before + text[:-1] + wrong + after)


@pytest.mark.parametrize(
    "text",
    [
        "556677-8899",
        "212000-0131",
        "16556677-8899",
        "031-700 12 34",
        "+46 31 700 12 34",
        "2019-04-03 13:30:00",
        "2019-04-03T13:30",
        "20190701-20190731",
        "2019-000123",
        "9012122397.05",
        "9012122397.0.1",
        "2026-05-01--2026-05-31",
        "2026-05-01--2027",
        "978-91-7000-150-2",
        "SE45 5000 0000 0583 9825 7466",
        "f47ac10b-58cc-4372-a567-0e02b2c3d479",
        "192.168.100.2001",
        "57.70887, 11.97456",
        "1401 1402 1480 1490",
        "18.10.01-18.12.31",
        "X60-X84",
        "1234567890",
        "0,9012122397",
        "12345678901212239712",
        "901312-2397",
        "901212-239",
    ],
)
def test_other_numbers_are_let_through(text: str) -> None:
    assert not holds_identity_number(text)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2030, 1, 1)))
def test_times_with_colons_are_let_through(moment: datetime) -> None:
    assert not holds_identity_number(f"{moment:%Y-%m-%d %H:%M:%S}")


@given(st.dates(date(2000, 1, 1), date(2030, 12, 31)), st.integers(0, 1439))
def test_a_time_in_a_files_name_is_no_child(day: date, minute: int) -> None:
    time = timedelta(minutes=minute)
    hours, minutes = divmod(time.seconds // 60, 60)
    for name in (
        f"uttag_{day:%Y%m%d}{hours:02d}{minutes:02d}",
        f"{day:%Y-%m-%d}_{hours:02d}{minutes:02d}00",
    ):
        assert not holds_identity_number(without_times(name))


@pytest.mark.parametrize(
    "value", [NUMBER, 199012122397, 9012122397, "avser 901212+2397", "901272-2394"]
)
def test_a_cell_is_named(check: Check, tmp_path: Path, value: object) -> None:
    rows = [*ROWS, ["2019-07", "Tjörn", 8, 2, value]]
    found = check(write_workbook(tmp_path / "a.xlsx", {"Data": rows}))
    assert found.at == {("Data", "E3", "personal-identity-number")}
    assert found.facts == {}


def test_a_head_and_a_hidden_sheet_are_searched(check: Check, tmp_path: Path) -> None:
    head = [[*ROWS[0][:4], NUMBER], ROWS[1]]
    assert check(write_workbook(tmp_path / "a.xlsx", {"Data": head})).codes == REFUSED
    sheets: dict[str, Rows] = {"Data": ROWS, "Gömt": [["x", NUMBER]]}
    found = check(write_workbook(tmp_path / "b.xlsx", sheets, hidden=["Gömt"]))
    assert found.at == {("Gömt", "B1", "personal-identity-number")}


@pytest.mark.parametrize(
    "place", ["comment", "header", "title", "formula", "name", "sheet", "text outside"]
)
def test_what_stands_beside_the_cells_is_searched(check: Check, tmp_path: Path, place: str) -> None:
    path = write_workbook(tmp_path / "a.xlsx", {"Data": ROWS})
    book = openpyxl.load_workbook(path)
    sheet = book["Data"]
    if place == "comment":
        sheet["B2"].comment = Comment(f"gäller {NUMBER}", "x")
    elif place == "header":
        sheet.HeaderFooter.oddHeader.left.text = NUMBER
    elif place == "title":
        book.properties.title = NUMBER
    elif place == "formula":
        sheet["F9"] = f'=IF(1,"{NUMBER}","")'
    elif place == "name":
        book.defined_names["vem"] = DefinedName("vem", attr_text=f'"{NUMBER}"')
    elif place == "sheet":
        sheet.title = NUMBER
    book.save(path)
    if place == "text outside":
        path.write_text(
            f"<html><p>{NUMBER}</p><table><tr><th>Månad<th>Kommun</tr></table></html>",
            encoding="utf-8",
        )
    assert check(path).codes == REFUSED


OLD = Path(__file__).parents[2] / "data" / "xls"


@pytest.mark.parametrize("place", ["kommentar", "sidhuvud", "egenskap"])
def test_what_stands_beside_the_cells_of_an_old_workbook_is_searched(
    check: Check, place: str
) -> None:
    assert check(OLD / f"{place}.xls").codes == REFUSED
    assert check(OLD / "ren.xls").codes == []


def test_compact_times_in_the_cells_of_an_old_workbook_are_let_through(check: Check) -> None:
    content = (OLD / "tider.xls").read_bytes().decode("latin-1")
    assert holds_identity_number(content)
    assert "personal-identity-number" not in check(OLD / "tider.xls").codes


def test_a_files_name_is_searched(check: Check, tmp_path: Path) -> None:
    path = write_text(tmp_path / "a.csv", ROWS)
    assert check(path, name=f"{NUMBER}.csv").codes == REFUSED
    assert check(path, name="uttag_202007011230.csv").codes == []


def test_a_number_far_down_in_an_unread_column_is_found(check: Check, tmp_path: Path) -> None:
    rows = [["Månad", "Kommun", "Antal utskrivna", "Antal dagar"]]
    lines = [";".join(rows[0]), *["2019-07;Ale;1;1"] * 3000, f"2019-07;Ale;1;1;{NUMBER}"]
    file = tmp_path / "a.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    assert check(file).at == {("a", "E3002", "personal-identity-number")}


def test_a_long_column_of_compact_times_is_let_through(check: Check, tmp_path: Path) -> None:
    times = [f"2019{month:02d}{day:02d}1330" for month in range(1, 10) for day in range(1, 29)]
    assert any(map(holds_identity_number, times))
    rows = [
        ROWS[0],
        *([f"2019-{number % 9 + 1:02d}", "Ale", 1, 1, t] for number, t in enumerate(times)),
    ]
    assert "personal-identity-number" not in check(write_text(tmp_path / "a.csv", rows)).codes


SPELLINGS = [
    "12.12.12-1212",
    "Pnr.121212-1212",
    "19 121212-1212",
    "1912-12-12-1212",
    "191212121212",
    "121212 1212",
    "121212_1212",
    "121212\u20111212",
    "121212\u00ad1212",
    "121212\u2009\u2013\u20091212",
    "１２１２１２－１２１２",
    "\u0661\u0662\u0661\u0662\u0661\u0662-\u0661\u0662\u0661\u0662",
    "12\u200b1212-1212",
    "121212--1212",
    "121212~1212",
    "191212121212.0",
    "1212121212,00",
    "[1212121212]",
    "p1212121212p",
    "https://x.se/?pnr=191212121212",
    "19 121212 - 1212",
    "1.91212121212E+11",
    "1,91212121212e+11",
    "19121272-1219",
    "19121212-K123",
    "19121212TF12",
    "121212-12 12",
    "121212-121 2",
    "121212;1212",
    "121212|1212",
    "121212\t1212",
    "121212\n1212",
    "121212, 1212",
    "19121212,1212",
    "901212T2397",
    "12/12/1912-1212",
    "12.12.1912, 1212",
    "född 1912-12-12, 1212",
    "12 12 12 12 12 (pnr)",
    "121212&#45;1212",
    "121212&#x2d;1212",
    "121212%2D1212",
    "121212&ndash;1212",
    "121212&minus;1212",
    "(121212)-1212",
    "pnr: 19 12 12 12 12 12",
]


@pytest.mark.parametrize("text", SPELLINGS)
def test_odd_spellings_are_found(text: str) -> None:
    assert holds_identity_number(text)


def test_every_spelling_is_looked_at() -> None:
    with duckdb.connect() as connection:
        left = connection.execute(
            "from (select unnest($texts) as text) where not regexp_matches(text, $form)",
            {"texts": SPELLINGS, "form": CANDIDATE},
        ).fetchall()
    assert left == []


ORDINARY = [
    "20190701-20190731",
    "031-901 21 22",
    "+46 31 901 21 22",
    "v. 2019.10.12.1345",
    "192.168.121.223",
    "12.12.2019-14.12.2019",
    "1 480 000 – 1 500 000",
    "(190701) 2019",
    *(f"Period: 2026-{month:02d}-01 – 2026-{month:02d}-28" for month in range(1, 13)),
    *(f"2019-{month:02d}-01 - 2020" for month in range(1, 13)),
    *(f"2019.{month:02d}.01 - 2019.{month:02d}.28" for month in range(1, 13)),
    *(f"2019-07-{day:02d} 1330" for day in range(1, 29)),
    *(f"0303-{day:02d}12{last}" for day in range(10, 29) for last in range(10, 40)),
    *(f"RS 2019-{number:05d}" for number in range(400, 600)),
    *(f"SSN 2019/{number:04d}" for number in range(400, 1300)),
    *(f"21{number:04d}-{number:04d}" for number in range(2000, 3000)),
    *(f"2019-07-{day:02d}, 13{minute}" for day in range(1, 29) for minute in range(10, 30)),
    *(f"1907{day:02d}T13{minute}" for day in range(10, 29) for minute in range(10, 30)),
    *(f"{day:02d}/07/2019-20{day}" for day in range(10, 29)),
    *(f"6012{day},{number}" for day in range(10, 29) for number in range(1000, 1100)),
    *(f"1907{day};{number};12" for day in range(10, 29) for number in range(1400, 1500)),
    *(f"1907{day}.5, {number}" for day in range(10, 29) for number in range(1400, 1500)),
    *(f"07 12 12 {last} 12" for last in range(10, 99)),
]


def test_no_ordinary_text_is_taken_for_a_person() -> None:
    assert [text for text in ORDINARY if holds_identity_number(text)] == []


def with_column(heading: str, values: list[str]) -> list[list[object]]:
    rows: list[list[object]] = [["Månad", "Kommun", "Antal utskrivna", "Antal dagar", heading]]
    return rows + [
        [f"2019-{number % 12 + 1:02d}", "Ale", 1, 1, value] for number, value in enumerate(values)
    ]


CASES = [f"20200401-{number:04d}" for number in range(12)]


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        ("Nr", [*CASES, *(f"{text.replace('-', '')}.0" for text in CASES)]),
        ("Ärendenummer", [text for text in CASES if holds_identity_number(text)]),
        ("Telefon", ["0706123453", "0702184921"]),
        ("Uttagstid", ["201904011230", "201904011231"]),
    ],
)
def test_columns_that_number_other_things_are_let_through(
    check: Check, tmp_path: Path, heading: str, values: list[str]
) -> None:
    path = write_workbook(tmp_path / "a.xlsx", {"Data": with_column(heading, values)})
    assert "personal-identity-number" not in check(path).codes


@pytest.mark.parametrize("heading", ["Ärendenummer", "Kommentar"])
def test_a_column_where_every_number_passes_is_of_persons(
    check: Check, tmp_path: Path, heading: str
) -> None:
    numbers = [f"9012{day}-{day}3" for day in range(10, 20)]
    persons = [number + check_digit(number.replace("-", "")) for number in numbers]
    path = write_workbook(tmp_path / "a.xlsx", {"Data": with_column(heading, persons)})
    assert check(path).codes == REFUSED


def test_a_person_among_case_numbers_is_found(check: Check, tmp_path: Path) -> None:
    values = [*CASES[:6], f"se {NUMBER}", *CASES[6:11]]
    path = write_workbook(tmp_path / "a.xlsx", {"Data": with_column("Ärendenummer", values)})
    assert check(path).at == {("Data", "E8", "personal-identity-number")}


def test_a_birth_date_and_the_last_four_in_two_columns_are_one_number(
    check: Check, tmp_path: Path
) -> None:
    rows = [[*row, last] for row, last in zip(with_column("Född", []), ["Sista fyra"], strict=True)]
    rows += [["2019-07", "Ale", 1, 1, "19901212", "2397"]]
    path = write_workbook(tmp_path / "a.xlsx", {"Data": rows})
    assert check(path).at == {("Data", "E2", "personal-identity-number")}


PARTS = {
    "xl/pivotCache/pivotCacheRecords1.xml": f'<r><s v="{NUMBER}"/></r>',
    "xl/externalLinks/externalLink1.xml": f"<v>{NUMBER}</v>",
    "xl/charts/chart1.xml": f"<c:v>{NUMBER}</c:v>",
    "xl/richData/rd.xml": f"<t>{NUMBER[:8]}</t></r><r><t>{NUMBER[8:]}</t>",
    "customXml/item1.xml": f"<x>{NUMBER}</x>",
    "xl/embeddings/objekt.bin": NUMBER,
    "xl/connections.xml": f'<dbPr command="where pnr = {NUMBER}"/>',
    f"xl/media/{NUMBER}.png": "x",
}


@pytest.mark.parametrize("name", PARTS)
def test_every_part_of_the_package_is_searched(check: Check, tmp_path: Path, name: str) -> None:
    path = write_workbook(tmp_path / "a.xlsx", {"Data": ROWS})
    assert check(path).codes == []
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, PARTS[name])
    assert check(path).codes == REFUSED


def test_a_workbook_within_the_workbook_is_searched(check: Check, tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", {"Data": ROWS})
    within = write_workbook(tmp_path / "b.xlsx", {"Data": [[NUMBER]]})
    with zipfile.ZipFile(path, "a") as archive:
        archive.write(within, "xl/embeddings/bok.xlsx")
    assert check(path).codes == REFUSED
