import os
from pathlib import Path

import pytest

import pipeline
from metrics.changes.jumps import Jump

HEAD = "Månad;Kommun;Antal utskrivna;Antal dagar\n"
MONTHS = [f"2025-{month:02d}" for month in range(1, 13)]


@pytest.fixture(autouse=True)
def year(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twelve months in which Borås has ten patients and by turns 10 and 12 days."""
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path))
    rows = [f"{month};Borås;10;{10 + 2 * (n % 2)}\n" for n, month in enumerate(MONTHS)]
    with pipeline.checked(write("året.csv", "".join(rows))) as file:
        pipeline.publish(file)


def write(name: str, rows: str) -> Path:
    path = Path(os.environ["SAMVERKAN_DATA"]) / name
    path.write_text(HEAD + rows, encoding="utf-8")
    return path


def previewed(rows: str) -> list[Jump]:
    with pipeline.checked(write("nytt.csv", rows)) as file:
        return [
            jump
            for jump in pipeline.preview(file).unusual
            if (jump.indicator, jump.level) == ("mean_days", "municipality")
        ]


def test_a_value_within_the_limits_is_not_pointed_out() -> None:
    assert previewed("2026-01;Borås;10;13\n") == []


def test_a_new_value_outside_the_limits_is() -> None:
    # Mean 1.1, moving range 0.2: limits 1.1 ± 2.66 × 0.2.
    (found,) = previewed("2026-01;Borås;10;20\n")
    assert (found.period, found.place, found.value) == ("2026-01", "1490", 2.0)
    assert found.lower == pytest.approx(1.1 - 0.532)
    assert found.upper == pytest.approx(1.1 + 0.532)
    assert not found.tenfold


def test_ten_times_the_usual_is_said(tmp_path: Path) -> None:
    (found,) = previewed("2026-01;Borås;10;120\n")
    assert found.tenfold


def test_a_changed_value_is_measured_against_the_others() -> None:
    # Eleven months are left: too few to settle the limits.
    assert previewed("2025-06;Borås;10;20\n") == []
