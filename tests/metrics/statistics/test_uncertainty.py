"""Confidence intervals against scipy's, and for which indicators there are any."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from metrics.catalogue import indicator, indicators
from metrics.statistics import uncertainty


@pytest.mark.parametrize(
    ("part", "whole"), [(0, 1), (1, 1), (0, 40), (3, 40), (20, 40), (40, 40), (812, 2_202)]
)
def test_wilson_is_that_of_scipy(part: int, whole: int) -> None:
    expected = stats.binomtest(part, whole).proportion_ci(method="wilson")
    assert uncertainty.wilson(part, whole) == pytest.approx(tuple(expected), abs=1e-12)


@given(st.integers(1, 5_000), st.data())
def test_a_share_lies_within_its_interval(whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole))
    low, high = uncertainty.wilson(part, whole)
    assert 0 <= low <= part / whole <= high <= 1


@pytest.mark.parametrize("count", [0, 1, 2, 4, 10, 57, 400, 2_202, 50_000])
def test_poisson_is_that_of_scipy(count: int) -> None:
    low = stats.chi2.ppf(0.025, 2 * count) / 2 if count else 0.0
    high = stats.chi2.ppf(0.975, 2 * count + 2) / 2
    assert uncertainty.exact_poisson(count) == pytest.approx((low, high), rel=1e-9)


@pytest.mark.parametrize(("part", "whole"), [(3, 2), (-1, 2), (0, 0), (math.nan, 2)])
def test_what_is_no_part_of_a_whole_is_refused(part: float, whole: float) -> None:
    with pytest.raises(ValueError, match="part of a whole"):
        uncertainty.wilson(part, whole)


@pytest.mark.parametrize("count", [-1, math.nan, math.inf])
def test_what_is_no_count_is_refused(count: float) -> None:
    with pytest.raises(ValueError, match="count from 0"):
        uncertainty.exact_poisson(count)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("same_day_share", "wilson"),
        ("before_notice_share", "wilson"),
        ("over_7", "poisson"),
        ("discharges", "poisson"),
        ("mean_days", None),
        ("ready_days", None),
        ("ready_days_per_1000", None),
        ("excess_days", None),
    ],
)
def test_only_counts_of_people_have_an_interval(key: str, expected: str | None) -> None:
    assert uncertainty.method(indicator(key)) == expected


def test_an_interval_is_in_the_unit_of_its_indicator() -> None:
    found = uncertainty.interval(indicator("same_day_share"), numerator=30, denominator=40)
    expected = stats.binomtest(30, 40).proportion_ci(method="wilson")
    assert found == pytest.approx((100 * expected.low, 100 * expected.high))
    found = uncertainty.interval(indicator("over_7"), numerator=4, denominator=None)
    assert found == pytest.approx((1.0899, 10.2416), abs=1e-4)


def test_without_its_parts_a_value_has_no_interval() -> None:
    share = indicator("same_day_share")
    assert uncertainty.interval(share, numerator=math.nan, denominator=40) is None
    assert uncertainty.interval(share, numerator=3, denominator=None) is None
    assert uncertainty.interval(share, numerator=0, denominator=0) is None
    assert uncertainty.interval(indicator("mean_days"), numerator=9, denominator=10) is None


def test_every_indicator_says_how_its_uncertainty_is_shown() -> None:
    for chosen in indicators().values():
        has_interval = uncertainty.note(chosen).startswith("95-procentigt")
        assert has_interval == (uncertainty.method(chosen) is not None)
