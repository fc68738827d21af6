"""The measures that indicators are made of, as users read them, and what they count."""

from dataclasses import replace

import pytest

from metrics import catalogue
from metrics.catalogue import indicator, measured
from metrics.datasets.dataset import Measure


def test_measures_read_as_text() -> None:
    chosen = indicator("mean_days")
    assert measured(chosen.numerator, chosen.dataset) == "vårddagar som utskrivningsklar"
    assert measured("discharges + before_notice", "discharges") == (
        "utskrivna utskrivningsklara och utskrivna före meddelande om utskrivningsklar"
    )
    assert measured("population", "deviations") == "folkbokförda invånare"


def test_a_measure_that_counts_something_else_is_refused() -> None:
    with pytest.raises(ValueError, match="counts 'apples'"):
        Measure(name="äpplen", counts="apples")


def test_a_sum_of_different_things_says_what_it_counts() -> None:
    mixed = replace(indicator("discharges"), numerator="discharges + ready_days")
    with pytest.raises(ValueError, match="counts days, persons"):
        catalogue._check(mixed, declared=False)
