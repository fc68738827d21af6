"""Sums of money as bars that can be read to the krona."""

import pandas as pd

from charts import theme
from charts.drawn import Drawn
from charts.rows import AmountRow, rows_of
from swedish import typography
from swedish.phrases import BOUNDS

_LINE = 19
_BAR = 16
_GAP = 22
# A sum so many times the next largest would leave the others bars that nobody can tell apart.
_FAR = 5
_BEYOND = "utan stapel: långt större än de andra"
_DIVIDED = "staplarna visar delarna"
_SHADES = {"amount": theme.ACCENT, "part": theme.QUIET, "rest": theme.PAPER}


def amount_text(value: float, bound: str) -> str:
    """`minst 33 000 000 kr`: an amount, and which way it may be off."""
    return f"{BOUNDS[bound]}{typography.kronor(value)}"


def amount_chart(rows: pd.DataFrame) -> Drawn:
    """One bar an amount, in the order given, its name and its kronor above it.

    `rows`: `name`, `detail` (what the amount covers, may be empty), `value` in kronor (NaN where
    it is not known), `bound` (`exact`, `lower`, `upper` or `around`) and `kind` (`amount`, `part`,
    `rest`, which is drawn hollow since nobody has accounted for it, or `whole`, which the parts
    below it divide). All bars share one scale; a lower bound's bar has an open end. A whole, and a
    sum far beyond the others, are given in words alone: the others' bars would be too short to
    tell apart. Without rows nothing is drawn.
    """
    amounts = rows_of(rows, AmountRow)
    top_value = _scale([row.value for row in amounts if row.kind != "whole" and row.value >= 0])
    barred = [row.kind != "whole" and not row.value > top_value for row in amounts]
    texts = [_text(row, barred=bar) for row, bar in zip(amounts, barred, strict=True)]
    tops, bottom = _places(texts, barred)
    drawn = theme.figure(height=max(bottom, _LINE) + 8, top=4, bottom=4, left=2, right=26)
    for row, text, top, bar in zip(amounts, texts, tops, barred, strict=True):
        if bar:
            _draw_amount(drawn, row, at=top + _height(text) + _BAR / 2)
        theme.label(drawn, text, x=0, y=top, xanchor="left", yanchor="top", xshift=-3)
    drawn.update_xaxes(visible=False, range=[0, top_value])
    drawn.update_yaxes(visible=False, range=[bottom, 0])
    return drawn


def _scale(values: list[float]) -> float:
    """The value at the bars' full width."""
    *_, second, first = [0.0, 0.0, *sorted(values)]
    return max(1.0, second if 0 < second * _FAR < first else first)


def _places(texts: list[str], barred: list[bool]) -> tuple[list[int], int]:
    """Where each amount begins, in pixels from the top, and where the last one ends."""
    tops, top = [], 0
    for text, bar in zip(texts, barred, strict=True):
        tops.append(top)
        top += _height(text) + (_BAR if bar else 0) + _GAP
    return tops, top


def _height(text: str) -> int:
    return 4 + _LINE * (1 + text.count("<br>"))


def _draw_amount(drawn: Drawn, row: AmountRow, *, at: float) -> None:
    color = _SHADES[row.kind]
    known = row.value == row.value
    drawn.add_bar(
        x=[row.value if known else 0],
        y=[at],
        orientation="h",
        width=_BAR,
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
            y=at,
            xanchor="left",
            xshift=1,
            color=theme.CHANCE if row.kind == "rest" else color,
            bgcolor="rgba(255,255,255,0)",
        )


def _amount(row: AmountRow) -> str:
    return amount_text(row.value, row.bound) if row.value == row.value else "uppgift saknas"


def _text(row: AmountRow, *, barred: bool) -> str:
    why = "" if barred else _DIVIDED if row.kind == "whole" else _BEYOND
    about = [row.detail, why]
    said = theme.escaped(", ".join(text for text in about if text))
    detail = f'<br><span style="color:{theme.MUTED}">{said}</span>' if said else ""
    return f"{theme.escaped(row.name)}  <b>{_amount(row)}</b>{detail}"
