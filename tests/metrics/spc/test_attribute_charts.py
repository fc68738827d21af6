"""u- and p-charts against limits worked out by hand, and which chart an indicator has."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.catalogue import indicator, indicators
from metrics.spc.attribute_charts import attribute_chart, fits
from metrics.spc.control import NOTES, WHICH, Series, control_chart
from metrics.spc.xmr import Improvement
from swedish.periods import periods_between

NEUTRAL: Improvement = "neutral"


def test_a_u_chart_by_hand() -> None:
    # 24 cases over 12 units: 2 a unit; at size 4 the spread is the root of 2/4.
    chart = attribute_chart("u", [4, 8, 12], [2, 4, 6], per=1, improvement=NEUTRAL)
    assert chart.mean == (2.0, 2.0, 2.0)
    assert chart.upper[1] == pytest.approx(2 + 3 * math.sqrt(2 / 4))
    assert chart.lower[1] == 0.0
    assert chart.upper[2] == pytest.approx(2 + 3 * math.sqrt(2 / 6))
    assert chart.kind == "u"
    assert chart.preliminary


def test_a_p_chart_by_hand() -> None:
    # 30 of 100: at 25 the spread is the root of 0,3 · 0,7 / 25.
    chart = attribute_chart("p", [5, 25], [25, 75], per=100, improvement="increase")
    spread = 100 * math.sqrt(0.3 * 0.7 / 25)
    assert chart.mean == pytest.approx((30.0, 30.0))
    assert chart.upper[0] == pytest.approx(30 + 3 * spread)
    assert chart.lower[0] == pytest.approx(30 - 3 * spread)


def test_what_is_outside_its_own_limits_is_a_signal() -> None:
    # 30 is outside 5 ± 3 √5, and 9 is inside.
    counts = [4.0, 5, 3, 6, 4, 5, 4, 6, 5, 9, 4, 30]
    chart = attribute_chart("u", counts, [1] * 12, per=1, improvement=NEUTRAL)
    assert chart.point_type[9] == "common_cause"
    assert chart.point_type[11] == "special_cause_neutral_high"
    assert not chart.preliminary


def test_new_limits_begin_anew() -> None:
    chart = attribute_chart(
        "u", [2, 2, 2, 8, 8, 8], [1] * 6, per=1, improvement=NEUTRAL, rebase_at=[4]
    )
    assert chart.mean == (2, 2, 2, 8, 8, 8)


@pytest.mark.parametrize(("kind", "tops", "bottoms"), [("u", [1], [0]), ("p", [3], [2])])
def test_what_cannot_be_counted(kind: str, tops: list[float], bottoms: list[float]) -> None:
    with pytest.raises(ValueError):
        attribute_chart("p" if kind == "p" else "u", tops, bottoms, per=1, improvement=NEUTRAL)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 60)), min_size=2, max_size=30))
def test_limits_lie_around_the_mean_and_shares_between_0_and_100(
    counts: list[tuple[int, int]],
) -> None:
    tops = [float(min(top, size)) for top, size in counts]
    sizes = [float(size) for _, size in counts]
    for kind in ("u", "p"):
        chart = attribute_chart(
            "p" if kind == "p" else "u", tops, sizes, per=100, improvement=NEUTRAL
        )
        for low, mean, high in zip(chart.lower, chart.mean, chart.upper, strict=True):
            assert 0 <= low <= mean + 1e-9
            assert mean <= high + 1e-9
            assert kind == "u" or high <= 100 + 1e-9


def test_small_counts_are_told_from_large() -> None:
    assert fits([3, 4, 5], None)
    assert not fits([300, 400, 500], None)
    # 95 of 100 is as rare as 5 of 100.
    assert fits([95, 96, 94], [100, 100, 100])
    assert not fits([], None)


def counts(*numbers: float) -> Series:
    """Of quarters in a row."""
    return Series(
        periods=periods_between("2020-K1", "2029-K4")[: len(numbers)],
        values=numbers,
        tops=numbers,
        bottoms=[math.nan] * len(numbers),
    )


def test_the_county_has_xmr_and_a_small_place_u() -> None:
    about = indicator("deviations")
    large = control_chart(about, counts(400, 410, 390, 405, 395, 410))
    small = control_chart(about, counts(4, 6, 3, 5, 4, 7))
    assert (large.kind, small.kind) == ("xmr", "u")


def test_what_matures_has_no_limits() -> None:
    about = indicator("deviations_open")
    chart = control_chart(about, counts(9, 20, 300))
    assert chart.kind == "none"
    assert all(map(math.isnan, chart.upper))
    assert set(chart.point_type) == {"common_cause"}


def test_every_chart_is_told() -> None:
    assert {one.chart for one in indicators().values()} <= NOTES.keys() < WHICH.keys()
    with pytest.raises(ValueError, match="chart 'g'"):
        replace(indicator("deviations"), chart="g")
