"""A few places over time in one chart, each with a colour, a marker and a name of its own."""

from typing import Any, NamedTuple

import pandas as pd

from charts import theme
from charts.drawn import Drawn
from charts.placing import apart
from swedish import typography
from swedish.periods import period_name

_PLOT_HEIGHT = 330
_LABEL_HEIGHT = 36
_LABEL_WIDTH = 126
# A marker now and then tells a line from the others without hiding its course.
_MARKED = 3


class _Look(NamedTuple):
    color: str
    symbol: str
    sign: str


# Apart in common forms of colour blindness, by marker as well, and 4.5:1 on white as text. None is
# the blue or the orange that mean better and worse.
_LOOKS = (
    _Look(theme.ACCENT, "circle", "●"),
    _Look("#a3265e", "square", "■"),
    _Look("#8a5c00", "diamond", "◆"),
    _Look("#6d3f8c", "triangle-up", "▲"),
    _Look(theme.INK, "triangle-down", "▼"),
)
_AGAINST = _Look(theme.MUTED, "circle", "")


def lines_chart(
    values: pd.DataFrame,
    *,
    unit: str,
    decimals: int,
    goal: pd.Series | None = None,
    held: bool = True,
) -> Drawn:
    """A line for each column, named at its end; where they are `held` to one, it is the last.

    `values` has a row for each period in order and at most six columns, by the places' names; NaN
    leaves a gap. Values are in `unit`. `goal`, by period, is the way to a goal.
    """
    drawn = theme.figure(height=_PLOT_HEIGHT + 56, top=12, right=_LABEL_WIDTH, bottom=44)
    periods = [str(period) for period in values.index]
    *places, last = values.columns
    # Alone it is held against by nothing, and is what the chart is about.
    against = {last: _AGAINST} if held and places else {}
    shown = places if against else values.columns
    looks = against | dict(zip(shown, _LOOKS, strict=False))
    for name, look in looks.items():
        _draw(drawn, values[name], look, unit, decimals, against=look is _AGAINST)
    if goal is not None:
        _draw_goal(drawn, goal, unit, decimals)
    top = 1.08 * float(values.max().max() or 1.0)
    low = min(0.0, 1.08 * float(values.min().min()))
    _name_ends(drawn, values, looks, decimals, top=top, per_pixel=(top - low) / _PLOT_HEIGHT)
    ticks, names = theme.month_ticks(periods, most=4)
    drawn.update_xaxes(tickvals=ticks, ticktext=names)
    drawn.update_yaxes(
        range=[low, top], nticks=6, tickformat=theme.tick_format(top - low, decimals)
    )
    return drawn


def _draw(
    drawn: Drawn, series: pd.Series, look: _Look, unit: str, decimals: int, *, against: bool
) -> None:
    name = theme.escaped(str(series.name))
    marked = [at % _MARKED == 0 and not against for at in reversed(range(len(series)))]
    drawn.add_scatter(
        x=[theme.middle(str(period)) for period in series.index],
        y=series,
        mode="lines+markers",
        line={"color": theme.RULE if against else look.color, "width": 5 if against else 1.6},
        marker={
            "color": theme.RULE if against else look.color,
            "symbol": look.symbol,
            "size": [8 if shown else 3 for shown in marked],
            "line": {"width": 0},
            "opacity": 1,
        },
        hovertext=[
            f"<b>{name}</b><br>{period_name(str(period))}<br>"
            f"{theme.quantity(value, unit, decimals)}"
            for period, value in series.items()
        ],
        hoverinfo="text",
    )


def _draw_goal(drawn: Drawn, goal: pd.Series, unit: str, decimals: int) -> None:
    known = goal.dropna()
    drawn.add_scatter(
        x=[theme.middle(str(period)) for period in known.index],
        y=known,
        mode="lines",
        line={"color": theme.INK, "width": 1.5, "dash": "dash"},
        hovertext=[
            f"<b>Vägen till målet</b><br>{period_name(str(period))}<br>"
            f"{theme.quantity(value, unit, decimals)}"
            for period, value in known.items()
        ],
        hoverinfo="text",
    )
    theme.label(
        drawn,
        f"Mål {typography.number(float(known.iloc[-1]), decimals)}",
        x=theme.middle(str(known.index[-1])),
        y=float(known.iloc[-1]),
        xanchor="right",
        yanchor="top",
        yshift=-4,
        color=theme.INK,
    )


def _name_ends(
    drawn: Drawn,
    values: pd.DataFrame,
    looks: dict[Any, _Look],
    decimals: int,
    *,
    top: float,
    per_pixel: float,
) -> None:
    """Name each line at the right edge, at its last value or as near as the names have room."""
    last = values.iloc[-1]
    known = values.ffill().iloc[-1].fillna(0.0)
    ordered = sorted(looks, key=lambda name: float(known[name]))
    heights = apart([float(known[name]) for name in ordered], _LABEL_HEIGHT * per_pixel, high=top)
    for name, height in zip(ordered, heights, strict=True):
        shown = typography.number(last[name], decimals)
        theme.label(
            drawn,
            f"{looks[name].sign} {theme.escaped(str(name))}<br><b>{shown}</b>".strip(),
            x=1,
            y=height,
            color=looks[name].color,
            xref="paper",
            xanchor="left",
            yanchor="middle",
            xshift=4,
        )
