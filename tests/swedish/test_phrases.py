"""The pieces of sentences."""

import math

import pytest

from swedish.phrases import against_target, in_period, joined, known, quantity, reference, span


def test_known() -> None:
    assert known(0.0)
    assert not any(known(value) for value in (None, math.nan, math.inf))


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "text"),
    [
        (0.64, "dagar", 2, "0,64 dagar"),
        (1, "dagar", 0, "1 dag"),
        (1.0, "dagar", 1, "1,0 dagar"),
        (1, "dagar per 1 000 invånare", 0, "1 dag per 1 000 invånare"),
        (12.34, "procent", 1, "12,3 procent"),
        (7, "antal", 0, "7"),
        (7, "", 0, "7"),
    ],
)
def test_quantity(value: float, unit: str, decimals: int, text: str) -> None:
    assert quantity(value, unit, decimals) == text


def test_in_period() -> None:
    assert in_period("2019-07") == "i juli 2019"
    assert in_period("2020-K1") == "under kvartal 1 2020"
    assert in_period("2020") == "under 2020"


@pytest.mark.parametrize(
    ("target", "decimals", "text"),
    [(3.0, 2, "3,0"), (3.0, 0, "3"), (2.5, 0, "2,5"), (2.75, 1, "2,75"), (80.0, 1, "80,0")],
)
def test_a_target_is_written_as_it_was_set(target: float, decimals: int, text: str) -> None:
    assert against_target(0.0, target, decimals) == f"under målet {text}"


def test_span() -> None:
    assert span(0.41, 0.92, 2) == "0,41–0,92"
    assert span(-0.1, 0.92, 2) == "−0,10 till 0,92"


def test_reference_and_joined_leave_out_what_is_missing() -> None:
    assert reference("SIMBA", 0.5, "dagar", 1) == "SIMBA: 0,5 dagar."
    assert reference("SIMBA", None, "dagar", 1) == ""
    assert joined("A.", "", "B.") == "A. B."
