"""Each SPC rule on hand-made vectors."""

import math

import pytest

from metrics.spc.rules import (
    process_limits,
    seven_on_one_side,
    seven_point_trend,
    sides,
    two_in_three,
)


def test_limits_are_mean_and_2_66_moving_ranges() -> None:
    limits = process_limits([4.0, 6.0, 4.0, 6.0])  # mean 5, every moving range 2
    assert limits.mean == 5.0
    assert (limits.lower, limits.upper) == pytest.approx((5 - 5.32, 5 + 5.32))
    assert (limits.near_lower, limits.near_upper) == pytest.approx(
        (5 - 5.32 * 2 / 3, 5 + 5.32 * 2 / 3)
    )


def test_large_moving_ranges_are_screened_out() -> None:
    # Moving ranges 1 × 8, 20, 1: mean 29/10 and screen 9.47, so 20 goes and 1 remains.
    limits = process_limits([0.0, 1.0] * 4 + [0.0, 20.0, 21.0])
    assert limits.upper - limits.mean == pytest.approx(2.66)


def test_limits_need_two_points() -> None:
    assert math.isnan(process_limits([]).mean)
    assert process_limits([3.0]).mean == 3.0
    assert math.isnan(process_limits([3.0]).upper)


def test_limits_of_equal_values_are_the_value() -> None:
    limits = process_limits([0.1] * 7)
    assert limits.lower == limits.mean == limits.upper == 0.1


def test_sides_leave_what_is_at_a_limit() -> None:
    assert sides([0.9, 1.0, 1.5, 2.0, 2.1], low=1.0, high=2.0) == [-1, 0, 0, 0, 1]
    assert sides([1.0], low=math.nan, high=math.nan) == [0]


def test_six_steps_make_a_trend_and_five_do_not() -> None:
    assert seven_point_trend([1, 2, 3, 4, 5, 6, 7]) == [1] * 7
    assert seven_point_trend([7, 6, 5, 4, 3, 2, 1]) == [-1] * 7
    assert seven_point_trend([1, 2, 3, 4, 5, 6]) == [0] * 6
    assert seven_point_trend([1, 2, 3, 4, 4, 5, 6, 7]) == [0] * 8


def test_a_trend_marks_only_its_own_points() -> None:
    assert seven_point_trend([2, 1, 2, 3, 4, 5, 6, 7, 3]) == [0, 1, 1, 1, 1, 1, 1, 1, 0]
    assert seven_point_trend([1, 2, 3, 4, 5, 6, 7, 8]) == [1] * 8


def test_a_turning_point_belongs_to_the_later_trend() -> None:
    peak = [1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1]
    assert seven_point_trend(peak) == [1] * 6 + [-1] * 7


def test_seven_on_one_side() -> None:
    assert seven_on_one_side([1] * 7) == [1] * 7
    assert seven_on_one_side([-1] * 8) == [-1] * 8
    assert seven_on_one_side([1] * 6) == [0] * 6
    assert seven_on_one_side([-1, *[1] * 7, 0]) == [0, *[1] * 7, 0]
    assert seven_on_one_side([1, 1, 1, 0, 1, 1, 1, 1]) == [0] * 8
    assert seven_on_one_side([0] * 9) == [0] * 9


@pytest.mark.parametrize(
    ("side", "near", "flags"),
    [
        ([1, 1, 1], [1, 0, 1], [1, 0, 1]),
        ([-1, -1, -1], [1, 1, 0], [-1, -1, 0]),
        ([1, 1, 1], [1, 1, 1], [1, 1, 1]),
        ([1, 1, 1], [0, 1, 0], [0, 0, 0]),
        ([1, -1, 1], [1, 0, 1], [0, 0, 0]),
        ([1, 1, -1], [1, 1, 0], [0, 0, 0]),
        ([1, 1], [1, 1], [0, 0]),
        ([1, 1, 1, 1], [1, 0, 0, 1], [0, 0, 0, 0]),
        ([0, 1, 1, 1, 0], [0, 1, 1, 0, 0], [0, 1, 1, 0, 0]),
    ],
)
def test_two_in_three(side: list[int], near: list[int], flags: list[int]) -> None:
    assert two_in_three(side, [bool(at) for at in near]) == flags


def test_rules_of_an_empty_series() -> None:
    assert seven_point_trend([]) == seven_on_one_side([]) == two_in_three([], []) == []
