"""The keyboard alone: it is seen where it is, and leads on each occasion to the hand-out."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from charts import theme
from tests.browser.window import PATIENCE, Window
from tests.effort import in_soak

# What the part that has the keyboard is ringed with; 3:1 against the page is asked for.
RING = """() => {
  const part = document.activeElement;
  const {outlineStyle, outlineWidth, outlineColor} = getComputedStyle(part);
  return part === document.body ? null : [outlineStyle, outlineWidth, outlineColor];
}"""
STOPS = 30

pytestmark = [in_soak, pytest.mark.parametrize("server", ["filled"], indirect=True)]


def reach(page: Page, name: str, role: str) -> None:
    """Goes on with Tab until the part of that name has the keyboard."""
    wanted = page.get_by_role(role, name=name).first  # type: ignore[arg-type]
    expect(wanted).to_be_visible(timeout=PATIENCE)
    for _ in range(60):
        if wanted.evaluate("part => part === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab never came to {name}")


@pytest.mark.parametrize("path", ["medel", "data"])
def test_it_is_seen_where_the_keyboard_is(window: Callable[[int], Window], path: str) -> None:
    page = window(1400).open(path).page
    red, green, blue = (int(theme.ACCENT[at : at + 2], 16) for at in (1, 3, 5))
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        ring = page.evaluate(RING)
        assert ring in (None, ["solid", "2px", f"rgb({red}, {green}, {blue})"])


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("manadsuppfoljning?period=2026-10", "Word"),
        ("avvikelser?kvartal=2026-K3", "Word"),
        ("?period=2026-10", "PowerPoint"),
    ],
    ids=["month", "quarter", "briefing"],
)
def test_from_a_page_to_its_report(window: Callable[[int], Window], path: str, file: str) -> None:
    seen = window(1400).open(path)
    page = seen.page
    reach(page, "Område", "combobox")
    page.keyboard.type("Fyrbodal")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("omrade=fyrbodal"), timeout=PATIENCE)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Fyrbodal", timeout=PATIENCE)
    reach(page, "Gör rapport av det här", "link")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("rapporter.*omrade=fyrbodal"), timeout=PATIENCE)
    expect(page.get_by_test_id("stMain")).to_be_focused(timeout=PATIENCE)
    reach(page, file, "button")
    with page.expect_download(timeout=4 * PATIENCE) as started:
        page.keyboard.press("Enter")
    assert started.value.suggested_filename.endswith((".docx", ".pptx"))
