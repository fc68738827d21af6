"""Charts as pictures: drawn from any frame, and the same every time."""

from dataclasses import replace
from typing import Any

import pytest

from reports.drawing.pictures import picture
from reports.model import Chart, ReportError
from reports.theme import Theme

_CHARTS = ("series", "lone", "bars", "few_bars", "columns", "funnel")


@pytest.fixture(params=_CHARTS)
def chart(request: pytest.FixtureRequest) -> Any:
    return request.getfixturevalue(request.param)


def test_the_same_frame_gives_the_same_picture(chart: Chart, theme: Theme) -> None:
    drawn = picture(chart, theme, file_format="svg")
    assert b"<svg" in drawn and drawn == picture(chart, theme, file_format="svg")


def test_a_picture_for_word_is_as_sharp_as_print(series: Chart, theme: Theme) -> None:
    drawn = picture(series, theme, file_format="png", width=6.5)
    assert drawn.startswith(b"\x89PNG")
    assert int.from_bytes(drawn[16:20]) == 1300


def test_a_font_that_is_nowhere_is_said_in_swedish(series: Chart, theme: Theme) -> None:
    with pytest.raises(ReportError, match="typsnittet 'Västgötska' finns inte"):
        picture(series, replace(theme, pdf_font="Västgötska"), file_format="svg")
