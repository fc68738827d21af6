"""The filter bar as pages meet it: the address, other pages, and what is not there."""

from collections.abc import Callable

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from ui import filters
from ui.address import follow

Opened = Callable[..., AppTest]


def address(test: AppTest) -> dict[str, str]:
    """What the shared filter bar has written; the forum belongs to Översikt alone."""
    return {key: str(value) for key, value in test.query_params.items() if key != "forum"}


def test_a_bare_address_gets_the_county_and_the_latest_month(open_page: Opened) -> None:
    test = open_page()
    assert address(test) == {"omrade": "lan", "period": "2026-02", "vardform": "alla"}


def test_the_address_decides(open_page: Opened) -> None:
    test = open_page(omrade="goteborg", period="2025-11", vardform="somatik")
    chosen = {name: test.selectbox(key=name).value for name in address(test)}
    assert chosen == {"omrade": "goteborg", "period": "2025-11", "vardform": "somatik"}
    assert not test.warning


def test_a_choice_is_written_to_the_address(open_page: Opened) -> None:
    test = open_page()
    test.selectbox(key="omrade").select("sodra-alvsborg").run()
    assert address(test)["omrade"] == "sodra-alvsborg"


def test_who_looks_at_the_newest_month_goes_on_to_what_comes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    state = {"period": "2026-01", "kvartal": "2025-K4"}
    monkeypatch.setattr(st, "session_state", state)
    follow([])
    follow(["2025-12"])
    assert state["period"] == "2026-01"
    follow(["2026-01"])
    assert state == {"kvartal": "2025-K4"}


def test_a_choice_goes_along_to_the_next_page(open_page: Opened) -> None:
    test = open_page(omrade="goteborg", period="2025-11")
    test.switch_page("pages/monthly.py").run()
    assert address(test) == {"omrade": "goteborg", "period": "2025-11", "vardform": "alla"}
    assert test.selectbox(key="omrade").value == "goteborg"


def test_a_municipality_chosen_where_none_is_shown_leads_to_its_page(
    open_page: Opened, html_of: Callable[[AppTest], str]
) -> None:
    test = open_page(period="2026-01")
    test.selectbox(key="omrade").select("1480").run()
    assert "Göteborg: 0,70 dagar i januari 2026" in html_of(test)
    assert address(test) == {"omrade": "1480", "period": "2026-01", "vardform": "alla"}
    # Back there its area is shown, and nothing leads on again.
    test.switch_page("pages/overview.py").run()
    assert address(test)["omrade"] == "goteborg"


def test_an_address_that_is_wrong_gives_a_notice_and_a_view(open_page: Opened) -> None:
    test = open_page(omrade="atlantis", period="2031-01")
    (notice,) = [warning.value for warning in test.warning]
    assert notice == (
        "Länken anger område och månad som inte finns här. "
        "I stället visas Västra Götaland och februari 2026."
    )
    assert address(test) == {"omrade": "lan", "period": "2026-02", "vardform": "alla"}


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "../../etc", "'; drop table", ""])
def test_a_hostile_address_is_only_a_wrong_one(open_page: Opened, hostile: str) -> None:
    test = open_page("pages/monthly.py", omrade=hostile, vardform=hostile)
    assert address(test)["omrade"] == "lan"
    assert not any(hostile in warning.value for warning in test.warning if hostile)


def test_months_are_named_and_the_newest_comes_first(open_page: Opened) -> None:
    options = open_page().selectbox(key="period").options
    assert options[0] == "februari 2026"
    assert options[-1] == "januari 2025"


def test_without_months_there_is_no_bar() -> None:
    with pytest.raises(ValueError, match="at least one month"):
        filters.bar([])


def test_an_older_month_says_that_a_newer_exists_one_press_away(open_page: Opened) -> None:
    test = open_page("pages/monthly.py", omrade="goteborg", period="2025-11")
    newer = test.button(key="newest-period")
    assert newer.label == "Nyare finns: februari 2026"
    newer.click().run()
    assert address(test)["period"] == "2026-02"
    assert "newest-period" not in [button.key for button in test.button]
    test.button(key="step-left-period").click().run()
    assert address(test)["period"] == "2026-01"


def test_a_municipality_is_kept_past_pages_that_have_none(open_page: Opened) -> None:
    test = open_page("pages/monthly.py")
    test.selectbox(key="omrade").select("1480").run()

    def by_the_menu(page: str) -> None:
        # As the browser does it: the address of the next page asks for nothing.
        test.query_params.clear()
        test.switch_page(page).run()

    by_the_menu("pages/overview.py")
    assert test.selectbox(key="omrade").value == "goteborg"
    by_the_menu("pages/monthly.py")
    assert test.selectbox(key="omrade").value == "1480"
    # Who has chosen another place meanwhile gets that.
    by_the_menu("pages/overview.py")
    test.selectbox(key="omrade").select("simba").run()
    by_the_menu("pages/monthly.py")
    assert test.selectbox(key="omrade").value == "simba"
