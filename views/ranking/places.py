"""Municipalities and hospitals in order of one indicator, and what to hold them against.

Frames hold one row per place; a value that is not known is NaN, and the reason stands in `status`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

import reference
from metrics import values
from metrics.breaks import breaks
from metrics.catalogue import Indicator, indicator
from metrics.disclosure.scope import nearest
from metrics.spc import readings
from metrics.spc.judging import latest_chance, latest_point_type
from metrics.spc.xmr import PointType
from metrics.statistics.many import discoveries
from metrics.values import Value
from swedish import typography
from swedish.phrases import joined
from views.ranking import sentences
from views.summary import told_by, with_absent
from views.trend import target_label, target_text, trend
from warehouse.journal import new_limits


@dataclass(frozen=True)
class Ranking:
    """Places in order for one indicator and period, and what to hold them against.

    `rows`, highest value first and those without a value last: `place`, `name`, `value`,
    `numerator`, `denominator`, `status`, `point_type` (of the period's point in the place's own
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
    name = reference.place_name(reference.level_of(place), place)
    now = values.values(
        indicator=key, level="municipality", within=place, part=part, start=period, end=period
    )
    kinds = _told(_kinds(chosen, now, period=period, part=part), chosen, period=period, part=part)
    latest = values.as_frame(now)
    whole = with_absent(latest, place=place, period=period, part=part, key=told_by(chosen))
    rows = _ordered(whole).assign(highlight=True)
    # As objects: text columns would turn None into NaN.
    observed = [kinds.get(code) for code in rows["place"]]
    rows["point_type"] = pd.Series(observed, index=rows.index, dtype=object)
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
                rows=ranked(rows),
                unit=chosen.unit,
                decimals=chosen.decimals,
                place_value=own,
                county_value=None if in_county else county,
            ),
            _above_target(rows, chosen),
        ),
    )


def _kinds(
    chosen: Indicator, now: Sequence[Value], *, period: str, part: str
) -> dict[str, PointType | None]:
    """What the chart of each municipality says of the period, which is its last."""
    stored = readings.last_point_types(
        indicator=chosen.key, level="municipality", period=period, part=part
    )
    rebased = {one.place for one in new_limits.of(chosen.key)}
    kinds = {
        one.place: stored[one.place]
        for one in now
        if one.place in stored.keys() - rebased and not breaks(chosen.dataset, place=one.place)
    }
    read = _series(chosen, {one.place for one in now} - kinds.keys(), period=period, part=part)
    return kinds | {
        code: latest_point_type(chosen, period=period, observed=observed)
        for code, observed in read.items()
    }


def _told(
    kinds: Mapping[str, PointType | None], chosen: Indicator, *, period: str, part: str
) -> dict[str, PointType | None]:
    """The readings of many places, without the signals that chance gives among so many."""
    signals = {at for at, kind in kinds.items() if kind not in (None, "common_cause")}
    judged = sum(kind is not None for kind in kinds.values())
    series = _series(chosen, signals, period=period, part=part)
    chances = {at: latest_chance(chosen, observed=series[at]) for at in signals}
    told = discoveries(chances, among=judged)
    return {
        at: "common_cause" if at in chances and at not in told else kind
        for at, kind in kinds.items()
    }


def _series(
    chosen: Indicator, codes: set[str], *, period: str, part: str
) -> Mapping[str, Sequence[Value]]:
    """The values of some municipalities to the period: a country has many, and few are needed."""
    if not codes:
        return {}
    return values.by_place(
        indicator=chosen.key, level="municipality", places=codes, part=part, end=period
    )


def hospitals(key: str, *, place: str, period: str, part: str = "alla") -> Ranking:
    """The hospitals by a share in percent, whichever area their patients are from.

    An area's own hospitals are highlighted. By area, or by care form where they are not shown by
    themselves, most hospitals have too few. Raises KeyError for an unknown indicator.
    """
    chosen = indicator(key)
    asked, part = part, nearest(chosen, "hospital", part)
    in_county = place == reference.COUNTY
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
        place_name=reference.county().name,
        period=period,
        rows=rows,
        lines=lines({}, chosen, highest=rows["value"].max()),
        finding=joined(
            _all_forms("Sjukhus", asked, part),
            sentences.hospital_finding(
                period=period,
                rows=ranked(rows),
                county_value=county,
                decimals=chosen.decimals,
            ),
        ),
    )


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


def is_whole(rows: pd.DataFrame) -> "pd.Series[bool]":
    """Which rows have a value that lacks no part."""
    return rows["value"].notna() & (rows["status"] != "partial")


def _above_target(rows: pd.DataFrame, chosen: Indicator) -> str:
    """Which are above the target; a value that lacks a part is on neither side of it yet."""
    whole = rows[is_whole(rows)]
    if chosen.target is None or whole.empty:
        return ""
    target = f"{chosen.target_words.name} {target_text(chosen)}"
    above = list(whole.loc[whole["value"] > chosen.target, "name"])
    if not above:
        partial = rows["status"].eq("partial").any()
        known = "fullständiga uppgifter" if partial else "känt värde"
        return f"Ingen kommun med {known} ligger över {target}."
    if len(above) > typography.MOST_NAMES:
        return f"{typography.plural(len(above), 'kommun', 'kommuner')} ligger över {target}."
    return f"Över {target}: {typography.enumerate_words(above)}."


def ranked(rows: pd.DataFrame) -> list[sentences.Ranked]:
    """The rows as sentences rank them."""
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
