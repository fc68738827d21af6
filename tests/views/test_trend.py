"""Trends on series made by hand, in place of what the warehouse would give."""

from collections.abc import Callable, Collection, Sequence

import pandas as pd
import pytest

from metrics import breaks, values
from reference import Event
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
    assert shown.which_chart == ""


def test_events_are_those_of_the_place_in_the_months_shown() -> None:
    found = events.events(place="goteborg", start="2019-06", end="2022-12")
    assert list(found["date"]) == ["2019-06-21", "2020-01-01", "2020-04-01"]


def test_a_target_is_written_as_it_was_set(stored: Stored) -> None:
    stored([0.5] * 14)
    assert trend.target_text(simba().indicator) == "3,0"


def broken(monkeypatch: pytest.MonkeyPatch, date: str) -> None:
    event = Event(date, "simba", breaks.KIND, "Ny rutin", "", "discharges")
    monkeypatch.setattr(breaks, "known_events", lambda: (event,))


def test_each_side_of_a_break_has_limits_of_its_own_and_no_rule_looks_across(
    stored: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Means and moving ranges by hand: 76 / 7 and 2, then 143 / 7 and 1."""
    values_of_both = [10, 12, 10, 12, 10, 12, 10, 20, 21, 20, 21, 20, 21, 20]
    stored(values_of_both)
    assert simba().points["point_type"].iloc[-1] != "common_cause"
    broken(monkeypatch, "2025-08-01")
    shown = simba()
    before, after = shown.points.iloc[:7], shown.points.iloc[7:]
    for side, mean, step in ((before, 76 / 7, 2), (after, 143 / 7, 1)):
        assert list(side["mean"]) == pytest.approx([mean] * 7)
        assert list(side["upper"]) == pytest.approx([mean + 2.66 * step] * 7)
        assert list(side["lower"]) == pytest.approx([mean - 2.66 * step] * 7)
        assert set(side["point_type"]) == {"common_cause"}
    assert list(shown.points["starts"]) == [False] * 7 + [True] + [False] * 6
    assert shown.chance == 1 and "slumpmässig" in shown.finding
    assert "Seriebrott den 1 augusti 2025 (SIMBA): ny rutin." in shown.alt
    assert list(events.marked(shown.rebased, shown.broken)["text"]) == ["Ny rutin"]
    assert (simba("2025-08").change, simba("2025-09").change) == (None, 1)


def test_a_month_with_the_break_in_it_is_of_neither_side(
    stored: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored([10, 12, 10, 12, 10, 12, 10, 90, 20, 21, 20, 21, 20, 21])
    broken(monkeypatch, "2025-08-15")
    points = simba().points
    assert pd.isna(points["upper"].iloc[7]) and points["point_type"].iloc[7] is None
    assert points["upper"].iloc[6] == pytest.approx(76 / 7 + 5.32)
    assert points["upper"].iloc[8] == pytest.approx(20.5 + 2.66)


def test_nothing_is_judged_where_few_values_have_come_since_the_break(
    stored: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored([1.0, 1.2] * 4 + [1.0, 9, 9, 9, 9, 9])
    broken(monkeypatch, "2025-10-01")
    shown = simba()
    assert shown.judged is None and shown.assurance is None
    assert "få värden sedan gränserna började om" in shown.finding
    assert "Försämring" not in shown.finding and "mål" not in shown.finding.split("börja")[1]
