"""Hospitals by the share of their patients who left before the notice was sent."""

from collections.abc import Callable

import pandas as pd

from charts import bars, theme
from charts.drawn import Drawn
from charts.rows import HospitalRow, rows_of
from swedish import typography

_ROW = 50


def hospital_chart(
    rows: pd.DataFrame,
    *,
    unit: str,
    decimals: int,
    lead: Callable[[str], str] | None = None,
) -> Drawn:
    """One bar a hospital in the order given, its name above it and the counts beside it.

    With `lead`, which gives the address that a hospital leads to, names and bars are links.

    `rows`: `name`, `value` (percent, NaN where there is none), `numerator` and
    `denominator` (patients), `status` and `highlight`.
    """
    drawn = theme.figure(height=_ROW * len(rows) + 12, top=12, bottom=0, left=2, right=140)
    bars.draw_bars(
        drawn,
        rows,
        thickness=0.34,
        texts=[_text(row, unit, decimals) for row in rows_of(rows, HospitalRow)],
        hover=[_hover(row, unit, decimals) for row in rows_of(rows, HospitalRow)],
        addresses=None if lead is None else [lead(name) for name in rows["name"]],
    )
    for position, row in enumerate(rows_of(rows, HospitalRow)):
        theme.label(
            drawn,
            theme.escaped(row.name) if lead is None else theme.link(row.name, lead(row.name)),
            x=0,
            y=position,
            xanchor="left",
            yanchor="bottom",
            yshift=8,
            xshift=-3,
        )
    drawn.update_xaxes(visible=False, rangemode="tozero")
    drawn.update_yaxes(
        visible=False,
        range=[len(rows) - 0.5, -0.7],
    )
    return drawn


def _counts(row: HospitalRow) -> str:
    return f"{typography.number(row.numerator, 0)} av {typography.number(row.denominator, 0)}"


def _text(row: HospitalRow, unit: str, decimals: int) -> str:
    if row.value != row.value:
        return bars.no_bar_text(row.status)
    value = theme.quantity(row.value, unit, decimals)
    return f'<b>{value}</b>  <span style="color:{theme.MUTED}">{_counts(row)}</span>'


def _hover(row: HospitalRow, unit: str, decimals: int) -> str:
    if row.value != row.value:
        return f"<b>{theme.escaped(row.name)}</b><br>{bars.no_bar_text(row.status)}"
    value = theme.quantity(row.value, unit, decimals)
    return f"<b>{theme.escaped(row.name)}</b><br>{value}: {_counts(row)} utskrivna"
