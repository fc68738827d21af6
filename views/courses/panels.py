"""An indicator over time: every municipality in a small panel of its own."""

from dataclasses import dataclass, field

import pandas as pd

import reference
from metrics.catalogue import Indicator
from swedish import typography
from swedish.periods import period_name
from swedish.phrases import joined, quantity
from views.compare import Across
from views.courses.lines import by_period, laid_statuses, series

# What is left out of the scale of the small panels, so that one outlier does not flatten them all.
_WITHIN_SCALE = 0.99
_HEADROOM = 1.05


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


def panels(shown: Across, *, against: str, by_value: bool, part: str = "alla") -> Panels:
    """A panel for each municipality of `shown`, highest value first or area by area, by name."""
    chosen, period = shown.indicator, shown.period
    own = series(chosen.key, level="municipality", period=period, part=part)
    wide = by_period(own.pivot(index="period", columns="place", values="value"), period)
    wide = wide.reindex(columns=list(shown.rows["place"]))
    statuses = own.pivot(index="period", columns="place", values="status")
    comparable = chosen.calculation == "ratio"
    held = series(
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
        statuses=laid_statuses(statuses, wide),
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


def _ceiling(wide: pd.DataFrame) -> float:
    known = [float(value) for value in wide.to_numpy().ravel() if value == value]
    return _HEADROOM * float(pd.Series(known).quantile(_WITHIN_SCALE)) if known else 1.0


def _by_area(rows: pd.DataFrame) -> pd.DataFrame:
    sort = {area.key: area.sort for area in reference.areas()}
    order = rows.assign(_area=rows["area"].map(sort), _name=rows["name"].map(typography.sort_key))
    return order.sort_values(["_area", "_name"]).drop(columns=["_area", "_name"])
