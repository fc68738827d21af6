"""Numbers, sorting and plurals as Swedish readers write them."""

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swedish import typography


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, 0, "0"),
        (0.64, 2, "0,64"),
        (1234.5, 1, "1\u00a0234,5"),
        (1234567, 0, "1\u00a0234\u00a0567"),
        (-1234.5, 1, "\u22121\u00a0234,5"),
        (2.675, 2, "2,68"),
        (0.125, 2, "0,13"),
        (2.5, 0, "3"),
        (-2.5, 0, "\u22123"),
        (-0.004, 2, "0,00"),
        (3, 2, "3,00"),
        (Decimal("1000.005"), 2, "1\u00a0000,01"),
        (10**40, 2, "10" + "\u00a0000" * 13 + ",00"),
        (1e-300, 1, "0,0"),
        (None, 2, "–"),
        (math.nan, 2, "–"),
        (math.inf, 0, "–"),
    ],
)
def test_number(value: float | Decimal | None, decimals: int, text: str) -> None:
    assert typography.number(value, decimals) == text


@given(st.floats(-1e12, 1e12), st.integers(0, 6))
def test_number_reads_back_within_half_a_last_decimal(value: float, decimals: int) -> None:
    text = typography.number(value, decimals)
    read = Decimal(text.replace("\u00a0", "").replace(",", ".").replace("\u2212", "-"))
    assert abs(read - Decimal(repr(value))) <= Decimal("0.5").scaleb(-decimals)


@given(st.floats(0.001, 1e12), st.integers(0, 3))
def test_number_of_the_opposite_differs_only_in_sign(value: float, decimals: int) -> None:
    assert typography.number(-value, decimals).lstrip("\u2212") == typography.number(
        value, decimals
    )


def test_kronor() -> None:
    assert typography.kronor(275000) == "275\u00a0000\u00a0kr"
    assert typography.kronor(-10) == "\u221210\u00a0kr"
    assert typography.kronor(None) == "–"


def test_sort_key_follows_the_swedish_alphabet() -> None:
    names = ["Öckerö", "Åmål", "Älvsborg", "Ale", "Vara", "Vänersborg", "Västra", "Zinkgruvan"]
    assert sorted(names, key=typography.sort_key) == [
        "Ale",
        "Vara",
        "Vänersborg",
        "Västra",
        "Zinkgruvan",
        "Åmål",
        "Älvsborg",
        "Öckerö",
    ]


def test_sort_key_puts_accents_and_case_aside() -> None:
    assert typography.sort_key("Idé") == typography.sort_key("ide")
    # "ö" written as o with a combining diaeresis is still ö.
    assert typography.sort_key("O\u0308ckero\u0308") == typography.sort_key("Öckerö")


def test_plural() -> None:
    assert typography.plural(1, "kommun", "kommuner") == "1 kommun"
    assert typography.plural(5, "kommun", "kommuner") == "5 kommuner"
    assert typography.plural(0, "kommun", "kommuner") == "0 kommuner"
    assert typography.plural(1200, "dag", "dagar") == "1\u00a0200 dagar"


def test_enumerate_words() -> None:
    assert typography.enumerate_words([]) == ""
    assert typography.enumerate_words(["a"]) == "a"
    assert typography.enumerate_words(["a", "b"]) == "a och b"
    assert typography.enumerate_words(("a", "b", "c")) == "a, b och c"


def test_a_number_in_a_text_is_kept_in_one_piece() -> None:
    assert typography.thousands_together("per 1 000 inv. 2026") == "per 1\u00a0000 inv. 2026"
    assert typography.thousands_together("kvartal 3 2026") == "kvartal 3 2026"
