"""Names in a slide's chart are shown, not calculated, in the workbook that comes with it."""

import io
import zipfile
from dataclasses import replace
from typing import Any

import pptx

from reports.model import ColumnChart
from reports.office.pptx.charts import add_chart
from reports.office.pptx.template import Box
from reports.theme import Theme


def test_no_name_becomes_a_formula(columns: ColumnChart, theme: Theme) -> None:
    first = columns.frame.columns[0]
    frame = columns.frame.rename(index={"Läkemedel": "=1+1"}, columns={first: "{=2+2}"})
    deck: Any = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    add_chart(slide, replace(columns, frame=frame), Box(1, 1, 8, 4), theme)
    (shape,) = slide.shapes
    book = shape.chart.part.chart_workbook.xlsx_part.blob
    with zipfile.ZipFile(io.BytesIO(book)) as file:
        assert b"<f>" not in file.read("xl/worksheets/sheet1.xml")
        assert b"'=1+1" in file.read("xl/sharedStrings.xml")
