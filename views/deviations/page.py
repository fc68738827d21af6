"""What the page about deviations shows of a place and a quarter, from the published values."""

from functools import partial

import pandas as pd

import reference
from metrics import residents, values
from metrics.breaks import breaks, compares_across
from metrics.catalogue import Indicator, of_dataset
from metrics.datasets.deviations import KEY
from metrics.datasets.deviations.ways import Way
from metrics.disclosure.scope import offered
from metrics.values import Value
from swedish.periods import previous_period
from views.agreed import visible
from views.deviations import tables
from views.deviations.funnel import FunnelView, funnel_view
from views.deviations.tables import Processes, Quarter, Ways
from views.trend import Trend, trend
from warehouse import store
from warehouse.state import remembered

_MOST_BEFORE = 4
_FINE = ("county", "area", "municipality")


def quarters() -> list[str]:
    """The quarters that have any deviations, oldest first."""
    return visible.periods(KEY)


def quarter(*, place: str, quarter: str) -> Quarter:
    """A place's quarter in numbers: an area's key or the county's."""
    at = partial(_value, place=place, period=quarter)
    counted, answered = at("deviations"), at("deviations_answered_share")
    before = _value("deviations", place=place, period=previous_period(quarter))
    still_open, median = at("deviations_open"), at("deviations_median_answer_days")
    told = {
        "registered": counted,
        "previous": before,
        "due": answered,
        "still_open": still_open,
        "median_days": median,
    }
    return Quarter(
        place=place,
        place_name=reference.place_name(reference.level_of(place), place),
        quarter=quarter,
        registered=counted.value if counted else None,
        # A part of a quarter is no quarter to stand beside.
        previous=before.value if before and before.status != "partial" else None,
        in_time=answered.numerator if answered else None,
        due=answered.denominator if answered else None,
        still_open=_number(still_open),
        median_days=_number(median),
        open_at_end=_number(at("deviations_open_at_end")),
        open_before=_before("deviations_open_at_end", place=place, quarter=quarter),
        in_time_before=_before("deviations_answered_share", place=place, quarter=quarter),
        partial=counted is not None and counted.status == "partial",
        covers=_covers(place, quarter),
        hidden=frozenset(
            name for name, one in told.items() if one is not None and one.status == "confidential"
        ),
    )


def processes(*, place: str, quarter: str) -> Processes:
    """The place's processes over the quarters; one without cases in a reported quarter has 0."""
    series = [
        one
        for one in values.values(
            indicator="deviations",
            level=reference.level_of(place),
            place=place,
            within=reference.COUNTY,
            part=None,
            end=quarter,
        )
        if one.part != "alla"
    ]
    told = {(one.part, one.period): (one.value, one.status) for one in series}
    status = {one.period: one.status for one in _series("deviations", place=place, end=quarter)}
    rows = [
        (process, period, *told.get((process, period), (0.0, status[period])))
        for process in dict.fromkeys(one.part for one in series)
        for period in status
    ]
    frame = pd.DataFrame(rows, columns=["process", "period", "value", "status"])
    return tables.processes(frame.astype({"value": "float64"}), place=place, quarter=quarter)


def ways(*, place: str, quarter: str) -> Ways:
    """From whom to whom the place's cases of the quarter go, without what is hidden."""
    asked = {"place": place, "period": quarter}
    with store.reading() as connection:
        if connection is None:
            return tables.ways((), place=place)
        rows = connection.execute(
            """
            select place, sender_level, sender, receiver_level, receiver, cases::double
            from way
            where place = $place and period = $period
            order by all
            """,
            asked,
        ).fetchall()
        hidden = connection.execute(
            "select sender, receiver from way_hidden where place = $place and period = $period",
            asked,
        ).fetchall()
    return tables.ways([Way(*row) for row in rows], place=place, hidden=hidden)


