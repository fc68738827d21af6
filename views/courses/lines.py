"""An indicator over time: a few chosen places in one chart."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

import reference
from metrics import values
from metrics.breaks import breaks, compares_across
from metrics.catalogue import Indicator, indicator
from swedish import typography
from swedish.periods import period_name, periods_between
from swedish.phrases import joined, quantity
from views.events import break_sentence
from views.neighbours import area_of
from warehouse.state import remembered

MOST_PLACES = 5
_NO_VALUE = {"confidential": "skyddad uppgift", "missing": "uppgift saknas"}
_LEVELS = ("county", "area", "municipality")


@dataclass(frozen=True)
class Lines:
    """An indicator of a few places over time.

    `values` has a row for each period, in order, and a column for each place by its name, in the
    order they were chosen and the one to hold them against last; NaN where there is no value.
    `statuses` is as wide and says why. `goal` is the way to the indicator's goal for the latter, by
    period, where it has one. `left_out` is the sum of the others, which they are not `held` to, and
    `broken` says the breaks in the series.
    """

    indicator: Indicator
    period: str
    values: pd.DataFrame
    statuses: pd.DataFrame
    goal: pd.Series | None = None
    left_out: str = ""
    broken: Sequence[str] = ()

    @property
    def held(self) -> bool:
        """Whether the last place is what the others are held against."""
        return not self.left_out

    @property
    def note(self) -> str:
        """What is not drawn and why: a sum of the others, and what is hidden or missing."""
        inside = self.values.apply(lambda one: one.loc[one.first_valid_index() :].isna().any())
        return joined(
            f"{self.left_out} är en summa av kommuner och ritas inte: bredvid den går de andras "
            "linjer inte att läsa."
            if self.left_out
            else "",
            "Luckorna i linjerna är perioder som är skyddade eller saknar uppgift."
            if bool(inside.any())
            else "",
            *self.broken,
        )

    @property
    def table(self) -> pd.DataFrame:
        """The values newest first, with `period`, and for each place its status beside it."""
        whole = self.values.join(self.statuses.add_suffix("_status"))
        return whole.iloc[::-1].reset_index()

    @property
    def finding(self) -> str:
        """What each place has in the period in view."""
        if self.values.empty:
            return f"{self.indicator.name}: inga värden."
        last = self.statuses.iloc[-1]
        said = [
            f"{name} {quantity(value, self.indicator.unit, self.indicator.decimals)}"
            if value == value
            else f"{name} {_NO_VALUE.get(str(last[str(name)]), 'inget värde')}"
            for name, value in self.values.iloc[-1].items()
        ]
        when = period_name(self.period).capitalize()
        return joined(f"{when}: {typography.enumerate_words(said)}.", self._goal_said)

    @property
    def _goal_said(self) -> str:
        aim, about = self.indicator.goal, self.indicator
        if self.goal is None or aim is None:
            return ""
        base = float(self.goal.loc[aim.start])
        end = quantity(base * (1 + aim.change), about.unit, about.decimals)
        change = f"{typography.number(abs(100 * aim.change), 0)}\u00a0procent"
        way = "mindre" if aim.change < 0 else "mer"
        whose = self.values.columns[-1]
        said = (
            f"Målet för {whose} {aim.end} är {end}, {change} {way} än {aim.start}.",
            self._goal_met,
            "Den streckade linjen är vägen dit.",
        )
        return joined(*said)

    @property
    def _goal_met(self) -> str:
        """Whether the goal was met, or how it goes; nothing where the value is not whole."""
        aim, about = self.indicator.goal, self.indicator
        if self.goal is None or aim is None:
            return ""
        over = aim.end in self.values.index
        when = aim.end if over else self.period
        if when not in self.values.index or self.statuses.iloc[:, -1][when] != "ok":
            return ""
        value, wanted = float(self.values.iloc[:, -1][when]), float(self.goal[when])
        met = value <= wanted if aim.change < 0 else value >= wanted
        numbers = " mot ".join(
            quantity(number, about.unit, about.decimals) for number in (value, wanted)
        )
        if over:
            return f"Det nåddes{'' if met else ' inte'}: {numbers}."
        return f"{when} {'följdes' if met else 'följdes inte'} vägen dit: {numbers}."

    @property
    def alt(self) -> str:
        """The chart in words, for those who do not see it."""
        ends = {self.values.index[0], self.period} if len(self.values) else set()
        dates = " till ".join(period_name(end) for end in sorted(ends))
        return joined(f"Linjediagram: {self.indicator.name}, {dates}.", self.finding)


def level_of(place: str) -> str:
    """The level of what can be followed: of the county, an area, a municipality or a hospital.

    Raises KeyError for what is none of them.
    """
    if any(hospital.name == place for hospital in reference.hospitals()):
        return "hospital"
    return reference.level_of(place)


@remembered(64)
def followed(chosen: Indicator) -> list[str]:
    """Of whom an indicator can be drawn over time: of `places`, and of the hospitals."""
    known = {one.place for one in values.values(indicator=chosen.key, level="hospital")}
    names = [hospital.name for hospital in reference.hospitals()]
    return [*places(chosen), *(name for name in dict.fromkeys(names) if name in known)]


@remembered(64)
def places(chosen: Indicator) -> list[str]:
    """Where an indicator has been followed: of the county, the areas and the municipalities."""
    order = reference.place_order()
    known = {
        (one.level, one.place)
        for one in values.values(indicator=chosen.key)
        if one.level in _LEVELS and one.status != "missing"
    }
    return [place for _, place in sorted(known, key=lambda item: order[item])]


def largest(place: str) -> list[str]:
    """The municipalities of an area, or of the county, with most inhabitants: MOST_PLACES.

    Of a municipality, it and the others of its area.
    """
    area = area_of(place)
    inhabitants = {code: count for (code, _), count in sorted(reference.population().items())}
    homes = [home for home in reference.municipalities() if area in (home.area, reference.COUNTY)]
    ordered = sorted(homes, key=lambda home: (home.code != place, -inhabitants.get(home.code, 0)))
    return [home.code for home in ordered[:MOST_PLACES]]


def lines(
    key: str, *, places: Sequence[str], against: str, period: str, part: str = "alla"
) -> Lines:
    """The series of each of `places` up to `period`, and of `against` to hold them against.

    Where a measure is counted a wider place is the sum of the others, and would flatten them: it is
    left out, unless it is among `places` or alone.

    Raises KeyError for an indicator or a place that there is none of.
    """
    summed = reference.level_of(against) in {"county", "area"}
    out = summed and indicator(key).calculation != "ratio" and places and against not in places
    shown = [*(place for place in places if place != against), *([] if out else [against])]
    courses = {
        reference.place_name(level_of(place), place): series(
            key, level=level_of(place), place=place, period=period, part=part
        ).set_index("period")
        for place in shown
    }
    wide = by_period(pd.DataFrame({name: one["value"] for name, one in courses.items()}), period)
    statuses = pd.DataFrame({name: one["status"] for name, one in courses.items()})
    return Lines(
        indicator(key),
        period,
        wide,
        laid_statuses(statuses, wide),
        None if out else _goal(indicator(key), wide),
        reference.place_name(reference.level_of(against), against) if out else "",
        _broken(indicator(key), shown, wide),
    )


def _broken(chosen: Indicator, shown: Sequence[str], wide: pd.DataFrame) -> list[str]:
    """What is said of the breaks in the series of any of the places."""
    if wide.empty:
        return []
    first, last = str(wide.index[0]), str(wide.index[-1])
    crossed = dict.fromkeys(
        event
        for place in shown
        for event in breaks(chosen.dataset, place=place)
        if compares_across(event, first, last)
    )
    return [break_sentence(event) for event in crossed]


def laid_statuses(statuses: pd.DataFrame, wide: pd.DataFrame) -> pd.DataFrame:
    """Why each cell of `wide` has the value it has; what is not there is missing."""
    # A column with nothing in it is one of numbers until it is said to be of anything.
    laid = statuses.reindex(index=wide.index, columns=wide.columns).astype(object)
    return laid.fillna("missing")


def _goal(chosen: Indicator, wide: pd.DataFrame) -> pd.Series | None:
    """The way to the goal of the last column, from what it was where the goal begins."""
    aim = chosen.goal
    if aim is None or aim.start not in wide.index:
        return None
    base = wide.iloc[:, -1][aim.start]
    if base != base:
        return None
    return pd.Series({period: aim.at(str(period), base) for period in wide.index}, dtype="float64")


def series(
    key: str, *, level: str, period: str, part: str, place: str | None = None
) -> pd.DataFrame:
    return values.frame(indicator=key, level=level, place=place, part=part, end=period)


def by_period(wide: pd.DataFrame, period: str) -> pd.DataFrame:
    """`wide` with a row for every period from its first value to `period`."""
    known = wide.dropna(how="all")
    if known.empty:
        return wide.iloc[:0]
    return wide.reindex(periods_between(str(min(known.index)), period))
