"""A series in the very small: its band, its line and its signals, as a picture in a row."""

from collections.abc import Callable
from math import isnan
from urllib.parse import quote

from charts import theme
from views.trend import Step, Trend

_WIDTH, _HEIGHT, _EDGE = 220, 44, 5
_SHOWN = 36


def spark_html(shown: Trend) -> str:
    """The last periods of a series on a scale of their own; what it shows is said beside it."""
    steps = list(shown.steps)[-_SHOWN:]
    heights = [
        number
        for step in steps
        for number in (step.value, step.lower, step.upper)
        if number is not None and not isnan(number)
    ]
    if not heights:
        return ""
    low, high = min(heights), max(heights)
    per = (_HEIGHT - 2 * _EDGE) / ((high - low) or 1.0)
    apart = (_WIDTH - 2 * _EDGE) / max(1, len(steps) - 1)

    def across(at: int) -> float:
        return _EDGE + at * apart

    def down(value: float) -> float:
        return _HEIGHT - _EDGE - (value - low) * per

    parts = [_band(steps, across, down)]
    course, pen_down = [], False
    for at, step in enumerate(steps):
        if step.value is None:
            pen_down = False
            continue
        sign = "L" if pen_down else "M"
        course.append(f"{sign}{across(at):.1f} {down(step.value):.1f}")
        pen_down = True
    parts.append(
        f"<path d='{''.join(course)}' fill='none' stroke='{theme.CHANCE}' stroke-width='1.3'/>"
    )
    for at, step in enumerate(steps):
        last = at == len(steps) - 1
        if step.value is not None and (last or step.point_type not in (None, "common_cause")):
            color = theme.mark(step.point_type).color
            parts.append(
                f"<circle cx='{across(at):.1f}' cy='{down(step.value):.1f}' "
                f"r='{4 if last else 2.4}' fill='{color}'/>"
            )
    drawn = (
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{_WIDTH}' height='{_HEIGHT}' "
        f"viewBox='0 0 {_WIDTH} {_HEIGHT}'>{''.join(parts)}</svg>"
    )
    return f'<img class="spark" alt="" src="data:image/svg+xml,{quote(drawn)}">'


def _band(steps: list[Step], across: Callable[[int], float], down: Callable[[float], float]) -> str:
    known = [(at, step) for at, step in enumerate(steps) if not isnan(step.upper)]
    if not known:
        return ""
    upper = [f"{across(at):.1f} {down(step.upper):.1f}" for at, step in known]
    lower = [f"{across(at):.1f} {down(step.lower):.1f}" for at, step in reversed(known)]
    return f"<path d='M{'L'.join([*upper, *lower])}Z' fill='{theme.BAND}'/>"
