"""One indicator of one place over time, with its XmR chart and what the period in view says."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

import reference
import swedish
from metrics import new_limits, sentences, values
from metrics.catalogue import Indicator, indicator
from metrics.control import WHICH, control_chart
from metrics.new_limits import NewLimits
from metrics.spc import Point, PointType, Xmr

# Breaks in a series belong to the datasets they broke, none of which is discharges.
_SERIES_BREAK = "seriebrott"
_HEADROOM = 1.1


@dataclass(frozen=True)
class Trend:
    """One indicator of one place, month by month up to the month in view, with its XmR chart.

    `points` has a row for every month from the first known value: `period`, `value`, `status`,
    `reported`, `expected`, `mean`, `lower`, `upper`, `point_type` (None where there is no value
    or no limits) and `preliminary`. `unknown` is why the month has no row of its own there.
    `rebased` are the new limits that users have started.
    """

    indicator: Indicator
    place_name: str
    period: str
    points: pd.DataFrame
    chart: Xmr
    unknown: str = "missing"
    rebased: tuple[NewLimits, ...] = ()

    @property
    def value(self) -> float | None:
        """The month's value, None where there is none."""
        return self._at(self.period)

    @property
    def previous(self) -> float | None:
        """The value of the month before, None where there is none."""
        return self._at(swedish.previous_period(self.period))

    @property
    def change(self) -> float | None:
        """What the month's value adds to that of the month before, None unless both are known."""
        if self.value is None or self.previous is None:
            return None
        return self.value - self.previous

    @property
    def status(self) -> str:
        """ok, partial, confidential or missing."""
        row = self._row(self.period)
        return self.unknown if row is None else str(row["status"])

    @property
    def point(self) -> Point | None:
        """The month's reading in the chart, None where the month has no value."""
        return None if self.value is None else self.chart.last

    @property
    def judged(self) -> Point | None:
        """The month's reading where there are limits to read it against, else None."""
        point = self.point
        return None if point is None or math.isnan(point.upper) else point

    @property
    def finding(self) -> str:
        """What the month says, in a few sentences."""
        row = self._row(self.period)
        return sentences.month_finding(
            place_name=self.place_name,
            period=self.period,
            value=self.value,
            unit=self.indicator.unit,
            decimals=self.indicator.decimals,
            previous=self.previous,
            target=self.indicator.target,
            point=self.point,
            assurance=self.chart.assurance,
            preliminary=self.chart.preliminary,
            reported=0 if row is None else int(row["reported"]),
            expected=0 if row is None else int(row["expected"]),
        )

    @property
    def rebased_said(self) -> str:
        """From when a user has started new limits, and why."""
        return " ".join(
            f"Nya gränser från {swedish.period_name(one.period)}: {one.reason} ({one.author})."
            for one in self.rebased
        )

    @property
    def which_chart(self) -> str:
        """Which control chart it is, and why; empty without values."""
        return "" if self.points.empty else WHICH[self.chart.kind]

    @property
    def completeness(self) -> str:
        """`Ofullständigt underlag: 4 av 5 kommuner har rapporterat.`; empty where it is whole."""
        row = self._row(self.period)
        if row is None or row["reported"] >= row["expected"]:
            return ""
        units = swedish.plural(int(row["expected"]), "kommun", "kommuner")
        return f"Ofullständigt underlag: {int(row['reported'])} av {units} har rapporterat."

    @property
    def alt(self) -> str:
        """The chart in words, for those who do not see it."""
        known = self.points["value"].astype(object).where(self.points["value"].notna(), None)
        return sentences.line_alt(
            name=self.indicator.name,
            place_name=self.place_name,
            points=list(zip(self.points["period"], known, strict=True)),
            unit=self.indicator.unit,
            decimals=self.indicator.decimals,
            finding=self.finding,
        )

    def _row(self, period: str) -> pd.Series | None:
        rows = self.points[self.points["period"] == period]
        return None if rows.empty else rows.iloc[0]

    def _at(self, period: str) -> float | None:
        row = self._row(period)
        return None if row is None or math.isnan(row["value"]) else float(row["value"])


def level_of(place: str) -> str:
    """`county` for the county's key, `area` for an area's."""
    return "county" if place == reference.COUNTY else "area"


def trend(key: str, *, place: str, period: str, care_form: str = "alla") -> Trend:
    """The series of the indicator `key` for an area or the county, up to `period`."""
    level = level_of(place)
    series = values.frame(indicator=key, level=level, place=place, care_form=care_form, end=period)
    return _from_series(
        indicator(key), name=reference.place_name(level, place), period=period, series=series
    )


def trends(
    keys: Sequence[str], *, place: str, period: str, care_form: str = "alla"
) -> dict[str, Trend]:
    """The series of several indicators for one place, by indicator key."""
    return {key: trend(key, place=place, period=period, care_form=care_form) for key in keys}


def area_trends(key: str, *, period: str, care_form: str = "alla") -> dict[str, Trend]:
    """The series of an indicator for each of the areas, by area key in the areas' own order."""
    found = level_trends(key, level="area", period=period, care_form=care_form)
    return {area.key: found[area.key] for area in reference.areas()}


