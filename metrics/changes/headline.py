"""The number that people know a dataset by, as it would be with a load, and whether it is news."""

from collections.abc import Iterable
from dataclasses import dataclass

import duckdb

import reference
from metrics.catalogue import Indicator
from swedish.periods import previous_period

# So many numbers do not come out alike in two periods by chance.
_REPEATED = 10


@dataclass(frozen=True)
class Headline:
    """The county's value of an indicator in a period and the one before, None where there is none.

    `repeated` is whether every municipality has the same numbers in both.
    """

    indicator: str
    period: str
    value: float
    before: float | None
    repeated: bool


def headline(
    connection: duckdb.DuckDBPyConnection, indicators: Iterable[Indicator], *, period: str
) -> Headline | None:
    """That of the first of the indicators that the county has a value of; None where it has none.

    Read of what is shown, so that nothing hidden is told.
    """
    before = previous_period(period)
    values = {
        (indicator, at): value
        for indicator, at, value in connection.execute(
            """
            select indicator, period, value
            from shown
            where place = $county and part = 'alla' and "within" = 'lan' and value is not null
                and period in ($before, $period)
            """,
            {"county": reference.COUNTY, "before": before, "period": period},
        ).fetchall()
    }
    chosen = [one.key for one in indicators]
    for key in chosen:
        if (key, period) in values:
            return Headline(
                key,
                period,
                values[key, period],
                values.get((key, before)),
                _repeated(connection, chosen, before, period),
            )
    return None


def _repeated(
    connection: duckdb.DuckDBPyConnection, indicators: list[str], before: str, period: str
) -> bool:
    """Whether the municipalities' numbers that are something are those of the period before."""
    row = connection.execute(
        """
        select count(*), count(*) filter (now.value is distinct from earlier.value)
        from (from shown where period = $period) as now
        join (from shown where period = $before) as earlier
            using (indicator, level, place, "within", part)
        where level = 'municipality'
            and list_contains($indicators, indicator)
            and now.value is not null and earlier.value is not null
            and (now.value <> 0 or earlier.value <> 0)
        """,
        {"period": period, "before": before, "indicators": indicators},
    ).fetchone()
    compared, different = row or (0, 0)
    return compared >= _REPEATED and not different
