"""The rate of false discoveries is held as scipy holds it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from metrics.statistics.many import FALSE_SHARE, discoveries


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20), st.integers(0, 30))
def test_as_scipy(chances: list[float], silent: int) -> None:
    adjusted = false_discovery_control([*chances, *[1.0] * silent])
    wanted = {at for at in range(len(chances)) if adjusted[at] <= FALSE_SHARE}
    found = discoveries(dict(enumerate(chances)), among=len(chances) + silent)
    assert all(at in found for at in wanted if adjusted[at] < FALSE_SHARE - 1e-9)
    assert found <= {at for at in range(len(chances)) if adjusted[at] <= FALSE_SHARE + 1e-9}


def test_more_signals_than_series_cannot_be() -> None:
    with pytest.raises(ValueError, match="2 signals among 1"):
        discoveries({"a": 0.1, "b": 0.2}, among=1)
