"""Registered deviations by process, quarter by quarter, each process in a strip of its own."""

from collections.abc import Callable

import pandas as pd

from charts import theme
from charts.drawn import Drawn
from charts.rows import BreakRow, ProcessRow, rows_of
from swedish import typography
from swedish.periods import period_name

_STRIP = 84
_BARS = 0.42
# How far down its strip the bars of a process stand: what is below sets the next name apart.
_FLOOR = 0.88
_BAR_WIDTH = 0.62
_ABOVE, _LINE = 14, 16
# As many letters as there is room for on either side of a break on a telephone.
_TOLD_WIDTH = 26


def process_chart(
    counts: pd.DataFrame,
    *,
    quarters: list[str],
    chosen: str,
    breaks: pd.DataFrame,
    lead: Callable[[str], str] | None = None,
) -> Drawn:
    """One strip of bars a process in the order given, all on one scale, the chosen quarter marked.

    `counts`: `process`, `period`, `value` (NaN where it is not known) and `status` (hatched where
    partial); a quarter without a row was not reported. `quarters` are those of the axis, in order.
    `breaks`: `period`, the first quarter that is reported in the new way, and `text`. With `lead`,
    which gives the address that a quarter leads to, its bars lead there.
    """
    processes = list(dict.fromkeys(counts["process"]))
    told = [theme.broken(text, _TOLD_WIDTH) for text in breaks["text"]]
    lines = max((1 + text.count("<br>") for text in told), default=0)
    above = _ABOVE + _LINE * lines if lines else 6
    drawn = theme.figure(
        height=_STRIP * len(processes) + above + 34, top=above, bottom=34, left=2, right=2
    )
    highest = counts["value"].max()
    places = {quarter: place for place, quarter in enumerate(quarters)}
    scale = _BARS / (highest if highest > 0 else 1)
    for strip, process in enumerate(processes):
        rows = counts[counts["process"] == process]
        _draw_strip(
            drawn, rows, base=-strip - _FLOOR, scale=scale, places=places, chosen=chosen, lead=lead
        )
        theme.label(
            drawn, theme.escaped(process), x=-0.5, y=-strip - 0.12, xanchor="left", xshift=-2
        )
    _draw_breaks(drawn, breaks.assign(text=told), places=places, strips=len(processes))
    drawn.update_layout(barmode="overlay")
    drawn.update_xaxes(
        range=[-0.5, max(len(quarters), 4) - 0.5],
        tickvals=list(places.values()),
        ticktext=[_tick(quarter) for quarter in quarters],
        tickangle=0,
    )
    drawn.update_yaxes(visible=False, range=[-len(processes) - 0.02, 0])
    return drawn


def _draw_strip(
    drawn: Drawn,
    rows: pd.DataFrame,
    *,
    base: float,
    scale: float,
    places: dict[str, int],
    chosen: str,
    lead: Callable[[str], str] | None,
) -> None:
    shown = [row for row in rows_of(rows, ProcessRow) if row.period in places]
    drawn.add_bar(
        x=[places[row.period] for row in shown],
        y=[0 if row.value != row.value else row.value * scale for row in shown],
        base=[base] * len(shown),
        width=_BAR_WIDTH,
        marker={
            "color": [theme.ACCENT if row.period == chosen else theme.QUIET for row in shown],
            "line": {"width": 0},
            "pattern": {
                "shape": ["/" if row.status == "partial" else "" for row in shown],
                "fgcolor": theme.PAPER,
                "size": 5,
            },
        },
        customdata=None if lead is None else [lead(row.period) for row in shown],
        text=[_text(row) for row in shown],
        textposition="outside",
        textangle=0,
        cliponaxis=False,
        constraintext="none",
        textfont={"size": theme.TEXT_SIZE, "color": theme.INK},
        hovertext=[_hover(row) for row in shown],
        hoverinfo="text",
    )
    drawn.add_shape(
        type="line",
        xref="paper",
        x0=0,
        x1=1,
        y0=base,
        y1=base,
        line={"color": theme.RULE, "width": 1},
    )


def _draw_breaks(
    drawn: Drawn, breaks: pd.DataFrame, *, places: dict[str, int], strips: int
) -> None:
    for event in rows_of(breaks, BreakRow):
        at = places[event.period] - 0.5
        drawn.add_shape(
            type="line",
            x0=at,
            x1=at,
            y0=-strips,
            yref="y",
            y1=0.35,
            line={"color": theme.INK, "width": 1.5, "dash": "dash"},
        )
        leans = "left" if at < len(places) / 2 else "right"
        theme.label(
            drawn,
            event.text,
            x=at,
            y=1,
            yref="paper",
            yanchor="bottom",
            xanchor=leans,
            yshift=6,
            xshift=3 if leans == "left" else -3,
            color=theme.INK,
        )


def _tick(quarter: str) -> str:
    year, part = quarter.split("-K")
    return f"kv {part}<br>{year}"


def _text(row: ProcessRow) -> str:
    if row.value == row.value:
        return typography.number(row.value, 0)
    return ".." if row.status == "confidential" else typography.NO_VALUE


def _hover(row: ProcessRow) -> str:
    partial = "<br>preliminärt" if row.status == "partial" else ""
    head = f"<b>{theme.escaped(row.process)}</b><br>{period_name(row.period)}"
    if row.value != row.value:
        return (
            f"{head}<br>{'skyddad uppgift' if row.status == 'confidential' else 'uppgift saknas'}"
        )
    return f"{head}<br>{typography.number(row.value, 0)} registrerade{partial}"
