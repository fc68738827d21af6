"""What a page about one month shows besides trends, finished: rankings, tables and gaps.

Frames hold one row per place. Statuses are those of metrics.values; a value that is not known is
NaN, and the reason stands in `status`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

import reference
from metrics import values
from metrics.catalogue import Indicator, indicator, of_dataset
from metrics.datasets import discharges
from metrics.disclosure.scope import nearest
from metrics.spc import readings
from metrics.spc.xmr import PointType
from metrics.statistics.many import discoveries
from swedish import typography
from swedish.phrases import joined
from views import sentences
from views.judging import latest_chance, latest_point_type
from views.trend import level_of, target_label, target_text, trend
from warehouse.journal import new_limits

CARDS = (
    "mean_days",
    "ready_days",
    "discharges",
    "same_day_share",
    "before_notice_share",
    "over_3_share",
    "over_7",
)
_MOST_NAMES = 3


@dataclass(frozen=True)
class Ranking:
    """Places in order for one indicator and month, and what to hold them against.

    `rows`, highest value first and those without a value last: `place`, `name`, `value`,
    `numerator`, `denominator`, `status`, `point_type` (of the month's point in the place's own
    chart, chance where it is no stronger than chance among them all; None without a value or a
    chart) and `highlight`. `lines`, lowest first: `text` (name and value), `value` and `kind`
    (`place` or `target`).
    """

    indicator: Indicator
    place_name: str
    period: str
    rows: pd.DataFrame
    lines: pd.DataFrame
    finding: str

    @property
    def alt(self) -> str:
        """The chart in words, for those who do not see it."""
        return sentences.bar_alt(
            name=self.indicator.name,
            place_name=self.place_name,
            period=self.period,
            finding=self.finding,
        )


def municipalities(key: str, *, place: str, period: str, part: str = "alla") -> Ranking:
    """The municipalities of an area or the county against its value, the county's and the target.

    All care forms together where they are not shown by themselves (metrics.disclosure.scope).
    Raises KeyError for an indicator that is not in the catalogue.
    """
    chosen = indicator(key)
    asked, part = part, nearest(chosen, "municipality", part)
    name = reference.place_name(level_of(place), place)
    series = values.by_place(
        indicator=key, level="municipality", within=place, part=part, end=period
    )
    stored = readings.last_point_types(
        indicator=key, level="municipality", period=period, part=part
    )
    kinds = {
        code: stored[code]
        if code in stored and not new_limits.in_force(indicator=key, place=code)
        else latest_point_type(chosen, period=period, found=found)
        for code, found in series.items()
    }
    kinds = _told(kinds, chosen, series)
    latest = values.as_frame(
        one for found in series.values() for one in found if one.period == period
    )
    whole = _with_absent(latest, place=place, period=period, part=part, key=_told_by(chosen))
    rows = _ordered(whole).assign(highlight=True)
    # As objects: text columns would turn None into NaN.
    found = [kinds.get(code) for code in rows["place"]]
    rows["point_type"] = pd.Series(found, index=rows.index, dtype=object)
    own, county = (
        trend(key, place=at, period=period, part=part).value for at in (place, reference.COUNTY)
    )
    in_county = place == reference.COUNTY
    compared = dict([(name, own), (reference.county().name, county)])
    return Ranking(
        indicator=chosen,
        place_name=name,
        period=period,
        rows=rows,
        lines=lines(compared, chosen, highest=rows["value"].max()),
        finding=joined(
            _all_forms("Kommuner", asked, part),
            sentences.ranking_finding(
                place_name=name,
                period=period,
                rows=_ranked(rows),
                unit=chosen.unit,
                decimals=chosen.decimals,
                place_value=own,
                county_value=None if in_county else county,
            ),
            _above_target(rows, chosen),
        ),
    )


def _told(
    kinds: Mapping[str, PointType | None],
    chosen: Indicator,
    series: Mapping[str, Sequence[values.Value]],
) -> dict[str, PointType | None]:
    """The readings of many places, without the signals that chance gives among so many."""
    signals = [at for at, kind in kinds.items() if kind not in (None, "common_cause")]
    judged = sum(kind is not None for kind in kinds.values())
    chances = {at: latest_chance(chosen, found=series[at]) for at in signals}
    told = discoveries(chances, among=judged)
    return {
        at: "common_cause" if at in chances and at not in told else kind
        for at, kind in kinds.items()
    }


def hospitals(key: str, *, place: str, period: str, part: str = "alla") -> Ranking:
    """The hospitals by a share in percent, whichever area their patients are from.

    An area's own hospitals are highlighted. By area, or by care form where they are not shown by
    themselves, most hospitals have too few. Raises KeyError for an unknown indicator.
    """
    chosen = indicator(key)
    asked, part = part, nearest(chosen, "hospital", part)
    in_county = place == reference.COUNTY
    name = reference.place_name(level_of(place), place)
    latest = values.frame(
        indicator=key,
        level="hospital",
        part=part,
        start=period,
        end=period,
    )
    own = {hospital.name for hospital in reference.hospitals() if hospital.main_area == place}
    rows = _ordered(latest).assign(point_type=None)
    rows["highlight"] = rows["place"].isin(own) | in_county
    county = trend(key, place=reference.COUNTY, period=period, part=part).value
    return Ranking(
        indicator=chosen,
        place_name=name,
        period=period,
        rows=rows,
        lines=lines({}, chosen, highest=rows["value"].max()),
        finding=joined(
            _all_forms("Sjukhus", asked, part),
            sentences.hospital_finding(
                period=period,
                rows=_ranked(rows),
                county_value=county,
                decimals=chosen.decimals,
            ),
        ),
    )


def not_reported(*, place: str, period: str, part: str = "alla") -> pd.DataFrame:
    """What has not been reported for the month in a place, by area: `area`, `missing`.

    `missing` is the municipalities by name, `Ale, Tjörn och Öckerö`, or how many they are where a
    report cannot be told from a month without patients.
    """
    absent = _absent(place=place, period=period, part=part)
    rows = []
    for area, (reported, expected) in _reports(period=period, part=part).items():
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
    found = [
        vars(value)
        for key in keys
        for value in values.values(indicator=key, part=part, start=period, end=period)
        if value.level != "hospital" and value.place in shown
    ]
    long = pd.DataFrame(found, columns=list(values.COLUMNS)).astype({"value": "float64"})
    index = ["level", "place", "name"]
    order = long[index].drop_duplicates()
    if part == nearest(indicator(discharges.PAGE.told_by), "municipality", part):
        order = _with_absent(order, place=place, period=period, part=part)
    lowest = order["level"] == "municipality"
    by_name = order[lowest].sort_values("name", key=lambda names: names.map(typography.sort_key))
    order = pd.concat([order[~lowest], by_name])
    numbers = long.pivot(index=index, columns="indicator", values="value").reindex(columns=keys)
    statuses = long.pivot(index=index, columns="indicator", values="status").reindex(columns=keys)
    for chosen in of_dataset(discharges.KEY):
        if nearest(chosen, "county", part) != part:
            statuses[chosen.key] = "none"
    return order.merge(
        numbers.join(statuses.add_suffix("_status")).reset_index(), on=index, how="left"
    )


def areas_table(*, period: str, part: str = "alla") -> pd.DataFrame:
    """As `table`, for the county and its areas only."""
    whole = table(place=reference.COUNTY, period=period, part=part)
    return whole[whole["level"] != "municipality"].reset_index(drop=True)


def _told_by(chosen: Indicator) -> str:
    """The indicator that tells which municipalities have reported what `chosen` rests on."""
    return discharges.PAGE.told_by if chosen.dataset == discharges.KEY else chosen.key


def _reports(
    *, period: str, part: str, key: str = discharges.PAGE.told_by
) -> dict[str, tuple[int, int]]:
    """How many of how many municipalities have reported the month, by area."""
    rows = values.values(indicator=key, level="area", part=part, start=period, end=period)
    found = {row.place: (row.reported, row.expected) for row in rows}
    homes = [municipality.area for municipality in reference.municipalities()]
    ordered = sorted(reference.areas(), key=lambda area: area.sort)
    return {area.key: found.get(area.key, (0, homes.count(area.key))) for area in ordered}


def _absent(
    *, place: str, period: str, part: str, key: str = discharges.PAGE.told_by
) -> list[reference.Municipality]:
    """The municipalities of a place without a known number of patients for the month."""
    form = nearest(indicator(key), "municipality", part)
    rows = values.values(indicator=key, level="municipality", part=form, start=period, end=period)
    known = {row.place for row in rows if row.status in ("ok", "confidential")}
    return [
        municipality
        for municipality in reference.municipalities()
        if place in (municipality.area, reference.COUNTY) and municipality.code not in known
    ]


def _with_absent(
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


def _all_forms(places: str, asked: str, part: str) -> str:
    """What is said where a care form was asked for that places are not shown by."""
    if asked == part:
        return ""
    return f"{places} visas för alla vårdformer tillsammans: per vårdform är de flesta för få."


def _ordered(rows: pd.DataFrame) -> pd.DataFrame:
    names = rows["name"].map(typography.sort_key)
    order = rows.assign(_name=names).sort_values(
        ["value", "_name"], ascending=[False, True], na_position="last"
    )
    return order.drop(columns="_name").reset_index(drop=True)


def _above_target(rows: pd.DataFrame, chosen: Indicator) -> str:
    if chosen.target is None or rows["value"].isna().all():
        return ""
    target = f"{chosen.target_words.name} {target_text(chosen)}"
    above = list(rows.loc[rows["value"] > chosen.target, "name"])
    if not above:
        return f"Ingen kommun med känt värde ligger över {target}."
    if len(above) > _MOST_NAMES:
        return f"{typography.plural(len(above), 'kommun', 'kommuner')} ligger över {target}."
    return f"Över {target}: {typography.enumerate_words(above)}."


def _ranked(rows: pd.DataFrame) -> list[sentences.Ranked]:
    parts = zip(rows["name"], rows["value"], rows["status"], strict=True)
    return [
        sentences.Ranked(name=name, value=value, status=status) for name, value, status in parts
    ]


def lines(
    compared: Mapping[str, float | None], chosen: Indicator, *, highest: float
) -> pd.DataFrame:
    """What to hold a ranking against, as in `Ranking`: places by name, and the target.

    `highest` is the highest value of the ranking.
    """
    # Far from any bar, the target's line would only squeeze them.
    decimals = chosen.decimals
    rows = [
        (f"{name} {typography.number(value, decimals)}", value, "place")
        for name, value in compared.items()
        if value is not None
    ]
    if rows and chosen.target is not None and highest > chosen.target:
        rows.append((target_label(chosen), chosen.target, "target"))
    return pd.DataFrame(rows, columns=["text", "value", "kind"]).sort_values(
        "value", ignore_index=True
    )
