"""How points look that tell something, in every kind of file: a colour and a shape of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from metrics.spc.xmr import POINT_READINGS, PointType
from reports.theme import Colors


@dataclass(frozen=True)
class Mark:
    """A point's colour, and its shape as matplotlib and as PowerPoint name it."""

    color: str
    drawn: str
    office: str
    size: float


_SHAPES: Mapping[str, tuple[str, str, str, float]] = {
    "common_cause": ("chance", "o", "circle", 4.5),
    "special_cause_improvement": ("improvement", "D", "diamond", 6.5),
    "special_cause_concern": ("deterioration", "s", "square", 6.5),
    "special_cause_neutral_high": ("ink", "^", "triangle", 7),
    "special_cause_neutral_low": ("ink", "v", "dash", 7),
}
_POSITIONS: Mapping[str, tuple[str, str, str, float]] = {
    "inside": ("chance", "o", "circle", 5),
    "above_95": ("ink", "^", "triangle", 7),
    "above_998": ("ink", "^", "triangle", 9.5),
    "below_95": ("ink", "v", "dash", 7),
    "below_998": ("ink", "v", "dash", 9.5),
}


def reading_mark(point_type: object, colors: Colors) -> Mark:
    """The mark of a point type of metrics.spc; anything else, as None, gets the plain one."""
    return _mark(_SHAPES.get(str(point_type), _SHAPES["common_cause"]), colors)


def position_mark(position: str, colors: Colors) -> Mark:
    """The mark of a place's position against a funnel's limits."""
    return _mark(_POSITIONS[position], colors)


def is_signal(point_type: object) -> bool:
    """Whether the point says more than chance does."""
    return point_type in _SHAPES and point_type != "common_cause"


def reading_word(point_type: str) -> str:
    """`Förbättring`, `Försämring`, …"""
    return POINT_READINGS[cast(PointType, point_type)].word


def series_colors(count: int, colors: Colors) -> list[str]:
    """The accent for the last series, quieter colours for those it is held against."""
    quiet = [colors.quiet, colors.rule, colors.chance, colors.muted]
    return [*reversed([quiet[at % len(quiet)] for at in range(count - 1)]), colors.accent]


def _mark(shape: tuple[str, str, str, float], colors: Colors) -> Mark:
    color, drawn, office, size = shape
    return Mark(getattr(colors, color), drawn, office, size)
