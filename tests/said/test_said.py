"""What pages and hand-outs say is held, sentence by sentence, against the published values."""

import datetime
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

import pytest

import pipeline
import reference
from tests.effort import in_soak
from tests.recalculation import archives
from tests.said import deviations, handouts, money, places, series, texts
from tests.said.facts import facts, written
from tests.said.judge import Judge
from tests.said.texts import Said

# Each says how some kinds of sentences are held against the facts.
UNDERSTOOD = (deviations, handouts, money, places, series)
TODAY = datetime.date(2026, 11, 27)
MADE = datetime.datetime(2026, 11, 27)


def judged(said: Iterable[Said], *, demo: bool = True) -> Judge:
    judge = Judge(facts(demo=demo))
    for one in dict.fromkeys(said):
        judge.read(one.text, key=one.key, place=one.place, period=one.period, level=one.level)
    return judge


def test_what_is_said_of_a_place_is_so(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(demo))
    judge = judged(texts.of_month("fyrbodal", "2026-10"))
    assert judge.untrue == judge.unknown == []
    assert len(judge.held) >= 12
    shown = judge.facts.row("mean_days", "fyrbodal", "2026-10").value
    assert shown is not None
    for false in (
        f"Fyrbodal: {written(shown + 0.01, 2)} dagar i oktober 2026.",
        f"Fyrbodal: {written(shown, 2)} dagar i oktober 2026, över gränsen för "
        "betalningsansvar 3,0.",
        "Underlaget är ofullständigt: 13 av 14 kommuner har rapporterat.",
        "14 kommuner saknar uppgift.",
    ):
        before = len(judge.untrue)
        judge.read(false, key="mean_days", place="fyrbodal", period="2026-10")
        assert len(judge.untrue) == before + 1, false


def _of_demo(place: str) -> Iterator[Said]:
    for month in ("2026-10", "2026-09", "2026-06", "2026-03"):
        yield from texts.of_overview(place, month, TODAY)
        yield from texts.of_month(place, month)
        for key in ("mean_days", "same_day_share", "discharges", "over_7"):
            yield from texts.of_comparison(key, place, month)
    for quarter in ("2026-K3", "2026-K1", "2025-K2"):
        yield from texts.of_quarter(place, quarter)
        yield from texts.of_comparison("deviations_per_10000", place, quarter)
    for month, quarter in (("2026-10", "2026-K3"), ("2026-05", "2026-K1")):
        yield from texts.of_reports(place, month, quarter, MADE)


@in_soak
@pytest.mark.parametrize("place", [reference.COUNTY, *(one.key for one in reference.areas())])
def test_every_sentence_about_the_demo_is_so(
    place: str, demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(demo))
    judge = judged(_of_demo(place))
    assert judge.untrue == []
    assert len({*judge.held}) > 200


@in_soak
def test_every_sentence_about_a_municipality_is_so(
    demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(demo))
    said = [
        one
        for home in reference.municipalities()
        for one in (*texts.of_month(home.code, "2026-10"), *texts.of_quarter(home.code, "2026-K3"))
    ]
    judge = judged(said)
    assert judge.untrue == []
    assert len({*judge.held}) > 300


@in_soak
@pytest.mark.parametrize("seed", range(3))
def test_every_sentence_about_deliveries_made_by_chance_is_so(data: Path, seed: int) -> None:
    """With what is missing, hidden, corrected and incomplete."""
    for delivered in archives.archive(Random(seed), data):
        with pipeline.checked(delivered.path, covers=delivered.covers) as file:
            pipeline.publish(file, force=delivered.force)
    said = [
        one
        for place in (reference.COUNTY, *(area.key for area in reference.areas()), "1480", "1490")
        for month, quarter in (("2025-02", "2025-K3"), ("2024-12", "2025-K1"))
        for one in (
            *texts.of_month(place, month),
            *texts.of_quarter(place, quarter),
            *texts.of_comparison("mean_days", place, month),
        )
    ]
    judge = judged(said, demo=False)
    assert judge.untrue == []
    assert len({*judge.held}) > 100
