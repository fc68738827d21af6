"""Reports as PowerPoint: native charts that hold the numbers, titles, footers and alt texts."""

import io
import math
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openxml_audit import OpenXmlValidator
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn

from reports.model import (
    BarChart,
    ColumnChart,
    FunnelChart,
    Head,
    Part,
    Points,
    Report,
    ReportError,
    ReportTable,
    SeriesChart,
)
from reports.office.pptx.deck import write
from reports.office.pptx.template import Box
from reports.office.pptx.text import Line, fits, height, size_of, split
from reports.theme import Theme


@pytest.fixture(scope="module")
def made(report: Report, theme: Theme) -> bytes:
    return write(report, theme)


@pytest.fixture(scope="module")
def slides(made: bytes) -> list[Any]:
    return list(Presentation(io.BytesIO(made)).slides)


def _charts(slides: list[Any], title: str) -> list[Any]:
    return [
        shape.chart
        for slide in slides
        for shape in slide.shapes
        if shape.has_chart and shape.name.startswith(title)
    ]


def _same(read: Any, frame: pd.Series) -> bool:
    expected = [None if math.isnan(value) else float(value) for value in frame]
    return list(read) == expected


def test_a_series_holds_values_limits_and_target(slides: list[Any], series: SeriesChart) -> None:
    (chart,) = _charts(slides, series.title)
    plot = chart.plots[0]
    assert list(plot.categories) == list(series.frame["label"])
    found = {one.name: one.values for one in plot.series}
    columns = {
        "Värde": "value",
        "Medel": "mean",
        "Övre gräns": "upper",
        "Undre gräns": "lower",
        "Mål": "target",
    }
    assert list(found) == list(columns)
    assert all(_same(found[name], series.frame[column]) for name, column in columns.items())


def test_signals_have_their_own_colour_and_marker(
    slides: list[Any], series: SeriesChart, theme: Theme
) -> None:
    (chart,) = _charts(slides, series.title)
    points = chart.plots[0].series[0].points
    concern, improvement = points[11].marker, points[33].marker
    assert f"#{concern.format.fill.fore_color.rgb}".lower() == theme.colors.deterioration
    assert f"#{improvement.format.line.color.rgb}".lower() == theme.colors.improvement
    # The last month is incomplete: it is hollow.
    assert f"#{improvement.format.fill.fore_color.rgb}".lower() == theme.colors.paper
    assert concern.style != improvement.style


def test_a_lone_point_has_no_limits_and_no_target(slides: list[Any], lone: SeriesChart) -> None:
    (chart,) = _charts(slides, lone.title)
    assert [(one.name, list(one.values)) for one in chart.plots[0].series] == [("Värde", [3.25])]


def test_many_bars_stand_in_two_charts_with_all_values(slides: list[Any], bars: BarChart) -> None:
    charts = _charts(slides, bars.title)
    values = [value for chart in charts for value in chart.plots[0].series[0].values]
    names = [name for chart in charts for name in chart.plots[0].categories]
    assert len(charts) == 2 and _same(values, bars.frame["value"])
    assert names[0] == "Ale" and "Falköping (skyddad uppgift)" in names
    assert len({chart.value_axis.maximum_scale for chart in charts}) == 1


def test_columns_hold_every_series(slides: list[Any], columns: ColumnChart) -> None:
    (chart,) = _charts(slides, columns.title)
    names = list(columns.frame.index)
    assert list(chart.plots[0].categories) == [*names[:-1], "Övrigt (skyddad kvartal 3 2026)"]
    for read, name in zip(chart.plots[0].series, columns.frame.columns, strict=True):
        assert read.name == name and _same(read.values, columns.frame[name])


def test_a_funnel_holds_places_and_limits(slides: list[Any], funnel: FunnelChart) -> None:
    (chart,) = _charts(slides, funnel.title)
    common, *limits, others, own = chart.plots[0].series
    chosen = funnel.points["highlight"].astype(bool)
    for places, rows in ((others, funnel.points[~chosen]), (own, funnel.points[chosen])):
        assert _same(places.values, rows["rate"])
        sizes = [float(node.text) for node in places._element.find(qn("c:xVal")).iter(qn("c:v"))]
        assert sizes == list(rows["inhabitants"])
    assert set(common.values) == {funnel.rate} and len(limits) == 4


def test_charts_stand_in_the_layouts_placeholders(slides: list[Any]) -> None:
    single = [
        charts[0]
        for slide in slides
        if len(charts := [shape for shape in slide.shapes if shape.has_chart]) == 1
    ]
    assert len(single) >= 5 and all(chart.is_placeholder for chart in single)


