"""New or changed values that chance does not explain, or that are ten times the usual."""

from dataclasses import dataclass
from statistics import median
from typing import Any

import duckdb

from metrics.spc.xmr import SETTLED_POINTS, xmr

_TIMES = 10
_LEAST_TO_COMPARE = 1.0


@dataclass(frozen=True)
class Jump:
    """A value outside the limits that the place's earlier values give (metrics.spc)."""

    indicator: str
    period: str
    level: str
    place: str
    value: float
    lower: float
    upper: float
    tenfold: bool


def jumps(connection: duckdb.DuckDBPyConnection, *, limit: int = 100) -> tuple[Jump, ...]:
    """New and changed values of counties, areas and municipalities outside their limits.

    The limits are those of the values before the change, as `comparison.remember` kept them, where
    there are enough to settle limits. Those that are ten times the usual, or a tenth of it, come
    first, and then the farthest outside.
    """
    rows = connection.execute(
        """
        with
            earlier as (
                from shown_before
                where part = 'alla'
                    and value is not null
                    and level <> 'hospital'
                    and ("within" = 'lan' or level = 'municipality')
            ),
            fresh as (
                select after.indicator, after.level, after.place, after.period, after.value
                from (from shown where part = 'alla' and value is not null) as after
                left join earlier using (indicator, period, level, place, "within")
                where earlier.value is distinct from after.value
            ),
            unchanged as (
                select indicator, level, place, list({'period': period, 'value': value}) as points
                from earlier
                anti join fresh using (indicator, level, place, period)
                group by all
                having count(*) >= $least
            )
        select
            indicator, level, place,
            list({'period': fresh.period, 'value': fresh.value}),
            any_value(unchanged.points)
        from fresh
        join unchanged using (indicator, level, place)
        group by indicator, level, place
        order by indicator, level, place
        """,
        {"least": SETTLED_POINTS},
    ).fetchall()
    largest = [
        jump
        for indicator, level, place, fresh, earlier in rows
        for jump in _of_series(indicator, level, place, fresh, earlier)
    ]
    largest.sort(key=lambda jump: (not jump.tenfold, -_distance(jump), jump.period, jump.place))
    return tuple(largest[:limit])


def _of_series(
    indicator: str,
    level: str,
    place: str,
    fresh: list[dict[str, Any]],
    earlier: list[dict[str, Any]],
) -> list[Jump]:
    values = [point["value"] for point in sorted(earlier, key=lambda point: point["period"])]
    chart = xmr(values, improvement="neutral")
    lower, upper, usual = chart.lower[-1], chart.upper[-1], median(values)
    return [
        Jump(
            indicator=indicator,
            period=str(point["period"]),
            level=level,
            place=place,
            value=point["value"],
            lower=lower,
            upper=upper,
            tenfold=_tenfold(point["value"], usual),
        )
        for point in fresh
        if not lower <= point["value"] <= upper
    ]


def _tenfold(value: float, usual: float) -> bool:
    high, low = max(value, usual), min(value, usual)
    return high >= _LEAST_TO_COMPARE and high >= _TIMES * low


def _distance(jump: Jump) -> float:
    """How far outside the limits, in widths of them."""
    outside = jump.value - jump.upper if jump.value > jump.upper else jump.lower - jump.value
    return outside / max(jump.upper - jump.lower, 1e-9)
