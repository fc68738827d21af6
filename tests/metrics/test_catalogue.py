"""The measures that indicators are made of, as users read them."""

import pytest

from metrics.catalogue import MEASURES, POPULATION, Measure, indicator, measured, measures


def test_every_measure_has_a_name() -> None:
    used = {measure for of_dataset in MEASURES.values() for measure in of_dataset}
    assert used | {POPULATION} <= set(measures())


def test_measures_read_as_text() -> None:
    assert measured(indicator("mean_days").numerator) == "vårddagar som utskrivningsklar"
    assert measured("discharges + before_notice") == (
        "utskrivna utskrivningsklara och utskrivna före meddelande om utskrivningsklar"
    )


def test_a_measure_that_counts_something_else_is_refused() -> None:
    with pytest.raises(ValueError, match="input_value='apples'"):
        Measure.model_validate({"name": "äpplen", "counts": "apples"})
