"""How an indicator stands in the whole country: the middle of its municipalities, and of similar.

Quartiles are those of the values, each municipality one, by linear interpolation (as quantile_cont
of DuckDB and the type 7 of R).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from warehouse import store

LEAST = 20
"""So few municipalities say nothing of the country."""
LEAST_SIMILAR = 3


@dataclass(frozen=True)
class Spread:
    """How many municipalities have a value, their median, and the lower and upper quartile."""

    count: int
    median: float
    lower: float
    upper: float


def spread(
    indicator: str, period: str, *, among: Sequence[str] | None = None, least: int = LEAST
) -> Spread | None:
    """The spread of an indicator in a year, of the municipalities with the codes `among` or all.

    None where fewer than `least` of them have a value.
    """
    with store.reading() as connection:
        if connection is None:
            return None
        row = connection.execute(
            """
            select
                count(*), median(value), quantile_cont(value, 0.25), quantile_cont(value, 0.75)
            from country_value
            join owner
                on owner.load_id = country_value.load_id
                and owner.period = country_value.period
                and owner.subject = concat_ws(' | ', indicator, municipality)
            where owner.dataset = 'country'
                and indicator = $indicator
                and country_value.period = $period
                and state = 'ok'
                and ($among is null or list_contains($among, municipality))
            """,
            {
                "indicator": indicator,
                "period": period,
                "among": None if among is None else list(among),
            },
        ).fetchone()
    if row is None or row[0] < least:
        return None
    return Spread(int(row[0]), float(row[1]), float(row[2]), float(row[3]))
