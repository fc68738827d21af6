"""How an indicator of counts is calculated: what fills the placeholders of `cube.sql`."""

from metrics.datasets.dataset import Placeholders, statement, sum_of
from metrics.indicator import POPULATION, Indicator, terms_of

STATEMENT = statement("counted", "cube.sql")
_KNOWN = "filter (where state = 'ok')"


def fill(indicator: Indicator) -> Placeholders:
    """The expressions over the measures of `part`, and the parameters."""
    measured = [measure for measure in indicator.measures if measure != POPULATION]
    inhabitants = indicator.denominator == POPULATION
    top, bottom = f"sum(numerator) {_KNOWN}", f"sum(denominator) {_KNOWN}"
    expressions = {
        "numerator": sum_of(terms_of(indicator.numerator)),
        "denominator": ("null::double" if inhabitants else sum_of(terms_of(indicator.denominator))),
        "known": " and ".join(f"{measure} is not null" for measure in measured),
        "hidden": " or ".join(f"{measure}_state = 'confidential'" for measure in measured),
        "delivered": " and ".join(f"{measure}_state is not null" for measure in measured),
        "municipal_numerator": (
            f"greatest(0, {top} - {indicator.threshold} * {bottom})"
            if indicator.calculation == "excess"
            else top
        ),
        "municipal_denominator": "max(population)" if inhabitants else bottom,
        # A rate counts the places that it is of; else a place that lacks a part is not whole.
        "reported": "known > 0" if inhabitants else "known = parts",
        "silent_denominator": "sum(population)" if inhabitants else "0",
        "value": (
            f"{indicator.per} * numerator / nullif(denominator, 0)"
            if indicator.calculation == "ratio"
            else "numerator"
        ),
    }
    return expressions, {"dataset": indicator.dataset}
