"""The limits are scipy's, to the ninth decimal and beyond."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats

from metrics.statistics.poisson import at_least, at_most, lower_limit, upper_limit

MEANS = (0.01, 0.5, 1.0, 2.99, 3.7, 5.0, 17.3, 70.0, 283.4, 1000.0, 5000.0)
TAILS = (0.025, 0.001)
ANY_MEAN = st.floats(1e-6, 3000)
ANY_TAIL = st.sampled_from(TAILS)


@pytest.mark.parametrize("tail", TAILS)
@pytest.mark.parametrize("mean", MEANS)
def test_limits_are_the_quantiles_that_scipy_rounds(mean: float, tail: float) -> None:
    low, high = lower_limit(mean, tail), upper_limit(mean, tail)
    # pdtrik inverts the distribution function between whole counts; ppf rounds it up.
    if stats.poisson.ppf(tail, mean) > 0:
        assert low == pytest.approx(special.pdtrik(tail, mean), rel=1e-9, abs=1e-9)
    if high >= 1:
        assert high == pytest.approx(special.pdtrik(1 - tail, mean) + 1, rel=1e-9, abs=1e-9)


@given(ANY_MEAN, ANY_TAIL)
def test_whole_limits_are_the_poisson_quantiles(mean: float, tail: float) -> None:
    assert math.ceil(lower_limit(mean, tail)) == stats.poisson.ppf(tail, mean)
    assert math.floor(upper_limit(mean, tail)) == stats.poisson.ppf(1 - tail, mean)


@given(ANY_MEAN, ANY_TAIL)
def test_the_tail_beyond_a_limit_has_the_probability_asked_for(mean: float, tail: float) -> None:
    low, high = lower_limit(mean, tail), upper_limit(mean, tail)
    # The chi-squared distribution gives both tails of the Poisson (Garwood 1936).
    assert stats.chi2.cdf(2 * mean, 2 * high) == pytest.approx(tail, rel=1e-9)
    if low > 0:
        assert stats.chi2.sf(2 * mean, 2 * (low + 1)) == pytest.approx(tail, rel=1e-9)


@given(ANY_MEAN, st.integers(0, 4000))
def test_tails_are_those_of_scipy(mean: float, count: int) -> None:
    assert at_most(count, mean) == pytest.approx(stats.poisson.cdf(count, mean), abs=1e-11)
    assert at_least(count, mean) == pytest.approx(stats.poisson.sf(count - 1, mean), abs=1e-11)


@given(ANY_MEAN, ANY_TAIL, st.integers(0, 4000))
def test_a_count_is_outside_exactly_when_its_tail_is_too_thin(
    mean: float, tail: float, count: int
) -> None:
    assert (count > upper_limit(mean, tail)) == (count > stats.poisson.ppf(1 - tail, mean))
    assert (count < lower_limit(mean, tail)) == (count < stats.poisson.ppf(tail, mean))


def test_nothing_expected_has_no_room_for_anything() -> None:
    assert lower_limit(0, 0.025) == upper_limit(0, 0.025) == 0
    assert at_most(0, 0) == 1
    assert at_least(1, 0) == 0


@pytest.mark.parametrize("mean", [-1.0, math.nan, math.inf])
def test_a_mean_that_makes_no_sense_is_refused(mean: float) -> None:
    with pytest.raises(ValueError, match="mean"):
        upper_limit(mean, 0.025)


@pytest.mark.parametrize("tail", [0.0, 0.5, 1.0, -0.1])
def test_a_tail_that_makes_no_sense_is_refused(tail: float) -> None:
    with pytest.raises(ValueError, match="tail"):
        lower_limit(1.0, tail)
