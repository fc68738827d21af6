from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

Opened = Callable[..., AppTest]
Markup = Callable[[AppTest], str]


def test_six_areas_stand_side_by_side(open_page: Opened, html_of: Markup) -> None:
    test = open_page()
    assert len(test.get("page_link")) == 6
    assert len(test.get("plotly_chart")) == 2  # the others have no data to draw
    assert html_of(test).count("Uppgift saknas") == 4


def test_what_is_missing_and_how_fresh_it_is(open_page: Opened, html_of: Markup) -> None:
    page = html_of(open_page())
    assert "<strong>Göteborgsområdet</strong>: Härryda, Mölndal och Öckerö" in page
    assert "Uppgifterna sträcker sig till och med februari 2026." in page


def test_real_data_has_no_banner(open_page: Opened) -> None:
    assert not open_page().warning


@pytest.mark.parametrize("page", ["pages/overview.py", "pages/monthly.py"])
def test_an_empty_warehouse_says_how_to_load(open_empty: Opened, page: str) -> None:
    test = open_empty(page)
    assert "Här finns inga uppgifter ännu." in test.info[0].value
    assert "samverkan load" in test.code[0].value
