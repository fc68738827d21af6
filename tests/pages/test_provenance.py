"""The panel that follows a number of the page to its file."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from tests.pages.conftest import unfolded

Opened = Callable[..., AppTest]


def origin_of(test: AppTest) -> str:
    bodies = [str(block.proto.body) for block in test.get("html")]
    return next(body for body in bodies if 'class="origin"' in body)


def test_nothing_is_traced_before_somebody_asks(open_page: Opened) -> None:
    test = open_page(omrade="goteborg")
    assert not [block for block in test.get("html") if 'class="origin"' in block.proto.body]


def test_the_first_number_is_that_of_the_chosen_place(open_page: Opened) -> None:
    test = unfolded(open_page(omrade="goteborg"), "origin")
    assert "Genomsnittlig vårdtid som utskrivningsklar, Göteborgsområdet" in origin_of(test)


def test_another_place_and_measure_can_be_asked_for(open_page: Opened) -> None:
    test = unfolded(open_page(omrade="goteborg"), "origin")
    test.selectbox(key="origin-measure").select_index(1).run()
    test.selectbox(key="origin-place-goteborg").select_index(1).run()
    assert "Vårddagar som utskrivningsklar, Västra Götaland" in origin_of(test)
    assert not test.exception
