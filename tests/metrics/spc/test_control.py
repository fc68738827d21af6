"""A control chart says nothing that its values cannot carry."""

import math
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.catalogue import indicator
from metrics.spc.control import FEWEST, Series, control_chart
from metrics.spc.xmr import Xmr
from swedish.periods import periods_between

MONTHS = periods_between("2023-01", "2026-12")
MEAN, SHARE = indicator("mean_days"), indicator("same_day_share")


def chart(
    values: Sequence[float], *, key: str = "mean_days", hidden: int = 0, without: int | None = None
) -> Xmr:
    """Of months in a row, with one left out after `without` values."""
    months = [month for at, month in enumerate(MONTHS) if at != without]
    series = Series(
        periods=months[: len(values)],
        values=values,
        tops=[math.nan] * len(values),
        bottoms=[math.nan] * len(values),
        hidden=hidden,
    )
    return control_chart(indicator(key), series)


def silent(found: Xmr) -> bool:
    return all(map(math.isnan, found.upper)) and set(found.point_type) <= {"common_cause"}


@given(st.lists(st.integers(0, 9), max_size=FEWEST - 1))
def test_fewer_than_six_values_are_not_read(values: list[int]) -> None:
    found = chart(values)
    assert silent(found)
    assert found.assurance is None


def test_a_series_that_is_mostly_zeros_has_no_limits_and_no_signals() -> None:
    """Nine zeros and a small number gave limits of no width, and a signal at every value."""
    found = chart([0.0] * 9 + [0.8])
    assert silent(found)
    assert found.kind == "zeros"


def test_what_is_usual_is_no_signal() -> None:
    """One value far from others that are much alike put twelve of thirteen below the limits."""
    alike = [92.0, 91, 91, 92, 92, 90, 91, 92, 92, 90, 91, 92]
    found = chart([147.0, *alike], key="ready_days")
    assert silent(found)
    assert found.kind == "flat"
    jump = chart([*alike, 147.0], key="ready_days")
    assert jump.point_type[-1] == "special_cause_concern"


def test_a_series_of_which_a_quarter_is_hidden_is_not_read() -> None:
    values = [0.5, 0.7] * 6
    assert not silent(chart(values, hidden=4))
    assert silent(chart(values, hidden=5))
    assert chart(values, hidden=5).kind == "hidden"
    # Nor a mean, which would be each value, drawn on through what is hidden.
    assert all(math.isnan(mean) for mean in chart(values, hidden=5).mean)


@given(st.lists(st.floats(0, 100), min_size=FEWEST, max_size=30))
def test_limits_are_within_what_a_share_can_be(values: list[float]) -> None:
    found = chart(values, key="same_day_share")
    assert all(math.isnan(low) or low >= 0 for low in found.lower)
    assert all(math.isnan(high) or high <= 100 for high in found.upper)


def test_nothing_is_in_a_row_over_a_month_that_is_not_there() -> None:
    values = [0.7, 1.3] * 6 + [1.1, 0.9] * 2 + [1.2] * 7
    assert chart(values).special_cause[-1] == "7 Points Above CL"
    assert chart(values, without=len(values) - 3).special_cause[-1] == "Common Cause"


@pytest.mark.parametrize("without", [None, 14])
def test_a_gap_leaves_the_limits_as_they_are(without: int | None) -> None:
    """They are of all the values: the mean, and 2.66 times the mean of their steps."""
    values = [0.7, 1.3, 0.8, 1.2] * 5
    found = chart(values, without=without)
    mean = sum(values) / len(values)
    step = sum(abs(b - a) for a, b in pairwise(values)) / (len(values) - 1)
    assert found.upper[0] == pytest.approx(mean + 2.66 * step)
