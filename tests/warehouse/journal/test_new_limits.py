"""New limits are kept with their reason, change the chart, and can be taken back."""

from pathlib import Path

import pytest

import pipeline
from access import people
from access.checks import Refused
from access.people import Person
from access.rights import Right, Role
from views.events import marked
from views.trend import trend
from warehouse.journal import new_limits

MONTHS = [f"{year}-{month:02d}" for year in (2024, 2025) for month in range(1, 13)]


@pytest.fixture(autouse=True)
def loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path / "data"))
    lines = ["Månad;Kommun;Antal utskrivna;Antal dagar"]
    for at, month in enumerate(MONTHS):
        days = (200 if at < 12 else 40) + at % 3
        lines += [f"{month};Lerum;100;{days}", f"{month};Alingsås;100;{days}"]
    path = tmp_path / "export.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pipeline.checked(path) as file:
        pipeline.publish(file)


def start(reason: str = "Ny rutin", author: str = "Samordnare") -> None:
    new_limits.start(
        indicator="mean_days", place="samla", period="2025-01", reason=reason, author=author
    )


def test_limits_begin_anew_where_the_user_says() -> None:
    before = trend("mean_days", place="samla", period="2025-12")
    assert before.points["mean"].nunique() == 1
    start()
    after = trend("mean_days", place="samla", period="2025-12")
    means = after.points.set_index("period")["mean"]
    assert means["2024-12"] == pytest.approx(2.01)
    assert means["2025-01"] == pytest.approx(0.41)
    assert [(one.period, one.reason, one.author) for one in after.rebased] == [
        ("2025-01", "Ny rutin", "Samordnare")
    ]
    assert trend("mean_days", place="goteborg", period="2025-12").rebased == ()


def test_anothers_limits_are_not_set_anew() -> None:
    start()
    steward = Right(Role.STEWARD)
    other = Person(subject="b", name="b", mark="b", rights=(steward,))
    with people.at_work(lambda: other), pytest.raises(Refused, match="Bara den som har satt"):
        start("En annan rutin")
    start("Rättad orsak")


def test_the_chart_marks_them_with_their_reason() -> None:
    start()
    shown = trend("mean_days", place="samla", period="2025-12")
    events = marked(shown.rebased, shown.broken)
    assert list(events["date"]) == ["2025-01-01"]
    assert list(events["text"]) == ["Nya gränser: Ny rutin"]


def test_they_do_not_count_before_they_begin() -> None:
    start()
    assert trend("mean_days", place="samla", period="2024-12").rebased == ()


def test_taking_back_brings_the_limits_before() -> None:
    start()
    (one,) = new_limits.in_force(indicator="mean_days", place="samla")
    new_limits.take_back(one, reason="Fel månad", author="Samordnare")
    assert new_limits.in_force(indicator="mean_days", place="samla") == ()
    assert trend("mean_days", place="samla", period="2025-12").points["mean"].nunique() == 1


def test_a_reason_is_needed() -> None:
    with pytest.raises(ValueError):
        start(reason=" ")
    with pytest.raises(ValueError):
        start(author="")
