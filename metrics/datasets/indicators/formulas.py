"""How an indicator that is delivered is calculated: what fills the placeholders of `cube.sql`."""

from metrics.datasets.dataset import Placeholders
from metrics.indicator import Indicator


def fill(indicator: Indicator) -> Placeholders:
    """The expressions over `delivered`, and the parameters."""
    both = "numerator_state = 'ok' and denominator_state = 'ok'"
    stated = "case when value_state = 'ok' then value end"
    filled = {
        "ratio": (
            f"case when {both} then numerator end",
            f"case when {both} then denominator end",
            f"{indicator.per} * numerator / nullif(denominator, 0)",
        ),
        "sum": (
            f"case when numerator_state = 'ok' then numerator else {stated} end",
            "null::double",
            "numerator",
        ),
        "value": ("null::double", "null::double", "null::double"),
    }
    numerator, denominator, value = filled[indicator.calculation]
    expressions = {
        "numerator": numerator,
        "denominator": denominator,
        "value": value,
        "whole": "numerator is not null",
    }
    return expressions, {"adds": indicator.calculation != "value"}
