"""The marked workbook, read back with openpyxl."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.workbook import Workbook

from loaders.answering import marked
from loaders.delivery import delivery
from loaders.reading.book import LISTING
from settings import settings

DATA = Path(__file__).parents[2] / "data"
PLANTED = {"B5", "E7", "F9", "D11", "A13", "B15", "D17", "E19", "C21", "A34"}
HEAD = ["Månad", "Kommun", "Antal utskrivna", "Antal dagar"]

Mark = Callable[[Path], Workbook]


@pytest.fixture
def mark(tmp_path: Path) -> Mark:
    def marking(path: Path) -> Workbook:
        target = tmp_path / "marked.xlsx"
        with delivery(path, limits=settings()) as file:
            assert marked.can_be_marked(file)
            marked.write(file, target)
        return openpyxl.load_workbook(target)

    return marking


def marks(workbook: Workbook, sheet: str) -> dict[str, str]:
    return {
        cell.coordinate: cell.comment.text
        for row in workbook[sheet].iter_rows()
        for cell in row
        if cell.comment
    }


def own_workbook(path: Path) -> Path:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "Data"
    sheet.append(HEAD)
    sheet.append(["2019-07", "Göteborrg", 10, "=C2*2"])
    sheet.append(["2019-07", "Borås", "=1+1", 4])
    sheet["A1"].font = Font(bold=True)
    sheet["C2"].number_format = "#,##0"
    sheet.column_dimensions["B"].width = 33
    notes = workbook.create_sheet("Mina anteckningar")
    notes["B2"] = "=SUM(Data!C2:C3)"
    notes["B3"] = "Ring Borås"
    workbook.save(path)
    return path


def test_the_ten_planted_faults_are_marked_in_their_cells(mark: Mark) -> None:
    workbook = mark(DATA / "fel_utskrivningsklar.xlsx")
    found = marks(workbook, "Data")
    assert set(found) == PLANTED
    assert all(workbook["Data"][cell].fill.fgColor.rgb != "00000000" for cell in PLANTED)
    assert "Menade du" in found["B5"]


def test_the_first_sheet_lists_the_faults_and_leads_to_them(mark: Mark) -> None:
    workbook = mark(DATA / "fel_utskrivningsklar.xlsx")
    assert workbook.sheetnames[0] == LISTING
    sheet = workbook[LISTING]
    links = [sheet.cell(row=row, column=4).hyperlink for row in range(2, 12)]
    assert {link.location for link in links if link} == {f"'Data'!{cell}" for cell in PLANTED}
    assert sheet.max_row == 11


def test_formats_formulas_and_other_sheets_stay(mark: Mark, tmp_path: Path) -> None:
    workbook = mark(own_workbook(tmp_path / "min.xlsx"))
    data = workbook["Data"]
    assert data["D2"].value == "=C2*2"
    assert data["A1"].font.bold
    assert data["C2"].number_format == "#,##0"
    assert data.column_dimensions["B"].width == 33
    assert workbook["Mina anteckningar"]["B2"].value == "=SUM(Data!C2:C3)"
    assert workbook["Mina anteckningar"]["B3"].value == "Ring Borås"
    assert "B2" in marks(workbook, "Data")


def test_a_mended_copy_of_the_marked_workbook_loads(tmp_path: Path) -> None:
    path, target = tmp_path / "min.xlsx", tmp_path / "marked.xlsx"
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(HEAD)
    sheet.append(["2019-07", "Göteborrg", 10, 5])
    workbook.save(path)
    with delivery(path, limits=settings()) as file:
        marked.write(file, target)
    again = openpyxl.load_workbook(target)
    again["Sheet"]["B2"] = "Göteborg"
    again["Sheet"]["D2"] = "inget"
    again.save(target)
    with delivery(target, limits=settings()) as file:
        assert [problem.cell for problem in file.problems] == ["D2"]
        marked.write(file, target)
    once_more = openpyxl.load_workbook(target)
    assert set(marks(once_more, "Sheet")) == {"D2"}
    once_more["Sheet"]["D2"] = 5
    once_more.save(target)
    with delivery(target, limits=settings()) as file:
        assert file.ok
        assert file.rows == 1


def test_a_text_file_becomes_a_workbook_of_its_rows(mark: Mark, tmp_path: Path) -> None:
    path = tmp_path / "juli [utkast].csv"
    path.write_text(
        "Månad;Kommun;Antal utskrivna;Antal dagar\n2019-07;Göteborrg;1 234;5,0\n", encoding="utf-8"
    )
    workbook = mark(path)
    title = workbook.sheetnames[1]
    assert title == "juli  utkast"
    assert [cell.value for cell in workbook[title][2]] == ["2019-07", "Göteborrg", "1 234", "5,0"]
    assert set(marks(workbook, title)) == {"B2"}
    link = workbook[LISTING]["D2"].hyperlink
    assert link is not None
    assert link.location == f"'{title}'!B2"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_cannot_become_a_formula(mark: Mark, tmp_path: Path, start: str) -> None:
    path = tmp_path / "formel.csv"
    path.write_text(
        f'Månad;Kommun;Antal utskrivna;Antal dagar\n2019-07;"{start}HYPERLINK(1)";1;2\n',
        encoding="utf-8",
        newline="",
    )
    workbook = mark(path)
    texts = [cell for sheet in workbook.worksheets for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in texts if cell.data_type == "f"]
    risky = [cell for cell in texts if str(cell.value or "").startswith(("=", "+", "-", "@"))]
    assert all(cell.quotePrefix for cell in risky)
    assert risky or start in "\t\r"


def test_text_in_the_own_workbook_cannot_become_a_formula(mark: Mark, tmp_path: Path) -> None:
    path = own_workbook(tmp_path / "min.xlsx")
    workbook = openpyxl.load_workbook(path)
    cell = workbook["Mina anteckningar"]["B3"]
    cell.value = "=cmd()"
    cell.data_type = "s"
    workbook.save(path)
    after = mark(path)["Mina anteckningar"]["B3"]
    assert after.data_type == "s"
    assert after.quotePrefix


def test_a_fault_in_a_merged_cell_shows_on_it(mark: Mark, tmp_path: Path) -> None:
    path = tmp_path / "hopslagen.xlsx"
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(HEAD)
    sheet.append(["2019-07", "Göteborrg", 1, 2])
    sheet.append(["2019-08", None, 1, 2])
    sheet.merge_cells("B2:B3")
    workbook.save(path)
    assert set(marks(mark(path), "Sheet")) == {"B2"}


def test_what_was_refused_unread_is_not_given_back(tmp_path: Path) -> None:
    path = tmp_path / "trasig.xlsx"
    path.write_bytes(b"PK\x03\x04 inget")
    with delivery(path, limits=settings()) as file:
        assert not marked.can_be_marked(file)
        with pytest.raises(ValueError, match="nothing to mark"):
            marked.write(file, tmp_path / "ut.xlsx")


def test_a_workbook_that_cannot_be_kept_is_given_back_as_its_rows(
    mark: Mark, tmp_path: Path
) -> None:
    path = own_workbook(tmp_path / "min.xlsx")
    damaged = tmp_path / "skadad.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(damaged, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = content.replace(b"openpyxl", b"").replace(b"T", b"?")
            target.writestr(name, content)
    workbook = mark(damaged)
    assert workbook.sheetnames == [LISTING, "Data", "Mina anteckningar"]
    assert not workbook["Data"]["A1"].font.bold
    assert "B2" in marks(workbook, "Data")
