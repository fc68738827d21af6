"""Delivered indicators under disclosure control: small numerators, their shares, and sums."""

from metrics.catalogue import indicators
from metrics.datasets.indicators.cells import Delivered, table
from metrics.disclosure.audit import ranges
from metrics.disclosure.pattern import pattern

INDICATORS = [one for one in indicators().values() if one.dataset == "indicators"]


def hidden(*rows: Delivered) -> set[str]:
    """The places of which something is hidden, everything hidden being open."""
    made = table(rows, INDICATORS, 5)
    found = pattern(made)
    assert all(one.safe for one in ranges(made, found.hidden))
    return {
        row.location[1]
        for row in made.rows
        if row.numerator in found.hidden or row.denominator in found.hidden
    }


def municipality(code: str, numerator: float | None, denominator: float | None) -> Delivered:
    return Delivered(
        "sip_share", "municipality", code, "sodra-alvsborg", numerator, denominator, None
    )


def test_large_numbers_are_shown() -> None:
    assert not hidden(municipality("1490", 60, 100), municipality("1463", 20, 40))


def test_a_small_numerator_takes_another_with_it() -> None:
    found = hidden(municipality("1490", 60, 100), municipality("1463", 2, 40))
    assert found == {"1490", "1463"}


def test_a_small_rest_is_hidden_as_a_small_numerator_is() -> None:
    assert "1463" in hidden(municipality("1490", 60, 100), municipality("1463", 38, 40))


def test_an_area_that_is_delivered_as_the_sum_gives_nothing_away() -> None:
    area = Delivered("sip_share", "area", "sodra-alvsborg", None, 62, 140, None)
    found = hidden(municipality("1490", 60, 100), municipality("1463", 2, 40), area)
    assert found == {"1490", "1463"}


def test_an_area_that_is_larger_than_its_parts_has_a_rest_that_nobody_knows() -> None:
    area = Delivered("sip_share", "area", "sodra-alvsborg", None, 90, 200, None)
    # The county is the sum of the municipalities that are known, here of one.
    assert hidden(municipality("1463", 2, 40), area) == {"1463", "lan"}


def test_a_value_alone_is_a_count_where_the_indicator_is() -> None:
    one = Delivered("suicides", "municipality", "1490", "sodra-alvsborg", None, None, 3)
    other = Delivered("suicides", "municipality", "1480", "goteborg", None, None, 30)
    assert "1490" in hidden(one, other)


def test_what_the_file_hid_is_no_cell() -> None:
    assert not table([municipality("1490", None, 40)], INDICATORS, 5).rows
