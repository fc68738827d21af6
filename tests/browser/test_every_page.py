"""What holds on each page, with the demo data and with none, on a wide screen and on a phone."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest
from playwright.sync_api import BrowserContext, expect

from dashboard import DEMO
from tests.browser.conftest import WIDTHS, Server, is_phone
from tests.browser.window import Window
from tests.effort import SOAK_REASON, is_soak
from tests.words import not_swedish
from ui.destinations import DESTINATIONS, Destination

# Those that there are before anything has been agreed on.
FOUND = [place for place in DESTINATIONS if not place.agreed]
# Without data the pages are much alike: these lead on from there.
BARE = ("pages/overview.py", "pages/deliveries.py")
Opener = Callable[[int], Window]


class Seen(NamedTuple):
    """A page that is open in a window so wide."""

    place: Destination
    width: int
    window: Window
    state: str


@pytest.fixture(scope="module", params=WIDTHS)
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(scope="module", params=FOUND, ids=lambda place: place.file)
def seen(
    request: pytest.FixtureRequest,
    server: Server,
    width: int,
    devices: Callable[[int], BrowserContext],
) -> Iterator[Seen]:
    """Each page in turn, opened once for all that only look at it.

    Without data a few of them and on a telephone: there is little to be wider than a window.
    """
    place: Destination = request.param
    lesser = is_phone(width) and place.file in BARE
    if server.state == "empty" and not lesser and not is_soak():
        pytest.skip(SOAK_REASON)
    page = devices(width).new_page()
    yield Seen(place, width, Window(page, server.address).open(place.path), server.state)
    page.close()


def test_page_names_itself_in_swedish(seen: Seen) -> None:
    page = seen.window.page

    expect(page).to_have_title(f"{seen.place.title} – samverkan")
    expect(page.locator("html")).to_have_attribute("lang", "sv")
    title = page.get_by_role("heading", level=1)
    expect(title).to_have_count(1)
    expect(title).not_to_be_empty()


def test_demo_data_is_said_to_be_demo_data(seen: Seen) -> None:
    said = seen.window.page.get_by_text(DEMO, exact=True)

    expect(said).to_have_count(1 if seen.state == "filled" else 0)


def test_every_word_is_swedish(seen: Seen) -> None:
    assert not_swedish(seen.window.said()) == []


def test_page_is_sound(seen: Seen) -> None:
    window = seen.window
    assert window.violations() == []
    assert window.overflow() == 0
    assert window.errors == []
    assert window.foreign == []


@pytest.mark.parametrize("server", ["empty"], indirect=True)
def test_menu_leads_to_each_page(width: int, window: Opener) -> None:
    if not is_phone(width) and not is_soak():
        pytest.skip(SOAK_REASON)
    seen = window(width).open()
    for place in reversed(FOUND):
        if is_phone(width):
            seen.page.get_by_role("button", name="Öppna menyn").click()
            expect(seen.page.get_by_role("navigation", name="Sidor")).to_be_in_viewport()
        seen.page.get_by_role("link", name=place.title).click()
        expect(seen.page.get_by_role("heading", level=1, name=place.title)).to_be_visible()
        if is_phone(width):
            expect(seen.page.get_by_role("button", name="Öppna menyn")).to_be_visible()
        seen.settle()
    assert seen.errors == []


def test_the_open_menu_of_a_telephone_is_sound(window: Opener) -> None:
    seen = window(390).open()
    seen.page.get_by_role("button", name="Öppna menyn").click()
    expect(seen.page.get_by_role("navigation", name="Sidor")).to_be_in_viewport()
    seen.page.wait_for_timeout(500)
    assert seen.violations() == []


def test_first_reader_may_come_by_a_link(
    new_server: Server, window_on: Callable[[Server, int], Window]
) -> None:
    place = FOUND[-1]
    seen = window_on(new_server, 1400).open(place.path)
    expect(seen.page.get_by_role("heading", level=1, name=place.title)).to_be_visible()
    assert seen.errors == []
