import pytest

from tests.words import not_swedish
from ui import help as guide
from ui.destinations import DESTINATIONS, Destination


@pytest.mark.parametrize("place", DESTINATIONS, ids=lambda place: place.title)
def test_every_page_has_its_part_of_the_guide(place: Destination) -> None:
    told = guide.told(place.title, place.help)
    assert told.startswith(f"**{place.title}**: ")
    assert all(f"## {head}\n" in told for head in place.help)
    # What the guide links to beside itself is not served.
    assert ".md)" not in told
    assert not_swedish(told.replace("**", " ")) == []


def test_what_the_guide_does_not_have_is_no_help() -> None:
    with pytest.raises(KeyError):
        guide.told("Översikt", ["Något annat"])
