import datetime
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import pipeline
from metrics import coverage
from metrics.coverage import State
from settings import settings

TODAY = datetime.date(2020, 4, 10)
HEAD = "Månad;Kommun;Antal utskrivna;Antal dagar\n"


@pytest.fixture
def loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """All of Göteborgsområdet in December, one municipality in January, none in February."""
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path))
    places = ["Göteborg", "Härryda", "Mölndal", "Partille", "Öckerö"]
    rows = [f"2019-12;{place};5;4\n" for place in places] + ["2020-01;Göteborg;5;4\n"]
    rows += [f"2020-01;{place};-;-\n" for place in places[1:]]
    path = tmp_path / "uttag.csv"
    path.write_text(HEAD + "".join(rows), encoding="utf-8")
    with pipeline.checked(path) as file:
        pipeline.publish(file)
    yield


def states(today: datetime.date, place: str = "goteborg") -> dict[str, str]:
    table = coverage.coverage("discharges", today=today, settings=settings())
    rows = table[table["place"] == place]
    return dict(zip(rows["period"], rows["state"], strict=True))


def test_each_period_says_how_it_stands(loaded: None) -> None:
    assert states(TODAY) == {
        "2020-03": State.WAITING,
        "2020-02": State.LATE,
        "2020-01": State.PARTIAL,
        "2019-12": State.DELIVERED,
    }


def test_the_day_after_the_due_day_is_late(loaded: None) -> None:
    found = states(datetime.date(2020, 4, 11))
    assert found["2020-03"] == State.LATE
    assert found["2020-02"] == State.MISSING


def test_an_area_that_never_delivered_is_missing(loaded: None) -> None:
    assert states(TODAY, "skaraborg")["2019-12"] == State.MISSING


def test_due_days_come_from_the_settings() -> None:
    chosen = replace(settings(), due_day_month=7, due_day_quarter=20)
    assert coverage.due("2019-12", settings=chosen) == datetime.date(2020, 1, 7)
    assert coverage.due("2019-11", settings=chosen) == datetime.date(2019, 12, 7)
    assert coverage.due("2020-K1", settings=chosen) == datetime.date(2020, 4, 20)
    assert coverage.due("2020-K4", settings=chosen) == datetime.date(2021, 1, 20)


def test_the_last_period_that_has_ended() -> None:
    assert coverage.last_ended("month", today=datetime.date(2020, 1, 1)) == "2019-12"
    assert coverage.last_ended("quarter", today=datetime.date(2020, 1, 1)) == "2019-K4"
    assert coverage.last_ended("quarter", today=datetime.date(2020, 12, 31)) == "2020-K3"


def test_an_empty_warehouse_gives_a_year(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path))
    assert len(states(TODAY)) == 12