def test_every_slide_has_one_title_of_its_own(slides: list[Any], report: Report) -> None:
    titles = [slide.shapes.title.text for slide in slides]
    assert titles[0] == report.title and len(set(titles)) == len(titles)
    assert all(any(title.startswith(part.title) for title in titles) for part in report.parts)


def test_every_slide_says_where_the_numbers_come_from(slides: list[Any], report: Report) -> None:
    for slide in slides:
        texts = "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        assert report.footer[0] in texts and report.banner in texts
        assert all(line in slide.notes_slide.notes_text_frame.text for line in report.footer)
        assert any("slidenum" in one.get("type") for one in slide._element.iter(qn("a:fld")))


def test_every_chart_table_and_picture_has_an_alternative_text(
    report: Report, theme: Theme, tmp_path: Path
) -> None:
    logo = tmp_path / "märke.png"
    Image.new("RGB", (80, 40), "#0f5b63").save(logo)
    read = Presentation(io.BytesIO(write(report, replace(theme, logo=logo))))
    shown = [
        one
        for slide in read.slides
        for tag in ("p:graphicFrame", "p:pic")
        for one in slide._element.iter(qn(tag))
    ]
    described = [one.find(f".//{qn('p:cNvPr')}").get("descr") for one in shown]
    assert len(shown) > 12 and all(described)


