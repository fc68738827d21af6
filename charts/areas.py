"""An area's series in the small: to stand beside the others on one common scale."""

import pandas as pd

from charts import theme
from charts.drawn import Drawn
from charts.frames import rows_of
from charts.rows import PointRow
from swedish.periods import month_short

_HEIGHT = 84


def area_chart(points: pd.DataFrame, *, unit: str, decimals: int, ceiling: float) -> Drawn:
    """The series as a line with its limits and the latest point in the shape of its reading.

    `points` as for `spc.spc_chart`; `ceiling` is the top of the scale, the same for every area so
    that the lines can be compared.
    """
    drawn = theme.figure(height=_HEIGHT, top=6, right=8, bottom=18, left=2)
    dates = [theme.midmonth(period) for period in points["period"]]
    edge = {"width": 0}
    drawn.add_scatter(x=dates, y=points["lower"], mode="lines", line=edge, hoverinfo="skip")
    drawn.add_scatter(
        x=dates,
        y=points["upper"],
        mode="lines",
        line=edge,
        fill="tonexty",
        fillcolor=theme.BAND,
        hoverinfo="skip",
    )
    marks = theme.marks(points)
    drawn.add_scatter(
        x=dates,
        y=points["value"],
        mode="lines+markers",
        line={"color": theme.CHANCE, "width": 1.5},
        marker={
            "color": [mark.color for mark in marks],
            "symbol": [mark.symbol for mark in marks],
            "size": [
                mark.size + 1 if index == len(marks) - 1 else mark.size - 4
                for index, mark in enumerate(marks)
            ],
            "line": {"width": 0},
            "opacity": 1,
        },
        cliponaxis=False,
        hovertext=[
            theme.point_hover(row, unit=unit, decimals=decimals)
            for row in rows_of(points, PointRow)
        ],
        hoverinfo="text",
    )
    first, last = points["period"].iloc[[0, -1]]
    ends = {first: "left", last: "right"} if first != last else {last: "center"}
    for period, anchor in ends.items():
        theme.label(
            drawn,
            month_short(period),
            x=theme.midmonth(period),
            y=0,
            color=theme.MUTED,
            yref="paper",
            yanchor="top",
            xanchor=anchor,
            font={"size": 11, "color": theme.MUTED},
        )
    drawn.update_xaxes(visible=False, range=[f"{first}-01", f"{last}-28"])
    drawn.update_yaxes(visible=False, range=[0, ceiling])
    return drawn
