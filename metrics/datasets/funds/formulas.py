"""How an indicator of funds is calculated: what fills the placeholders of `cube.sql`."""

from metrics.datasets.dataset import Placeholders
from metrics.indicator import Indicator


def fill(indicator: Indicator) -> Placeholders:
    """The expressions over the amounts of `given`, and the parameters."""
    top, bottom = indicator.numerator, indicator.denominator
    known = " and ".join(f"{measure} is not null" for measure in indicator.measures)
    sums = [f"sum({measure}) filter (where {known})" if measure else "null::double"
            for measure in (top, bottom)]  # fmt: skip
    expressions = {
        "given": " and ".join(f"{measure}_given" for measure in indicator.measures),
        "known": known,
        "numerator": sums[0],
        "denominator": sums[1],
        "value": f"{indicator.per} * {sums[0]} / nullif({sums[1]}, 0)" if bottom else sums[0],
    }
    return expressions, {"measures": list(indicator.measures)}
