"""What a page asks and sends is bounded: counts, which a busy machine does not change."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from tests.pages.conftest import opened
from ui.shown import nearby
from warehouse import store

Opened = Callable[..., AppTest]


@pytest.mark.parametrize(("page", "most"), [("pages/overview.py", 12), ("pages/monthly.py", 12)])
def test_a_place_asks_the_warehouse_little_and_again_nothing(
    page: str, most: int, open_page: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    test = open_page(page, omrade="goteborg")
    asked: list[int | None] = []
    reading = store.reading

    def noted(number: int | None = None) -> AbstractContextManager[DuckDBPyConnection | None]:
        asked.append(number)
        return reading(number)

    monkeypatch.setattr(store, "reading", noted)
    test.selectbox(key="omrade").set_value("simba").run()
    assert not test.exception
    assert len(asked) <= most
    asked.clear()
    test.selectbox(key="omrade").set_value("goteborg").run()
    assert not asked


def test_what_is_next_to_a_page_is_ready_when_it_is_asked_for(
    open_page: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    test = open_page("pages/monthly.py", omrade="goteborg", period="2025-03")
    chosen = {"omrade": "goteborg", "period": "2025-03", "vardform": "alla"}
    make_the_month_before, *others = nearby.around("manadsuppfoljning", chosen)
    make_the_month_before()
    monkeypatch.setattr(store, "reading", None)
    test.selectbox(key="period").set_value("2025-02").run()
    assert not test.exception and not test.error
    assert test.selectbox(key="period").value == "2025-02"
    # The month after, the county and its six areas, and Översikt beside the page itself.
    assert len(others) == 1 + 7 + 2


@pytest.mark.parametrize(
    ("page", "most"),
    [("pages/overview.py", 45), ("pages/monthly.py", 50), ("pages/compare.py", 55)],
)
def test_a_page_is_not_made_of_too_many_parts(page: str, most: int, open_page: Opened) -> None:
    test = open_page(page, omrade="goteborg")
    assert len([one for one in test if not isinstance(one, Block)]) <= most


def test_what_nobody_has_opened_on_the_page_of_data_is_not_sent(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(demo))
    shown = opened("pages/deliveries.py", {})
    # What two versions differ in was ten times as much.
    assert sum(one.proto.ByteSize() for one in shown if not isinstance(one, Block)) < 20_000
