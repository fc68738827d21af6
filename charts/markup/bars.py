"""Municipalities as bars under the names of their areas, all on one screen and one scale."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import groupby
from math import isnan

import pandas as pd

import reference
from charts.markup.cards import point_html
from charts.markup.templating import rendered
from charts.placing import scale_end
from charts.rows import BarRow, rows_of
from charts.words import INCOMPLETE, NO_BAR
from metrics.spc.xmr import PointType
from swedish.typography import number


@dataclass(frozen=True)
class _Bar:
    """A municipality's name and address, and its bar; `note` says why there is none."""

    name: str
    address: str
    kind: str = "common_cause"
    width: float | None = None
    value: str = ""
    note: str = ""
    reading: str = ""


def bars_html(
    rows: pd.DataFrame,
    *,
    areas: Mapping[str, float | None],
    mark: float | None,
    decimals: int,
    lead: Callable[[str], str],
) -> str:
    """A group for each area in its own order, its municipalities highest first.

    `rows`: `place` (a code), `name`, `value` (NaN draws no bar), `status` and `point_type`.
    `areas` are the areas' own values, by key; `mark` is what all are held against, drawn as a line.
    `lead` gives the address that a municipality leads to.
    """
    homes = reference.municipality_by_code()
    order = {area.key: area.sort for area in reference.areas()}
    shown = sorted(rows_of(rows, BarRow), key=lambda row: order[homes[row.place].area])
    top = scale_end(rows["value"], at_least=mark or 0.0)
    return rendered(
        "bars",
        areas=[
            {
                "name": reference.place_name("area", key),
                "address": lead(key),
                "value": "" if areas.get(key) is None else number(areas[key], decimals),
                "rows": [
                    _bar(row, top=top, decimals=decimals, there=lead(row.place)) for row in of
                ],
            }
            for key, of in groupby(shown, key=lambda row: homes[row.place].area)
        ],
        mark=None if mark is None else round(100 * mark / top, 1),
        ends=number(top, decimals) if (rows["value"] > top).any() else "",
    )


def _bar(row: BarRow, *, top: float, decimals: int, there: str) -> _Bar:
    if isnan(row.value):
        return _Bar(row.name, there, note=NO_BAR.get(row.status, "inget värde"))
    kind: PointType = row.point_type or "common_cause"
    partial = row.status == "partial"
    signal = kind != "common_cause" and not partial
    return _Bar(
        row.name,
        there,
        kind=kind,
        width=round(min(100.0, 100 * row.value / top), 1),
        value=number(row.value, decimals),
        note=INCOMPLETE if partial else "",
        reading=point_html(kind) if signal else "",
    )
