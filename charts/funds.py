"""Sums of money as bars that can be read to the krona."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

import swedish
from charts import theme
from charts.frames import rows_of

_ROW = 58
_BOUNDS = {"lower": "minst ", "upper": "högst ", "exact": "", "around": "omkring "}
_SHADES = {"amount": theme.ACCENT, "part": theme.QUIET, "rest": theme.PAPER}


def amount_text(value: float, bound: str) -> str:
    """`minst 33 000 000 kr`: an amount, and which way it may be off."""
    return f"{_BOUNDS[bound]}{swedish.kronor(value)}"


def amount_chart(rows: pd.DataFrame) -> go.Figure:
    """One bar an amount, in the order given, its name and its kronor above it.

    `rows`: `name`, `detail` (what the amount covers, may be empty), `value` in kronor (NaN where
    it is not known), `bound` (`exact`, `lower`, `upper` or `around`) and `kind` (`amount`, `part`
    or `rest`, which is drawn hollow since nobody has accounted for it). All bars share one scale;
    a lower bound's bar has an open end.
    """
    drawn = theme.figure(height=_ROW * len(rows) + 8, top=4, bottom=4, left=2, right=26)
    longest = max([1.0, *rows["value"].dropna()])
    for position, row in enumerate(rows_of(rows)):
        _draw_amount(drawn, row, position)
        theme.label(
            drawn,
            _text(row),
            x=0,
            y=position,
            xanchor="left",
            yanchor="bottom",
            yshift=5,
            xshift=-3,
        )
    drawn.update_xaxes(visible=False, range=[0, longest])
    drawn.update_yaxes(visible=False, range=[len(rows) - 0.62, -0.75])
    return drawn


def _draw_amount(drawn: go.Figure, row: Any, position: int) -> None:
    color = _SHADES[row.kind]
    known = row.value == row.value
    drawn.add_bar(
        x=[row.value if known else 0],
        y=[position + 0.06],
        orientation="h",
        width=0.28,
        marker={
            "color": color,
            "line": {"color": theme.CHANCE, "width": 1 if row.kind == "rest" else 0},
        },
        hovertext=[f"<b>{theme.escaped(row.name)}</b><br>{_amount(row)}"],
        hoverinfo="text",
    )
    if known and row.bound == "lower":
        theme.label(
            drawn,
            "▶",
            x=row.value,
            y=position + 0.06,
            xanchor="left",
            xshift=1,
            color=theme.CHANCE if row.kind == "rest" else color,
            bgcolor="rgba(255,255,255,0)",
        )


def _amount(row: Any) -> str:
    return amount_text(row.value, row.bound) if row.value == row.value else "uppgift saknas"


def _text(row: Any) -> str:
    detail = f'  <span style="color:{theme.MUTED}">{theme.escaped(row.detail)}</span>'
    return f"{theme.escaped(row.name)}  <b>{_amount(row)}</b>{detail if row.detail else ''}"
