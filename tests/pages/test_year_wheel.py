"""Årshjul on Översikt: the months ahead, for every forum or the one that the reader chooses."""

from collections.abc import Callable
from datetime import date

from streamlit.testing.v1 import AppTest

import reference
from swedish.periods import month_name, next_period

Opened = Callable[..., AppTest]
Markup = Callable[[AppTest], str]


def test_four_months_from_this_one(open_page: Opened, html_of: Markup) -> None:
    page = html_of(open_page())
    months = page[page.index('<dl class="wheel">') :]
    month = f"{date.today():%Y-%m}"
    for _ in range(4):
        assert f"<dt>{month_name(month).capitalize()}</dt>" in months
        for item in reference.year_wheel():
            if item.month == int(month[5:]):
                assert item.text in months
        month = next_period(month)
    assert f"<dt>{month_name(month).capitalize()}</dt>" not in months


def test_the_forum_is_kept_in_the_address(open_page: Opened, html_of: Markup) -> None:
    test = open_page(forum="NOSAM")
    assert test.selectbox(key="forum").value == "NOSAM"
    assert "varje månad" not in html_of(test)
    test.selectbox(key="forum").select("LGS").run()
    assert str(test.query_params["forum"]) == "LGS"
    assert "varje månad" in html_of(test)
