"""Horizontal bars that carry their own labels: what the rankings have in common."""

from collections.abc import Iterable, Sequence

import pandas as pd

from charts import theme
from charts.drawn import Drawn
from charts.rows import LineRow, rows_of
from charts.words import NO_BAR

_LINE_ROW = 20


def draw_bars(
    drawn: Drawn,
    rows: pd.DataFrame,
    *,
    hover: Iterable[str],
    thickness: float,
    texts: Iterable[str] = (),
    addresses: Sequence[str] | None = None,
) -> None:
    """One bar a row at 0, 1, 2 … down the axis, with `texts`, if any, at their ends.

    A bar leads to its address, if any, when it is pressed (`ui/hands.js`).

    `rows`: `value` (NaN draws no bar), `status` and `highlight`.
    """
    colors = [theme.ACCENT if chosen else theme.QUIET for chosen in rows["highlight"]]
    drawn.add_bar(
        y=list(range(len(rows))),
        x=rows["value"].fillna(0),
        orientation="h",
        width=thickness,
        marker={
            "color": colors,
            "line": {"width": 0},
            # Hatched where a part is missing, so that the bar does not look final.
            "pattern": {
                "shape": ["/" if status == "partial" else "" for status in rows["status"]],
                "fgcolor": theme.PAPER,
                "size": 5,
            },
        },
        text=list(texts),
        textposition="outside",
        textangle=0,
        cliponaxis=False,
        constraintext="none",
        textfont={"size": theme.TEXT_SIZE, "color": theme.INK},
        customdata=addresses,
        hovertext=list(hover),
        hoverinfo="text",
    )


def no_bar_text(status: str) -> str:
    """Why a place of this status has no bar, in words: a missing number is not a zero."""
    return f'<span style="color:{theme.MUTED}">{NO_BAR.get(status, "inget värde")}</span>'


def room_for_lines(count: int) -> int:
    """Pixels above the plot that `draw_lines` needs for `count` lines."""
    return 8 + _LINE_ROW * count


def draw_lines(drawn: Drawn, lines: pd.DataFrame, *, plot_height: int, end: float) -> None:
    """Values to compare with, as vertical lines named above the plot, each on a row of its own.

    `lines`: `text` (with its value), `value` and `kind` (`place` or `target`), lowest value
    first: with the lowest on top, no line runs through the name of another. One beyond the
    scale's `end` is said at the edge.
    """
    for row, line in enumerate(rows_of(lines, LineRow)):
        height = 1 + _LINE_ROW * (len(lines) - row) / plot_height
        color = theme.ACCENT if line.kind == "target" else theme.INK
        if line.value > end:
            theme.label(
                drawn,
                f"<b>{theme.escaped(str(line.text))}</b> → utanför bilden",
                x=1,
                y=height,
                color=color,
                xref="paper",
                yref="paper",
                xanchor="right",
                yanchor="top",
            )
            continue
        drawn.add_shape(
            type="line",
            x0=line.value,
            x1=line.value,
            yref="paper",
            y0=0,
            y1=height,
            line={"color": color, "width": 1.5, "dash": "dot"},
        )
        theme.label(
            drawn,
            theme.escaped(str(line.text)),
            x=line.value,
            y=height,
            color=color,
            yref="paper",
            xanchor="left",
            yanchor="top",
            xshift=3,
        )