def test_everything_is_marked_as_swedish(made: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        for name in package.namelist():
            if (name.endswith(".xml") and "/slide" in name) or "/charts/chart" in name:
                text = package.read(name).decode()
                assert "en-US" not in text and "Click to edit" not in text, name


def test_a_long_table_goes_on_with_its_head(slides: list[Any], table: ReportTable) -> None:
    tables = [
        shape.table
        for slide in slides
        for shape in slide.shapes
        if shape.has_table and shape.name == table.title
    ]
    assert len(tables) > 1
    heads = [[cell.text for cell in one.rows[0].cells] for one in tables]
    rows = [[cell.text for cell in row.cells] for one in tables for row in list(one.rows)[1:]]
    assert all(head == [one.text for one in table.heads] for head in heads)
    assert rows == [[cell.text for cell in row] for row in table.rows]


def test_columns_without_room_go_on_beside_the_first(report: Report, theme: Theme) -> None:
    heads = (Head("Kommun"), *(Head(f"Ett ganska långt huvud {at}") for at in range(9)))
    row = tuple(replace(report.sheets[0].rows[0][0], text=f"Text {at} " * 6) for at in range(10))
    wide = ReportTable("Bred", "Bred", heads, (row,))
    made = write(replace(report, parts=(Part("Bred", (wide,)),)), theme)
    found = [
        [cell.text for cell in shape.table.rows[0].cells]
        for slide in Presentation(io.BytesIO(made)).slides
        for shape in slide.shapes
        if shape.has_table
    ]
    assert len(found) > 1 and all(head[0] == "Kommun" for head in found)
    assert sum(len(head) - 1 for head in found) == 9


def test_nothing_stands_outside_its_slide(made: bytes) -> None:
    read = Presentation(io.BytesIO(made))
    for slide in read.slides:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= read.slide_width
            assert shape.top >= 0 and shape.top + shape.height <= read.slide_height


def test_no_letters_on_a_slide_are_under_twelve_points(slides: list[Any]) -> None:
    for slide in slides:
        roots = [slide._element, *(s.chart._chartSpace for s in slide.shapes if s.has_chart)]
        letters = [one for root in roots for one in root.iter() if one.tag.endswith("Pr")]
        assert all(int(one.get("sz", 1200)) >= 1200 for one in letters)


def test_long_text_takes_more_slides_and_no_smaller_letters(report: Report, theme: Theme) -> None:
    long = Part("Läget", (Points(tuple(f"Punkt {at}: " + "ord " * 60 for at in range(12))),))
    read = Presentation(io.BytesIO(write(replace(report, parts=(long,)), theme)))
    told = "".join(s.text_frame.text for x in read.slides for s in x.shapes if s.has_text_frame)
    assert len(read.slides) > 3 and all(f"Punkt {at}: " in told for at in range(12))


def test_an_event_is_drawn_through_its_period(
    report: Report, theme: Theme, series: SeriesChart
) -> None:
    marked = replace(series, events=((5, "Midsommarhelgen"),))
    made = write(replace(report, parts=(Part("Väntan", (marked,)),)), theme)
    slides = list(Presentation(io.BytesIO(made)).slides)
    (chart,) = _charts(slides, series.title)
    last = list(chart.plots[0].series)[-1]
    assert last.name == "Händelser" and [at for at, v in enumerate(last.values) if v] == [5]
    assert last._element.find(qn("c:errBars")) is not None


def test_same_report_same_bytes(made: bytes, report: Report, theme: Theme) -> None:
    assert write(report, theme) == made


def test_properties_name_the_report_and_its_sender(made: bytes, report: Report) -> None:
    found = Presentation(io.BytesIO(made)).core_properties
    assert (found.title, found.author, found.language, found.created) == (
        report.title,
        report.organisation,
        "sv-SE",
        report.made,
    )


def test_a_template_of_ones_own_is_used_without_its_slides(
    report: Report, theme: Theme, tmp_path: Path
) -> None:
    mine = Presentation()
    mine.slides.add_slide(mine.slide_layouts[0]).shapes.title.text = "Exempelbild"
    mine.slide_master.name = "Vår egen"
    path = tmp_path / "mall.pptx"
    mine.save(str(path))
    read = Presentation(io.BytesIO(write(report, replace(theme, pptx_template=path))))
    assert read.slide_master.name == "Vår egen" and read.slide_width == mine.slide_width
    assert read.slides[0].shapes.title.text == report.title


def test_a_template_that_is_none_is_said_in_swedish(
    report: Report, theme: Theme, tmp_path: Path
) -> None:
    path = tmp_path / "mall.pptx"
    path.write_text("inte en mall")
    with pytest.raises(ReportError, match="går inte att läsa som en PowerPointmall"):
        write(report, replace(theme, pptx_template=path))


def test_a_template_of_few_layouts_does_and_titles_and_feet_have_room(
    report: Report, theme: Theme, tmp_path: Path
) -> None:
    mine = Presentation()
    for layout in list(mine.slide_layouts):
        if layout.name != "Title and Content":
            mine.slide_layouts.remove(layout)
    path = tmp_path / "mall.pptx"
    mine.save(str(path))
    long = replace(report.parts[0], title="Väntan är längre än vanligt i hela området, " * 2)
    shown = replace(report, parts=(long, *report.parts[1:2]))
    read: Any = Presentation(io.BytesIO(write(shown, replace(theme, pptx_template=path))))
    assert len(read.slide_layouts) == 1 and len(read.slides) >= 3
    for slide in list(read.slides)[1:]:
        for shape in slide.placeholders:
            kind = shape.placeholder_format.type
            if kind in (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.FOOTER):
                set_to = shape.text_frame.paragraphs[0].runs[0].font.size
                size = set_to.pt if set_to else size_of(slide.slide_layout, shape)
                assert size >= 12 and fits(shape.text_frame.text, shape, size)


def test_a_paragraph_longer_than_a_slide_goes_on() -> None:
    box = Box(0.6, 1.5, 12.0, 5.0)
    text = "Under hösten har parterna gått igenom planeringen. " * 60
    portions = split([Line("Först."), Line(text, point=True)], box)
    assert len(portions) > 2 and all(height(one, box.width, 16) <= box.height for one in portions)
    told = " ".join(line.text for one in portions for line in one)
    assert told.split() == ["Först.", *text.split()]


def test_a_template_without_room_for_content_is_said_in_swedish(
    report: Report, theme: Theme, tmp_path: Path
) -> None:
    mine: Any = Presentation()
    for one in mine.slide_layouts[1].placeholders:
        one.left, one.top, one.width, one.height = 0, 0, 914400, 914400
    path = tmp_path / "mall.pptx"
    mine.save(str(path))
    with pytest.raises(ReportError, match="har för lite plats för innehåll: minst 15 × 6 cm"):
        write(report, replace(theme, pptx_template=path))


def test_it_is_as_the_format_is_defined(made: bytes, tmp_path: Path) -> None:
    path = tmp_path / "made.pptx"
    path.write_bytes(made)
    found = OpenXmlValidator().validate(path).errors
    assert not [(one.part_uri, one.description) for one in found]


def test_no_paragraph_goes_on_alone_where_another_can() -> None:
    room = Box(0.6, 1.5, 12.0, 2.4)
    lines = [Line(f"{number}. " + "Parterna har gått igenom planeringen. " * 3)
             for number in range(4)]  # fmt: skip
    portions = split(lines, room)
    assert [len(portion) for portion in portions] == [2, 2]
    assert [line for portion in portions for line in portion] == lines
