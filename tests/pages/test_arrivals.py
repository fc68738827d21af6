"""Fetched files on the Data page: what waits is published or set aside, and silence is told."""

import os
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from access import people
from access.people import Person
from access.rights import Right, Role
from metrics.loaded import loads
from settings import data_dir, inbox_dir
from sources import pull
from tests.pages.conftest import as_shown
from warehouse.journal import arrivals
from warehouse.journal.arrivals import ArrivalState

Opened = Callable[..., AppTest]
Markup = Callable[[AppTest], str]
PAGE = "pages/deliveries.py"
GOOD = "Månad;Kommun;Antal utskrivna;Antal dagar\n2019-07;Borås;40;20\n"


@pytest.fixture
def page(open_empty: Opened) -> AppTest:
    """The page after a pull from a folder with one file, and a source that is not there."""
    test = open_empty(PAGE)
    folder = data_dir() / "export"
    folder.mkdir()
    (folder / "juli.csv").write_text(GOOD, encoding="utf-8")
    os.utime(folder / "juli.csv", (1e9, 1e9))
    (data_dir() / "sources.toml").write_text(
        '[mapp]\nwhere = "export"\n[borta]\nwhere = "ingen"\n', encoding="utf-8"
    )
    pull.pull()
    return test.run()


def choose(test: AppTest) -> AppTest:
    (arrival,) = pull.waiting()
    test.selectbox(key="waiting").select(arrival.sha256).run()
    assert not test.exception
    return test


def press(test: AppTest, label: str) -> None:
    next(button for button in test.button if button.label == label).click().run()
    assert not test.exception


def test_without_sources_it_says_where_they_are_declared(
    open_empty: Opened, html_of: Markup
) -> None:
    assert "Inga källor är angivna" in html_of(open_empty(PAGE))


def test_what_came_and_which_source_was_silent_is_told(page: AppTest, html_of: Markup) -> None:
    shown = html_of(page)
    assert "borta svarade inte som väntat. 1 fil väntar på beslut." in shown
    assert "✗ Mappen eller filen finns inte." in shown
    assert "juli.csv" in shown


def test_a_waiting_file_is_published_from_the_page(page: AppTest, html_of: Markup) -> None:
    press(choose(page), "Publicera")
    assert as_shown(page.success[0].value) == "juli.csv är publicerad som inläsning 1."
    assert [load.file for load in loads()] == ["juli.csv"]
    assert "Ingen fil väntar på beslut." in html_of(page)
    assert [arrival.state for arrival in arrivals.latest()] == [ArrivalState.PUBLISHED]
    assert list(inbox_dir().iterdir()) == []


def test_a_waiting_file_is_set_aside(page: AppTest, html_of: Markup) -> None:
    press(choose(page), "Lägg åt sidan")
    assert "lagd åt sidan" in page.success[0].value
    assert loads() == []
    assert "Ingen fil väntar på beslut." in html_of(page)
    assert list(inbox_dir().iterdir()) == []


def test_a_declaration_that_cannot_be_read_is_told(page: AppTest) -> None:
    (data_dir() / "sources.toml").write_text("[x\n", encoding="utf-8")
    page.run()
    assert "går inte att läsa som TOML" in page.error[0].value


def steward(area: str) -> people.Asked:
    right = Right(Role.STEWARD, frozenset({"discharges"}), frozenset({area}))
    return lambda: Person(subject="s", name="s", mark="s", rights=(right,))


def test_a_waiting_file_is_for_those_who_may_publish_it(page: AppTest, html_of: Markup) -> None:
    for area, own in (("fyrbodal", False), ("sodra-alvsborg", True)):
        with people.otherwise(steward(area)):
            choose(page)
        assert bool({"Lägg åt sidan", "Publicera"} & {one.label for one in page.button}) is own
        assert ("Den visas för dem som får publicera den" in html_of(page)) is not own
