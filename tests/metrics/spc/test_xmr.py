"""XmR charts against NHSRplotthedots, and what must hold for any series."""

import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.spc.xmr import (
    ASSURANCE_READINGS,
    IMPROVEMENT,
    POINT_READINGS,
    Improvement,
    Xmr,
    point_type,
    xmr,
)

# 40 series with the results of NHSRplotthedots 0.2.2.
REFERENCE = json.loads((Path(__file__).parents[2] / "data" / "spc.json").read_text("utf-8"))
SERIES = REFERENCE["series"]

# Whole numbers times powers of two are exact, so that no rounding decides who is outside a limit.
INTEGERS = st.lists(st.integers(-500, 500).map(float), max_size=60)
DIRECTIONS = st.sampled_from(["increase", "decrease", "neutral"])
BETTER_WORSE = {
    "special_cause_improvement": "special_cause_concern",
    "special_cause_concern": "special_cause_improvement",
    "common_cause": "common_cause",
}
SETTLED = [4.0, 6.0] * 8  # mean 5, limits -0.32 and 10.32, near limits 1.45 and 8.55


def chart(values: list[float], improvement: Improvement = "decrease", **options: Any) -> Xmr:
    return xmr(values, improvement=improvement, **options)


def test_the_reference_holds_forty_series() -> None:
    assert len(SERIES) == 40


@pytest.mark.parametrize("series", SERIES, ids=range(1, len(SERIES) + 1))
def test_equals_the_reference(series: dict[str, Any]) -> None:
    expected = series["expected"]
    result = xmr(
        series["values"],
        improvement=series["improvement"],
        target=series["target"],
        fix_after=series["fix_after"],
        rebase_at=series["rebase_at"],
    )
    assert list(result.mean) == pytest.approx(expected["mean"], abs=1e-6, rel=0)
    assert list(result.lower) == pytest.approx(expected["lower"], abs=1e-6, rel=0)
    assert list(result.upper) == pytest.approx(expected["upper"], abs=1e-6, rel=0)
    assert list(result.special_cause) == expected["special_cause"]
    assert list(result.point_type) == expected["point_type"]
    assert result.assurance == expected["assurance"]


def test_outside_comes_before_every_other_rule() -> None:
    result = chart([*SETTLED, 20.0, -10.0], fix_after=16)
    assert result.special_cause[-2:] == ("Above UCL", "Below LCL")
    assert result.point_type[-2:] == ("special_cause_concern", "special_cause_improvement")


def test_trend_comes_before_near_points_and_runs() -> None:
    rising = [5.5, 6.0, 6.5, 7.0, 8.0, 9.0, 10.0]
    result = chart([*SETTLED, *rising], "increase", fix_after=16)
    # The 6.0 before the trend is no part of it: 6.0 falls to 5.5.
    assert result.special_cause[-8] == "7 Points Above CL"
    assert result.special_cause[-7:] == ("7 Point Trend (Increasing)",) * 7
    assert result.point_type[-7:] == ("special_cause_improvement",) * 7


def test_near_points_come_before_runs() -> None:
    high = [7.0, 6.0, 9.0, 9.0, 6.0, 7.0, 6.0]
    result = chart([*SETTLED, 4.0, *high], "neutral", fix_after=16)
    run, near = "7 Points Above CL", "2 in 3 Above CL"
    assert result.special_cause[-7:] == (run, run, near, near, run, run, run)
    assert set(result.point_type[-7:]) == {"special_cause_neutral_high"}


@pytest.mark.parametrize(
    ("cause", "improvement", "kind"),
    [
        ("Common Cause", "increase", "common_cause"),
        ("Common Cause", "neutral", "common_cause"),
        ("Above UCL", "increase", "special_cause_improvement"),
        ("Above UCL", "decrease", "special_cause_concern"),
        ("Below LCL", "decrease", "special_cause_improvement"),
        ("7 Point Trend (Increasing)", "decrease", "special_cause_concern"),
        ("7 Point Trend (Decreasing)", "decrease", "special_cause_improvement"),
        ("7 Point Trend (Increasing)", "neutral", "special_cause_neutral_high"),
        ("2 in 3 Below CL", "neutral", "special_cause_neutral_low"),
        ("7 Points Below CL", "increase", "special_cause_concern"),
    ],
)
def test_point_type(cause: Any, improvement: Improvement, kind: str) -> None:
    assert point_type(cause, improvement) == kind


