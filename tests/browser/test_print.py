"""Pages on paper: A4, nothing cut, tables with heads on every sheet, nothing to press."""

from collections.abc import Callable
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.browser.test_every_page import FOUND
from tests.browser.window import Window
from tests.effort import in_soak
from ui.destinations import Destination

A4 = (595, 842)
# A4 within its margins, in pixels.
PAPER = 688
WIDER = """paper => [...document.querySelectorAll('[data-testid=stMainBlockContainer] *')]
  .filter(part => part.checkVisibility() && !part.closest('svg'))
  .filter(part => part.getBoundingClientRect().right > paper + 1)
  .map(part => part.outerHTML.slice(0, 120))"""
# Within its frame, which hides what is outside it.
CUT = """() => [...document.querySelectorAll('.stPlotlyChart .main-svg')].filter(drawing => {
  const frame = drawing.closest('.stPlotlyChart').getBoundingClientRect();
  const {right, bottom} = drawing.getBoundingClientRect();
  return right > frame.right + 1 || bottom > frame.bottom + 1;
}).length"""
CONTROLS = "button:not(.sort), input, textarea, select, summary:not(.demo summary), [role=combobox]"

pytestmark = [in_soak, pytest.mark.parametrize("server", ["filled"], indirect=True)]


@pytest.mark.parametrize("place", FOUND, ids=lambda place: place.file)
def test_page_prints_whole(window: Callable[[int], Window], place: Destination) -> None:
    seen = window(1400).open(place.path)
    page = seen.page
    sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert {(round(one.mediabox.width), round(one.mediabox.height)) for one in sheets} == {A4}
    assert all(one.extract_text().strip() or one.images for one in sheets), "an empty sheet"

    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": PAPER, "height": 900})
    assert page.evaluate(WIDER, PAPER) == []
    assert page.evaluate(CUT) == 0
    visible = [one for one in page.locator(CONTROLS).all() if one.is_visible()]
    assert [one.evaluate("one => one.outerHTML.slice(0, 120)") for one in visible] == []


def test_a_table_that_goes_on_has_its_heads_on_each_sheet(
    window: Callable[[int], Window],
) -> None:
    page = window(1400).open("manadsuppfoljning?period=2026-10").page
    sheets = [
        one.extract_text() for one in PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    ]
    first = next(at for at, text in enumerate(sheets) if "Alla tal" in text)
    assert len(sheets) > first + 1
    for text in sheets[first:]:
        # The head of the first column: the others may be divided.
        assert "Plats" in text
