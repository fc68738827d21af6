"""Medel: what the page says is what the register and `values` say, to the krona."""

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import pipeline
from metrics.values import values
from reports.content import funds
from reports.content.basis import View, day
from reports.model import Text
from tests.pages.conftest import opened, unfolded
from views.funds import page as fund_page
from warehouse.journal import comments

REGISTER = Path(__file__).parents[1] / "data" / "exports" / "medel_2020.xlsx"
PAGE = "pages/funds.py"
CHOSEN = {"program": "Suicidprevention", "ar": "2020"}
Markup = Callable[[AppTest], str]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("funds")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAMVERKAN_DATA", str(folder))
        with pipeline.checked(REGISTER) as file:
            pipeline.publish(file)
    return folder


@pytest.fixture(autouse=True)
def here(loaded: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("SAMVERKAN_DATA", str(loaded))
    yield


def test_the_years_of_each_programme() -> None:
    assert fund_page.years() == {
        "Suicidprevention": ["2020"],
        "Medel G HSN": ["2019"],
        "Ungdomsmottagningar": ["2019"],
    }


def test_every_amount_is_that_of_the_values() -> None:
    for programme, years in fund_page.years().items():
        for year in years:
            grants = {
                grant.recipient: grant
                for grant in fund_page.view(programme=programme, year=year).grants
            }
            for measure in ("allocated", "ceiling", "requisitioned", "used"):
                found = values(
                    indicator=f"funds_{measure}",
                    level="recipient",
                    part=programme,
                    start=year,
                    end=year,
                )
                shown = {
                    name: (amount.kronor, amount.bound == "lower")
                    for name, grant in grants.items()
                    if (amount := getattr(grant, measure))
                }
                assert shown == {
                    one.name: (one.value, one.status == "lower-bound") for one in found
                }


def test_the_sentence_is_the_register_s() -> None:
    # 33 Mkr and something, of which three times 10 Mkr; eight NOSAM with 275 000 kr each, of which
    # 1 570 000 kr requisitioned and 926 750 kr used (by hand from the register).
    assert fund_page.view(programme="Suicidprevention", year="2020").finding.replace(
        "\u00a0", " "
    ) == (
        "Suicidprevention 2020: minst 33 000 000 kr tilldelat Västra Götaland. De sex "
        "vårdsamverkansområdena, Kommunalförbunden och Västra Götalandsregionen får tillsammans "
        "30 000 000 kr. Ej redovisat: minst 3 000 000 kr. 8 NOSAM får rekvirera 2 200 000 kr, har "
        "rekvirerat 1 570 000 kr (71 procent) och har använt 926 750 kr (59 procent). Kvar av det "
        "rekvirerade: 643 250 kr."
    )


def test_who_decided_and_when_is_in_the_table() -> None:
    table = fund_page.view(programme="Suicidprevention", year="2020").table.set_index("name")
    assert table.loc["NOSAM Centrum", "decided"] == "2020-09-09, LGS"


def test_the_proposed_split_sums_exactly(html_of: Markup) -> None:
    view = fund_page.view(programme="Suicidprevention", year="2020")
    for grant in view.divisible:
        for by in ("area", "municipality"):
            rows = fund_page.proposal(grant, year="2020", by=by).rows
            assert grant.allocated
            assert rows["kronor"].iloc[:-1].sum() == grant.allocated.kronor
    page = html_of(opened(PAGE, CHOSEN))
    assert "beräknad på befolkningsandel" in page


def test_the_page_shows_it_all(html_of: Markup) -> None:
    test = unfolded(opened(PAGE, CHOSEN), "origin")
    page = html_of(test)
    assert "NOSAM Öckerö" in page
    assert "Ej redovisat" in page
    assert "medel_2020.xlsx (inläsning 1), blad Medel, cell E5" in page


def test_a_comment_on_a_programme_is_shown_and_goes_into_the_briefing(html_of: Markup) -> None:
    test = opened(PAGE, CHOSEN)
    name = "funds_allocated-Suicidprevention-2020"
    unfolded(test, f"comments-{name}")
    test.text_area(key=f"draft-comment-{name}-0-0-text").set_value("Återrapport väntas i mars.")
    test.text_input(key=f"draft-comment-{name}-0-0-author").set_value("Samordnare")
    next(button for button in test.button if button.label == "Spara").click().run()
    assert not test.exception
    assert "Återrapport väntas i mars." in html_of(test)
    (one,) = comments.remarks(indicator="funds_allocated", place="Suicidprevention", period="2020")
    made = datetime.datetime(2020, 12, 1)
    asked = View(place="lan", period="2020-11", made=made)
    said = [b.text for part in funds.parts(asked) for b in part.blocks if isinstance(b, Text)]
    assert f"Kommentar: {one.text} (Samordnare, {day(one.written_at)})" in said


def test_nothing_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path))
    test = opened(PAGE, {})
    assert "Här finns inga uppgifter om medel ännu" in test.info[0].value
