"""What holds on each page, with the demo data and with none, on a wide screen and on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from dashboard import DEMO, DESTINATIONS, Destination
from tests.browser.conftest import WIDTHS, Server, is_phone
from tests.browser.window import Window

Opener = Callable[[int], Window]
each_page = pytest.mark.parametrize("place", DESTINATIONS, ids=lambda place: place.file)
each_width = pytest.mark.parametrize("width", WIDTHS)


@each_page
@each_width
def test_page_is_sound(place: Destination, width: int, window: Opener, server: Server) -> None:
    seen = window(width).open(place.path)
    seen.shoot(f"{place.path or 'oversikt'}-{server.state}-{width}")

    assert seen.grave_violations() == []
    assert seen.overflow() == 0
    assert seen.errors == []
    assert seen.foreign == []


@each_page
def test_page_names_itself_in_swedish(place: Destination, window: Opener) -> None:
    page = window(1400).open(place.path).page

    expect(page).to_have_title(f"{place.title} – samverkan")
    expect(page.locator("html")).to_have_attribute("lang", "sv")
    expect(page.get_by_role("heading", level=1, name=place.title)).to_be_visible()


@each_page
def test_demo_data_is_said_to_be_demo_data(
    place: Destination, window: Opener, server: Server
) -> None:
    page = window(1400).open(place.path).page

    expect(page.get_by_text(DEMO, exact=True)).to_have_count(1 if server.state == "filled" else 0)


@each_width
def test_menu_leads_to_each_page(width: int, window: Opener) -> None:
    seen = window(width).open()
    for place in reversed(DESTINATIONS):
        if is_phone(width):
            seen.page.get_by_role("button", name="Öppna menyn").click()
            expect(seen.page.get_by_role("navigation", name="Sidor")).to_be_in_viewport()
            seen.page.wait_for_timeout(500)
            assert seen.grave_violations() == []
        seen.page.get_by_role("link", name=place.title).click()
        expect(seen.page.get_by_role("heading", level=1, name=place.title)).to_be_visible()
        if is_phone(width):
            expect(seen.page.get_by_role("button", name="Öppna menyn")).to_be_visible()
        seen.settle()
    assert seen.errors == []


def test_first_reader_may_come_by_a_link(
    new_server: Server, window_on: Callable[[Server, int], Window]
) -> None:
    place = DESTINATIONS[-1]
    seen = window_on(new_server, 1400).open(place.path)
    expect(seen.page.get_by_role("heading", level=1, name=place.title)).to_be_visible()
    assert seen.errors == []
