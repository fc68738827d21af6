"""One indicator and period across the municipalities, their areas and the county.

A place's rank is no verdict: small places swing most, and what is compared differs between them.
So every value comes with its interval where counts allow one, and colours say size only.
"""

from dataclasses import dataclass

import pandas as pd

import reference
from metrics import values
from metrics.catalogue import Indicator, indicator, indicators
from metrics.disclosure.scope import nearest
from metrics.statistics import uncertainty
from swedish.periods import period_name
from views.agreed import visible
from views.ranking import country, sentences
from views.ranking import places as ranked
from warehouse.state import remembered

SHADES = 5
VERDICT = (
    "Rangordning är inte ett omdöme. Små kommuner svänger mest från en period till nästa, och "
    "kommunerna skiljer sig åt i ålder, avstånd och arbetssätt. Läs skillnaden mot kommunens egen "
    "utveckling innan du drar en slutsats."
)
SHADES_NOTE = (
    "Mörkare betyder högre värde, inte sämre. Nyanserna delar kommunerna i femtedelar; lika värden "
    "har samma nyans."
)


@dataclass(frozen=True)
class Across:
    """An indicator in one period, municipality by municipality.

    `rows`, highest value first and those without a value last: `place`, `name`, `area`,
    `area_name`, `tile_col`, `tile_row`, `value`, `numerator`, `denominator`, `status`, `low` and
    `high` (the interval, NaN where there is none), `shade` (1 lowest to SHADES, 0 without a
    value), `highlight` (in the chosen area) and `point_type`. `areas` has the areas and the county
    with `name`, `value`, `numerator`, `denominator`, `status`, `low`, `high`, `highlight` and
    `point_type`, in their own order. `lines` is as in `ranked.Ranking`. `steps` is a row per
    shade in use: `shade`, `low` and `high`.
    """

    indicator: Indicator
    period: str
    rows: pd.DataFrame
    areas: pd.DataFrame
    lines: pd.DataFrame
    steps: pd.DataFrame
    finding: str

    @property
    def alt(self) -> str:
        """The map and the ranking in words, for those who do not see them."""
        when = period_name(self.period)
        return f"{self.indicator.name} per kommun, {when}. {self.finding}"

    @property
    def areas_finding(self) -> str:
        """Which area is highest and which lowest; empty where it is not known by area."""
        rows = self.areas[self.areas["level"] == "area"]
        if rows.empty:
            return ""
        return sentences.ranking_finding(
            place_name=reference.county().name,
            period=self.period,
            rows=ranked.ranked(rows),
            unit=self.indicator.unit,
            decimals=self.indicator.decimals,
            place_value=None,
            noun=sentences.AREA,
        )


@remembered(4)
def comparable() -> list[Indicator]:
    """The indicators of the county, areas or municipalities that there is any value of."""
    filled = visible.periods_by_indicator()
    return [
        chosen
        for chosen in indicators().values()
        if {"county", "area", "municipality"} & {*chosen.levels} and chosen.key in filled
    ]


def across(key: str, *, area: str, against: str, period: str, part: str = "alla") -> Across:
    """The municipalities in `period`, those of `area` highlighted, against the place `against`.

    `area` may be one of the municipalities.

    Raises KeyError for an indicator or a place that there is none of.
    """
    chosen = indicator(key)
    part = nearest(chosen, "municipality", part)
    ranking, rows, areas = _everywhere(key, period, part)
    mine = (rows["area"] == area) | (rows["place"] == area) | (area == reference.COUNTY)
    return Across(
        indicator=chosen,
        period=period,
        rows=rows.assign(highlight=mine),
        areas=areas.assign(highlight=areas["place"] == area),
        lines=_lines(chosen, [against, area], ranking, part=part),
        steps=_steps(rows),
        finding=ranking.finding,
    )


@remembered(24)
def _everywhere(
    key: str, period: str, part: str
) -> tuple[ranked.Ranking, pd.DataFrame, pd.DataFrame]:
    """What is the same whichever area is chosen: the municipalities in order, with their homes, and
    the areas."""
    chosen = indicator(key)
    ranking = ranked.municipalities(key, place=reference.COUNTY, period=period, part=part)
    homes = pd.DataFrame(
        [
            (home.code, home.area, reference.place_name("area", home.area), *_tile(home))
            for home in reference.municipalities()
        ],
        columns=["place", "area", "area_name", "tile_col", "tile_row"],
    )
    rows = _with_interval(ranking.rows, chosen).merge(homes, on="place", how="left")
    rows["shade"] = shades(rows["value"], chosen)
    return ranking, rows, _areas(chosen, period=period, part=part)


def shades(numbers: pd.Series, chosen: Indicator) -> list[int]:
    """Each value's fifth in the order of values, the lowest 1; values that read the same share."""
    shown = numbers.dropna().map(lambda value: round(value, chosen.decimals))
    below = [int((shown < round(value, chosen.decimals)).sum()) for value in shown]
    fifths = pd.Series([1 + SHADES * n // len(shown) for n in below], index=shown.index)
    return [int(fifths.get(at, 0)) for at in numbers.index]


def _tile(home: reference.Municipality) -> tuple[int, int]:
    return home.tile_col, home.tile_row


def _with_interval(rows: pd.DataFrame, chosen: Indicator) -> pd.DataFrame:
    """`rows` with `low` and `high`, NaN where the value or its interval is not known."""
    intervals = [
        uncertainty.interval(chosen, numerator=numerator, denominator=denominator)
        if pd.notna(value)
        else None
        for value, numerator, denominator in zip(
            rows["value"], rows["numerator"], rows["denominator"], strict=True
        )
    ]
    ends = [interval or (float("nan"), float("nan")) for interval in intervals]
    return rows.assign(low=[low for low, _ in ends], high=[high for _, high in ends])


def _steps(rows: pd.DataFrame) -> pd.DataFrame:
    known = rows[rows["shade"] > 0]
    spans = known.groupby("shade")["value"].agg(low="min", high="max")
    return spans.reset_index()


def _areas(chosen: Indicator, *, period: str, part: str) -> pd.DataFrame:
    levels = [level for level in ("county", "area") if level in chosen.levels]
    frames = [
        values.frame(indicator=chosen.key, level=level, part=part, start=period, end=period)
        for level in levels
    ]
    rows = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=values.COLUMNS)
    return _with_interval(rows, chosen).assign(point_type=None)


def _lines(
    chosen: Indicator, places: list[str], ranking: ranked.Ranking, *, part: str
) -> pd.DataFrame:
    """The values of `places` as lines, the country's median, and the target.

    Sums of places, and values that are not added up, are no measure of one of them.
    """
    compared: dict[str, float | None] = {}
    if chosen.calculation == "ratio":
        compared = {
            reference.place_name(reference.level_of(place), place): _value(
                chosen, place, period=ranking.period, part=part
            )
            for place in [reference.COUNTY, *places]
        }
    spread = country.spread_of(chosen, ranking.period)
    if spread is not None:
        compared["Rikets median"] = spread.median
    if not compared:
        return ranking.lines.iloc[:0]
    return ranked.lines(compared, chosen, highest=ranking.rows["value"].max())


def _value(chosen: Indicator, place: str, *, period: str, part: str) -> float | None:
    own = values.values(
        indicator=chosen.key,
        level=reference.level_of(place),
        place=place,
        part=part,
        start=period,
        end=period,
    )
    return own[0].value if own else None
