"""The pages on a screen that is set to dark: everything is read there too."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from charts import theme
from tests.browser.conftest import Server
from tests.browser.test_every_page import FOUND
from tests.browser.window import Window
from tests.effort import in_soak
from ui.destinations import Destination

pytestmark = [in_soak, pytest.mark.parametrize("server", ["filled"], indirect=True)]


@pytest.fixture(scope="module")
def dark(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 1400, "height": 900}, locale="sv-SE", color_scheme="dark"
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("place", FOUND, ids=lambda place: place.file)
def test_page_is_read_on_a_dark_screen(server: Server, dark: Page, place: Destination) -> None:
    seen = Window(dark, server.address).open(place.path)
    shown = dark.locator(".stApp").evaluate("app => getComputedStyle(app).backgroundColor")
    red, green, blue = (int(theme.DARK["paper"][at : at + 2], 16) for at in (1, 3, 5))
    assert shown == f"rgb({red}, {green}, {blue})"
    assert seen.violations() == []
