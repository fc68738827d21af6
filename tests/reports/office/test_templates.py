"""Templates of different make: a dark .potx, a .pptx with examples in it, and a .dotx."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from pptx import Presentation

from reports.model import Report
from reports.office.docx.document import docx_file
from reports.office.pptx.deck import write
from reports.theme import Theme


def changed(file: bytes, part: str, *pairs: tuple[bytes, bytes]) -> bytes:
    """An Office file with some bytes of one of its parts changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as given, zipfile.ZipFile(target, "w") as written:
        for entry in given.infolist():
            content = given.read(entry)
            for old, new in pairs if entry.filename == part else ():
                assert old in content
                content = content.replace(old, new)
            written.writestr(entry, content)
    return target.getvalue()


def saved(document: Any) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


@pytest.fixture(scope="module")
def short(report: Report) -> Report:
    return replace(report, parts=report.parts[:2])


def test_a_dark_potx_gives_its_colours_to_charts(
    short: Report, theme: Theme, tmp_path: Path
) -> None:
    mine = changed(
        saved(Presentation()),
        "ppt/slideMasters/slideMaster1.xml",
        (b'bg1="lt1" tx1="dk1"', b'bg1="dk1" tx1="lt1"'),
    )
    mine = changed(
        mine,
        "[Content_Types].xml",
        (b"presentationml.presentation.main+xml", b"presentationml.template.main+xml"),
    )
    path = tmp_path / "mörk.potx"
    path.write_bytes(mine)
    slides = Presentation(io.BytesIO(write(short, replace(theme, pptx_template=path)))).slides
    (chart,) = [s.chart for slide in slides for s in slide.shapes if s.has_chart]
    assert str(chart.font.color.rgb) == "FFFFFF"


def test_examples_and_their_sections_are_gone(short: Report, theme: Theme, tmp_path: Path) -> None:
    mine: Any = Presentation()
    mine.slides.add_slide(mine.slide_layouts[8]).shapes.title.text = "Så gör du en bild"
    space = "http://schemas.microsoft.com/office/powerpoint/2010/main"
    mine.part._element.append(
        parse_xml(
            '<p:extLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main">'
            f'<p:ext uri="x"><p14:sectionLst xmlns:p14="{space}"/></p:ext></p:extLst>'
        )
    )
    path = tmp_path / "gammal.pptx"
    mine.save(str(path))
    made = write(short, replace(theme, pptx_template=path))
    read = Presentation(io.BytesIO(made))
    said = [s.text_frame.text for x in read.slides for s in x.shapes if s.has_text_frame]
    assert all(said) and not any("Så gör du" in text for text in said)
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert b"sectionLst" not in package.read("ppt/presentation.xml")
        slides = [name for name in package.namelist() if name.startswith("ppt/slides/slide")]
        assert len(slides) == len(read.slides)


def test_a_dotx_keeps_its_foot_and_gives_its_table_style(
    report: Report, theme: Theme, tmp_path: Path
) -> None:
    mine: Any = docx.Document()
    mine.add_paragraph("Skriv din text här")
    mine.sections[0].footer.paragraphs[0].text = "Organisationens egen sidfot"
    mine.styles.element.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="Egen">'
            '<w:name w:val="Egen tabell"/></w:style>'
        )
    )
    path = tmp_path / "egen.dotx"
    path.write_bytes(
        changed(
            saved(mine),
            "[Content_Types].xml",
            (b"wordprocessingml.document.main+xml", b"wordprocessingml.template.main+xml"),
        )
    )
    read: Any = docx.Document(io.BytesIO(docx_file(report, replace(theme, docx_template=path))))
    assert "Skriv din text här" not in [paragraph.text for paragraph in read.paragraphs]
    assert [p.text for p in read.sections[0].footer.paragraphs] == ["Organisationens egen sidfot"]
    heads = [one for one in read.tables if one._tbl.findall(".//" + qn("w:tblHeader"))]
    assert heads and {one.style.name for one in heads} == {"Egen tabell"}
