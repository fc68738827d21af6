from collections.abc import Callable

from streamlit.testing.v1 import AppTest

Opened = Callable[..., AppTest]
Markup = Callable[[AppTest], str]
PAGE = "pages/monthly.py"


def test_an_area_that_is_not_whole_says_who_is_missing(open_page: Opened, html_of: Markup) -> None:
    page = html_of(open_page(PAGE, omrade="goteborg"))
    assert "Saknas eller ofullständig: Härryda, Mölndal och Öckerö (Göteborgsområdet)." in page
    assert "Underlaget är ofullständigt: 2 av 5 kommuner har rapporterat." in page


def test_the_mean_is_days_by_patients(open_page: Opened, html_of: Markup) -> None:
    # (140 + 70) days by (200 + 20) patients, half a day more than the month before.
    page = html_of(open_page(PAGE, omrade="goteborg"))
    assert '<p class="value">0,95* <span class="unit">dagar</span></p>' in page
    # Not every municipality has reported, so the change is not of the same places.
    assert "Kan inte jämföras med januari" in page


def test_who_is_above_the_target_is_said(open_page: Opened, html_of: Markup) -> None:
    page = html_of(open_page(PAGE, omrade="goteborg"))
    assert "Över gränsen för betalningsansvar 3,0: Partille." in page


def test_a_month_without_data_for_the_area_says_so(open_page: Opened, html_of: Markup) -> None:
    test = open_page(PAGE, omrade="skaraborg")
    page = html_of(test)
    assert "Skaraborg: inget värde för februari 2026" in page
    assert page.count("Uppgift saknas") == 7


def test_a_care_form_without_data_says_so(open_page: Opened, html_of: Markup) -> None:
    page = html_of(open_page(PAGE, vardform="psykiatri"))
    assert "inget värde för februari 2026" in page


def test_the_first_month_has_nothing_to_be_compared_with(
    open_page: Opened, html_of: Markup
) -> None:
    page = html_of(open_page(PAGE, period="2025-01"))
    assert "Kan inte jämföras med december" in page


def test_every_figure_has_its_text_and_its_table(open_page: Opened) -> None:
    test = open_page(PAGE, omrade="goteborg")
    figures = test.get("plotly_chart")
    assert len(figures) == 2
    assert all(figure.proto.alt.endswith(".") for figure in figures)
    assert [one.label for one in test.expander].count("Visa siffrorna som tabell") == 3


def test_headings_come_in_order(open_page: Opened, html_of: Markup) -> None:
    test = open_page(PAGE)
    assert html_of(test).count("<h1") == 1
    assert [header.value for header in test.header] == [
        "Genomsnittlig vårdtid som utskrivningsklar",
        "Kommunerna",
        "Utskrivna före meddelande",
        "Betalningsansvar",
        "Alla tal",
    ]


def test_a_limit_far_away_is_said_at_the_edge_of_the_chart(open_page: Opened) -> None:
    spec = open_page(PAGE, omrade="goteborg").get("plotly_chart")[0].proto.spec
    assert "ns 3,0" in spec
    assert r"utanf\u00f6r bilden" in spec


def test_a_municipality_is_shown_with_its_area_and_the_county(
    open_page: Opened, html_of: Markup
) -> None:
    test = open_page(PAGE, period="2026-01")
    test.selectbox(key="omrade").set_value("1480").run()
    assert test.selectbox(key="omrade").value == "1480"
    assert not test.warning
    assert "Göteborg: 0,70 dagar i januari 2026" in html_of(test)
    assert "Bredvid området och länet" in [head.value for head in test.header]
    assert "Utskrivna före meddelande" not in [head.value for head in test.header]
    alts = [chart.proto.alt for chart in test.get("plotly_chart")]
    assert any("Göteborgsområdet" in alt for alt in alts)
    # Rapporter has no municipalities: it shows the area.
    test.switch_page("pages/briefing.py").run()
    assert test.selectbox(key="omrade").value == "goteborg"
