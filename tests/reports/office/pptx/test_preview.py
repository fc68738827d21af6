"""Slides as pictures: as many as the file has, with all its words and charts."""

import io
import json
from dataclasses import replace
from typing import Any

import pytest
import typst
from PIL import Image
from pptx import Presentation

from reports.model import Report
from reports.office.pptx.deck import write
from reports.office.pptx.preview import slides
from reports.theme import Theme


def test_slides_are_pictures_of_what_the_file_has(
    report: Report, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str, Any] = {}
    compiler = typst.Compiler

    def noted(template: bytes, *, sys_inputs: dict[str, str], **kwargs: Any) -> typst.Compiler:
        given.update(json.loads(sys_inputs["deck"]))
        return compiler(template, sys_inputs=sys_inputs, **kwargs)

    monkeypatch.setattr(typst, "Compiler", noted)
    # One with cards, one whose bars stand in two halves, and one with a table.
    report = replace(report, parts=tuple(report.parts[at] for at in (0, 3, 7)))
    shown = [Image.open(io.BytesIO(one)) for one in slides(report, theme)]
    file = Presentation(io.BytesIO(write(report, theme)))
    assert len(shown) == len(file.slides)
    assert all(one.format == "PNG" and one.size == (800, 450) for one in shown)
    drawn = json.dumps(given, ensure_ascii=False)
    for slide in file.slides:
        for shape in slide.shapes:
            frames = [shape.text_frame] if shape.has_text_frame else []
            if shape.has_table:
                frames = [cell.text_frame for row in shape.table.rows for cell in row.cells]
            texts = [run.text for frame in frames for at in frame.paragraphs for run in at.runs]
            assert all(json.dumps(text, ensure_ascii=False)[1:-1] in drawn for text in texts)
    assert drawn.count('"kind": "chart"') == sum(
        shape.has_chart for slide in file.slides for shape in slide.shapes
    )
