"""Jämför on the small warehouse: the address, what is missing, and that everything is there."""

import re
from collections.abc import Callable

from streamlit.testing.v1 import AppTest

Opened = Callable[..., AppTest]
Markup = Callable[[AppTest], str]
PAGE = "pages/compare.py"


def test_the_address_decides(open_page: Opened) -> None:
    test = open_page(
        PAGE,
        matt="same_day_share",
        omrade="goteborg",
        period="2025-11",
        vardform="somatik",
        mot="1490",
        platser="1480,goteborg",
    )
    assert not test.warning
    assert test.selectbox(key="matt").value == "same_day_share"
    assert test.selectbox(key="period").value == "2025-11"
    assert test.selectbox(key="mot").value == "1490"
    assert test.multiselect(key="platser").value == ["1480", "goteborg"]


def test_choices_are_written_to_the_address(open_page: Opened) -> None:
    test = open_page(PAGE)
    test.selectbox(key="matt").select("over_7").run()
    test.multiselect(key="platser").set_value(["1490", "1402"]).run()
    assert not test.exception
    assert test.query_params["matt"] == "over_7"
    assert test.query_params["platser"] == "1490,1402"


def test_an_address_that_is_wrong_gives_a_notice_and_a_view(open_page: Opened) -> None:
    test = open_page(PAGE, matt="atlantis", platser="1480,9999,1490")
    notices = [warning.value for warning in test.warning]
    assert notices == [
        "Länken anger mått som inte finns här. I stället visas Genomsnittlig vårdtid som "
        "utskrivningsklar.",
        "Länken anger platser som inte kan visas här.",
    ]
    assert test.multiselect(key="platser").value == ["1480", "1490"]


def test_at_most_five_places_are_taken_from_the_address(open_page: Opened) -> None:
    test = open_page(PAGE, platser="1480,goteborg,1402,1407,1490,lan,lan")
    assert test.multiselect(key="platser").value == ["1480", "goteborg", "1402", "1407", "1490"]


def test_no_places_at_all_is_a_choice(open_page: Opened) -> None:
    test = open_page(PAGE, platser="")
    assert test.multiselect(key="platser").value == []
    assert len(test.get("plotly_chart")) == 3


def test_all_49_stand_on_the_map_and_in_panels(open_page: Opened, html_of: Markup) -> None:
    page = html_of(open_page(PAGE))
    assert page.count('<li class="shade-') == 49 + 3
    assert page.count('<img alt=""') == 49
    assert '<span class="name">Partille</span>' in page
    # Öckerö has reported `-`, and most municipalities nothing at all.
    assert page.count('<span class="number">–</span>') == 2 * 46


def test_rank_is_said_to_be_no_verdict(open_page: Opened, html_of: Markup) -> None:
    assert "Rangordning är inte ett omdöme." in html_of(open_page(PAGE))


def test_uncertainty_is_shown_or_said_not_to_be_there(open_page: Opened, html_of: Markup) -> None:
    assert "Inget konfidensintervall" in html_of(open_page(PAGE))
    shares = open_page(PAGE, matt="same_day_share")
    assert "konfidensintervall enligt Wilson" in html_of(shares)


def test_every_figure_has_its_text_and_its_numbers(open_page: Opened) -> None:
    test = open_page(PAGE)
    assert all(figure.proto.alt for figure in test.get("plotly_chart"))
    assert [one.label for one in test.expander].count("Visa siffrorna som tabell") == 5


def test_the_panels_are_put_in_order(open_page: Opened, html_of: Markup) -> None:
    test = open_page(PAGE)
    assert re.search('class="group"><a [^>]+>Göteborgsområdet<', html_of(test))
    test.segmented_control(key="order").set_value("Efter värde").run()
    assert 'class="group"' not in html_of(test)


def test_a_single_period_can_be_shown(open_page: Opened, html_of: Markup) -> None:
    test = open_page(PAGE, matt="ready_days_per_1000", period="2025-01")
    assert "Vårddagar som utskrivningsklar per 1 000 invånare" in html_of(test)


def test_an_empty_warehouse_says_how_to_load(open_empty: Opened) -> None:
    assert "Här finns inga uppgifter ännu." in open_empty(PAGE).info[0].value


def test_a_municipality_has_its_own_chart_with_its_area_and_the_county_beside(
    open_page: Opened, html_of: Markup
) -> None:
    test = open_page(PAGE)
    test.selectbox(key="omrade").select("1480").run()
    heads = [head.value for head in test.header]
    assert heads[:2] == ["Göteborg över tid", "Bredvid området och länet"]
    page = html_of(test)
    assert "Göteborg: " in page
    beside = page.split("<caption>Genomsnittlig vårdtid som utskrivningsklar</caption>")[1]
    assert all(f">{name}</th>" in beside for name in ("Göteborg", "Göteborgsområdet"))
    assert test.multiselect(key="platser").value[0] == "1480"
    # A count of persons has no scale in common with the county's.
    test.selectbox(key="matt").select("ready_days").run()
    assert "Bredvid området och länet" not in [head.value for head in test.header]
