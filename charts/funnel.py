"""Municipalities on a funnel plot: counts per 10 000 inhabitants between their control limits.

Outside the limits is neither good nor bad here, so a shape and a name say it, and no colour does.
"""

import math
from collections.abc import Callable, Mapping

import pandas as pd

from charts import theme
from charts.drawn import Drawn
from charts.placing import apart
from charts.rows import FunnelRow, rows_of
from charts.words import position_word
from swedish import typography

_PLOT_HEIGHT = 380
_TICKS = (5_000, 20_000, 100_000, 500_000)
# The letters that fit across the plot on a phone, for two names side by side.
_LETTERS_ACROSS = 42
_LETTER_ROWS = 22
_SHAPES = {
    "inside": ("circle", 8),
    "above_95": ("triangle-up", 11),
    "above_998": ("triangle-up", 14),
    "below_95": ("triangle-down", 11),
    "below_998": ("triangle-down", 14),
}


def funnel_chart(
    points: pd.DataFrame,
    *,
    curve: pd.DataFrame,
    rate: float,
    lead: Callable[[str], str] | None = None,
) -> Drawn:
    """Each municipality by inhabitants and rate, those outside the limits named.

    With `lead`, which gives the address that a municipality leads to by its `place`, points and
    names are links.

    `points`: `name`, `count`, `inhabitants`, `rate` (per 10 000), `position` (`funnel`)
    and `highlight`. `curve`, fewest inhabitants first: `inhabitants`, `lower_998`, `lower_95`,
    `upper_95` and `upper_998`. `rate` is that of them all.
    """
    drawn = theme.figure(height=_PLOT_HEIGHT + 76, top=30, right=58, bottom=46, left=4)
    top = 1.08 * max([rate, *points["rate"], curve["upper_998"].median()])
    _draw_limits(drawn, curve, rate, top)
    addresses = {at: lead(at) for at in points["place"]} if lead else {}
    _draw_points(drawn, points, addresses)
    _name_outside(drawn, points, top, addresses)
    low, high = (math.log10(curve["inhabitants"].iloc[end]) for end in (0, -1))
    margin = 0.05 * (high - low) or 0.1
    drawn.update_xaxes(
        type="log",
        range=[low - margin, high + margin],
        tickvals=list(_TICKS),
        ticktext=[typography.number(size, 0) for size in _TICKS],
        tickangle=0,
        title={
            "text": "Invånare",
            "font": {"color": theme.MUTED, "size": theme.TEXT_SIZE},
            "standoff": 4,
        },
    )
    theme.label(
        drawn,
        "Per 10 000 invånare",
        x=0,
        y=1,
        xref="paper",
        yref="paper",
        xanchor="left",
        yanchor="bottom",
        yshift=6,
        color=theme.MUTED,
    )
    drawn.update_yaxes(range=[-0.02 * top, top], nticks=6, tickformat=",~f")
    return drawn


def _draw_limits(drawn: Drawn, curve: pd.DataFrame, rate: float, top: float) -> None:
    edge = {"color": theme.CHANCE, "width": 1}
    for column, dash in (
        ("lower_998", "solid"),
        ("upper_998", "solid"),
        ("lower_95", "dot"),
        ("upper_95", "dot"),
    ):
        drawn.add_scatter(
            x=curve["inhabitants"],
            y=curve[column],
            mode="lines",
            line=edge | {"dash": dash},
            fill="tonexty" if column == "upper_998" else None,
            fillcolor=theme.BAND,
            hoverinfo="skip",
        )
    drawn.add_scatter(
        x=curve["inhabitants"],
        y=[rate] * len(curve),
        mode="lines",
        line={"color": theme.INK, "width": 1.5},
        hoverinfo="skip",
    )
    last = curve.iloc[-1]
    # The limits meet at the right edge: their names keep a line's height apart.
    limits = [rate, last["upper_95"], last["upper_998"]]
    heights = apart(limits, 0.055 * top, high=math.inf)
    names = (f"<b>{typography.number(rate, 2)}</b>", "95 %", "99,8 %")
    for name, height in zip(names, heights, strict=True):
        theme.label(
            drawn, name, x=1, y=height, xref="paper", xanchor="left", xshift=2, color=theme.MUTED
        )


def _draw_points(drawn: Drawn, points: pd.DataFrame, addresses: Mapping[str, str]) -> None:
    rows = rows_of(points, FunnelRow)
    shapes = [_SHAPES[row.position] for row in rows]
    drawn.add_scatter(
        x=points["inhabitants"],
        y=points["rate"],
        mode="markers",
        marker={
            "symbol": [symbol for symbol, _ in shapes],
            "size": [size for _, size in shapes],
            "color": [theme.ACCENT if row.highlight else theme.PAPER for row in rows],
            "line": {
                "color": [theme.ACCENT if row.highlight else theme.CHANCE for row in rows],
                "width": 1.2,
            },
            "opacity": 1,
        },
        cliponaxis=False,
        customdata=list(addresses.values()) or None,
        hovertext=[_hover(row) for row in rows],
        hoverinfo="text",
    )


def _name_outside(
    drawn: Drawn, points: pd.DataFrame, top: float, addresses: Mapping[str, str]
) -> None:
    """Names the places outside the limits, each beside its marker where it covers no other name.

    One that has no room on either side has its name in the sentence, the table and the hover text.
    """
    taken: list[tuple[float, float, float]] = []
    fewest = points["inhabitants"].min()
    span = math.log(points["inhabitants"].max() / fewest) or 1.0
    outside = points[points["position"] != "inside"].sort_values("inhabitants", ascending=False)
    for row in rows_of(outside, FunnelRow):
        there = addresses.get(row.place)
        across, down = math.log(row.inhabitants / fewest) / span, row.rate / top
        width = (len(row.name) + 3) / _LETTERS_ACROSS
        for leans, left in (("left", across), ("right", across - width)):
            if left < 0 or left + width > 1 or _covers(left, down, width, taken):
                continue
            taken.append((left, down, width))
            theme.label(
                drawn,
                theme.link(row.name, there) if there else theme.escaped(row.name),
                x=math.log10(row.inhabitants),
                y=row.rate,
                xanchor=leans,
                xshift=9 if leans == "left" else -9,
                bgcolor="rgba(255,255,255,0.75)",
            )
            break


def _covers(
    left: float, down: float, width: float, taken: list[tuple[float, float, float]]
) -> bool:
    return any(
        abs(other_down - down) < 1 / _LETTER_ROWS
        and left < other + other_width
        and other < left + width
        for other, other_down, other_width in taken
    )


def _hover(row: FunnelRow) -> str:
    return (
        f"<b>{theme.escaped(row.name)}</b><br>{typography.number(row.rate, 2)} per 10 000 invånare"
        f"<br>{typography.number(row.count, 0)} registrerade, "
        f"{typography.number(row.inhabitants, 0)} invånare<br>{position_word(row.position)}"
    )