@pytest.mark.parametrize(
    ("target", "improvement", "assurance", "word"),
    [
        (11.0, "decrease", "consistent_pass", "Når målet"),
        (11.0, "increase", "consistent_fail", "Når inte målet"),
        (-1.0, "decrease", "consistent_fail", "Når inte målet"),
        (-1.0, "increase", "consistent_pass", "Når målet"),
        (5.0, "decrease", "inconsistent", "Osäkert"),
    ],
)
def test_assurance(target: float, improvement: Improvement, assurance: str, word: str) -> None:
    result = chart(SETTLED, improvement, target=target)
    assert result.assurance == assurance
    assert result.assurance_reading is not None
    assert result.assurance_reading.word == word


def test_no_assurance_without_a_target_or_a_better_direction() -> None:
    assert chart(SETTLED).assurance is None
    assert chart(SETTLED).assurance_reading is None
    assert chart(SETTLED, "neutral", target=5.0).assurance is None


def test_assurance_is_judged_by_the_last_limits() -> None:
    values = [*SETTLED, *(value + 100 for value in SETTLED)]
    assert chart(values, target=50.0).assurance == "inconsistent"
    assert chart(values, target=50.0, rebase_at=[17]).assurance == "consistent_fail"


def test_no_rule_looks_across_a_rebase() -> None:
    low_then_high = [1.0, 2.0] * 6 + [11.0, 12.0] * 6
    assert set(chart(low_then_high, rebase_at=[13]).special_cause) == {"Common Cause"}
    rising = [float(value) for value in range(12)]
    assert set(chart(rising, rebase_at=[7]).special_cause) == {"Common Cause"}
    assert "7 Point Trend (Increasing)" in chart(rising).special_cause


def test_preliminary_with_fewer_than_twelve_points_behind_the_last_limits() -> None:
    assert chart(SETTLED[:11]).preliminary
    assert not chart(SETTLED[:12]).preliminary
    assert chart(SETTLED, fix_after=11).preliminary
    assert chart(SETTLED, rebase_at=[6]).preliminary
    assert not chart(SETTLED, rebase_at=[5]).preliminary
    assert chart([]).preliminary


def test_an_empty_series_gives_an_empty_chart() -> None:
    result = chart([], target=3.0)
    assert result.mean == result.lower == ()
    assert result.special_cause == ()
    assert result.last is None
    assert result.assurance is None


def test_one_value_has_no_limits_and_no_signal() -> None:
    result = chart([2.0], target=3.0)
    assert result.mean == (2.0,)
    assert math.isnan(result.lower[0]) and math.isnan(result.upper[0])
    assert result.special_cause == ("Common Cause",)
    assert result.assurance == "inconsistent"


def test_the_last_point_in_words() -> None:
    last = chart([*SETTLED, 20.0], fix_after=16).last
    assert last is not None
    assert (last.mean, last.special_cause) == (5.0, "Above UCL")
    assert last.reading.word == "Försämring"
    assert chart(SETTLED).point(0).reading.word == "Slumpvariation"


def test_every_label_has_a_word_and_an_icon_of_its_own() -> None:
    for readings in (POINT_READINGS.values(), ASSURANCE_READINGS.values()):
        assert len({reading.word for reading in readings}) == len(readings)
        assert len({reading.icon for reading in readings}) == len(readings)
        assert all(reading.word and reading.icon for reading in readings)


def test_directions_of_the_catalogue() -> None:
    assert IMPROVEMENT == {"lower": "decrease", "higher": "increase", "neutral": "neutral"}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"improvement": "lower"}, "improvement must be one of increase, decrease, neutral"),
        ({"improvement": "decrease", "target": math.nan}, "target must be a number or None"),
        ({"improvement": "decrease", "fix_after": 1}, "fix_after must be at least 2"),
        ({"improvement": "decrease", "rebase_at": [0]}, "rebase_at holds positions from 1"),
        ({"improvement": "decrease", "rebase_at": [4]}, "outside the 3 values"),
    ],
)
def test_options_that_make_no_sense_are_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        xmr([1.0, 2.0, 3.0], **options)


