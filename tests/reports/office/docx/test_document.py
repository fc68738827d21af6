"""Reports as Word: pages that turn for wide tables, alt texts, footers, and bad templates."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator

from reports.model import Chart, Report, ReportError, ReportTable
from reports.office.docx.document import docx_file
from reports.theme import Theme


@pytest.fixture(scope="module")
def made(report: Report, theme: Theme) -> bytes:
    return docx_file(report, theme)


@pytest.fixture(scope="module")
def read(made: bytes) -> Any:
    return docx.Document(io.BytesIO(made))


def test_a_part_with_a_wide_table_lies_down_and_the_others_stand(read: Any) -> None:
    standing, lying = read.sections
    assert standing.orientation == WD_ORIENT.PORTRAIT
    assert standing.page_width < standing.page_height
    assert lying.orientation == WD_ORIENT.LANDSCAPE
    assert lying.page_width > lying.page_height


def test_every_picture_says_what_it_shows(read: Any, report: Report) -> None:
    charts = [one for part in report.parts for one in part.blocks if isinstance(one, Chart)]
    said = [shape._inline.docPr.get("descr") for shape in read.inline_shapes]
    assert len(charts) == 6 and said == [chart.alt for chart in charts]


def test_parts_are_headings_and_tables_repeat_their_heads(
    read: Any, report: Report, table: ReportTable
) -> None:
    heads = [one.text for one in read.paragraphs if one.style.name == "Heading 1"]
    assert heads == [part.title for part in report.parts]
    repeated = [one for one in read.tables if one.rows[0]._tr.findall(".//" + qn("w:tblHeader"))]
    assert [len(one.rows) for one in repeated] == [3, len(table.rows) + 1]
    assert [cell.text for cell in repeated[1].rows[-1].cells] == [
        cell.text for cell in table.rows[-1]
    ]


def test_no_table_is_wider_than_its_page(read: Any) -> None:
    room = max(
        section.page_width - section.left_margin - section.right_margin for section in read.sections
    )
    for one in read.tables:
        assert sum(column.width for column in one.columns) <= room * 1.001


def test_the_footer_says_source_and_page_on_every_page(read: Any, report: Report) -> None:
    footer = read.sections[0].footer
    said = " ".join(one.text for one in footer.paragraphs)
    assert all(text in said for text in (report.footer[0], report.banner))
    fields = [one.text for one in footer._element.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert read.sections[1].footer.is_linked_to_previous


def test_the_language_is_swedish(made: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert 'w:lang w:val="sv-SE"' in package.read("word/styles.xml").decode()


def test_same_report_same_bytes(made: bytes, report: Report, theme: Theme) -> None:
    assert docx_file(report, theme) == made


def test_a_template_of_ones_own_is_used(report: Report, theme: Theme, tmp_path: Path) -> None:
    mine = docx.Document()
    mine.sections[0].header.paragraphs[0].text = "Vårt eget sidhuvud"
    path = tmp_path / "mall.docx"
    mine.save(str(path))
    read = docx.Document(io.BytesIO(docx_file(report, replace(theme, docx_template=path))))
    assert read.sections[0].header.paragraphs[0].text == "Vårt eget sidhuvud"


def test_a_template_that_is_none_is_said_in_swedish(
    report: Report, theme: Theme, tmp_path: Path
) -> None:
    path = tmp_path / "mall.docx"
    path.write_text("inte en mall")
    with pytest.raises(ReportError, match="går inte att läsa som en Wordmall"):
        docx_file(report, replace(theme, docx_template=path))


def test_what_a_template_lacks_is_added_to_it(report: Report, theme: Theme, tmp_path: Path) -> None:
    mine: Any = docx.Document()
    # As LibreOffice leaves a template: without the styles that nothing in it is written with.
    listed = [one.name for one in mine.styles if one.element.findall(".//" + qn("w:numPr"))]
    for name in ("Caption", "Heading 1", *listed):
        mine.styles[name].delete()
    for key, one in list(mine.part.rels.items()):
        if one.reltype.endswith(("/numbering", "/stylesWithEffects")):
            del mine.part.rels[key]
    path = tmp_path / "mall.docx"
    mine.save(str(path))
    made = tmp_path / "rapport.docx"
    made.write_bytes(docx_file(report, replace(theme, docx_template=path)))
    read: Any = docx.Document(str(made))
    heading = read.styles["Heading 1"].element
    assert heading.pPr.find(qn("w:outlineLvl")).get(qn("w:val")) == "0"
    points = [one for one in read.paragraphs if one.style.name == "List Bullet"]
    assert points and points[0].style.element.pPr.numPr.numId.val
    found = OpenXmlValidator().validate(made).errors
    assert not [(one.part_uri, one.description) for one in found]


def test_it_is_as_the_format_is_defined(made: bytes, tmp_path: Path) -> None:
    path = tmp_path / "made.docx"
    path.write_bytes(made)
    found = OpenXmlValidator().validate(path).errors
    assert not [(one.part_uri, one.description) for one in found]
