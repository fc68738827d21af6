"""The control charts in the cube: what each shown series of at least two periods says.

A reading is of the whole series, so it is the page's where the page shows the last period. An
earlier one is read by what was known then, new limits by the user's word, and breaks by a table
that changes without a new version: `metrics.spc.judging`.
"""

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import duckdb

from metrics.catalogue import Indicator, indicators
from metrics.spc.control import Series, control_chart
from metrics.spc.xmr import PointType
from warehouse import given, store

# Other rules must be read anew for old series too.
_METHOD = "4"
# Series whose readings are written at once; those of a whole country take memory.
_TOGETHER = 500
_COLUMNS: Mapping[str, str] = {
    "indicator": "varchar",
    "period": "varchar",
    "level": "varchar",
    "place": "varchar",
    "within": "varchar",
    "part": "varchar",
    "chart": "varchar",
    "mean": "double",
    "lower": "double",
    "upper": "double",
    "special_cause": "varchar",
    "point_type": "varchar",
    "assurance": "varchar",
    "preliminary": "boolean",
}


def fill(connection: duckdb.DuckDBPyConnection) -> None:
    """Read the series that have changed, after `cube.build` and `disclosure_cube.protect`.

    The connection's unqualified names mean the version's tables, inside the writer's transaction.
    """
    text = files("metrics.spc").joinpath("readings.sql").read_text(encoding="utf-8")
    chosen_by = {"method": _METHOD, "indicators": list(indicators())}
    for statement in filter(str.strip, text.split(";\n\n")):
        mine = {key: value for key, value in chosen_by.items() if f"${key}" in statement}
        connection.execute(statement, mine)
    chosen = ", ".join(
        f'{given.field(at)}::{kind} as "{name}"'
        for at, (name, kind) in enumerate(_COLUMNS.items(), start=1)
    )
    known = indicators()
    changed = connection.execute("from series_changed").fetchall()
    for at in range(0, len(changed), _TOGETHER):
        some = changed[at : at + _TOGETHER]
        rows = [row for key, *series in some for row in _readings(known[key], *series[:-1])]
        connection.execute(
            f"insert into reading by name select {chosen} from {given.ROWS}",
            {"rows": given.as_text(rows)},
        )


def _readings(
    indicator: Indicator,
    level: str,
    place: str,
    within: str,
    part: str,
    periods: list[str],
    numbers: list[float],
    tops: list[float],
    bottoms: list[float],
    hidden: int,
) -> list[tuple[Any, ...]]:
    series = Series(periods=periods, values=numbers, tops=tops, bottoms=bottoms, hidden=hidden)
    chart = control_chart(indicator, series)
    return [
        (
            indicator.key,
            period,
            level,
            place,
            within,
            part,
            chart.kind,
            point.mean,
            point.lower,
            point.upper,
            point.special_cause,
            point.point_type,
            chart.assurance,
            chart.preliminary,
        )
        for period, point in zip(periods, map(chart.point, range(len(periods))), strict=True)
    ]


def last_point_types(
    *, indicator: str, level: str, period: str, part: str = "alla"
) -> dict[str, PointType | None]:
    """By place, what the chart says of the last period of its series, where that is `period`.

    None where there are too few values for limits. A place whose series goes on, or that has only
    one value, is not there.
    """
    with store.reading() as connection:
        if connection is None:
            return {}
        rows = connection.execute(
            """
            select place, case when not isnan(upper) then point_type end
            from reading
            where indicator = $indicator and level = $level and part = $part
                and ("within" = 'lan' or level = 'municipality')
            qualify period = max(period) over (partition by place) and period = $period
            """,
            {
                "indicator": indicator,
                "level": level,
                "period": period,
                "part": part,
            },
        ).fetchall()
    return dict(rows)