def level_trends(key: str, *, level: str, period: str, care_form: str = "alla") -> dict[str, Trend]:
    """The series of an indicator for every place of a level, in the places' own order.

    A place that has no value has an empty series.
    """
    series = values.frame(indicator=key, level=level, care_form=care_form, end=period)
    chosen = indicator(key)
    order = reference.place_order()
    return {
        place: _from_series(
            chosen,
            name=reference.place_name(level, place),
            period=period,
            series=series[series["place"] == place],
        )
        for at, place in sorted(order, key=lambda item: order[item])
        if at == level
    }


def ceiling(shown: Iterable[Trend]) -> float:
    """A top of scale, in the indicator's unit, that every one of the trends fits under."""
    highest = [trend.points[["value", "upper"]].max().max() for trend in shown]
    known = [float(value) for value in highest if pd.notna(value)]
    return _HEADROOM * max(known, default=1.0) or 1.0


def target_text(chosen: Indicator) -> str:
    """The target as it was set, `3,0`: it does not get the decimals of the values it judges."""
    if chosen.target is None:
        return swedish.NO_VALUE
    fewest = min(1, chosen.decimals)
    exact = (n for n in range(fewest, chosen.decimals) if round(chosen.target, n) == chosen.target)
    return swedish.number(chosen.target, next(exact, chosen.decimals))


def events(*, place: str, start: str, end: str) -> pd.DataFrame:
    """The dated events between two months that concern discharges in `place`: `date`, `text`."""
    rows = [
        (event.date, event.text)
        for event in reference.events()
        if event.scope in (reference.COUNTY, place)
        and event.kind != _SERIES_BREAK
        and start <= event.date[:7] <= end
    ]
    return pd.DataFrame(sorted(rows), columns=["date", "text"])


def with_new_limits(events: pd.DataFrame, rebased: Sequence[NewLimits]) -> pd.DataFrame:
    """The events and, among them, where users have started new limits: `date`, `text`."""
    rows = [(f"{_first_month(one.period)}-01", f"Nya gränser: {one.reason}") for one in rebased]
    both = [*events.itertuples(index=False, name=None), *rows]
    return pd.DataFrame(sorted(both), columns=["date", "text"])


def _first_month(period: str) -> str:
    if "K" in period:
        return f"{period[:4]}-{3 * int(period[-1]) - 2:02d}"
    return period if "-" in period else f"{period}-01"


def latest_point_type(chosen: Indicator, *, period: str, series: pd.DataFrame) -> PointType | None:
    """The reading of the month `period` in the chart of one place's rows of `metrics.values`.

    None where the month has no value, or there are too few months for limits.
    """
    known = series[series["value"].notna()]
    if known.empty or known["period"].iloc[-1] != period:
        return None
    last = _chart(chosen, known, _rebased(chosen, known)).last
    return None if last is None or math.isnan(last.upper) else last.point_type


def _from_series(chosen: Indicator, *, name: str, period: str, series: pd.DataFrame) -> Trend:
    """The trend of rows of `metrics.values` for one place, with the place's name."""
    known = series[series["value"].notna()]
    rebased = _rebased(chosen, known)
    chart = _chart(chosen, known, rebased)
    limits = pd.DataFrame(
        {
            "mean": chart.mean,
            "lower": chart.lower,
            "upper": chart.upper,
            "point_type": pd.Series(chart.point_type, dtype=object),
        }
    ).set_axis(known["period"], axis="index")
    months = swedish.periods_between(known["period"].iloc[0], period) if len(known) else []
    own = series.set_index("period")[["value", "status", "reported", "expected"]]
    points = own.join(limits).reindex(pd.Index(months, dtype=own.index.dtype, name="period"))
    bounds = ["mean", "lower", "upper"]
    points[bounds] = points[bounds].ffill()
    points["status"] = points["status"].fillna("missing")
    points[["reported", "expected"]] = points[["reported", "expected"]].fillna(0)
    judged = points["value"].notna() & points["upper"].notna()
    points["point_type"] = points["point_type"].where(judged, None)
    points["preliminary"] = chart.preliminary
    unknown = next(iter(series.loc[series["period"] == period, "status"]), "missing")
    return Trend(chosen, name, period, points.reset_index(), chart, str(unknown), rebased)


def _rebased(chosen: Indicator, known: pd.DataFrame) -> tuple[NewLimits, ...]:
    """The new limits that have begun among the known periods of one place."""
    if known.empty:
        return ()
    found = new_limits.in_force(indicator=chosen.key, place=str(known["place"].iloc[0]))
    first, last = known["period"].iloc[0], known["period"].iloc[-1]
    return tuple(one for one in found if first < one.period <= last)


def _chart(chosen: Indicator, known: pd.DataFrame, rebased: Sequence[NewLimits]) -> Xmr:
    return control_chart(
        chosen,
        [float(value) for value in known["value"]],
        tops=[float(value) for value in known["numerator"]],
        bottoms=[float(value) for value in known["denominator"]],
        rebase_at=[1 + int((known["period"] < one.period).sum()) for one in rebased],
    )
