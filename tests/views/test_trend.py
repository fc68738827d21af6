"""Trends on series made by hand, in place of what the warehouse would give."""

from collections.abc import Callable, Collection, Sequence

import pandas as pd
import pytest

from metrics import values
from views import events, trend

MONTHS = [f"2025-{month:02d}" for month in range(1, 13)] + ["2026-01", "2026-02"]
Stored = Callable[..., None]


@pytest.fixture
def stored(monkeypatch: pytest.MonkeyPatch) -> Stored:
    """Puts a series of means, a month each, in place of the warehouse; None has no row."""

    def store(series: Sequence[float | None], *, partial: Collection[str] = ()) -> None:
        rows = [
            values.Value(
                indicator="mean_days",
                period=period,
                level="area",
                place="simba",
                name="SIMBA",
                numerator=value,
                denominator=1.0,
                value=value,
                status="partial" if period in partial else "ok",
                reported=3 if period in partial else 4,
                expected=4,
            )
            for period, value in zip(MONTHS, series, strict=True)
            if value is not None
        ]
        monkeypatch.setattr(values, "values", lambda **asked: rows)

    return store


def simba(period: str = "2026-02") -> trend.Trend:
    return trend.trend("mean_days", place="simba", period=period)


def test_a_month_is_compared_with_the_one_before(stored: Stored) -> None:
    stored([0.5] * 12 + [0.75, 1.0])
    shown = simba()
    assert (shown.value, shown.previous, shown.change) == (1.0, 0.75, 0.25)


def test_an_incomplete_month_is_shown_and_not_judged(stored: Stored) -> None:
    """Nor does it move the limits, or the judgement of the months around it."""
    stored([0.5, 0.6] * 6 + [0.5, 9.0], partial={"2026-02"})
    shown = simba()
    assert (shown.value, shown.status, shown.point, shown.change) == (9.0, "partial", None, None)
    assert shown.points["point_type"].iloc[-1] is None
    assert "Försämring" not in shown.finding and "slump" not in shown.finding
    assert shown.completeness.startswith("Ofullständigt underlag: 3 av 4")
    stored([0.5, 0.6] * 6 + [9.0, 0.5], partial={"2026-01"})
    assert simba().points["upper"].max() < 1
    assert simba().points["upper"].iloc[-2] == simba().points["upper"].iloc[-3]
    assert shown.completeness == "Ofullständigt underlag: 3 av 4 kommuner har rapporterat."


def test_a_gap_is_a_row_without_a_value_and_without_a_reading(stored: Stored) -> None:
    stored([0.5, 0.75, None, 0.5] + [0.6] * 10)
    points = simba().points
    assert list(points["period"]) == MONTHS
    gap = points.iloc[2]
    assert pd.isna(gap["value"])
    assert gap["status"] == "missing"
    assert gap["point_type"] is None
    assert gap["mean"] == points["mean"].iloc[0]


def test_a_month_after_a_gap_has_no_change(stored: Stored) -> None:
    stored([0.5] * 12 + [None, 1.0])
    assert simba().change is None


def test_a_month_without_a_value_has_no_reading(stored: Stored) -> None:
    stored([0.5] * 13 + [None])
    shown = simba()
    assert shown.value is None
    assert shown.point is None
    assert shown.finding == "SIMBA: inget värde för februari 2026."
    assert shown.points["period"].iloc[-1] == "2026-02"


def test_no_values_at_all_is_an_empty_trend(stored: Stored) -> None:
    stored([None] * 14)
    shown = simba()
    assert shown.points.empty
    assert (shown.value, shown.status, shown.completeness) == (None, "missing", "")
    assert shown.alt.startswith("Linjediagram: Genomsnittlig vårdtid")


def test_a_jump_is_a_deterioration_where_lower_is_better(stored: Stored) -> None:
    stored([0.5, 0.6] * 6 + [0.5, 2.0])
    point = simba().point
    assert point is not None
    assert point.point_type == "special_cause_concern"


def test_fewer_than_twelve_points_are_preliminary(stored: Stored) -> None:
    stored([None] * 4 + [0.5, 0.6] * 5)
    assert simba().points["preliminary"].all()


def test_a_single_month_is_not_judged(stored: Stored) -> None:
    stored([None] * 13 + [0.5])
    shown = simba()
    assert shown.judged is None
    assert shown.points["point_type"].iloc[0] is None
    assert "Det finns för få värden för att bedöma variationen." in shown.finding


def test_events_are_those_of_the_place_in_the_months_shown() -> None:
    found = events.events(place="goteborg", start="2019-06", end="2022-12")
    assert list(found["date"]) == ["2019-06-21", "2020-01-01", "2020-04-01"]


def test_a_target_is_written_as_it_was_set(stored: Stored) -> None:
    stored([0.5] * 14)
    assert trend.target_text(simba().indicator) == "3,0"
