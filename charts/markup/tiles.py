"""The municipalities as tiles, each where it lies, shaded by size and with its number in print.

One neutral scale from light to dark: it says more or less, and neither better nor worse.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from charts.markup.cells import SIGNS, number
from charts.markup.templating import rendered
from charts.rows import ShadeRow, TileRow, rows_of
from swedish import typography
from swedish.phrases import unit_sign

_SHORTEST_NAME = 3


@dataclass(frozen=True)
class _Tile:
    place: TileRow
    address: str
    short: str
    number: str
    is_chosen: bool


def tiles_html(
    rows: pd.DataFrame,
    *,
    steps: pd.DataFrame,
    unit: str,
    decimals: int,
    lead: Callable[[str], str],
) -> str:
    """A tile for each municipality in the county's geography, and the key to the shades.

    `rows`: `place`, `name`, `value` (NaN for none), `status`, `shade` (1 to 5, 0 for none),
    `highlight`, `tile_col` and `tile_row` (from 0). `steps`: `shade`, `low` and `high`, lowest
    first. Where there is no room for whole names their beginnings stand, as many letters as tell
    them apart.
    `lead` gives the address that a place's tile leads to, by its code.
    """
    ordered = rows_of(rows.sort_values(["tile_row", "tile_col"]), TileRow)
    short = short_names([row.name for row in ordered])
    # Where every tile would be outlined, none is.
    outlined = not rows["highlight"].all()
    tiles = [
        _Tile(
            row,
            lead(row.place),
            short[row.name],
            number(row.value, row.status, decimals),
            is_chosen=outlined and row.highlight,
        )
        for row in ordered
    ]
    return rendered(
        "tiles",
        tiles=tiles,
        scale=f"Färgskala {unit_sign(unit)}",
        steps=[
            (step.shade, _span(step.low, step.high, decimals)) for step in rows_of(steps, ShadeRow)
        ],
        signs=SIGNS if (rows["status"] != "ok").any() else "",
    )


def short_names(names: list[str]) -> dict[str, str]:
    """The beginning of each name: three letters, or as many as no other name begins with."""
    return {name: _beginning(name, [other for other in names if other != name]) for name in names}


def _beginning(name: str, others: list[str]) -> str:
    starts = (name[:length] for length in range(_SHORTEST_NAME, len(name)))
    return next((s for s in starts if not any(other.startswith(s) for other in others)), name)


def _span(low: float, high: float, decimals: int) -> str:
    first, last = typography.number(low, decimals), typography.number(high, decimals)
    return first if first == last else f"{first}–{last}"
