"""The files of each report, read back: numbers, alt texts, language, footers, and bytes."""

import io
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pptx
import pytest
from docx.oxml.ns import qn

from reports.making import KINDS
from reports.model import BarChart, ColumnChart, FunnelChart, Report, ReportTable, SeriesChart
from reports.office import pdf
from reports.theme import theme
from reports.writers import WRITERS
from tests.effort import parametrize_some
from tests.reports.conftest import demo_report, order

EVERY = [(kind, suffix) for kind, one in KINDS.items() for suffix in one.formats]
Here = Path


def charts(made: Report) -> list[Any]:
    kinds = SeriesChart | BarChart | ColumnChart | FunnelChart
    return [one for part in made.parts for one in part.blocks if isinstance(one, kinds)]


@cache
def written(kind: str, suffix: str) -> tuple[Report, bytes]:
    made = demo_report(order(kind), suffix)
    return made, WRITERS[suffix](made, theme())


@parametrize_some(("kind", "suffix"), EVERY, usual=2)
def test_the_same_report_is_the_same_bytes(here: Here, kind: str, suffix: str) -> None:
    made, first = written(kind, suffix)
    assert WRITERS[suffix](made, theme()) == first


@pytest.mark.parametrize("kind", ["briefing", "monthly"])
def test_native_charts_hold_the_numbers_and_say_their_finding(here: Here, kind: str) -> None:
    made, content = written(kind, "pptx")
    deck: Any = pptx.Presentation(io.BytesIO(content))
    frames = [s for slide in deck.slides for s in slide.shapes if s.has_chart]
    assert len(frames) == len(charts(made))
    for frame, chart in zip(frames, charts(made), strict=True):
        assert frame._element.xpath(".//p:cNvPr")[0].get("descr") == chart.alt
        series = {one.name: list(one.values) for one in frame.chart.plots[0].series}
        match chart:
            case SeriesChart():
                assert series["Värde"] == pytest.approx(list(chart.frame["value"]))
                assert series["Medel"] == pytest.approx(list(chart.frame["mean"]))
            case BarChart():
                (found,) = series.values()
                known = [None if v != v else v for v in chart.frame["value"]]
                assert found == known
            case ColumnChart():
                for name in chart.frame.columns:
                    assert series[name] == [None if v != v else v for v in chart.frame[name]]


@pytest.mark.parametrize("kind", ["briefing", "monthly"])
def test_every_slide_has_a_title_a_source_and_swedish(here: Here, kind: str) -> None:
    made, content = written(kind, "pptx")
    deck: Any = pptx.Presentation(io.BytesIO(content))
    assert len(deck.slides) > 6
    for slide in deck.slides:
        assert slide.shapes.title.text_frame.text
        said = " ".join(s.text_frame.text for s in slide.shapes if s.has_text_frame)
        assert "Källa: " in said and made.stamp in said
        assert made.footer[1] in slide.notes_slide.notes_text_frame.text
        assert made.banner in said
        for run in slide._element.iter(qn("a:r")):
            assert run.rPr.get("lang") == "sv-SE"
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table:
                assert shape._element.xpath(".//p:cNvPr")[0].get("descr")


def test_nothing_on_a_slide_reaches_beyond_it(here: Here) -> None:
    for kind in ("briefing", "quarterly"):
        deck: Any = pptx.Presentation(io.BytesIO(written(kind, "pptx")[1]))
        for slide in deck.slides:
            for shape in slide.shapes:
                assert shape.left >= 0
                assert shape.top >= 0
                assert shape.left + shape.width <= deck.slide_width
                assert shape.top + shape.height <= deck.slide_height


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_word_has_headings_alt_texts_repeated_heads_and_swedish(here: Here, kind: str) -> None:
    made, content = written(kind, "docx")
    document: Any = docx.Document(io.BytesIO(content))
    heads = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert heads == [part.title for part in made.parts]
    pictures_ = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert pictures_ == [chart.alt for chart in charts(made)]
    tables = [one for part in made.parts for one in part.blocks if isinstance(one, ReportTable)]
    repeated = [t for t in document.tables if t.rows[0]._tr.findall(".//" + qn("w:tblHeader"))]
    assert len(repeated) == len(tables)
    for shown, given in zip(repeated, tables, strict=True):
        assert [cell.text for cell in shown.rows[1].cells] == [c.text for c in given.rows[0]]
    styles = document.styles.element
    language = styles.find(qn("w:docDefaults")).find(".//" + qn("w:lang"))
    assert language.get(qn("w:val")) == "sv-SE"
    footer = " ".join(p.text for p in document.sections[0].footer.paragraphs)
    assert made.footer[0] in footer
    assert all(text in document.paragraphs[-1].text for text in made.footer)
    # Empty is only what turns the page.
    full = [p for p in document.paragraphs if not p._p.findall(".//" + qn("w:sectPr"))]
    assert all(p.text or p._p.findall(".//" + qn("w:drawing")) for p in full)
    captions = [p.text for p in document.paragraphs if p.style.name == "Caption"]
    assert len(captions) == len(tables) + len(pictures_)
    assert [text for text in captions if text.startswith("Figur 1. ")]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_pdf_is_accessible_and_has_pages_to_look_at(here: Here, kind: str) -> None:
    made, content = written(kind, "pdf")
    assert b"pdfuaid:part" in content or b"<pdfuaid:part>1" in content
    assert b"/Lang" in content
    pages = pdf.pages(made, theme())
    assert all(page.startswith(b"\x89PNG") for page in pages)
    assert len(pages) >= 2


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_workbook_has_a_cover_notes_and_a_marked_table_a_sheet(here: Here, kind: str) -> None:
    made, content = written(kind, "xlsx")
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    assert workbook.sheetnames[:2] == ["Omslag", "Att läsa tabellerna"]
    assert workbook["Omslag"]["A2"].value == made.title
    for name, given in zip(workbook.sheetnames[2:], made.sheets, strict=True):
        sheet = workbook[name]
        assert len(sheet.tables) == 1
        assert sheet["A1"].value == given.title
        rows = list(sheet.iter_rows(min_row=4, max_row=3 + len(given.rows), values_only=True))
        for row, cells in zip(rows, given.rows, strict=True):
            for shown, cell, head in zip(row, cells, given.heads, strict=True):
                number = head.decimals is not None and cell.value is not None
                assert shown == (pytest.approx(cell.value) if number else cell.text or None)


def test_no_text_becomes_a_formula(here: Here) -> None:
    for suffix in ("xlsx", "pptx"):
        with zipfile.ZipFile(io.BytesIO(written("briefing", suffix)[1])) as file:
            for name in file.namelist():
                if name.startswith("xl/worksheets"):
                    assert b"<f>" not in file.read(name)
