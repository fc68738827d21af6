"""Pages under disclosure control: what is hidden is said to be, and stands nowhere as a number."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

import pipeline
from api.application import PREFIX, application
from charts.markup.cells import SIGNS
from metrics.catalogue import indicators
from metrics.values import values
from tests.effort import in_soak
from tests.pages.conftest import opened
from tests.twin import twin

Markup = Callable[[AppTest], str]
MONTHS = [f"2025-{month:02d}" for month in range(1, 13)]
HEAD = (
    "Månad;Kommun;Sjukhus;Vårdform;Antal utskrivna;Antal dagar;Utskrivna samma dag;"
    "Kvar mer än 3 dagar;Kvar mer än 7 dagar;Utskrivna före meddelande\n"
)
# Discharges and days by form of care; Öckerö is too small, and so is psychiatry everywhere.
PLACES = {
    "Göteborg": ((200, 140), (30, 60)),
    "Partille": ((60, 41), (9, 17)),
    "Öckerö": ((2, 7), (1, 1)),
    "Mölndal": ((70, 53), (11, 23)),
    "Borås": ((90, 67), (12, 31)),
    "Mark": ((40, 29), (8, 13)),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hidden")
    lines = [
        f"{month};{place};{'SÄS' if place in ('Borås', 'Mark') else 'SU'};{form};{n};{days};"
        f"{n // 2};{n // 10};0;{n // 5}\n"
        for month in MONTHS
        for place, forms in PLACES.items()
        for form, (n, days) in zip(("Somatik", "Psykiatri"), forms, strict=True)
    ]
    (folder / "export.csv").write_text(HEAD + "".join(lines), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAMVERKAN_DATA", str(folder))
        with pipeline.checked(folder / "export.csv") as delivery:
            assert delivery.ok, delivery.problems
            pipeline.publish(delivery)
    return folder


@pytest.fixture(autouse=True)
def here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("SAMVERKAN_DATA", str(folder))
    yield


def test_the_small_one_and_one_beside_it_are_hidden() -> None:
    found = values(indicator="mean_days", level="municipality", start="2025-12")
    hidden = {one.name for one in found if one.status == "confidential"}
    assert "Öckerö" in hidden
    assert len(hidden) == 2


@pytest.mark.parametrize("page", ["pages/monthly.py", "pages/overview.py", "pages/compare.py"])
def test_pages_say_what_is_hidden(page: str, html_of: Markup) -> None:
    shown = html_of(opened(page, {"omrade": "goteborg"}))
    assert ".." in shown
    assert SIGNS in shown
    # Öckerö's mean, days and discharges: 8 days among 3.
    assert "2,67" not in shown
    assert not [one for one in ("Öckerö, 2", "Öckerö (2") if one in shown]


def test_a_form_of_care_is_shown_for_areas_and_told_of_municipalities(html_of: Markup) -> None:
    test = opened("pages/monthly.py", {"omrade": "goteborg", "vardform": "psykiatri"})
    said = " ".join(one.value for one in test.markdown)
    page = html_of(test) + said
    assert "Kommuner visas för alla vårdformer tillsammans" in page
    assert "Sjukhus visas för alla vårdformer tillsammans" in page
    assert "Uppgift saknas" not in page


def test_there_is_no_form_of_care_to_compare_by() -> None:
    test = opened("pages/compare.py", {})
    assert "vardform" not in {box.key for box in test.selectbox}


@pytest.fixture(scope="module")
def other(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same is shown, of other facts wherever something is hidden."""
    copy, moved = twin(folder, tmp_path_factory.mktemp("other"))
    assert moved > 20
    return copy


@pytest.mark.parametrize(
    "page",
    [
        "pages/monthly.py",
        pytest.param("pages/overview.py", marks=in_soak),
        pytest.param("pages/compare.py", marks=in_soak),
        pytest.param("pages/briefing.py", marks=in_soak),
    ],
)
def test_other_facts_behind_what_is_hidden_change_no_page(
    page: str, other: Path, html_of: Markup, monkeypatch: pytest.MonkeyPatch
) -> None:
    def everything() -> list[str]:
        test = opened(page, {"omrade": "goteborg"})
        charts = (str(one.proto) for one in test.get("plotly_chart"))
        return [html_of(test), *charts, *(one.value for one in test.markdown)]

    shown = everything()
    monkeypatch.setenv("SAMVERKAN_DATA", str(other))
    assert everything() == shown


def test_other_facts_behind_what_is_hidden_change_no_answer(
    other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = TestClient(application(), root_path=PREFIX, base_url="http://127.0.0.1")

    def everything() -> list[str]:
        paths = [f"values?indicator={key}&limit=10000" for key in indicators()]
        paths += ["series/mean_days/municipality/1407", "versions/1/changes", "loads", "versions"]
        return [client.get(f"/v1/{path}").text for path in paths]

    shown = everything()
    assert sum('"confidential"' in one for one in shown) > 5
    monkeypatch.setenv("SAMVERKAN_DATA", str(other))
    assert everything() == shown