# A report asks for it from what it says, what it lists and what it draws.
@remembered(4)
def funnel(*, place: str, quarter: str) -> FunnelView:
    """The county's municipalities per 10 000 inhabitants, those of the place highlighted."""
    counts, county = (
        values.values(indicator="deviations_per_10000", level=level, start=quarter, end=quarter)
        for level in ("municipality", "county")
    )
    told = {one.place: (one.numerator, one.status, one.denominator) for one in counts}
    rows = pd.DataFrame(
        [
            (home.code, home.name, *told.get(home.code, (None, "missing", None)))
            for home in reference.municipalities()
        ],
        columns=["place", "name", "value", "status", "inhabitants"],
    ).astype({"value": "float64", "inhabitants": "float64"})
    return funnel_view(
        rows,
        place=place,
        quarter=quarter,
        year=residents.years(quarter),
        county=next((one.value for one in county), None),
    )


def course(*, place: str, quarter: str) -> Trend:
    """How many the place has registered, quarter by quarter, in its control chart."""
    return trend("deviations", place=place, period=quarter)


def table(*, place: str, quarter: str) -> pd.DataFrame:
    """The county, and the place's area and municipalities, a row each.

    `level`, `place`, `name`, and for each of `measures` its value as <key> and <key>_status.
    """
    area = None if place == reference.COUNTY else place
    rows: dict[tuple[str, str], dict[str, object]] = {}
    for chosen in measures():
        for one in values.values(indicator=chosen.key, start=quarter, end=quarter):
            if _belongs(one, area):
                row = rows.setdefault(
                    (one.level, one.place),
                    {"level": one.level, "place": one.place, "name": one.name},
                )
                row |= {chosen.key: one.value, f"{chosen.key}_status": one.status}
    for (level, at), row in rows.items():
        for chosen in measures():
            if not offered(chosen, (level, at, "", "alla")):
                row[f"{chosen.key}_status"] = "confidential"
    order = reference.place_order()
    listed = [rows[at] for at in sorted(rows, key=lambda at: order[at])]
    frame = pd.DataFrame(listed, columns=["level", "place", "name", *_columns()])
    statuses = [f"{chosen.key}_status" for chosen in measures()]
    numbers = dict.fromkeys((chosen.key for chosen in measures()), "float64")
    frame = frame.astype(numbers)
    frame[statuses] = frame[statuses].astype(object).fillna("missing")
    for chosen in measures():
        if not offered(chosen, ("municipality", "", "", "alla")):
            frame.loc[frame["level"] == "municipality", f"{chosen.key}_status"] = "confidential"
    return frame


def measures() -> list[Indicator]:
    """The indicators of deviations, in the order of the catalogue."""
    return of_dataset(KEY)


def _columns() -> list[str]:
    return [name for one in measures() for name in (one.key, f"{one.key}_status")]


def _belongs(one: Value, area: str | None) -> bool:
    if one.level not in _FINE:
        return False
    if area is None or one.level == "county":
        return True
    if one.level == "area":
        return one.place == area
    return reference.municipality_by_code()[one.place].area == area


def _value(key: str, *, place: str, period: str) -> Value | None:
    return next(iter(_series(key, place=place, start=period, end=period)), None)


def _series(
    key: str, *, place: str, start: str | None = None, end: str | None = None
) -> list[Value]:
    return values.values(
        indicator=key, level=reference.level_of(place), place=place, start=start, end=end
    )


def _number(value: Value | None) -> float | None:
    return value.value if value else None


def _before(key: str, *, place: str, quarter: str) -> tables.Shares:
    """A share of the quarters before that can be compared with the quarter, the newest first."""
    crossed = breaks(KEY, place=place)
    earlier = [
        (one.period, one.value)
        for one in _series(key, place=place, end=previous_period(quarter))
        if one.value is not None
        and one.status == "ok"
        and not any(compares_across(event, one.period, quarter) for event in crossed)
    ]
    return tuple(reversed(earlier[-_MOST_BEFORE:]))


def _covers(place: str, quarter: str) -> tuple[str, ...]:
    """The areas of the place that are told of whole; all or none of them is no restriction."""
    if place != reference.COUNTY:
        return ()
    of_areas = values.values(indicator="deviations", level="area", start=quarter, end=quarter)
    return tuple(one.name for one in of_areas if one.reported == one.expected)
