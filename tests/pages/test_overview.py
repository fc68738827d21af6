from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from metrics.catalogue import indicators
from settings import settings, sound

Opened = Callable[..., AppTest]
Markup = Callable[[AppTest], str]


def test_six_areas_stand_side_by_side(open_page: Opened, html_of: Markup) -> None:
    page = html_of(open_page(vardform="somatik"))
    strip = page.split('<ul class="cards areas">')[1].split("</ul>")[0]
    assert strip.count('href="manadsuppfoljning?omrade=') == 6
    assert strip.count("&amp;vardform=somatik") == 6
    assert strip.count('<img class="spark"') == 2  # the others have no data to draw
    assert strip.count("Uppgift saknas") == 4


def test_what_is_missing_and_how_fresh_it_is(open_page: Opened, html_of: Markup) -> None:
    page = html_of(open_page())
    assert "<strong>Göteborgsområdet</strong>: Härryda, Mölndal och Öckerö" in page
    assert '<th scope="row">Utskrivningsklara</th><td>februari 2026</td><td>export.csv</td>' in page


def test_broken_settings_are_told_of_and_what_held_goes_on(
    open_page: Opened, html_of: Markup, filled: Path
) -> None:
    own = filled / "settings.toml"
    own.write_text("target_mean_days = 3.0\n")
    try:
        with sound.going_on():
            settings()
            own.write_text("target_mean_days = tre\n")
            page = open_page()
        assert any("gäller tills det är rättat" in error.value for error in page.error)
        assert '<ul class="cards areas">' in html_of(page)
    finally:
        own.write_text("")
        sound.kept_as(own).unlink()


def test_real_data_has_no_banner(open_page: Opened) -> None:
    assert not open_page().warning


@pytest.mark.parametrize("page", ["pages/overview.py", "pages/monthly.py"])
def test_an_empty_warehouse_leads_to_the_first_page(
    open_empty: Opened, html_of: Markup, page: str
) -> None:
    test = open_empty(page)
    assert [head.value for head in test.header] == [
        "1. Välj ditt område",
        "2. Läs in den första filen",
        "3. Öppna sidan",
        "Vad som saknas än",
    ]
    assert '<th scope="row">Avvikelser</th><td>saknas</td>' in html_of(test)
    assert "Här finns inga uppgifter ännu." in test.info[0].value
    (way,) = test.get("page_link")
    assert way.proto.page == "data"
    test.selectbox(key="omrade").select("simba").run()
    assert test.query_params["omrade"] == "simba"
    assert "visar SIMBA." in html_of(test).replace("Översikt ", "").replace(
        "Månadsuppföljning ", ""
    )


def test_what_to_bring_up_comes_first(open_page: Opened, html_of: Markup) -> None:
    test = open_page(omrade="goteborg")
    assert [head.value for head in test.header][:2] == [
        "Sedan sist",
        "Att lyfta i Göteborgsområdet",
    ]
    assert "Ingen serie går att bedöma." in html_of(test)
    points = html_of(test).split('<ol class="points">')[1].split("</ol>")[0]
    assert 1 < points.count("<li>") <= 7
    assert "Partille (3,50 dagar) ligger över gränsen för betalningsansvar 3,0." in points
    assert "2 av 5 kommuner har rapporterat" in points


def test_an_area_without_a_report_is_said_to_be_without_one(
    open_page: Opened, html_of: Markup
) -> None:
    page = html_of(open_page(omrade="skaraborg"))
    assert "Skaraborg har inga uppgifter om utskrivningsklara för februari 2026." in page


def test_every_measure_is_in_the_table_and_every_municipality_on_the_map(
    open_page: Opened, html_of: Markup
) -> None:
    page = html_of(open_page())
    board = page.split('class="table matrix board"')[1].split("</table>")[0]
    shown = [chosen for chosen in indicators().values() if chosen.dataset == "discharges"]
    assert all(f'<th scope="row">{chosen.short}' in board for chosen in shown)
    assert page.count('<span class="short"') == 49
