"""Parts that add up to the krona, and give each place what it is due."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.statistics.split import split

AMOUNTS = st.integers(0, 10**11)
PLACES = st.dictionaries(
    st.sampled_from(["ale", "boras", "kungalv", "mark", "tjorn", "vara"]),
    st.integers(0, 700_000),
    min_size=1,
).filter(lambda places: sum(places.values()) > 0)


@given(AMOUNTS, PLACES)
def test_the_parts_are_the_whole(amount: int, places: dict[str, int]) -> None:
    assert sum(split(amount, places).values()) == amount


@given(AMOUNTS, PLACES)
def test_nobody_is_a_krona_from_their_share(amount: int, places: dict[str, int]) -> None:
    total = sum(places.values())
    for place, part in split(amount, places).items():
        assert abs(part * total - amount * places[place]) < total


@given(AMOUNTS, PLACES)
def test_more_people_never_get_less(amount: int, places: dict[str, int]) -> None:
    parts = split(amount, places)
    ordered = sorted(places, key=lambda place: (places[place], parts[place]))
    assert [parts[place] for place in ordered] == sorted(parts.values())


@given(AMOUNTS, PLACES)
def test_the_order_of_the_places_does_not_matter(amount: int, places: dict[str, int]) -> None:
    assert split(amount, places) == split(amount, dict(reversed(places.items())))


def test_equal_remainders_go_by_key() -> None:
    assert split(2, {"c": 1, "a": 1, "b": 1}) == {"c": 0, "a": 1, "b": 1}


def test_ten_million_between_the_areas() -> None:
    people = {
        "goteborg": 779_050,
        "simba": 127_033,
        "samla": 86_573,
        "sodra-alvsborg": 229_603,
        "fyrbodal": 286_199,
        "skaraborg": 269_572,
    }
    # Ends in ,62 · ,26 · ,05 · ,67 · ,01 · ,40: two kronor are left over when all are cut off.
    assert split(10_000_000, people) == {
        "goteborg": 4_381_535,
        "simba": 714_459,
        "samla": 486_904,
        "sodra-alvsborg": 1_291_334,
        "fyrbodal": 1_609_641,
        "skaraborg": 1_516_127,
    }


@pytest.mark.parametrize(
    ("amount", "places"), [(-1, {"a": 1}), (1, {"a": 0}), (1, {}), (1, {"a": 2, "b": -1})]
)
def test_what_cannot_be_split_is_refused(amount: int, places: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="split"):
        split(amount, places)
