"""A series in the very small: its band, its line and its signals, as a picture in a row."""

from collections.abc import Callable, Iterable
from math import isnan
from urllib.parse import quote

from charts import theme
from charts.markup.templating import rendered
from views.trend import Step, Trend

_WIDTH, _HEIGHT, _EDGE = 220, 44, 5
_SHOWN = 36


def common_scale(several: Iterable[Trend]) -> tuple[float, float] | None:
    """The ends of a scale that holds all of the series as they are drawn; None without a value."""
    heights = [
        number
        for one in several
        for step in _drawn(one)
        for number in (step.value, step.lower, step.upper)
        if number is not None and not isnan(number)
    ]
    return (min(heights), max(heights)) if heights else None


def spark_html(shown: Trend, *, scale: tuple[float, float] | None = None, alt: str = "") -> str:
    """The last periods of a series, on a scale of their own unless one is given.

    `alt` says what it shows, where that is not said beside it.
    """
    steps = _drawn(shown)
    ends = common_scale([shown])
    if ends is None:
        return ""
    low, high = scale or ends
    per = (_HEIGHT - 2 * _EDGE) / ((high - low) or 1.0)
    apart = (_WIDTH - 2 * _EDGE) / max(1, len(steps) - 1)

    def across(at: int) -> float:
        return _EDGE + at * apart

    def down(value: float) -> float:
        return _HEIGHT - _EDGE - (value - low) * per

    course, pen_down = [], False
    for at, step in enumerate(steps):
        if step.value is None:
            pen_down = False
            continue
        sign = "L" if pen_down else "M"
        course.append(f"{sign}{across(at):.1f} {down(step.value):.1f}")
        pen_down = True
    dots = [
        (across(at), down(step.value), 4 if is_last else 2.4, theme.mark(step.point_type).color)
        for at, step in enumerate(steps)
        for is_last in (at == len(steps) - 1,)
        if step.value is not None and (is_last or step.point_type not in (None, "common_cause"))
    ]
    drawn = rendered(
        "spark",
        width=_WIDTH,
        height=_HEIGHT,
        band=_band(steps, across, down),
        band_color=theme.BAND,
        course="".join(course),
        color=theme.CHANCE,
        dots=dots,
    )
    return rendered("spark_image", svg=quote(drawn), alt=alt)


def _drawn(shown: Trend) -> list[Step]:
    return list(shown.steps)[-_SHOWN:]


def _band(steps: list[Step], across: Callable[[int], float], down: Callable[[float], float]) -> str:
    """The outline of the limits, as a path; none where there are none."""
    known = [(at, step) for at, step in enumerate(steps) if not isnan(step.upper)]
    if not known:
        return ""
    upper = [f"{across(at):.1f} {down(step.upper):.1f}" for at, step in known]
    lower = [f"{across(at):.1f} {down(step.lower):.1f}" for at, step in reversed(known)]
    return f"M{'L'.join([*upper, *lower])}Z"
