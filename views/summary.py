"""What a page about one month shows besides trends, finished: rankings, tables and gaps.

Frames hold one row per place. Statuses are those of metrics.values; a value that is not known is
NaN, and the reason stands in `status`.
"""

import pandas as pd

import reference
from metrics import values
from metrics.catalogue import Indicator, indicator, of_dataset
from metrics.datasets import discharges
from metrics.disclosure.scope import nearest
from swedish import typography

CARDS = (
    "mean_days",
    "ready_days",
    "discharges",
    "same_day_share",
    "before_notice_share",
    "over_3_share",
    "over_7",
)


def not_reported(
    *, place: str, period: str, part: str = "alla", key: str = discharges.PAGE.headline
) -> pd.DataFrame:
    """What has not been reported for the period in a place, by area: `area`, `missing`.

    It is of the indicator `key`: who has told how many may lack the days. `missing` is the
    municipalities by name, `Ale, Tjörn och Öckerö`, or how many they are where a report cannot be
    told from a month without patients.
    """
    absent = _absent(place=place, period=period, part=part, key=key)
    rows = []
    for area, (reported, expected) in _reports(period=period, part=part, key=key).items():
        if place not in (area, reference.COUNTY) or reported == expected:
            continue
        names = sorted(
            (municipality.name for municipality in absent if municipality.area == area),
            key=typography.sort_key,
        )
        lacking = expected - reported
        few = 0 < len(names) == lacking
        said = typography.enumerate_words(names) if few else f"{lacking} av {expected} kommuner"
        rows.append((reference.place_name("area", area), said))
    return pd.DataFrame(rows, columns=["area", "missing"])


def table(*, place: str, period: str, part: str = "alla") -> pd.DataFrame:
    """Every discharge indicator for the county, the areas in view and, by name, municipalities.

    Columns: `level`, `place`, `name`, for each indicator its key (the value) and `<key>_status`,
    and `status` where a municipality has no value at all: `missing`, or `none` without patients.
    Municipalities are there where they are shown for the care form.
    """
    shown = {reference.COUNTY} | {
        at
        for municipality in reference.municipalities()
        if place in (municipality.area, reference.COUNTY)
        for at in (municipality.area, municipality.code)
    }
    keys = [chosen.key for chosen in of_dataset(discharges.KEY)]
    selected = [
        vars(value)
        for key in keys
        for value in values.values(indicator=key, part=part, start=period, end=period)
        if value.level != "hospital" and value.place in shown
    ]
    long = pd.DataFrame(selected, columns=list(values.COLUMNS)).astype({"value": "float64"})
    index = ["level", "place", "name"]
    order = long[index].drop_duplicates()
    if part == nearest(indicator(discharges.PAGE.told_by), "municipality", part):
        order = with_absent(order, place=place, period=period, part=part)
    stands = list(reference.place_order())
    at = [stands.index(pair) for pair in zip(order["level"], order["place"], strict=True)]
    order = order.assign(_at=at).sort_values("_at").drop(columns="_at")
    numbers = long.pivot(index=index, columns="indicator", values="value").reindex(columns=keys)
    statuses = long.pivot(index=index, columns="indicator", values="status").reindex(columns=keys)
    for chosen in of_dataset(discharges.KEY):
        if nearest(chosen, "county", part) != part:
            statuses[chosen.key] = "none"
    return order.merge(
        numbers.join(statuses.add_suffix("_status")).reset_index(), on=index, how="left"
    )


def told_by(chosen: Indicator) -> str:
    """The indicator that tells which municipalities have reported what `chosen` rests on."""
    return discharges.PAGE.told_by if chosen.dataset == discharges.KEY else chosen.key


def _reports(
    *, period: str, part: str, key: str = discharges.PAGE.told_by
) -> dict[str, tuple[int, int]]:
    """How many of how many municipalities have reported the month, by area."""
    rows = values.values(indicator=key, level="area", part=part, start=period, end=period)
    counts = {row.place: (row.reported, row.expected) for row in rows}
    homes = [municipality.area for municipality in reference.municipalities()]
    ordered = sorted(reference.areas(), key=lambda area: area.sort)
    return {area.key: counts.get(area.key, (0, homes.count(area.key))) for area in ordered}


def _absent(
    *, place: str, period: str, part: str, key: str = discharges.PAGE.told_by
) -> list[reference.Municipality]:
    """The municipalities of a place whose number for the month is not known whole."""
    form = nearest(indicator(key), "municipality", part)
    rows = values.values(indicator=key, level="municipality", part=form, start=period, end=period)
    known = {
        row.place for row in rows if row.status == "confidential" or row.reported == row.expected
    }
    return [
        municipality
        for municipality in reference.municipalities()
        if place in (municipality.area, reference.COUNTY) and municipality.code not in known
    ]


def with_absent(
    rows: pd.DataFrame, *, place: str, period: str, part: str, key: str = discharges.PAGE.told_by
) -> pd.DataFrame:
    """`rows` and, last, the municipalities that have none.

    Their status is `none`, no patients, where all of their area has reported, else `missing`.
    """
    reports = _reports(period=period, part=part, key=key)
    shown = set(rows["place"])
    added = []
    for municipality in _absent(place=place, period=period, part=part, key=key):
        reported, expected = reports[municipality.area]
        status = "none" if reported == expected else "missing"
        if municipality.code not in shown:
            added.append(("municipality", municipality.code, municipality.name, status))
    missing = pd.DataFrame(added, columns=["level", "place", "name", "status"])
    return pd.concat([rows, missing], ignore_index=True) if added else rows
