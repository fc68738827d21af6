"""Avvikelser: every sentence and card holds what `values` says, and the cautions are there."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import pipeline
import reference
from metrics.values import Value, values
from swedish import typography
from tests.pages.conftest import opened, unfolded
from views.deviations import page as deviation_page
from views.deviations.sentences import CAUTION

EXPORTS = Path(__file__).parents[1] / "data" / "exports"
PAGE = "pages/deviations.py"
PLACES = [reference.COUNTY, *(area.key for area in reference.areas())]
Markup = Callable[[AppTest], str]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("deviations")
    # Nothing is hidden here: what is hidden is not told, and this is about what is.
    (folder / "settings.toml").write_text("disclosure_threshold = 0\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAMVERKAN_DATA", str(folder))
        for name in ("brister_2020_kv1.xlsx", "mcp_arenden_2020-04_2021-06.xlsx"):
            with pipeline.checked(EXPORTS / name) as file:
                pipeline.publish(file)
    return folder


@pytest.fixture(autouse=True)
def here(loaded: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("SAMVERKAN_DATA", str(loaded))
    yield


def value(key: str, place: str, quarter: str) -> Value | None:
    level = "county" if place == reference.COUNTY else "area"
    found = values(indicator=key, level=level, place=place, start=quarter, end=quarter)
    return found[0] if found else None


@pytest.mark.parametrize("place", PLACES)
def test_every_sentence_says_what_the_values_say(place: str) -> None:
    quarters = deviation_page.quarters()
    assert quarters == ["2020-K1", "2020-K2", "2020-K3", "2020-K4", "2021-K1", "2021-K2"]
    for quarter in quarters:
        shown = deviation_page.quarter(place=place, quarter=quarter)
        counted = value("deviations", place, quarter)
        if counted is None or counted.value is None:
            assert "saknas" in shown.finding
            continue
        told = re.search(r": (\d+|inga) avvikelser? registrerades", shown.finding)
        assert told
        assert told[1] == (f"{counted.value:.0f}" if counted.value else "inga")
        in_part = re.search("Kvartalet är (preliminärt|ofullständigt)", shown.finding)
        assert bool(in_part) == (counted.status == "partial")
        answered = value("deviations_answered_share", place, quarter)
        told_answers = " ".join(shown.answers.split())
        if answered and answered.denominator and answered.denominator > 1:
            assert f"({typography.number(answered.value, 1)} procent)" in told_answers
            assert f"{answered.denominator:.0f} ärenden" in told_answers
        still_open = value("deviations_open", place, quarter)
        if still_open and still_open.value:
            assert f"{still_open.value:.0f} ärende" in told_answers
        days = value("deviations_median_answer_days", place, quarter)
        if days and days.value is not None:
            assert f"är {typography.number(days.value, 1)} dag" in told_answers


def test_the_processes_of_a_quarter_are_its_cases() -> None:
    for place in PLACES:
        shown = deviation_page.processes(place=place, quarter="2021-K2")
        now = shown.counts[shown.counts["period"] == "2021-K2"]
        whole = value("deviations", place, "2021-K2")
        assert whole is not None
        assert now["value"].sum() == whole.value


def test_the_break_stands_between_the_right_quarters() -> None:
    shown = deviation_page.processes(place="goteborg", quarter="2021-K2")
    assert list(shown.breaks["period"]) == ["2021-K2"]
    assert "kan inte jämföras" in (
        deviation_page.quarter(place="goteborg", quarter="2021-K2").finding
    )
    assert deviation_page.processes(place="skaraborg", quarter="2021-K2").breaks.empty


def test_the_ways_hide_small_counts(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path_factory.mktemp("protected")))
    with pipeline.checked(EXPORTS / "mcp_arenden_2020-04_2021-06.xlsx") as file:
        pipeline.publish(file)
    for place in PLACES:
        shown = deviation_page.ways(place=place, quarter="2021-K1").grid.stack().dropna()
        assert not ((shown > 0) & (shown < 5)).any()
        assert (shown >= 5).any()


def test_the_funnel_is_of_the_municipalities_and_their_inhabitants() -> None:
    shown = deviation_page.funnel(place="fyrbodal", quarter="2020-K3")
    points = shown.points.set_index("place")
    for one in values(
        indicator="deviations_per_10000", level="municipality", start="2020-K3", end="2020-K3"
    ):
        if one.value is not None:
            assert points.loc[one.place, "count"] == one.numerator
            assert points.loc[one.place, "rate"] == pytest.approx(one.value)
    # The reference tables have 2020 for the five of Göteborgsområdet, and only 2025 for the others.
    assert shown.year == "2020 och 2025"


def test_the_page_says_its_cautions_and_colours_nothing_worse(html_of: Markup) -> None:
    test = opened(PAGE, {"omrade": "goteborg", "kvartal": "2021-K2"})
    page = html_of(test)
    assert CAUTION in page
    assert "Försämring" not in page
    assert "Seriebrott den 1 april 2021" in page
    assert [header.value for header in test.header] == [
        "Registrerade över tid",
        "Processer",
        "Kommunerna per invånare",
        "Från vem till vem",
        "Alla tal",
    ]


def test_a_number_is_followed_to_its_file(html_of: Markup) -> None:
    page = html_of(unfolded(opened(PAGE, {"omrade": "goteborg", "kvartal": "2021-K1"}), "origin"))
    assert re.search(
        r"mcp_arenden_2020-04_2021-06\.xlsx \(inläsning 2\), \d+ rader om ärenden", page
    )
    page = html_of(unfolded(opened(PAGE, {"omrade": "goteborg", "kvartal": "2020-K1"}), "origin"))
    assert "brister_2020_kv1.xlsx (inläsning 1), blad " in page


def test_nothing_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path))
    test = opened(PAGE, {})
    assert "Här finns inga uppgifter om avvikelser ännu" in test.info[0].value
