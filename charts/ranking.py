"""Municipalities in order, against the means of their area and of the county."""

from collections.abc import Callable

import pandas as pd

from charts import bars, theme
from charts.drawn import Drawn
from charts.placing import scale_end
from charts.rows import RankedRow, rows_of
from charts.words import INCOMPLETE
from swedish import typography

_ROW = 30
_DENSE_ROW = 21
_MANY = 20
_TEXT_WIDTH = 124
_CUT_ROW = 28


def ranking_chart(
    rows: pd.DataFrame,
    *,
    lines: pd.DataFrame,
    unit: str,
    decimals: int,
    lead: Callable[[str], str] | None = None,
) -> Drawn:
    """One bar a municipality in the order given, the first on top, signals named beside them.

    Bars far beyond the others are cut off, and the chart says where.

    `rows`: `name`, `value` (NaN where there is none), `status` (ok, partial,
    confidential, missing), `highlight` and `point_type` (metrics.spc's label of the latest point,
    None where there is none); `low` and `high`, if any, are drawn as whiskers (NaN for none).
    `lines`: see `bars.draw_lines`. Values are in `unit`. With `lead`, which gives the address that
    a place leads to by its `place`, names and bars are links.
    """
    addresses = None if lead is None else [lead(place) for place in rows["place"]]
    row_height = _DENSE_ROW if len(rows) > _MANY else _ROW
    plot_height = row_height * len(rows)
    top = bars.room_for_lines(len(lines))
    end = _end(rows, lines)
    cut = rows["value"] > end
    below = _CUT_ROW if cut.any() else 8
    drawn = theme.figure(height=plot_height + top + below, top=top, bottom=below, right=_TEXT_WIDTH)
    bars.draw_bars(
        drawn,
        rows.assign(value=rows["value"].clip(upper=end)),
        thickness=0.66,
        hover=[_hover(row, unit, decimals) for row in rows_of(rows, RankedRow)],
        addresses=addresses,
    )
    if "low" in rows:
        _draw_intervals(drawn, rows, end=end)
    _draw_cuts(drawn, cut, end=end, decimals=decimals)
    bars.draw_lines(drawn, lines, plot_height=plot_height, end=end)
    # In a column of their own, where the lines do not run through them.
    drawn.add_annotations(
        theme.annotation(
            _text(row, decimals), x=1, y=position, xref="paper", xanchor="left", xshift=6
        )
        for position, row in enumerate(rows_of(rows, RankedRow))
    )
    names = [theme.escaped(name) for name in rows["name"]]
    if addresses is not None:
        names = [
            theme.link(name, there) for name, there in zip(rows["name"], addresses, strict=True)
        ]
    drawn.update_xaxes(visible=False, range=[0, end])
    drawn.update_yaxes(
        showgrid=False,
        tickvals=list(range(len(rows))),
        ticktext=[f"{name}\u00a0" for name in names],
        range=[len(rows) - 0.5, -0.5],
        tickfont={"color": theme.INK, "size": theme.TEXT_SIZE},
    )
    return drawn


def _draw_cuts(drawn: Drawn, cut: pd.Series, *, end: float, decimals: int) -> None:
    """Mark the bars that are cut off, and say where."""
    if not cut.any():
        return
    drawn.add_annotations(
        theme.annotation(
            "<b>//</b>", x=end, y=at, color=theme.PAPER, bgcolor="rgba(0,0,0,0)", xshift=-12
        )
        for at, is_cut in enumerate(cut)
        if is_cut
    )
    theme.label(
        drawn,
        f"Staplarna slutar vid {typography.number(end, decimals)}",
        x=1,
        y=0,
        color=theme.MUTED,
        xref="paper",
        yref="paper",
        xanchor="right",
        yanchor="top",
        yshift=-4,
    )


def _draw_intervals(drawn: Drawn, rows: pd.DataFrame, *, end: float) -> None:
    rows = rows.assign(**{one: rows[one].clip(upper=end) for one in ("value", "low", "high")})
    known = rows["low"].notna()
    # A white edge, so that the whisker is seen on its bar as well.
    for color, thickness in ((theme.PAPER, 3), (theme.INK, 1)):
        drawn.add_scatter(
            x=rows["value"],
            y=list(range(len(rows))),
            mode="markers",
            marker={"size": 1, "color": color},
            error_x={
                "type": "data",
                "array": (rows["high"] - rows["value"]).where(known, 0),
                "arrayminus": (rows["value"] - rows["low"]).where(known, 0),
                "color": color,
                "thickness": thickness,
                "width": 0,
            },
            hoverinfo="skip",
        )


def _end(rows: pd.DataFrame, lines: pd.DataFrame) -> float:
    """Where the scale ends; left to Plotly, the names of the lines would take a part of it."""
    places = lines.loc[lines["kind"] != "target", "value"]
    end = scale_end(rows["value"], at_least=float(places.max()) if len(places) else 0.0)
    whiskers = rows.loc[rows["value"] <= end, "high"].dropna() if "high" in rows else ()
    return float(max([end, *whiskers]))


def _text(row: RankedRow, decimals: int) -> str:
    if row.value != row.value:
        return bars.no_bar_text(row.status)
    text = f"<b>{typography.number(row.value, decimals)}</b>"
    if row.status == "partial":
        return f"{text} {INCOMPLETE}"
    if row.point_type in (None, "common_cause"):
        return text
    return f"{text} {theme.reading_text(row.point_type)}"


def _hover(row: RankedRow, unit: str, decimals: int) -> str:
    if row.value != row.value:
        return f"<b>{theme.escaped(row.name)}</b><br>{bars.no_bar_text(row.status)}"
    value = theme.quantity(row.value, unit, decimals)
    word = "" if row.point_type is None else f"<br>{theme.word(row.point_type)}"
    return f"<b>{theme.escaped(row.name)}</b><br>{value}{_interval(row, decimals)}{word}"


def _interval(row: RankedRow, decimals: int) -> str:
    if row.low != row.low:
        return ""
    ends = f"{typography.number(row.low, decimals)}–{typography.number(row.high, decimals)}"
    return f"<br>95 % konfidensintervall {ends}"
