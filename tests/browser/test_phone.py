"""What a thumb meets on a telephone: room to press, and filters that take one line."""

from collections.abc import Callable

import pytest

from tests.browser.test_every_page import FOUND
from tests.browser.window import Window
from tests.effort import in_soak
from ui.destinations import Destination

# In pixels, as WCAG 2.5.5 has it.
THUMB = 44
# A link that has all of its row, card or tile is as high as that. What stands in a sentence is as
# high as its words.
SMALL = """thumb => [...document.querySelectorAll(
    'button, summary, input:not([type=file]), textarea, [data-testid=stSidebarNavLink], .stHtml a')]
  .filter(part => part.checkVisibility({checkOpacity: true}) && !part.closest('[inert]'))
  .filter(part => !part.matches('p:not(.title, .panels p) a'))
  .map(part => [part, (part.closest('.bars li, .panels li, .card, .what, .tiles li') || part)
    .getBoundingClientRect()])
  .filter(([part, {width, height}]) => height > 8 && height < thumb - 4)
  .map(([part]) => part.outerHTML.slice(0, 160))"""

pytestmark = [in_soak, pytest.mark.parametrize("server", ["filled"], indirect=True)]


@pytest.mark.parametrize("place", FOUND, ids=lambda place: place.file)
def test_what_is_pressed_has_room_for_a_thumb(
    window: Callable[[int], Window], place: Destination
) -> None:
    seen = window(390).open(place.path)
    assert seen.page.evaluate(SMALL, THUMB) == []
    assert seen.overflow() == 0
    filters = seen.page.locator(".st-key-filters")
    for bar in filters.all():
        box = bar.bounding_box()
        assert box and box["height"] < 1.5 * THUMB
