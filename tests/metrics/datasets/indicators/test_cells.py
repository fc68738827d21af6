"""Delivered indicators under disclosure control: small numerators, their shares, and sums."""

from dataclasses import replace

import pytest

from metrics.catalogue import indicator, indicators
from metrics.datasets.indicators.cells import Delivered, table
from metrics.disclosure.audit import ranges
from metrics.disclosure.pattern import pattern
from metrics.disclosure.scope import protected

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


PLACES = (
    Delivered("own", "municipality", "1490", "sodra-alvsborg", 3, 40, 3),
    Delivered("own", "municipality", "1463", "sodra-alvsborg", 30, 50, 30),
    Delivered("own", "municipality", "1480", "goteborg", 60, 90, 60),
)


def shows_boras(calculation: str, counts: str, unit: str = "antal") -> bool:
    """Whether an indicator of few persons in Borås is shown there as it is."""
    ratio = calculation == "ratio"
    own = replace(
        indicator("sip_share" if ratio else "suicides"),
        key="own", calculation=calculation, counts=counts, unit=unit, share=False,
    )  # fmt: skip
    if not protected(own):
        return True
    made = table(PLACES, [own], 5)
    found = pattern(made)
    assert all(one.safe for one in ranges(made, found.hidden))
    rows = [row for row in made.rows if row.location[1] == "1490"]
    return not any(row.numerator in found.hidden for row in rows)


@pytest.mark.parametrize("calculation", ["sum", "ratio", "value"])
@pytest.mark.parametrize("unit", ["antal", "utskrivna", "kr", "%", "procent", "dagar"])
def test_few_persons_are_hidden_whatever_the_unit_is_called(calculation: str, unit: str) -> None:
    """The unit `utskrivna` has kr in it, and was taken for money."""
    assert not shows_boras(calculation, "persons", unit)
    assert not shows_boras(calculation, "cases", unit)


@pytest.mark.parametrize("counts", ["days", "money", "inhabitants", "none"])
def test_what_counts_no_persons_is_shown(counts: str) -> None:
    assert all(shows_boras(how, counts, "personer") for how in ("sum", "ratio", "value"))


def test_what_few_persons_are_divided_by_is_hidden_also_of_money() -> None:
    cost = replace(indicator("sip_share"), key="own", counts="money", share=False)
    row = Delivered("own", "municipality", "1490", "sodra-alvsborg", 250_000, 3, None)
    other = Delivered("own", "municipality", "1463", "sodra-alvsborg", 900_000, 30, None)
    made = table([row, other], [cost], 5)
    hidden = pattern(made).hidden
    (boras,) = (one for one in made.rows if one.location[1] == "1490")
    assert boras.denominator in hidden


def test_an_indicator_that_declares_nothing_counts_persons() -> None:
    (declared,) = (one for one in INDICATORS if one.key == "suicides")
    assert type(declared)(**{**vars(declared), "counts": "persons"}) == declared
    assert type(declared).__dataclass_fields__["counts"].default == "persons"


def test_a_value_that_is_not_added_up_has_no_row_where_it_was_not_delivered() -> None:
    own = replace(indicator("suicides"), key="own", calculation="value")
    made = table(PLACES, [own], 5)
    assert {row.location[0] for row in made.rows} == {"municipality"}
