"""Reports as workbooks: marked tables, numbers as numbers, and text that stays text."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openxml_audit import OpenXmlValidator

from reports.model import Head, Report, ReportCell, ReportTable
from reports.office.xlsx import xlsx
from reports.theme import Theme


@pytest.fixture(scope="module")
def made(report: Report, theme: Theme) -> bytes:
    return xlsx(report, theme)


@pytest.fixture(scope="module")
def read(made: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(made))


def test_each_sheet_is_one_marked_table_with_heads_of_their_own(read: Any) -> None:
    sheet = read["Fonder 2026"]
    (marked,) = sheet.tables.values()
    assert marked.ref == "A3:D5"
    heads = [cell.value for cell in sheet[3]]
    assert heads == ["Projekt", "Belopp, kr", "Andel, %", "Belopp, kr 2"]
    assert sheet.freeze_panes == "B4"


def test_numbers_are_numbers_and_hidden_ones_text(read: Any) -> None:
    sheet = read["Fonder 2026"]
    assert (sheet["B4"].value, sheet["B4"].number_format) == (275000, "#,##0")
    assert (sheet["C4"].value, sheet["C4"].number_format) == (12.5, "#,##0.0")
    assert (sheet["B5"].value, sheet["C5"].value, sheet["D5"].value) == ("..", "–", 1000)


@pytest.mark.parametrize("start", ["=1+1", "+46", "-10 %", "@risk", "\t=1+1", "\r=1+1"])
def test_text_never_becomes_a_formula(report: Report, theme: Theme, start: str) -> None:
    table = ReportTable(
        "Titel", start, (Head(start), Head("Tal", 0)), ((ReportCell(start), ReportCell(start)),)
    )
    said = ((start, start),)
    attacked = replace(report, title=start, sheets=(table,), notes=said, notices=(start,))
    with zipfile.ZipFile(io.BytesIO(xlsx(attacked, theme))) as package:
        for name in package.namelist():
            assert b"<f>" not in package.read(name) and b"<f " not in package.read(name)
    sheets = openpyxl.load_workbook(io.BytesIO(xlsx(attacked, theme))).worksheets
    cell = sheets[2]["A4"]
    assert cell.data_type == "s" and cell.quotePrefix


def test_tabs_that_are_called_alike_get_names_of_their_own(report: Report, theme: Theme) -> None:
    name = "Genomsnittlig vårdtid per kommun och kvartal"
    twice = replace(report, sheets=tuple(replace(one, name=name) for one in report.sheets))
    tabs = openpyxl.load_workbook(io.BytesIO(xlsx(twice, theme))).sheetnames
    assert len(set(tabs)) == 4 and all(len(tab) <= 31 for tab in tabs)


def test_it_is_as_the_format_is_defined(made: bytes, tmp_path: Path) -> None:
    path = tmp_path / "made.xlsx"
    path.write_bytes(made)
    found = OpenXmlValidator().validate(path).errors
    assert not [(one.part_uri, one.description) for one in found]


def test_same_report_same_bytes(made: bytes, report: Report, theme: Theme) -> None:
    assert xlsx(report, theme) == made


def test_every_sheet_is_printed_with_its_source_and_page(read: Any, report: Report) -> None:
    for sheet in read.worksheets:
        assert all(line in sheet.oddFooter.left.text for line in report.footer)
        assert sheet.oddHeader.right.text == "Sida &P av &N"
        assert sheet.page_setup.orientation == "landscape"
    assert read["Kommuner"].print_title_rows == "$3:$3"


def test_what_is_incomplete_keeps_its_mark_and_is_a_number(report: Report, theme: Theme) -> None:
    heads = (Head("Kommun"), Head("Dagar", 2))
    partial = ReportTable(
        "Dagar", "Alla mått", heads, ((ReportCell("Ale"), ReportCell("0,64*", 0.64)),)
    )
    made = xlsx(replace(report, sheets=(partial,)), theme)
    sheet = openpyxl.load_workbook(io.BytesIO(made))["Alla mått"]
    assert (sheet["B4"].value, sheet["B4"].number_format) == (0.64, '#,##0.00"*"')
    assert list(sheet.tables) == ["Alla_mått_1"]


def test_rows_are_as_high_as_their_wrapped_text(report: Report, theme: Theme) -> None:
    long = "Räknas för varje kommun och månad. " * 4
    heads = (Head("Mått"), Head("Öppna vid kvartalets slut (%)", 1))
    rows = (
        (ReportCell("Kort"), ReportCell("1,0", 1.0)),
        (ReportCell(long), ReportCell("2,0", 2.0)),
    )
    table = ReportTable("Tabell", "Tabell", heads, rows)
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx(replace(report, sheets=(table,)), theme)))[
        "Tabell"
    ]
    assert sheet.row_dimensions[3].height > 30
    assert (sheet.row_dimensions[4].height, sheet.row_dimensions[5].height) == (None, 45)
    assert sheet["A5"].alignment.wrap_text and not sheet["A4"].alignment.wrap_text
