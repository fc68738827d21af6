"""What a new version does to the values: columns of new, changed, lost and unchanged by period."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from charts import theme
from charts.drawn import Drawn
from swedish import typography
from swedish.periods import period_name, period_short

WORDS: Mapping[str, str] = {
    "new": "Nya",
    "changed": "Ändrade",
    "lost": "Borttagna",
    "unchanged": "Oförändrade",
}
# Told apart by pattern too: filled, hatched, crossed and pale.
_FILLS = {
    "new": (theme.ACCENT, ""),
    "changed": (theme.DETERIORATION, "/"),
    "lost": (theme.INK, "x"),
    "unchanged": (theme.RULE, ""),
}
_ROW = 62
_TICKS = 4


def changes_chart(rows: pd.DataFrame) -> Drawn:
    """A row of columns for each indicator, one column a period; `rows` are of one kind of period.

    `rows`: `name`, `period` and the numbers of values `new`, `changed`, `lost`, `unchanged`.
    """
    names = list(dict.fromkeys(rows["name"]))
    periods = sorted(set(rows["period"]))
    share = 1 / len(names)
    drawn = theme.figure(height=_ROW * len(names) + 70, top=34, bottom=36)
    layout: dict[str, Any] = {}
    for number, name in enumerate(names):
        axis = "y" if number == 0 else f"y{number + 1}"
        of = rows[rows["name"] == name].set_index("period").reindex(periods)
        for kind, (color, shape) in _FILLS.items():
            # The first has all kinds, for the legend; what is nought throughout draws nothing.
            if number and not of[kind].any():
                continue
            drawn.add_bar(
                x=periods,
                y=of[kind],
                yaxis=axis,
                name=WORDS[kind],
                legendgroup=kind,
                showlegend=number == 0,
                marker={
                    "color": color,
                    "line": {"width": 0},
                    "pattern": {
                        "shape": shape,
                        "fillmode": "overlay",
                        "fgcolor": theme.PAPER,
                        "size": 5,
                    },
                },
                hovertext=[
                    f"<b>{theme.escaped(name)}</b><br>{period_name(period)}<br>"
                    f"{WORDS[kind]}: {typography.number(value, 0)}"
                    for period, value in zip(periods, of[kind], strict=True)
                ],
                hoverinfo="text",
            )
        top = 1 - number * share
        layout[f"yaxis{number + 1 if number else ''}"] = {
            "domain": [max(0.0, top - share * 0.95), top - share * 0.42],
            "showgrid": False,
            "showticklabels": False,
            "zeroline": False,
            "fixedrange": True,
            "rangemode": "tozero",
            "anchor": "x",
        }
        theme.label(
            drawn,
            theme.escaped(name),
            x=0,
            y=top,
            xref="paper",
            yref="paper",
            xanchor="left",
            yanchor="top",
        )
    ticks = periods[:: max(1, -(-len(periods) // _TICKS))]
    drawn.update_layout(
        **layout,
        barmode="stack",
        bargap=0.15,
        showlegend=True,
        legend={
            "orientation": "h",
            "x": 0,
            "y": 1,
            "yanchor": "bottom",
            "itemclick": False,
            "itemdoubleclick": False,
        },
    )
    drawn.update_xaxes(
        type="category",
        categoryorder="array",
        categoryarray=periods,
        tickvals=ticks,
        ticktext=[period_short(period) for period in ticks],
        tickangle=0,
        anchor="free",
        position=0,
    )
    return drawn
