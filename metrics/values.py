"""Finished values, as pages, reports and the command line read them: always from the cube.

What disclosure control hides has the status `confidential` and no numbers; what it does not publish
at all is not there.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import reference
from metrics.catalogue import indicators
from metrics.datasets import datasets
from metrics.indicator import CARE_FORM, WHOLE
from swedish import typography
from warehouse import store
from warehouse.state import remembered

if TYPE_CHECKING:
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


@dataclass(frozen=True)
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


# The levels of few places, whose values through all periods are read together.
_ABOVE = ("county", "area")
_ANSWERS, _WHOLE_LEVELS = 32, 12
_QUERY = """
    select
        indicator, period, level, place, numerator, denominator, value, status, reported, expected,
        part
    from {source}
    where ("within" = $within or level = 'municipality' and $within = 'lan')
        and coalesce(part = $part, part <> 'alla')
        and ($indicator is null or indicator = $indicator)
        and ($levels is null or list_contains($levels, level))
        and ($places is null or list_contains($places, place))
        and ($period is null or period = $period)
"""
_Answer = Mapping[str, Sequence[Value]]


@dataclass(frozen=True, kw_only=True)
class _Question:
    """What of the cube is read at once; what is None does not narrow it.

    Each costs some milliseconds however little it is about, so that one is asked of all indicators
    where that is no more than a page shows.
    """

    within: str
    part: str | None
    indicator: str | None = None
    levels: tuple[str, ...] | None = None
    places: tuple[str, ...] | None = None
    period: str | None = None


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
    period = start if start == end else None
    source = "raw" if raw else "shown"
    of = partial(_Question, within=within, part=part)
    if period:
        read = _of_all(source, of(period=period))
    elif level in _ABOVE:
        read = _of_all(source, of(levels=_ABOVE))
    elif level and place:
        read = _of_all(source, of(levels=(level,), places=(place,)))
    else:
        read = _of_one(source, of(indicator=indicator, levels=(level,) if level else None))
    return [
        one
        for one in read.get(indicator, ())
        if (level is None or one.level == level)
        and (place is None or one.place == place)
        and first <= one.period <= last
    ]


def _read(source: str, question: _Question) -> _Answer:
    """The values of each indicator, by period and then in the order that places are listed."""
    with store.reading() as connection:
        if connection is None:
            return {}
        rows = connection.execute(_QUERY.format(source=source), vars(question)).fetchall()
    places = _listed({(level, place) for _, _, level, place, *_ in rows})
    parts = {name: number for number, name in enumerate(reference.category_names("process"))}
    rows.sort(
        key=lambda row: (row[1], places[row[2:4]][0], parts.get(row[-1], len(parts)), row[-1])
    )
    read: dict[str, list[Value]] = {}
    for row in rows:
        name = places[row[2:4]][1]
        read.setdefault(row[0], []).append(Value(*(*row[:4], name, *row[4:])))
    return read


# Apart, so that a few large answers do not drive the many small ones out.
_of_all = remembered(_ANSWERS)(_read)
_of_one = remembered(_WHOLE_LEVELS)(_read)


def _listed(places: Iterable[tuple[str, str]]) -> dict[tuple[str, str], tuple[int, str]]:
    """Where each place stands in a list of them, and its name."""
    order = reference.place_order()
    names = {(level, place): place_name(level, place) for level, place in places}

    def stands(at: tuple[str, str]) -> tuple[tuple[int, int], Hashable, str]:
        return order.get(at, (9, 0)), typography.sort_key(names[at]), at[0]

    return {at: (number, names[at]) for number, at in enumerate(sorted(names, key=stands))}


def place_name(level: str, place: str) -> str:
    """A place's name; a recipient of funds is called what the register calls it."""
    return place if level in ("recipient", "programme") else reference.place_name(level, place)


def by_place(
    *, indicator: str, level: str, places: Iterable[str] | None = None, part: str, end: str
) -> dict[str, list[Value]]:
    """The same as `values`, oldest first, for each place of a level that has any.

    Where `places` are given it is for those of them.
    """
    if places is None:
        known = values(indicator=indicator, level=level, part=part, end=end)
    else:
        question = _Question(
            within=reference.COUNTY,
            part=part,
            indicator=indicator,
            levels=(level,),
            places=tuple(sorted(places)),
        )
        known = [one for one in _of_one("shown", question).get(indicator, ()) if one.period <= end]
    series: dict[str, list[Value]] = {}
    for one in known:
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


def as_frame(rows: Iterable[Value], *, parts: Sequence[str] = ()) -> "pd.DataFrame":
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
