"""A sum proposed in parts by population, between areas or municipalities."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

import reference
from metrics.statistics.split import LABEL, split
from views.funds.tables import Grant


@dataclass(frozen=True)
class Split:
    """A sum proposed in parts: `rows` has `name`, `inhabitants`, `share` in percent and `kronor`,
    the sum last."""

    rows: pd.DataFrame
    finding: str


def proposed(grant: Grant, *, inhabitants: Mapping[str, int], year: str, by: str) -> Split:
    """An allocated sum split by population between the areas or, `by` municipality, these.

    The sum of a single area is split between its own municipalities. `inhabitants` are those of
    `year`, by municipality. Raises ValueError where the grant has no allocated sum.
    """
    if grant.allocated is None:
        raise ValueError(f"{grant.recipient} has no allocated sum")
    homes = [home for home in reference.municipalities() if grant.area in (None, home.area)]
    to_area = by == "area" and grant.area is None
    people: dict[str, int] = {}
    for home in homes:
        place = home.area if to_area else home.code
        people[place] = people.get(place, 0) + inhabitants[home.code]
    whole = sum(people.values())
    order = reference.place_order()
    level = "area" if to_area else "municipality"
    parts = split(grant.allocated.kronor, people)
    rows = [
        (reference.place_name(level, place), people[place], 100 * people[place] / whole, kronor)
        for place, kronor in sorted(parts.items(), key=lambda part: order[level, part[0]])
    ]
    rows.append(("Summa", whole, 100.0, grant.allocated.kronor))
    finding = (
        f"Förslag till fördelning av {grant.allocated} ({grant.recipient}), {LABEL} {year}. "
        "Det är en uträkning och inget beslut."
    )
    columns = ["name", "inhabitants", "share", "kronor"]
    return Split(pd.DataFrame(rows, columns=columns), finding)
