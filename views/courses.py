"""An indicator over time: a few chosen places in one chart, and every municipality in its own."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

import reference
from metrics import values
from metrics.catalogue import Indicator, indicator
from swedish import typography
from swedish.periods import period_name, periods_between
from swedish.phrases import joined, quantity
from views.compare import Across
from views.neighbours import area_of
from warehouse.state import remembered

MOST_PLACES = 5
_NO_VALUE = {"confidential": "skyddad uppgift", "missing": "uppgift saknas"}
_LEVELS = ("county", "area", "municipality")
# What is left out of the scale of the small panels, so that one outlier does not flatten them all.
_WITHIN_SCALE = 0.99
_HEADROOM = 1.05


@dataclass(frozen=True)
class Lines:
    """An indicator of a few places over time.

    `values` has a row for each period, in order, and a column for each place by its name, in the
    order they were chosen and the one to hold them against last; NaN where there is no value.
    `statuses` is as wide and says why. `goal` is the way to the indicator's goal for the latter, by
    period, where it has one. `left_out` is the sum of the others, which they are not `held` to.
    """

    indicator: Indicator
    period: str
    values: pd.DataFrame
    statuses: pd.DataFrame
    goal: pd.Series | None = None
    left_out: str = ""

    @property
    def held(self) -> bool:
        """Whether the last place is what the others are held against."""
        return not self.left_out

    @property
    def note(self) -> str:
        """Why the place to hold the others against is not drawn, where it is not."""
        if self.held:
            return ""
        return (
            f"{self.left_out} är en summa av kommuner och ritas inte: bredvid den går de andras "
            "linjer inte att läsa."
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


@dataclass(frozen=True)
class Panels:
    """An indicator of all the municipalities over time, one small panel each.

    `values` has a row for each period and a column for each municipality by its code, NaN for a
    gap; `statuses` is as wide and says why. `rows` is `place`, `name`, `area_name`, `value` and
    `status` in the order to show them.
    `against` is the series to hold them against and `ceiling` the top of the common scale; both
    are None where the indicator is a sum, since sizes differ and each panel has a scale of its own.
    `beyond` is how many values lie above the ceiling.
    """

    indicator: Indicator
    values: pd.DataFrame
    rows: pd.DataFrame
    against: pd.Series | None
    ceiling: float | None
    beyond: int
    statuses: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def alt(self) -> str:
        """The panels in words, for those who do not see them."""
        first, last = (period_name(self.values.index[end]) for end in (0, -1))
        return f"Små linjediagram, ett per kommun: {self.indicator.name}, {first} till {last}."


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
        reference.place_name(reference.level_of(place), place): _series(
            key, level=reference.level_of(place), place=place, period=period, part=part
        ).set_index("period")
        for place in shown
    }
    wide = _by_period(pd.DataFrame({name: one["value"] for name, one in courses.items()}), period)
    statuses = pd.DataFrame({name: one["status"] for name, one in courses.items()})
    return Lines(
        indicator(key),
        period,
        wide,
        _statuses(statuses, wide),
        None if out else _goal(indicator(key), wide),
        reference.place_name(reference.level_of(against), against) if out else "",
    )


def _statuses(statuses: pd.DataFrame, wide: pd.DataFrame) -> pd.DataFrame:
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


def panels(shown: Across, *, against: str, by_value: bool, part: str = "alla") -> Panels:
    """A panel for each municipality of `shown`, highest value first or area by area, by name."""
    chosen, period = shown.indicator, shown.period
    series = _series(chosen.key, level="municipality", period=period, part=part)
    wide = _by_period(series.pivot(index="period", columns="place", values="value"), period)
    wide = wide.reindex(columns=list(shown.rows["place"]))
    statuses = series.pivot(index="period", columns="place", values="status")
    comparable = chosen.calculation == "ratio"
    held = _series(
        chosen.key, level=reference.level_of(against), place=against, period=period, part=part
    ).set_index("period")["value"]
    ceiling = _ceiling(wide) if comparable else None
    return Panels(
        indicator=chosen,
        values=wide,
        rows=shown.rows if by_value else _by_area(shown.rows),
        against=held.reindex(wide.index) if comparable else None,
        ceiling=ceiling,
        beyond=int((wide > ceiling).sum().sum()) if ceiling is not None else 0,
        statuses=_statuses(statuses, wide),
    )


def by_municipality(shown: Panels) -> pd.DataFrame:
    """The panels as a table: `name`, a column for each period and its status, a row for each.

    Rows are municipalities.
    """
    names = shown.rows[["place", "name"]]
    whole = shown.values.T.join(shown.statuses.T.add_suffix("_status"))
    return names.merge(whole, left_on="place", right_index=True, how="left")


def scale_note(shown: Panels, *, against: str) -> str:
    """How to read the panels together, in Swedish."""
    if shown.ceiling is None:
        return "Måttet är ett antal, så varje ruta har sin egen skala: jämför formen, inte höjden."
    name = reference.place_name(reference.level_of(against), against)
    top = quantity(shown.ceiling, shown.indicator.unit, shown.indicator.decimals)
    above = typography.plural(shown.beyond, "värde", "värden")
    return joined(
        f"Grå linje: {name}. Alla rutor har samma skala, från 0 till {top}.",
        f"{above} ligger över den och är ritade vid kanten." if shown.beyond else "",
    )


def _series(
    key: str, *, level: str, period: str, part: str, place: str | None = None
) -> pd.DataFrame:
    return values.frame(indicator=key, level=level, place=place, part=part, end=period)


def _by_period(wide: pd.DataFrame, period: str) -> pd.DataFrame:
    """`wide` with a row for every period from its first value to `period`."""
    known = wide.dropna(how="all")
    if known.empty:
        return wide.iloc[:0]
    return wide.reindex(periods_between(str(min(known.index)), period))


def _ceiling(wide: pd.DataFrame) -> float:
    known = [float(value) for value in wide.to_numpy().ravel() if value == value]
    return _HEADROOM * float(pd.Series(known).quantile(_WITHIN_SCALE)) if known else 1.0


def _by_area(rows: pd.DataFrame) -> pd.DataFrame:
    sort = {area.key: area.sort for area in reference.areas()}
    order = rows.assign(_area=rows["area"].map(sort), _name=rows["name"].map(typography.sort_key))
    return order.sort_values(["_area", "_name"]).drop(columns=["_area", "_name"])
