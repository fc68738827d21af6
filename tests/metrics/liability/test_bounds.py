"""The bounds of betalningsansvar are those of every way that the sums can have come about."""

from itertools import combinations_with_replacement

from hypothesis import given
from hypothesis import strategies as st

from metrics.liability.bounds import bounded
from metrics.liability.month import Stays
from metrics.liability.rules import Terms


def _owed(lengths: tuple[int, ...], long_stays: str) -> int:
    """Counted by hand from each stay's days."""
    late = [length for length in lengths if length > 7]
    beyond = sum(late) - 7 * len(late)
    if long_stays == "inside":
        return max(0, sum(lengths) - 3 * len(lengths))
    inside = [min(length, 7) for length in lengths]
    if long_stays == "outside":
        inside = [length for length in lengths if length <= 7]
    return beyond + max(0, sum(inside) - 3 * len(inside))


@given(
    st.integers(1, 4),
    st.integers(0, 26),
    st.sampled_from(("inside", "first_days", "outside")),
    st.booleans(),
)
def test_bounds_are_the_least_and_the_most_of_all_ways(
    n: int, days: int, long_stays: str, told: bool
) -> None:
    ways = [way for way in combinations_with_replacement(range(days + 1), n) if sum(way) == days]
    by_late: dict[int | None, set[int]] = {}
    for way in ways:
        late = sum(length > 7 for length in way) if told else None
        by_late.setdefault(late, set()).add(_owed(way, long_stays))
    for late, owed in by_late.items():
        answer = bounded(
            municipality="1480",
            period="2019-07",
            stays=[Stays(care_form=None, discharges=n, days=days, long_stays=late)],
            terms=Terms(long_stays=long_stays),
            rate=7800,
        )
        assert (answer.least_days, answer.most_days) == (min(owed), max(owed))
        assert answer.liable is (True if min(owed) > 0 else None if max(owed) > 0 else False)
        assert answer.least_amount == 7800 * min(owed)
