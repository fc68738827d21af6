"""Finished values, as pages, reports and the command line read them: always from the cube.

What disclosure control hides has the status `confidential` and no numbers; what it does not publish
at all is not there.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import reference
from metrics.catalogue import indicators
from metrics.datasets import datasets
from metrics.indicator import CARE_FORM, WHOLE
from swedish import typography
from warehouse import store
from warehouse.state import remembered

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

COLUMNS = (
    "indicator",
    "period",
    "level",
    "place",
    "name",
    "numerator",
    "denominator",
    "value",
    "status",
    "reported",
    "expected",
)


@dataclass(frozen=True, kw_only=True)
class Value:
    """One number of an indicator: its parts, how whole it is, and how many units reported.

    `part` is the care form, the process or the programme that it is of (`Dataset.told_apart`),
    `alla` for all of them.
    """

    indicator: str
    period: str
    level: str
    place: str
    name: str
    numerator: float | None
    denominator: float | None
    value: float | None
    status: str
    reported: int
    expected: int
    part: str = "alla"


# An indicator of one form of care in all periods and places: some 2 000 values of half a megabyte.
_SERIES = 48
_QUERY = """
    select
        indicator, period, level, place, numerator, denominator, value, status, reported, expected,
        part
    from {source}
    where indicator = $indicator
        and ("within" = $within or level = 'municipality' and $within = 'lan')
        and coalesce(part = $part, part <> 'alla')
"""


def values(
    *,
    indicator: str,
    level: str | None = None,
    place: str | None = None,
    within: str = reference.COUNTY,
    part: str | None = "alla",
    start: str | None = None,
    end: str | None = None,
    raw: bool = False,
) -> list[Value]:
    """The values of an indicator, by period and then in the order that places are listed.

    `within` is the county or an area's key: it narrows municipalities to that area, and hospitals
    to patients registered there. `part` is a form of care, a process or a programme, and
    `alla` for all of them; None gives each by itself. `raw` skips disclosure control (local use
    only). Raises KeyError where there is no such indicator.
    """
    if indicator not in indicators():
        raise KeyError(indicator)
    first, last = start or "", end or "9999"
    return [
        one
        for one in _series(indicator, within, part, "raw" if raw else "shown")
        if (level is None or one.level == level)
        and (place is None or one.place == place)
        and first <= one.period <= last
    ]


@remembered(_SERIES)
def _series(indicator: str, within: str, part: str | None, source: str) -> tuple[Value, ...]:
    """All periods and places of an indicator, which a page asks for one by one."""
    with store.reading() as connection:
        if connection is None:
            return ()
        rows = connection.execute(
            _QUERY.format(source=source),
            {"indicator": indicator, "within": within, "part": part},
        ).fetchall()
    order = reference.place_order()
    names = {at: place_name(*at) for at in {(row[2], row[3]) for row in rows}}
    selected = [
        Value(
            indicator=key,
            period=period,
            level=at,
            place=where,
            name=names[at, where],
            numerator=numerator,
            denominator=denominator,
            value=value,
            status=status,
            reported=reported,
            expected=expected,
            part=part,
        )
        for (
            key,
            period,
            at,
            where,
            numerator,
            denominator,
            value,
            status,
            reported,
            expected,
            part,
        ) in rows
    ]
    parts = {name: number for number, name in enumerate(reference.category_names("process"))}
    return tuple(
        sorted(
            selected,
            key=lambda v: (
                v.period,
                order.get((v.level, v.place), (9, 0)),
                typography.sort_key(v.name),
                v.level,
                parts.get(v.part, len(parts)),
                v.part,
            ),
        )
    )


def place_name(level: str, place: str) -> str:
    """A place's name; a recipient of funds is called what the register calls it."""
    return place if level in ("recipient", "programme") else reference.place_name(level, place)


def by_place(
    *, indicator: str, level: str, within: str = reference.COUNTY, part: str, end: str
) -> dict[str, list[Value]]:
    """The same as `values`, oldest first, for each place of a level that has any."""
    series: dict[str, list[Value]] = {}
    for one in values(indicator=indicator, level=level, within=within, part=part, end=end):
        series.setdefault(one.place, []).append(one)
    return series


def frame(
    *,
    indicator: str,
    level: str,
    place: str | None = None,
    within: str = reference.COUNTY,
    part: str | None = "alla",
    start: str | None = None,
    end: str | None = None,
) -> "pd.DataFrame":
    """The same as `values`, as a frame with the columns of COLUMNS; NaN for no number.

    Where each part is by itself there is also a column `part`.
    """
    rows = values(
        indicator=indicator,
        level=level,
        place=place,
        within=within,
        part=part,
        start=start,
        end=end,
    )
    return as_frame(rows, parts=() if part else ("part",))


def as_frame(rows: "Iterable[Value]", *, parts: "Sequence[str]" = ()) -> "pd.DataFrame":
    """Values as a frame with the columns of COLUMNS and of `parts`; NaN for no number."""
    import pandas as pd

    table = pd.DataFrame([vars(row) for row in rows], columns=[*COLUMNS, *parts])
    numbers = ["numerator", "denominator", "value"]
    return table.astype(
        dict.fromkeys(numbers, "float64") | {"reported": "int64", "expected": "int64"}
    )


@remembered(16)
def periods(dataset: str) -> list[str]:
    """The periods that have any value of a dataset's indicators, oldest first."""
    keys = [key for key, indicator in indicators().items() if indicator.dataset == dataset]
    with store.reading() as connection:
        if connection is None:
            return []
        return [
            period
            for (period,) in connection.execute(
                """
                select distinct period
                from shown
                where list_contains($keys, indicator)
                order by 1
                """,
                {"keys": keys},
            ).fetchall()
        ]


@remembered(4)
def periods_by_indicator() -> dict[str, list[str]]:
    """The periods that each indicator has any value of, oldest first; none without."""
    with store.reading() as connection:
        if connection is None:
            return {}
        rows = connection.execute(
            "select indicator, list(distinct period order by period) from shown group by indicator"
        ).fetchall()
    return dict(rows)


@remembered(16)
def care_forms(dataset: str) -> list[str]:
    """The forms of care that a dataset's indicators have values for, `alla` first.

    A dataset that is told apart by something else, or by nothing, has only that.
    """
    of = datasets()[dataset]
    if CARE_FORM not in of.dimensions:
        return ["alla"]
    keys = [key for key, indicator in indicators().items() if indicator.dataset == dataset]
    with store.reading() as connection:
        if connection is None:
            return []
        return [
            part
            for (part,) in connection.execute(
                """
                select distinct part
                from shown
                where list_contains($keys, indicator)
                order by part <> 'alla', part desc
                """,
                {"keys": keys},
            ).fetchall()
            if part == WHOLE or of.told_apart(part)[0] == CARE_FORM
        ]
