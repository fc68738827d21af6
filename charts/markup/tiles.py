"""The municipalities as tiles, each where it lies, shaded by size and with its number in print.

One neutral scale from light to dark: it says more or less, and neither better nor worse.
"""

from collections.abc import Callable
from html import escape
from math import isnan
from typing import Any

import pandas as pd

from charts.frames import rows_of
from charts.markup.html import NOT_KNOWN, SIGNS
from charts.markup.links import link
from swedish import typography

_SHORTEST_NAME = 3


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
    ordered = rows_of(rows.sort_values(["tile_row", "tile_col"]))
    short = short_names([row.name for row in ordered])
    # Where every tile would be outlined, none is.
    outlined = not rows["highlight"].all()
    tiles = "".join(
        _tile(row, short[row.name], decimals, outlined=outlined, there=lead(row.place))
        for row in ordered
    )
    gaps = (rows["status"] != "ok").any()
    signs = f'<p class="signs">{SIGNS}</p>' if gaps else ""
    return (
        f'<div class="map"><ul class="tiles">{tiles}</ul>{_key(steps, unit, decimals)}</div>{signs}'
    )


def short_names(names: list[str]) -> dict[str, str]:
    """The beginning of each name: three letters, or as many as no other name begins with."""
    return {name: _beginning(name, [other for other in names if other != name]) for name in names}


def _beginning(name: str, others: list[str]) -> str:
    starts = (name[:length] for length in range(_SHORTEST_NAME, len(name)))
    return next((s for s in starts if not any(other.startswith(s) for other in others)), name)


def _tile(row: Any, short: str, decimals: int, *, outlined: bool, there: str) -> str:
    classes = f"shade-{row.shade}" + (" chosen" if outlined and row.highlight else "")
    place = f"grid-column: {row.tile_col + 1}; grid-row: {row.tile_row + 1}"
    return (
        f'<li class="{classes}" style="{place}">'
        + link(
            there,
            f'<span class="name">{escape(row.name)}</span>'
            f'<span class="short" aria-hidden="true">{escape(short)}</span> '
            f'<span class="number">{_number(row, decimals)}</span>',
        )
        + "</li>"
    )


def _number(row: Any, decimals: int) -> str:
    if isnan(row.value):
        return NOT_KNOWN.get(row.status, typography.NO_VALUE)
    return f"{typography.number(row.value, decimals)}{'*' if row.status == 'partial' else ''}"


def _key(steps: pd.DataFrame, unit: str, decimals: int) -> str:
    spans = "".join(
        f'<li class="shade-{step.shade}">{_span(step.low, step.high, decimals)}</li>'
        for step in rows_of(steps)
    )
    named = {"procent": "%", "antal": ""}.get(unit, unit)
    return (
        f'<ol class="shades" aria-label="Färgskala {escape(named)}">{spans}</ol>' if spans else ""
    )


def _span(low: float, high: float, decimals: int) -> str:
    first, last = typography.number(low, decimals), typography.number(high, decimals)
    return first if first == last else f"{first}–{last}"
