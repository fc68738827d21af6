"""Indikatorer: everything the catalogue has, with data and without."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from metrics.catalogue import indicators

Opened = Callable[..., AppTest]
Markup = Callable[[AppTest], str]
PAGE = "pages/indicators.py"


def test_every_indicator_has_a_card(open_page: Opened, html_of: Markup) -> None:
    page = html_of(open_page(PAGE))
    assert all(f">{chosen.name}</h2>" in page for chosen in indicators().values())
    assert page.count("<dt>Röjandekontroll</dt>") == len(indicators())
    assert "<dd>Januari 2025 till februari 2026.</dd>" in page


def test_definitions_are_there_before_any_data(open_empty: Opened, html_of: Markup) -> None:
    page = html_of(open_empty(PAGE))
    assert page.count("<dd>Inga uppgifter är inlästa.</dd>") == len(indicators())


def test_the_file_is_offered(open_page: Opened) -> None:
    (button,) = open_page(PAGE).get("download_button")
    assert button.proto.label == "Ladda ner som Excel"


def test_a_measure_is_found_by_a_word_of_its_definition(open_page: Opened, html_of: Markup) -> None:
    test = open_page(PAGE)
    test.text_input[0].set_value("medcontrol").run()
    page = html_of(test)
    assert 0 < page.count("<dt>Röjandekontroll</dt>") < len(indicators())
    test.text_input[0].set_value("xyz").run()
    assert "Inget mått handlar om" in html_of(test)