@pytest.mark.parametrize("gap", [None, math.nan, math.inf])
def test_missing_values_are_refused_never_taken_as_zero(gap: Any) -> None:
    with pytest.raises(ValueError, match="value 2 is"):
        chart([1.0, gap, 3.0])


@given(INTEGERS, DIRECTIONS)
def test_one_element_per_value(values: list[float], improvement: Improvement) -> None:
    result = chart(values, improvement)
    for column in (result.mean, result.lower, result.upper, result.special_cause):
        assert len(column) == len(values)
    assert len(result.point_type) == len(values)


@given(INTEGERS.filter(lambda values: len(values) > 1), DIRECTIONS)
def test_the_mean_lies_between_the_limits(values: list[float], improvement: Improvement) -> None:
    result = chart(values, improvement)
    assert all(
        low <= mean <= high
        for low, mean, high in zip(result.lower, result.mean, result.upper, strict=True)
    )


@given(INTEGERS, st.integers(-1000, 1000), DIRECTIONS)
def test_a_constant_shifts_the_limits(
    values: list[float], shift: int, improvement: Improvement
) -> None:
    before = chart(values, improvement)
    after = chart([value + shift for value in values], improvement)
    for column in ("mean", "lower", "upper"):
        moved = [value + shift for value in getattr(before, column)]
        assert getattr(after, column) == pytest.approx(moved, abs=1e-9, nan_ok=True)


@given(INTEGERS, st.sampled_from([0.25, 0.5, 2.0, 1024.0]), DIRECTIONS)
def test_the_unit_changes_no_label(
    values: list[float], factor: float, improvement: Improvement
) -> None:
    before = chart(values, improvement)
    after = chart([value * factor for value in values], improvement)
    assert after.special_cause == before.special_cause
    scaled = [value * factor for value in before.upper]
    assert after.upper == pytest.approx(scaled, nan_ok=True)


@given(INTEGERS)
def test_the_other_direction_swaps_better_and_worse(values: list[float]) -> None:
    lower, higher = chart(values, "decrease"), chart(values, "increase")
    assert lower.special_cause == higher.special_cause
    assert [BETTER_WORSE[kind] for kind in lower.point_type] == list(higher.point_type)


@given(INTEGERS)
def test_the_mirror_image_swaps_above_and_below(values: list[float]) -> None:
    swap = {"Above UCL": "Below LCL", "Below LCL": "Above UCL", "Common Cause": "Common Cause"}
    for rule in ("7 Point Trend ({})", "2 in 3 {} CL", "7 Points {} CL"):
        pair = ("Increasing", "Decreasing") if "Trend" in rule else ("Above", "Below")
        swap |= {rule.format(pair[0]): rule.format(pair[1])}
        swap |= {rule.format(pair[1]): rule.format(pair[0])}
    mirrored = chart([-value for value in values])
    assert mirrored.special_cause == tuple(swap[cause] for cause in chart(values).special_cause)


@given(st.floats(-1e6, 1e6), st.integers(2, 80), DIRECTIONS)
def test_a_constant_series_has_no_signal(
    value: float, count: int, improvement: Improvement
) -> None:
    result = chart([value] * count, improvement)
    assert set(result.special_cause) == {"Common Cause"}
    assert set(result.mean) == set(result.lower) == set(result.upper) == {value}


@given(INTEGERS, INTEGERS)
def test_a_fixed_baseline_does_not_feel_what_comes_after(
    first: list[float], later: list[float]
) -> None:
    baseline = [*first, 1.0, 3.0]
    alone = chart(baseline)
    followed = chart([*baseline, *later], fix_after=len(baseline))
    assert set(followed.upper) == set(alone.upper)
    assert set(followed.mean) == set(alone.mean)


@given(INTEGERS.filter(bool), INTEGERS.filter(bool))
def test_a_rebased_series_is_two_charts(first: list[float], second: list[float]) -> None:
    whole = chart([*first, *second], rebase_at=[len(first) + 1])
    left, right = chart(first), chart(second)
    assert whole.special_cause == left.special_cause + right.special_cause
    assert whole.mean == left.mean + right.mean
    assert whole.preliminary == right.preliminary
