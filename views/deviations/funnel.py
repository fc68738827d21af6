"""The municipalities' deviations per inhabitant, between the limits that chance allows."""

from dataclasses import dataclass

import pandas as pd

import reference
from metrics.statistics.funnel import funnel
from swedish.phrases import joined
from views.deviations import sentences as said


@dataclass(frozen=True)
class FunnelView:
    """Municipalities per 10 000 inhabitants with their limits, as `charts.funnel` draws them.

    The inhabitants are those of `year`; `level` says what `rate` is of.
    """

    place: str
    year: str
    points: pd.DataFrame
    curve: pd.DataFrame
    rate: float
    level: str
    finding: str
    alt: str

    @property
    def key(self) -> str:
        """How to read the plot."""
        own = (
            ""
            if self.place == reference.COUNTY
            else f"Fyllda: kommunerna i {reference.place_name('area', self.place)}."
        )
        return joined(own, said.FUNNEL_KEY)


def funnel_view(
    rows: pd.DataFrame, *, place: str, quarter: str, year: str, county: float | None = None
) -> FunnelView:
    """The municipalities on a funnel plot, those of the area in view highlighted.

    `rows`: `place`, `name`, `value`, `status` and `inhabitants`, who are those of `year`. They are
    held against the `county`'s value, which is also of those that are not shown.
    """
    there = rows[rows["value"].notna()]
    places = [str(at) for at in there["place"]]
    drawn = funnel(
        dict(zip(places, map(int, there["value"]), strict=True)),
        inhabitants=dict(zip(places, map(int, there["inhabitants"]), strict=True)),
        names=dict(zip(places, map(str, there["name"]), strict=True)),
        rate=county,
    )
    homes = reference.municipality_by_code()
    points = pd.DataFrame(
        [
            {
                "place": point.place,
                "name": point.name,
                "count": point.count,
                "inhabitants": point.inhabitants,
                "rate": point.rate,
                "position": point.position,
                "highlight": place in (reference.COUNTY, homes[point.place].area),
            }
            for point in drawn.points
        ],
        columns=["place", "name", "count", "inhabitants", "rate", "position", "highlight"],
    )
    curve = pd.DataFrame([{"inhabitants": size, **vars(at)} for size, at in drawn.curve])
    finding = said.funnel_finding(
        drawn, quarter=quarter, without=len(rows) - len(there), of_county=county is not None
    )
    alt = f"Tratdiagram: registrerade per 10 000 invånare ({year}) mot antal invånare. {finding}"
    level = said.level(drawn.rate, of_county=county is not None)
    return FunnelView(place, year, points, curve, drawn.rate, level, finding, alt)
