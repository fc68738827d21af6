"""The one look of every chart: colours, markers, type, spacing and Plotly's settings.

Text holds 4.5:1 and graphics 3:1 against white (WCAG 2.1 AA). Improvement and deterioration are
a blue and an orange that stay apart in every common form of colour blindness, and each has a
marker of its own as well, so that colour never carries the meaning alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any, cast

import pandas as pd

from charts.drawn import Drawn
from charts.rows import PointRow
from metrics.spc.xmr import POINT_READINGS, PointType
from settings import SHIPPED, SettingsError, sound
from settings.toml import parsed
from swedish import typography
from swedish.periods import grain_of, months_of, period_name, period_short
from swedish.phrases import unit_sign

# The one palette, of pages and reports alike; a theme of the user's own is of reports only.
_FILE = SHIPPED / "theme.toml"
_NAMES = (
    *("ink", "muted", "rule", "band", "quiet", "chance", "accent"),
    *("improvement", "deterioration", "paper"),
)


def _palette(read: sound.Read) -> dict[str, str]:
    there = read([_FILE])
    colors = parsed(*there).get("colors", {}) if there else {}
    if lacking := [name for name in _NAMES if name not in colors]:
        raise SettingsError(f"{_FILE}: färgen '{lacking[0]}' saknas under [colors].")
    return {name: str(colors[name]) for name in _NAMES}


_PALETTE = sound.newest(_FILE, _palette)
INK = _PALETTE["ink"]
MUTED = _PALETTE["muted"]
RULE = _PALETTE["rule"]
BAND = _PALETTE["band"]
QUIET = _PALETTE["quiet"]
CHANCE = _PALETTE["chance"]
ACCENT = _PALETTE["accent"]
IMPROVEMENT = _PALETTE["improvement"]
DETERIORATION = _PALETTE["deterioration"]
SPECIAL = INK
PAPER = _PALETTE["paper"]
# From the lowest fifth to the highest: neutral, and ink on the darkest holds 5.5:1.
SHADES = ("#f1f4f6", "#dce4e8", "#c4d1d8", "#a8bbc5", "#8ba4b1")
# On a dark screen, by their names in the style sheet. Charts are drawn in the light ones, and the
# browser turns them over.
DARK = {
    "ink": "#e4e9ed",
    "muted": "#a7b3bd",
    "rule": "#364049",
    "paper": "#101418",
    "accent": "#6cc5cd",
    "quiet": "#7f9dab",
    "improvement": "#6fb1ee",
    "deterioration": "#f0955a",
}
DARK_SHADES = ("#1b2228", "#22313a", "#2b414d", "#355364", "#3f6577")

FONT = '"Source Sans", "Source Sans Pro", "Segoe UI", Roboto, Arial, sans-serif'
TEXT_SIZE = 13
NO_BREAK_SPACE = "\u00a0"

# No tool bar and no zoom that traps a finger: the page scrolls, the table has every figure.
# No locale either: Plotly would fetch one, and the labels here are Swedish already.
CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "displaylogo": False,
    "scrollZoom": False,
    "doubleClick": False,
    "showTips": False,
}


@dataclass(frozen=True)
class Mark:
    """How one kind of point looks: its colour, Plotly's marker and the same shape as text."""

    color: str
    symbol: str
    sign: str
    size: int


# Keyed by the point types of metrics.spc.
MARKS: dict[str, Mark] = {
    "common_cause": Mark(CHANCE, "circle", "●", 6),
    "special_cause_improvement": Mark(IMPROVEMENT, "diamond", "◆", 10),
    "special_cause_concern": Mark(DETERIORATION, "square", "■", 9),
    "special_cause_neutral_high": Mark(SPECIAL, "triangle-up", "▲", 9),
    "special_cause_neutral_low": Mark(SPECIAL, "triangle-down", "▼", 9),
}
# Hollow: it lacks a part, and is judged by nothing.
INCOMPLETE = Mark(CHANCE, "circle-open", "○", 8)


def mark(point_type: str | None) -> Mark:
    """The mark of a point type of metrics.spc; of None, a point that has no reading, the plain."""
    return MARKS[point_type or "common_cause"]


def marks(points: pd.DataFrame) -> list[Mark]:
    """The marks of a series' points; `points` has `point_type` and, where known, `status`."""
    statuses = points.get("status", pd.Series("ok", index=points.index))
    return [
        INCOMPLETE if status == "partial" else mark(kind)
        for kind, status in zip(points["point_type"], statuses, strict=True)
    ]


def word(point_type: str) -> str:
    """`Förbättring`, `Försämring`, `Slumpvariation`, …"""
    return POINT_READINGS[cast(PointType, point_type)].word


def reading_text(point_type: str) -> str:
    """Icon and word in the reading's colour, as Plotly's markup."""
    sign, color = MARKS[point_type].sign, MARKS[point_type].color
    return f'<span style="color:{color}">{sign} {word(point_type)}</span>'


