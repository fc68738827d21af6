"""Tables from whom to whom: no hidden number follows from the county's and the areas' together."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from metrics.datasets.deviations.ways import TOTAL, Way, sums
from metrics.datasets.deviations.ways_cells import Spot, hidden
from tests.effort import examples

# Two municipalities of Södra Älvsborg, one of Göteborgsområdet, and their hospitals.
HOMES = {"1490": "sodra-alvsborg", "1463": "sodra-alvsborg", "1480": "goteborg"}
HOSPITALS = ("Södra Älvsborgs Sjukhus", "Sahlgrenska Universitetssjukhuset")
PLACES = ("lan", "sodra-alvsborg", "goteborg")
ROUTES = [
    (way, HOMES[home])
    for home, hospital in product(HOMES, HOSPITALS)
    for way in (
        ("municipality", home, "hospital", hospital),
        ("hospital", hospital, "municipality", home),
    )
]


def seen(counts: list[int]) -> list[Way]:
    """The ways as the county and each area see them."""
    return [
        Way(place, *way, float(count))
        for (way, area), count in zip(ROUTES, counts, strict=True)
        for place in ("lan", area)
        if count
    ]


def tables(ways: list[Way]) -> dict[Spot, float]:
    """Every number of every table, sums included, that is not empty."""
    found: dict[Spot, float] = {}
    for place in PLACES:
        for (sender, receiver), cases in sums(way for way in ways if way.place == place).items():
            for spot in product((place,), (sender, TOTAL), (receiver, TOTAL)):
                found[spot] = found.get(spot, 0.0) + cases
    return found


def test_a_small_count_is_hidden_and_large_ones_alone_are_not() -> None:
    assert not hidden(seen([9, 8, 12, 7, 6, 5, 11, 9, 6, 20, 7, 8]), 5)
    covered = hidden(seen([2, 8, 12, 7, 6, 5, 11, 9, 6, 20, 7, 8]), 5)
    assert ("sodra-alvsborg", "Borås", "SÄS") in covered
    assert ("lan", TOTAL, TOTAL) not in covered
    assert len(covered) > 1


def test_what_a_place_has_in_all_stays_hidden_where_the_cube_hides_it() -> None:
    """Its row and its column, sums and all, would add up to it: 31 cases of Mark, 36 of Borås."""
    ways = seen([9, 8, 12, 7, 6, 5, 11, 9, 6, 20, 7, 8])
    assert not hidden(ways, 5)
    covered = hidden(ways, 5, covered={"municipality1463", "municipality1490"})
    for home in ("Mark", "Borås"):
        own = {("sodra-alvsborg", home, TOTAL), ("sodra-alvsborg", TOTAL, home)}
        assert own <= tables(ways).keys()
        assert covered & own


@settings(max_examples=examples(15))
@given(st.lists(st.integers(0, 9), min_size=len(ROUTES), max_size=len(ROUTES)))
def test_an_attack_with_all_tables_opens_nothing(counts: list[int]) -> None:
    ways = seen(counts)
    every, covered = tables(ways), hidden(ways, 5)
    known = [way for (way, _), count in zip(ROUTES, counts, strict=True) if count]
    columns = {way: at for at, way in enumerate(known)}

    def row(spot: Spot) -> list[float]:
        alone = {way: 1.0 for way in known}
        of = [Way(spot[0], *way, alone[way]) for way in known if _sees(spot[0], way)]
        here = [0.0] * len(known)
        for way in of:
            sender, receiver = way.ends
            if spot[1] in (sender, TOTAL) and spot[2] in (receiver, TOTAL):
                fine = (way.sender_level, way.sender, way.receiver_level, way.receiver)
                here[columns[fine]] = 1.0
        return here

    shown = [spot for spot in every if spot not in covered]
    # Nobody is shown as 0, so what is hidden is somebody; but for tables that hide 0.
    closed = {spot[0] for spot in covered - every.keys()}
    covered &= every.keys()
    somebody = [
        [-factor for factor in row(spot)]
        for spot in covered
        if TOTAL not in spot and spot[0] not in closed
    ]
    for spot, value in every.items():
        assert not (1 <= value < 5 and spot not in covered)
    for spot in covered:
        low, high = (
            sign
            * linprog(
                [sign * factor for factor in row(spot)],
                A_eq=[row(one) for one in shown] or None,
                b_eq=[every[one] for one in shown] or None,
                A_ub=somebody or None,
                b_ub=[-1.0] * len(somebody) or None,
                bounds=(0, 1000),
            ).fun
            for sign in (1, -1)
        )
        least = 2 if 1 <= every[spot] < 5 else 0.01
        assert np.floor(high + 1e-6) - np.ceil(low - 1e-6) >= least or high - low > least


def test_tables_that_nothing_else_keeps_closed_hide_their_zeros() -> None:
    """Every way has one case and the totals are shown: only if some may be nobody is any open."""
    ways = seen([1, 0, 1, 1, 1, 0, 0, 1, 1, 1, 1, 0])
    zeros = hidden(ways, 5) - tables(ways).keys()
    assert zeros and all(TOTAL not in spot for spot in zeros)


def _sees(place: str, way: tuple[str, ...]) -> bool:
    return place in ("lan", *(area for one, area in ROUTES if one == way))


@pytest.mark.parametrize("threshold", [0, 1])
def test_no_threshold_hides_nothing(threshold: int) -> None:
    assert not hidden(seen([1] * len(ROUTES)), threshold)
