"""Municipalities against exact Poisson limits around the rate of them all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from metrics.statistics.funnel import funnel, limits

COUNTS = {"1480": 60, "1402": 12, "1407": 0, "1438": 9}
PEOPLE = {"1480": 600_000, "1402": 40_000, "1407": 13_000, "1438": 4_600, "1401": 40_000}
NAMES = {
    "1480": "Göteborg",
    "1402": "Partille",
    "1407": "Öckerö",
    "1438": "Dals-Ed",
    "1401": "Härryda",
}
PLACES = st.lists(st.tuples(st.integers(0, 90), st.integers(500, 700_000)), min_size=1, max_size=9)


def test_the_centre_is_the_rate_of_all_who_have_reported() -> None:
    drawn = funnel(COUNTS, inhabitants=PEOPLE, names=NAMES)
    assert drawn.rate == pytest.approx(81 / 657_600 * 10_000)
    assert [point.name for point in drawn.points] == ["Göteborg", "Partille", "Öckerö", "Dals-Ed"]


def test_where_places_stand() -> None:
    drawn = funnel(COUNTS, inhabitants=PEOPLE, names=NAMES)
    # 81 cases give means of 73.9, 4.93, 1.60 and 0.57.
    assert [point.position for point in drawn.points] == [
        "inside",
        "above_95",
        "inside",
        "above_998",
    ]


@given(PLACES)
def test_outside_is_outside_the_quantiles_of_scipy(places: list[tuple[int, int]]) -> None:
    counts = {str(n): count for n, (count, _) in enumerate(places)}
    people = {str(n): inhabitants for n, (_, inhabitants) in enumerate(places)}
    drawn = funnel(counts, inhabitants=people, names={key: key for key in counts})
    for point in drawn.points:
        mean = drawn.rate * point.inhabitants / 10_000
        lowest, low, high, highest = stats.poisson.ppf([0.001, 0.025, 0.975, 0.999], mean)
        expected = (
            "above_998" if point.count > highest
            else "above_95" if point.count > high
            else "below_998" if point.count < lowest
            else "below_95" if point.count < low
            else "inside"
        )  # fmt: skip
        assert point.position == expected


def test_the_curve_spans_the_places_and_narrows() -> None:
    curve = funnel(COUNTS, inhabitants=PEOPLE, names=NAMES).curve
    assert (curve[0][0], curve[-1][0]) == (4_600, 600_000)
    widths = [at.upper_998 - at.lower_998 for _, at in curve]
    assert widths == sorted(widths, reverse=True)
    assert all(at.lower_998 <= at.lower_95 <= at.upper_95 <= at.upper_998 for _, at in curve)


def test_nobody_has_reported() -> None:
    drawn = funnel({}, inhabitants=PEOPLE, names=NAMES)
    assert drawn.points == ()
    assert drawn.curve == ()


def test_no_cases_anywhere_puts_nobody_outside() -> None:
    drawn = funnel({"1480": 0, "1402": 0}, inhabitants=PEOPLE, names=NAMES)
    assert {point.position for point in drawn.points} == {"inside"}


def test_limits_need_inhabitants() -> None:
    with pytest.raises(ValueError, match="inhabitants"):
        limits(rate=1.2, inhabitants=0)
