"""What a page about one month shows besides trends, finished: rankings, tables and gaps.

Frames hold one row per place. Statuses are those of metrics.values; a value that is not known is
NaN, and the reason stands in `status`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

import reference
import swedish
from metrics import sentences, values
from metrics.catalogue import Indicator, indicator, indicators
from metrics.trend import from_series, level_of, target_text, trend

CARDS = (
    "mean_days",
    "ready_days",
    "discharges",
    "same_day_share",
    "before_notice_share",
    "over_3_share",
    "over_7",
)
@dataclass(frozen=True)
class Ranking:
    """Places in order for one indicator and month, and what to hold them against.

    `rows`, highest value first and those without a value last: `place`, `name`, `value`,
    `numerator`, `denominator`, `status`, `point_type` (of the month's point in the place's own
    chart; None without a value or a chart) and `highlight`. `lines`, lowest first: `text` (name
    and value), `value` and `kind` (`place` or `target`).
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


def municipalities(key: str, *, place: str, period: str, care_form: str = "alla") -> Ranking:
    """The municipalities of an area or the county against its value, the county's and the target.

    Raises KeyError for an indicator that is not in the catalogue.
    """
    chosen = indicator(key)
    name = reference.place_name(level_of(place), place)
    series = values.frame(
        indicator=key, level="municipality", within=place, care_form=care_form, end=period
    )
    points = {
        code: from_series(chosen, name="", period=period, series=rows).point
        for code, rows in series.groupby("place")
    }
    latest = series[series["period"] == period]
    rows = _ordered(latest).assign(highlight=True)
    rows["point_type"] = [
        None if (point := points[code]) is None else point.point_type for code in rows["place"]
    ]
    own, county = (
        trend(key, place=at, period=period, care_form=care_form).value
        for at in (place, reference.COUNTY)
    )
    in_county = place == reference.COUNTY
    compared = dict([(name, own), (reference.COUNTY_NAME, county)])
    return Ranking(
        indicator=chosen,
        place_name=name,
        period=period,
        rows=rows,
        lines=_lines(compared, chosen),
        finding=sentences.ranking_finding(
            place_name=name,
            period=period,
            rows=_ranked(rows),
            unit=chosen.unit,
            decimals=chosen.decimals,
            place_value=own,
            county_value=None if in_county else county,
        ),
    )


def hospitals(key: str, *, place: str, period: str, care_form: str = "alla") -> Ranking:
    """The hospitals by a share in percent, counting only patients from `place`.

    An area's own hospitals are highlighted. Raises KeyError for an unknown indicator.
    """
    chosen = indicator(key)
    in_county = place == reference.COUNTY
    name = reference.place_name(level_of(place), place)
    latest = values.frame(
        indicator=key,
        level="hospital",
        within=place,
        care_form=care_form,
        start=period,
        end=period,
    )
    own = {hospital.name for hospital in reference.hospitals() if hospital.main_area == place}
    rows = _ordered(latest).assign(point_type=None)
    rows["highlight"] = rows["place"].isin(own) | in_county
    county = trend(key, place=reference.COUNTY, period=period, care_form=care_form).value
    return Ranking(
        indicator=chosen,
        place_name=name,
        period=period,
        rows=rows,
        lines=_lines({}, chosen),
        finding=sentences.hospital_finding(
            period=period,
            rows=_ranked(rows),
            county_value=county,
            decimals=chosen.decimals,
            patients_from=None if in_county else name,
        ),
    )


def not_reported(*, place: str, period: str, care_form: str = "alla") -> pd.DataFrame:
    """The municipalities of a place without a report for the month, by area: `area`, `names`.

    `names` is their names in alphabetical order, as they are read: `Ale, Tjörn och Öckerö`.
    """
    rows = []
    for area in sorted(reference.areas(), key=lambda area: area.sort):
        if place not in (area.key, reference.COUNTY):
            continue
        latest = values.frame(
            indicator="discharges",
            level="municipality",
            within=area.key,
            care_form=care_form,
            start=period,
            end=period,
        )
        names = latest.loc[latest["status"] == "missing", "name"]
        if len(names):
            rows.append((area.name, swedish.enumerate_words(sorted(names, key=swedish.sort_key))))
    return pd.DataFrame(rows, columns=["area", "names"])


def table(*, place: str, period: str, care_form: str = "alla") -> pd.DataFrame:
    """Every discharge indicator for the county, the areas in view and their municipalities.

    Columns: `level`, `name`, and for each indicator its key (the value) and `<key>_status`.
    """
    frames = [
        values.frame(
            indicator=key,
            level=level,
            place=at,
            within=place if level == "municipality" else reference.COUNTY,
            care_form=care_form,
            start=period,
            end=period,
        )
        for key in indicators()
        for level, at in _levels(place)
    ]
    long = pd.concat(frames, ignore_index=True)
    index = ["level", "place", "name"]
    order = long[index].drop_duplicates()
    numbers = long.pivot(index=index, columns="indicator", values="value")
    statuses = long.pivot(index=index, columns="indicator", values="status").add_suffix("_status")
    wide = numbers.join(statuses).reset_index()
    return order.merge(wide, on=index, how="left").drop(columns="place")


def areas_table(*, period: str, care_form: str = "alla") -> pd.DataFrame:
    """As `table`, for the county and its areas only."""
    whole = table(place=reference.COUNTY, period=period, care_form=care_form)
    return whole[whole["level"] != "municipality"].reset_index(drop=True)


def _levels(place: str) -> list[tuple[str, str | None]]:
    if place == reference.COUNTY:
        return [("county", None), ("area", None), ("municipality", None)]
    return [("county", None), ("area", place), ("municipality", None)]


def _ordered(rows: pd.DataFrame) -> pd.DataFrame:
    names = rows["name"].map(swedish.sort_key)
    order = rows.assign(_name=names).sort_values(
        ["value", "_name"], ascending=[False, True], na_position="last"
    )
    return order.drop(columns="_name").reset_index(drop=True)


def _ranked(rows: pd.DataFrame) -> list[sentences.Ranked]:
    pairs = zip(rows["name"], rows["value"], strict=True)
    return [sentences.Ranked(name=name, value=value) for name, value in pairs]


def _lines(compared: Mapping[str, float | None], chosen: Indicator) -> pd.DataFrame:
    decimals = chosen.decimals
    rows = [
        (f"{name} {swedish.number(value, decimals)}", value, "place")
        for name, value in compared.items()
        if value is not None
    ]
    if rows and chosen.target is not None:
        rows.append((f"Mål {target_text(chosen)}", chosen.target, "target"))
    return pd.DataFrame(rows, columns=["text", "value", "kind"]).sort_values(
        "value", ignore_index=True
    )
