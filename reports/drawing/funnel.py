"""Places by size, between the limits that chance allows; those outside are named."""

import math

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from charts.placing import apart
from reports.drawing.canvas import SIZE, canvas, place, scale, text_width
from reports.drawing.ends import funnel_top
from reports.drawing.marks import position_mark
from reports.model import FunnelChart
from reports.theme import Colors
from swedish import typography

_HEIGHT = 3.4
_LEFT, _RIGHT, _TOP, _BOTTOM = 0.45, 1.25, 0.3, 0.5
_TICKS = (5_000, 20_000, 100_000, 500_000)
_LINE = 0.16


def draw_funnel(chart: FunnelChart, *, colors: Colors, width: float) -> Figure:
    """The chart, `width` inches wide."""
    curve = chart.curve
    figure = canvas(width=width, height=_HEIGHT)
    axes = place(figure, left=_LEFT, right=_RIGHT, top=_TOP, bottom=_BOTTOM)
    top = funnel_top(chart)
    scale(axes, top=top, bottom=0)
    axes.set_xscale("log")
    low, high = (float(curve["inhabitants"].iloc[end]) for end in (0, -1))
    margin = (high / low) ** 0.04 if high > low else 1.2
    axes.set_xlim(low / margin, high * margin)
    axes.set_xticks(
        [tick for tick in _TICKS if low / margin <= tick <= high * margin],
        [typography.number(tick, 0) for tick in _TICKS if low / margin <= tick <= high * margin],
    )
    axes.set_xticks([], minor=True)
    sizes = curve["inhabitants"]
    axes.fill_between(sizes, curve["lower_998"], curve["upper_998"], color=colors.band, linewidth=0)
    for column, dash in (("998", "-"), ("95", ":")):
        for side in ("lower", "upper"):
            axes.plot(
                sizes, curve[f"{side}_{column}"], color=colors.chance, linewidth=0.8, linestyle=dash
            )
    axes.plot(sizes, [chart.rate] * len(curve), color=colors.ink, linewidth=1.1)
    _draw_points(axes, chart, colors)
    _name_limits(axes, chart, colors, top)
    _name_places(axes, chart, colors, top=top, width=width - _LEFT - _RIGHT)
    figure.text(0, 0.985, chart.unit, color=colors.muted, fontsize=SIZE, va="top")
    axes.set_xlabel("Invånare", color=colors.muted, fontsize=SIZE, loc="right", labelpad=3)
    return figure


def _draw_points(axes: Axes, chart: FunnelChart, colors: Colors) -> None:
    rows = zip(
        *(chart.points[name] for name in ("inhabitants", "rate", "position", "highlight")),
        strict=True,
    )
    for size, rate, position, highlight in rows:
        mark = position_mark(position, colors)
        axes.plot(
            [size],
            [rate],
            mark.drawn,
            # Those of the place are filled, all others hollow.
            color=colors.accent if highlight else colors.paper,
            markersize=mark.size + (1.5 if highlight else 0),
            markeredgecolor=colors.paper if highlight else mark.color,
            markeredgewidth=0.6 if highlight else 1.0,
            clip_on=False,
        )


def _name_limits(axes: Axes, chart: FunnelChart, colors: Colors, top: float) -> None:
    last = chart.curve.iloc[-1]
    names = [
        (chart.rate, f"Gemensamt {typography.number(chart.rate, 1)}", True),
        (float(last["upper_95"]), "95 %-gräns", False),
        (float(last["upper_998"]), "99,8 %-gräns", False),
    ]
    inch = top / (_HEIGHT - _TOP - _BOTTOM)
    heights = apart([name[0] for name in names], _LINE * inch, low=0, high=top)
    for (_, text, bold), height in zip(names, heights, strict=True):
        axes.text(
            axes.get_xlim()[1],
            height,
            f" {text}",
            va="center",
            color=colors.ink if bold else colors.muted,
            fontweight="bold" if bold else "normal",
        )


def _name_places(
    axes: Axes, chart: FunnelChart, colors: Colors, *, top: float, width: float
) -> None:
    """Name what is to be named, where the name covers no other; else not."""
    figure = axes.figure
    assert isinstance(figure, Figure)
    inch = top / (_HEIGHT - _TOP - _BOTTOM)
    low, high = (math.log(end) for end in axes.get_xlim())
    chosen = chart.points[chart.points["named"]]
    taken: list[tuple[float, float, float]] = []
    for name, size, rate, highlight in zip(
        *(chosen[column] for column in ("name", "inhabitants", "rate", "highlight")), strict=True
    ):
        across, up = (math.log(size) - low) / (high - low) * width, rate / inch
        long = text_width(figure, str(name), bold=bool(highlight))
        for lean, left in (("left", across + 0.1), ("right", across - 0.1 - long)):
            free = all(
                abs(up - other_up) >= _LINE or left >= other_end or left + long <= other_left
                for other_left, other_end, other_up in taken
            )
            if not free or left < 0 or left + long > width:
                continue
            taken.append((left, left + long, up))
            axes.annotate(
                str(name),
                (size, rate),
                xytext=(7 if lean == "left" else -7, 0),
                textcoords="offset points",
                ha=lean,
                va="center",
                fontsize=SIZE,
                fontweight="bold" if highlight else "normal",
                bbox={"facecolor": colors.paper, "alpha": 0.8, "linewidth": 0, "pad": 0.5},
            )
            break
