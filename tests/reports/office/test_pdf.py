"""Reports as PDF: PDF/UA, text that can be read, and the same bytes from the same report."""

import datetime
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pdfua
import pytest
from PIL import Image
from pypdf import PdfReader

from reports.model import Chart, Head, Part, Report, ReportError, ReportTable
from reports.office.pdf import pages, write
from reports.theme import Theme


@pytest.fixture(scope="module")
def made(report: Report, theme: Theme) -> bytes:
    return write(report, theme)


@pytest.fixture(scope="module")
def short(report: Report) -> Report:
    return replace(report, parts=report.parts[:1])


@pytest.fixture(scope="module")
def read(made: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(made))


def _alternatives(node: Any) -> list[str]:
    """The texts that stand for pictures, in the order in which they are read aloud."""
    node = node.get_object()
    if isinstance(node, list):
        return [text for one in node for text in _alternatives(one)]
    if not isinstance(node, dict):
        return []
    own = [str(node["/Alt"])] if "/Alt" in node else []
    return own + (_alternatives(node["/K"]) if "/K" in node else [])


def test_it_is_pdf_ua_in_swedish(read: PdfReader, report: Report) -> None:
    catalog = read.root_object
    metadata: Any = catalog["/Metadata"]
    assert b"<pdfuaid:part>1" in metadata.get_object().get_data()
    assert str(catalog["/Lang"]).startswith("sv")
    assert read.metadata is not None and read.metadata.title == report.title
    assert read.metadata.creation_date == report.made.replace(tzinfo=datetime.UTC)


def test_every_page_says_where_the_numbers_come_from(read: PdfReader, report: Report) -> None:
    for number, page in enumerate(read.pages, start=1):
        text = page.extract_text()
        assert report.footer[0] in text
        assert f"Sida {number} av {len(read.pages)}" in text
        assert report.banner in text


def test_sources_and_signs_stand_in_the_text(read: PdfReader, report: Report) -> None:
    first = " ".join(read.pages[0].extract_text().split())
    source, rule = (" ".join(line.split()) for line in report.footer)
    # The source also stands at the page's foot, which is not read aloud.
    assert first.count(source) == 2 and rule in first


def test_what_is_incomplete_is_said_first(read: PdfReader, report: Report) -> None:
    text = read.pages[0].extract_text()
    assert 0 < text.index(report.notices[0]) < text.index(report.parts[0].title)


def test_every_part_and_hidden_values_are_there(read: PdfReader, report: Report) -> None:
    text = "".join(page.extract_text() for page in read.pages)
    assert all(part.title in text for part in report.parts)
    assert ".." in text and "275\u00a0000" in text


def test_a_wide_table_lies_down_with_its_head_on_each_page(
    report: Report, table: ReportTable, theme: Theme
) -> None:
    heads = [Head(one.text.replace("kv", "kvartal"), one.decimals) for one in table.heads]
    wide = replace(table, heads=tuple(heads))
    made = write(replace(report, parts=(Part("Bilaga", (wide,)),)), theme)
    _, *others = PdfReader(io.BytesIO(made)).pages
    assert [page.mediabox.width > page.mediabox.height for page in others] == [True, True]
    assert all("kvartal 1" in page.extract_text() for page in others)


def _rows(node: Any) -> list[list[tuple[str, str]]]:
    """The rows of all tables: the kind of each cell, and what it heads."""
    node = node.get_object()
    if isinstance(node, list):
        return [row for one in node for row in _rows(one)]
    if not isinstance(node, dict):
        return []
    if node.get("/S") == "/TR":
        cells = [one.get_object() for one in node["/K"]]
        return [
            [(one["/S"], str(one["/A"][0].get("/Scope")) if "/A" in one else "") for one in cells]
        ]
    return _rows(node["/K"]) if "/K" in node else []


def test_rows_have_heads_as_columns_have(read: PdfReader, report: Report) -> None:
    rows = _rows(read.root_object["/StructTreeRoot"])
    tables = [one for part in report.parts for one in part.blocks if isinstance(one, ReportTable)]
    assert len(rows) == sum(len(table.rows) + 1 for table in tables)
    heads = [row for row in rows if row[0] == ("/TH", "/Column")]
    assert len(heads) == len(tables)
    for first, *others in (row for row in rows if row not in heads):
        assert first == ("/TH", "/Row") and {kind for kind, _ in others} == {"/TD"}


def test_pictures_say_in_words_what_they_show(read: PdfReader, report: Report) -> None:
    charts = [block for part in report.parts for block in part.blocks if isinstance(block, Chart)]
    said = _alternatives(read.root_object["/StructTreeRoot"])
    assert len(charts) == 6 and said == [chart.alt for chart in charts]


def test_same_report_same_bytes(made: bytes, report: Report, theme: Theme) -> None:
    assert write(report, theme) == made


def test_pages_are_pictures_of_the_same_pages(short: Report, theme: Theme) -> None:
    shown = [Image.open(io.BytesIO(page)) for page in pages(short, theme)]
    assert len(shown) == 1 and all(one.format == "PNG" for one in shown)


def test_a_logo_stands_on_the_first_page(short: Report, theme: Theme, tmp_path: Path) -> None:
    logo = tmp_path / "märke.png"
    Image.new("RGB", (80, 40), "#0f5b63").save(logo)
    read = PdfReader(io.BytesIO(write(short, replace(theme, logo=logo))))
    assert len(read.pages[0].images) == 1


def test_a_font_that_is_nowhere_is_said_in_swedish(short: Report, theme: Theme) -> None:
    with pytest.raises(ReportError, match="typsnittet 'Västgötska' finns inte"):
        write(short, replace(theme, pdf_font="Västgötska"))


def test_a_checker_of_pdf_ua_finds_nothing(made: bytes, tmp_path: Path) -> None:
    path = tmp_path / "rapport.pdf"
    path.write_bytes(made)
    assert [(one.rule_id, one.message) for one in pdfua.validate(str(path)).findings] == []