def point_hover(row: PointRow, *, unit: str, decimals: int) -> str:
    """Period, value and reading of a point: `row` has `period`, `value` and `point_type`."""
    lines = [f"<b>{period_name(row.period)}</b>", quantity(row.value, unit, decimals)]
    if row.status == "partial":
        lines.append("ofullständigt underlag")
    return "<br>".join([*lines, *([word(row.point_type)] if row.point_type else [])])


def figure(
    *, height: int, top: int = 12, right: int = 16, bottom: int = 36, left: int = 8
) -> Drawn:
    """An empty figure in the house style, `height` pixels high, margins in pixels."""
    axis = {
        "gridcolor": RULE,
        "linecolor": RULE,
        "zeroline": False,
        "fixedrange": True,
        "ticks": "",
        "tickfont": {"color": MUTED, "size": TEXT_SIZE},
        "automargin": True,
    }
    return Drawn(
        {
            "height": height,
            "margin": {"t": top, "r": right, "b": bottom, "l": left},
            "paper_bgcolor": PAPER,
            "plot_bgcolor": PAPER,
            "font": {"family": FONT, "size": TEXT_SIZE, "color": INK},
            "separators": f",{NO_BREAK_SPACE}",
            "showlegend": False,
            "dragmode": False,
            "hoverlabel": {
                "bgcolor": PAPER,
                "bordercolor": CHANCE,
                "align": "left",
                "font": {"family": FONT, "size": TEXT_SIZE, "color": INK},
            },
            "xaxis": axis | {"showgrid": False},
            "yaxis": axis,
        }
    )


def annotation(
    text: str, *, x: float | str, y: float | str, color: str = INK, **place: Any
) -> dict[str, Any]:
    """Plotly's annotation for `text` straight on the figure, on white so that lines stop at it."""
    settings: dict[str, Any] = {
        "showarrow": False,
        "font": {"color": color, "size": TEXT_SIZE},
        "bgcolor": PAPER,
        "borderpad": 1,
        "align": "left",
    }
    return {"text": text, "x": x, "y": y} | settings | place


def label(
    drawn: Drawn, text: str, *, x: float | str, y: float | str, color: str = INK, **place: Any
) -> None:
    """Write `text` on the figure; `annotation` says how."""
    drawn.add_annotations([annotation(text, x=x, y=y, color=color, **place)])


def broken(text: str, width: int) -> str:
    """`text` in lines of at most `width` letters, as Plotly wants them, with markup defused."""
    lines = wrap(escaped(text), width, break_long_words=False)
    return "<br>".join(lines)


def escaped(text: str) -> str:
    """`text` with the signs that Plotly would read as markup replaced."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def link(text: str, there: str) -> str:
    """`text` as a link to an address of the app, as Plotly's markup."""
    return f'<a href="{escaped(there)}" target="_self" style="color:{INK}">{escaped(text)}</a>'


def quantity(value: float | None, unit: str, decimals: int) -> str:
    """`3,2 dagar`, `12,5 %`, `1 204`: a value as it is read aloud, held on one line."""
    shown = typography.number(value, decimals)
    return f"{shown} {unit_sign(unit)}".strip().replace(" ", NO_BREAK_SPACE)


def month_ticks(periods: Sequence[str], *, most: int = 7) -> tuple[list[str], list[str]]:
    """Where the periods are named on a time axis, and how: at most about `most` of them.

    The last period is always among them, since that is the one the page is about.
    """
    step = next((s for s in (1, 2, 3, 6, 12) if len(periods) <= s * most), 12)
    chosen = list(periods[::-1][::step][::-1])
    names = ["<br>".join(period_short(period).rsplit(" ", 1)) for period in chosen]
    return [middle(period) for period in chosen], names


def tick_format(height: float, decimals: int) -> str:
    """Plotly's format of the numbers along an axis so high, the same for all of them.

    About six steps divide it: they are whole from a height of three.
    """
    if height >= 10 or (height > 3 and not decimals):
        return ",.0f"
    return ",.1f" if height >= 1 else f",.{min(2, max(decimals, 1))}f"


def midmonth(period: str) -> str:
    """The date a month's value is drawn at: its middle, so that a rule of the 1st comes before."""
    return f"{period}-15"


def ends(period: str) -> tuple[str, str]:
    """The first date of a month, a quarter or a year, and one near its end."""
    first, last = months_of(period)
    return f"{first}-01", f"{last}-28"


def middle(period: str) -> str:
    """The date in the middle of a month, a quarter or a year, where its value is drawn."""
    match grain_of(period):
        case "year":
            return f"{period}-07-01"
        case "quarter":
            return f"{period[:4]}-{3 * int(period[-1]) - 1:02d}-15"
    return midmonth(period)
