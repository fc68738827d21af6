"""The same numbers, however the file is laid out, named and encoded."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from loaders import kinds
from loaders.declaration import Column, Export
from loaders.exports.shared_columns import MONTH, MUNICIPALITY
from tests.effort import parametrize_some
from tests.loaders.conftest import Check

EXPORTS = Path(__file__).parents[1] / "data" / "exports"
# Two municipalities, two months, two care forms: discharges and days.
NUMBERS = {
    ("2019-07", "1440", "somatik"): (1010, 404),
    ("2019-07", "1440", "psykiatri"): (5, 9),
    ("2019-07", "1419", "somatik"): (80, 0),
    ("2019-07", "1419", "psykiatri"): (6, 12),
    ("2019-08", "1440", "somatik"): (990, 300),
    ("2019-08", "1440", "psykiatri"): (7, 1),
    ("2019-08", "1419", "somatik"): (70, 21),
    ("2019-08", "1419", "psykiatri"): (8, 2),
}
NAMES = {"1440": "Ale", "1419": "Tjörn"}
Row = list[object]


def wanted(months: tuple[str, ...] = ("2019-07", "2019-08")) -> dict[tuple[object, ...], float]:
    return {
        (month, code, None, care_form, measure): float(number)
        for (month, code, care_form), numbers in NUMBERS.items()
        if month in months
        for measure, number in zip(("discharges", "ready_days"), numbers, strict=True)
    }


def save(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def long_rows(head: Row | None = None) -> list[Row]:
    rows: list[Row] = [head or ["Månad", "Kommun", "Vårdform", "Antal utskrivna", "Antal dagar"]]
    for (month, code, care_form), numbers in NUMBERS.items():
        rows.append([month, NAMES[code], care_form.capitalize(), *numbers])
    return rows


def as_text(rows: list[Row], separator: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@parametrize_some("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"], usual=2)
def test_separator_and_encoding_are_found(
    check: Check, tmp_path: Path, separator: str, encoding: str
) -> None:
    file = tmp_path / "uttag.txt"
    file.write_bytes(as_text(long_rows(), separator).encode(encoding))
    found = check(file)
    assert found.problems == ()
    assert found.facts == wanted()


@pytest.mark.parametrize(
    "head",
    [
        ["Period", "Hemkommun", "Vårdtyp", "Antal vårdtillfällen", "Summa dagar"],
        ["ÅR-MÅNAD", "Folkbokföringskommun 1)", "verksamhetsområde", "Utskrivna (st)", "Vårddygn*"],
        ["mån", "Kommun / Län", "vårdform", "Vårdtillfällen", "Totalt antal dagar"],
    ],
)
def test_columns_go_by_many_names(check: Check, tmp_path: Path, head: Row) -> None:
    found = check(save(tmp_path / "a.xlsx", {"Blad1": long_rows(head)}))
    assert found.problems == ()
    assert found.facts == wanted()


def test_columns_may_stand_in_any_order_at_any_row(check: Check, tmp_path: Path) -> None:
    rows: list[Row] = [[None, *reversed(row), None, "x"] for row in long_rows()]
    rows[0][-1] = "Kommentar"
    titles: list[Row] = [["Statistik"], [], ["Uttag 2019-09-01"], [], []]
    found = check(save(tmp_path / "a.xlsx", {"Blad1": titles + rows}))
    assert found.problems == ()
    assert found.facts == wanted()


@pytest.mark.parametrize(
    "spell",
    [
        lambda month: month.replace("-", ""),
        lambda month: {"07": "juli", "08": "augusti"}[month[5:]] + " " + month[:4],
        lambda month: {"07": "Jul", "08": "Aug"}[month[5:]] + "-" + month[2:4],
        lambda month: date(int(month[:4]), int(month[5:]), 1),
        lambda month: datetime(int(month[:4]), int(month[5:]), 1),
        lambda month: int(month.replace("-", "")),
        lambda month: month + "-01",
    ],
)
def test_months_are_read_as_people_write_them(check: Check, tmp_path: Path, spell: object) -> None:
    assert callable(spell)
    head, *rows = long_rows()
    written = [head, *([spell(row[0]), *row[1:]] for row in rows)]
    found = check(save(tmp_path / "a.xlsx", {"Blad1": written}))
    assert found.problems == ()
    assert found.facts == wanted()


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u2009", "\u202f"])
def test_thousands_are_grouped_by_any_space(check: Check, tmp_path: Path, space: str) -> None:
    head, *rows = long_rows()
    texts = [[*row[:3], f"{row[3]:,}".replace(",", space), str(row[4])] for row in rows]
    found = check(save(tmp_path / "a.xlsx", {"Blad1": [head, *texts]}))
    assert found.problems == ()
    assert found.facts == wanted()


@pytest.mark.parametrize(
    "spell",
    [
        lambda code: f"{code} {NAMES[code]}",
        lambda code: NAMES[code].upper(),
        lambda code: f"{NAMES[code]}s kommun",
        lambda code: f" {NAMES[code]} kommun ",
        lambda code: int(code),
        lambda code: code,
    ],
)
def test_municipalities_are_known_by_many_names(
    check: Check, tmp_path: Path, spell: object
) -> None:
    assert callable(spell)
    codes = {name: code for code, name in NAMES.items()}
    head, *rows = long_rows()
    written = [head, *([row[0], spell(codes[str(row[1])]), *row[2:]] for row in rows)]
    found = check(save(tmp_path / "a.xlsx", {"Blad1": written}))
    assert found.problems == ()
    assert found.facts == wanted()


def two_level(month: str, *, order: tuple[str, ...] = ("Somatik", "Psykiatri")) -> list[Row]:
    """Care forms over measures, with a total per row and the footnotes of a report."""
    head: Row = ["Kommun"]
    below: Row = [None]
    for care_form in order:
        head += [care_form, None]
        below += ["Antal utskrivna", "Antal dagar"]
    rows: list[Row] = [head, below]
    for code, name in NAMES.items():
        row: Row = [name]
        for care_form in order:
            row += NUMBERS[month, code, care_form.lower()]
        rows.append(row)
    totals: Row = ["SIMBA totalt"]
    for column in range(1, len(head)):
        totals.append(sum(int(str(row[column])) for row in rows[2:]))
    return [*rows, totals, [], ["1) Utskrivna före meddelande ingår inte."], ["Källa: SAMSA"]]


@pytest.mark.parametrize("order", [("Somatik", "Psykiatri"), ("Psykiatri", "Somatik")])
def test_care_forms_may_stand_over_the_measures(
    check: Check, tmp_path: Path, order: tuple[str, ...]
) -> None:
    rows: list[Row] = [["Utskrivningsklara, juli 2019"], *two_level("2019-07", order=order)]
    found = check(save(tmp_path / "a.xlsx", {"Blad1": rows}))
    assert found.problems == ()
    assert found.facts == wanted(("2019-07",))


def test_the_month_may_be_in_the_sheets_name_only(check: Check, tmp_path: Path) -> None:
    sheets = {"Juli 2019": two_level("2019-07"), "Aug 2019": two_level("2019-08")}
    found = check(save(tmp_path / "a.xlsx", sheets))
    assert found.problems == ()
    assert found.facts == wanted()


def test_the_month_may_be_in_the_files_name_only(check: Check, tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", {"Blad1": two_level("2019-07")})
    found = check(path, name="rapport_2019-07.xlsx")
    assert found.problems == ()
    assert found.facts == wanted(("2019-07",))


def test_a_title_and_a_sheet_that_disagree_are_a_fault(check: Check, tmp_path: Path) -> None:
    rows: list[Row] = [["Utskrivningsklara, juli 2019"], *two_level("2019-08")]
    found = check(save(tmp_path / "a.xlsx", {"Augusti 2019": rows}))
    assert found.codes == ["not-a-period"]


def test_the_date_of_the_extract_is_no_month(check: Check, tmp_path: Path) -> None:
    rows: list[Row] = [["Uttaget 2019-08-05"], ["Uttag augusti 2019"], *two_level("2019-07")]
    found = check(save(tmp_path / "a.xlsx", {"Blad1": rows}))
    assert found.codes == ["missing-column"]


@pytest.mark.parametrize("care_form", ["somatik", "psykiatri"])
def test_months_as_columns_with_a_year_over_them(
    check: Check, tmp_path: Path, care_form: str
) -> None:
    sheets: dict[str, list[Row]] = {}
    for index, measure in enumerate(("Antal utskrivna", "Antal dagar")):
        rows: list[Row] = [
            [f"{measure}, {care_form}"],
            ["Kommun", "2019", None],
            [None, "jul", "aug"],
        ]
        for code, name in NAMES.items():
            months = ("2019-07", "2019-08")
            rows.append([name, *(NUMBERS[month, code, care_form][index] for month in months)])
        sheets[measure] = rows
    found = check(save(tmp_path / "a.xlsx", sheets))
    assert found.problems == ()
    assert found.facts == {key: value for key, value in wanted().items() if key[3] == care_form}


def test_months_not_yet_filled_are_no_data(check: Check, tmp_path: Path) -> None:
    sheets: dict[str, list[Row]] = {
        measure: [
            ["Kommun", "jul-19", "aug-19", "sep-19"],
            ["Ale", 5, 6, None],
            ["Tjörn", 7, 8, None],
        ]
        for measure in ("Antal utskrivna", "Antal dagar")
    }
    found = check(save(tmp_path / "a.xlsx", sheets))
    assert found.problems == ()
    assert {key[0] for key in found.facts} == {"2019-07", "2019-08"}


def test_a_municipality_merged_over_its_rows_counts_for_each(check: Check, tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", {"Blad1": long_rows()})
    book = openpyxl.load_workbook(path)
    sheet = book["Blad1"]
    for row in range(2, 10, 2):
        sheet.merge_cells(start_row=row, end_row=row + 1, start_column=2, end_column=2)
    book.save(path)
    found = check(path)
    assert found.problems == ()
    assert found.facts == wanted()


def test_a_footnote_merged_over_the_table_is_no_row(check: Check, tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", {"Juli 2019": two_level("2019-07")})
    book = openpyxl.load_workbook(path)
    book["Juli 2019"].merge_cells("A7:E7")
    book.save(path)
    assert check(path).facts == wanted(("2019-07",))


def test_a_hidden_sheet_is_not_read(check: Check, tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", {"Blad1": long_rows(), "Gammalt": long_rows()})
    book = openpyxl.load_workbook(path)
    book["Gammalt"].sheet_state = "hidden"
    book.save(path)
    found = check(path)
    assert found.problems == ()
    assert found.facts == wanted()


def test_blank_lines_keep_the_row_numbers(check: Check, tmp_path: Path) -> None:
    rows = as_text(long_rows(), ";").replace("1010", "många").split("\r\n")
    file = tmp_path / "a.csv"
    file.write_text("\r\n".join(["Titel", "", *rows]), encoding="utf-8")
    found = check(file)
    assert found.at == {("a", "D4", "not-a-number")}


def test_line_breaks_inside_quotes_are_read(check: Check, tmp_path: Path) -> None:
    text = as_text(long_rows(), ";").replace("Antal utskrivna", '"Antal\nutskrivna"')
    file = tmp_path / "a.csv"
    file.write_text(text, encoding="utf-8")
    assert check(file).facts == wanted()


@pytest.mark.parametrize(
    "form", ["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y%m%d %H:%M", "%Y%m%d%H%M", "%d/%m/%Y %H:%M"]
)
def test_times_of_stays_are_read_as_systems_write_them(
    check: Check, tmp_path: Path, form: str
) -> None:
    lines = ["Kommun;Sjukhus;Vårdform;Meddelande utskrivningsklar;Utskrivningsdatum"]
    for day in range(1, 25):
        notice, end = datetime(2019, 5, day, 23, 30), datetime(2019, 5, day + 1, 0, 15)
        lines.append(f"Ale;SU;Somatik;{notice:{form}};{end:{form}}")
    file = tmp_path / "vtf.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    found = check(file)
    assert found.problems == ()
    place = ("2019-05", "1440", "Sahlgrenska Universitetssjukhuset", "somatik")
    # Forty-five minutes over midnight are one calendar day.
    assert found.facts[*place, "discharges"] == 24
    assert found.facts[*place, "ready_days"] == 24
    assert found.facts[*place, "same_day"] == 0


def test_stays_in_a_workbook_count_as_in_text(check: Check, tmp_path: Path) -> None:
    source = EXPORTS / "vardtillfallen_2019_kv2.csv"
    with source.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = list(csv.reader(file, delimiter=";"))
    cells: list[Row] = [list(head)]
    for row in rows[:400]:
        times = [datetime.fromisoformat(text) if text else None for text in row[4:]]
        cells.append([int(row[0]), *row[1:4], *times])
    part = tmp_path / "del.csv"
    part.write_text("\n".join(";".join(row) for row in [head, *rows[:400]]), encoding="utf-8")
    found = check(save(tmp_path / "vtf.xlsx", {"Export": cells}))
    assert found.problems == ()
    assert found.facts == check(part).facts


def test_a_fifth_layout_is_a_declaration_and_nothing_else(check: Check, tmp_path: Path) -> None:
    beds = Export(
        key="belaggning",
        title="Vårdplatser",
        dataset="discharges",
        columns=(
            MONTH,
            MUNICIPALITY,
            Column(key="discharges", label="Belagda platser", kind=kinds.COUNT, required=True),
        ),
    )
    rows: list[Row] = [["Kommun", "Belagda platser", "Månad"], ["Ale", 7, "2020-01"]]
    found = check(save(tmp_path / "a.xlsx", {"Blad1": rows}), declared=[beds])
    assert (found.export, found.problems) == ("belaggning", ())
    assert found.facts == {("2020-01", "1440", None, None, "discharges"): 7}


def test_months_without_a_year_are_of_the_titles_year(check: Check, tmp_path: Path) -> None:
    sheets: dict[str, list[Row]] = {
        measure: [
            [f"{measure} 2019"],
            ["Kommun", "Juli", "Augusti"],
            ["Ale", 5, 6],
            ["Tjörn", 7, 8],
        ]
        for measure in ("Antal utskrivna", "Antal dagar")
    }
    found = check(save(tmp_path / "a.xlsx", sheets))
    assert found.problems == ()
    assert found.facts["2019-08", "1419", None, None, "ready_days"] == 8


def test_merged_headings_in_html_stand_over_their_columns(check: Check, tmp_path: Path) -> None:
    file = tmp_path / "a.xls"
    file.write_text(
        "<html><meta charset='utf-8'><table><tr><td colspan=5>Rapport juli 2019</td></tr>"
        "<tr><th rowspan=2>Kommun</th><th colspan=2>Somatik</th><th colspan=2>Psykiatri</th></tr>"
        "<tr><th>Antal utskrivna</th><th>Antal dagar</th><th>Antal utskrivna</th>"
        "<th>Antal dagar</th></tr>"
        "<tr><td>Ale</td><td>1010</td><td>404</td><td>5</td><td>9</td></tr>"
        "<tr><td>Tjörn</td><td>80</td><td>0</td><td>6</td><td>12</td></tr></table></html>",
        encoding="utf-8",
    )
    found = check(file)
    assert found.problems == ()
    assert found.facts == wanted(("2019-07",))
