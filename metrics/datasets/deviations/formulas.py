"""How an indicator of deviations is calculated: what fills the placeholders of `cube.sql`."""

from metrics.datasets.dataset import Placeholders, sum_of
from metrics.indicator import POPULATION, Indicator, terms_of

# What counts without cases have too.
_COUNTED = {"deviations"}


def fill(indicator: Indicator) -> Placeholders:
    """The expressions over `deviation_view`, and the parameters.

    A median is of the single cases that are seen from a place (facts.sql), and no ratio of sums.
    """
    rate = indicator.denominator == POPULATION
    counted = sum_of(terms_of(indicator.numerator))
    # Numerator and denominator are of the same cases.
    known = f"bool_and({counted} is not null) filter (where state = 'ok')"
    top = f"case when {known} then sum({counted}) end"
    bottom = "any_value(population)" if rate else f"sum({sum_of(terms_of(indicator.denominator))})"
    if indicator.calculation == "median":
        top, bottom = "null::double", f"count({indicator.numerator})"
    values = {
        "sum": top,
        "ratio": f"{indicator.per} * {top} / nullif({bottom}, 0)",
        "median": "null::double",
    }
    expressions = {
        "numerator": top,
        "denominator": "null::double"
        if indicator.denominator is None and indicator.calculation == "sum"
        else bottom,
        "value": values[indicator.calculation],
        "timed": "half" if indicator.calculation == "median" else "value",
    }
    cases = set(indicator.measures) - {POPULATION} != _COUNTED
    counts = indicator.calculation == "sum" or rate
    return expressions, {"cases": cases, "counts": counts, "rate": rate}
