"""Where a period begins, ends and has its middle on an axis of time."""

import pytest

from charts import theme


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2026-K1", "2026-01-01", "2026-03-28"),
        ("2026-K4", "2026-10-01", "2026-12-28"),
        ("2026", "2026-01-01", "2026-12-28"),
    ],
)
def test_the_ends_of_a_period_hold_its_middle(period: str, first: str, last: str) -> None:
    assert theme.ends(period) == (first, last)
    assert first < theme.middle(period) < last
