"""A checked file against what is in force: warnings, and none where nothing is odd."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import pipeline
from loaders.problems import Problem, Severity
from tests.loaders.sheets import Row, write_text

MONTHS = [f"2019-{month:02d}" for month in range(1, 9)]
HOMES = {"Ale": 60, "Tjörn": 30, "Orust": 8}
HEAD = ["Månad", "Kommun", "Antal utskrivna", "Antal dagar"]
FINE = ["Månad", "Kommun", "Sjukhus", "Antal utskrivna", "Antal dagar"]

Tried = Callable[..., tuple[Problem, ...]]


def rows(month: str, homes: Mapping[str, int] = HOMES) -> list[Row]:
    return [[month, name, number, number] for name, number in homes.items()]


@pytest.fixture
def tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tried:
    """Publish eight ordinary months; then check a file against them."""
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path / "data"))
    ordinary = write_text(
        tmp_path / "vanligt.csv", [HEAD, *(row for month in MONTHS for row in rows(month))]
    )
    with pipeline.checked(ordinary) as file:
        assert file.problems == ()
        pipeline.publish(file)

    def check(*lines: Row) -> tuple[Problem, ...]:
        with pipeline.checked(write_text(tmp_path / "ny.csv", list(lines))) as file:
            assert all(problem.severity is Severity.WARNING for problem in file.problems)
            assert file.ok
            return file.problems

    return check


def test_an_ordinary_month_gives_no_warning(tried: Tried) -> None:
    assert tried(HEAD, *rows("2019-09")) == ()


def test_municipalities_that_are_gone_are_named(tried: Tried) -> None:
    (problem,) = tried(HEAD, *rows("2019-09", {"Orust": 8}))
    assert problem.code == "coverage-shrank"
    assert problem.message == "2 kommuner som fanns förra gången saknas i filen: Ale och Tjörn."


@pytest.mark.parametrize(("number", "odd"), [(599, False), (600, True), (6, True), (7, False)])
def test_ten_times_the_usual_or_a_tenth_is_unlikely(tried: Tried, number: int, odd: bool) -> None:
    problems = tried(HEAD, *rows("2019-09", {**HOMES, "Ale": number}))
    assert [problem.code for problem in problems] == ["unlikely-change"] * (2 * odd)
    assert all(problem.message.startswith("Ale, september 2019: ") for problem in problems)


def test_small_numbers_may_vary(tried: Tried) -> None:
    assert tried(HEAD, *rows("2019-09", {**HOMES, "Orust": 0})) == ()


def test_a_coarser_file_is_told(tried: Tried, tmp_path: Path) -> None:
    fine = write_text(
        tmp_path / "fin.csv", [FINE, *([row[0], row[1], "SU", *row[2:]] for row in rows("2019-09"))]
    )
    with pipeline.checked(fine) as file:
        pipeline.publish(file)
    (problem,) = tried(HEAD, *rows("2019-09", {**HOMES, "Ale": 61}))
    assert problem.code == "coarser-than-current"
    assert "september 2019" in problem.message
    assert "3 kommuner" in problem.message


def test_demo_data_is_no_measure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path / "data"))
    with pipeline.checked(write_text(tmp_path / "demo.csv", [HEAD, *rows("2019-08")])) as file:
        pipeline.publish(file, demo=True)
    strange = write_text(tmp_path / "ny.csv", [HEAD, ["2019-08", "Ale", 60000, 1]])
    with pipeline.checked(strange) as file:
        assert file.problems == ()


def test_what_is_usual_is_of_what_is_shown(data: Path) -> None:
    """Whoever tries one number after another would else find Kungälv's 8, hidden for Tjörn's 3."""
    homes = {"Ale": 60, "Tjörn": 3, "Kungälv": 8}
    ordinary = [HEAD, *(row for month in MONTHS for row in rows(month, homes))]
    with pipeline.checked(write_text(data / "vanligt.csv", ordinary)) as file:
        pipeline.publish(file)
    lines = [HEAD, *rows("2019-09", {**homes, "Ale": 600, "Kungälv": 80})]
    with pipeline.checked(write_text(data / "ny.csv", lines)) as file:
        told = [problem.message for problem in file.problems]
    assert len(told) == 2
    assert all(one.startswith("Ale") and one.endswith("det vanliga är 60.") for one in told)
