"""Tables from whom to whom: no hidden number follows from the county's and the areas' together."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from metrics.datasets.deviations.unseen import Spot
from metrics.datasets.deviations.ways import TOTAL, Way, sums
from metrics.datasets.deviations.ways_cells import hidden, table
from metrics.disclosure.audit import ranges
from tests.effort import examples

# Two municipalities of Södra Älvsborg, one of Göteborgsområdet, and their hospitals.
HOMES = {"1490": "sodra-alvsborg", "1463": "sodra-alvsborg", "1480": "goteborg"}
HOSPITALS = ("Södra Älvsborgs Sjukhus", "Sahlgrenska Universitetssjukhuset")
SAS, SU = (("hospital", name) for name in HOSPITALS)
CARE = ("primary_care", "Närhälsan")
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
    shown = {spot: value for spot, value in every.items() if spot not in covered}
    # A table of which nothing is shown names nobody.
    seen_places = {spot[0] for spot in shown}
    closed = {spot[0] for spot in covered - every.keys()}
    named = [spot for spot in every if spot[0] in seen_places]
    # Nobody is shown as 0, so what is hidden is somebody, but for tables that hide 0; and whom a
    # table names has a case.
    somebody = [_row(spot) for spot in named if TOTAL in spot or spot[0] not in closed]
    highest = [1000] * len(ROUTES)
    for at, (way, area) in enumerate(ROUTES):
        for place in seen_places & {"lan", area}:
            sender, receiver = Way(place, *way, 0.0).ends
            sums_named = {(place, sender, TOTAL), (place, TOTAL, receiver)} <= every.keys()
            if not sums_named or (place not in closed and (place, sender, receiver) not in every):
                highest[at] = 0
    for spot, value in every.items():
        small = 1 <= value < 5
        assert not (small and spot in shown)
        if spot in shown or not (small or spot[0] in seen_places):
            continue
        low, high = (
            sign
            * linprog(
                [sign * factor for factor in _row(spot)],
                A_eq=[_row(one) for one in shown] or None,
                b_eq=list(shown.values()) or None,
                A_ub=[[-factor for factor in row] for row in somebody] or None,
                b_ub=[-1.0] * len(somebody) or None,
                bounds=[(0, most) for most in highest],
            ).fun
            for sign in (1, -1)
        )
        assert np.floor(high + 1e-6) - np.ceil(low - 1e-6) >= 2 if small else high - low > 0.01


def test_tables_that_nothing_else_keeps_closed_hide_their_zeros() -> None:
    """Every way has one case and the totals are shown: only if some may be nobody is any open."""
    ways = seen([1, 0, 1, 1, 1, 0, 0, 1, 1, 1, 1, 0])
    zeros = hidden(ways, 5) - tables(ways).keys()
    assert zeros and all(TOTAL not in spot for spot in zeros)


def test_a_table_that_hiding_zeros_does_not_keep_either_is_hidden_whole() -> None:
    """The area's 19 cases less the hospital's 15, both published, are the 4 that go elsewhere."""
    counts = {
        ("1490", SAS): 8, ("1463", SAS): 7, ("1490", CARE): 2, ("1463", CARE): 2,
        ("1480", SU): 30, ("1480", CARE): 20,
    }  # fmt: skip
    ways = [
        Way(place, "municipality", home, *end, float(count))
        for (home, end), count in counts.items()
        for place in ("lan", HOMES[home])
    ]
    covered = hidden(ways, 5)
    own = {spot for spot in tables(ways) if spot[0] == "sodra-alvsborg"}
    assert own <= covered
    assert ("goteborg", TOTAL, TOTAL) not in covered
    spots, _, made = table(ways, 5, before=covered)
    kept = {spots[spot] for spot in own if made.cells[spots[spot]].sensitive}
    assert len(kept) == 3
    assert all(one.safe for one in ranges(made, kept))


def _row(spot: Spot) -> list[float]:
    """Which of the routes a number of a table counts."""
    place, *ends = spot
    return [
        float(
            place in ("lan", area)
            and all(
                one in (TOTAL, end) for one, end in zip(ends, Way(place, *way, 0).ends, strict=True)
            )
        )
        for way, area in ROUTES
    ]


@pytest.mark.parametrize("threshold", [0, 1])
def test_no_threshold_hides_nothing(threshold: int) -> None:
    assert not hidden(seen([1] * len(ROUTES)), threshold)
