"""Every municipality's line in a small panel of its own, to be read across all of them.

Pictures in the page's own grid, not one large figure: it falls into as many columns as there is
room for, on a telephone too.
"""

from collections.abc import Sequence
from html import escape
from itertools import groupby
from math import isnan
from typing import Any
from urllib.parse import quote

from charts import theme
from charts.frames import rows_of
from charts.markup.html import NOT_KNOWN
from charts.markup.links import address, link
from swedish import typography
from views.courses import Panels

_WIDTH = 200
_HEIGHT = 56
_EDGE = 4


def multiples_html(shown: Panels, *, by_area: bool) -> str:
    """A panel for each municipality, in the order given, under the name of its area if `by_area`.

    The line is the municipality's, the grey one what all of them are held against.
    """
    groups = [
        (area, list(rows)) for area, rows in groupby(rows_of(shown.rows), lambda row: row.area_name)
    ]
    if not by_area:
        groups = [("", rows_of(shown.rows))]
    return "".join(
        (f'<p class="group">{escape(area)}</p>' if area else "")
        + f'<ul class="panels">{"".join(_panel(row, shown) for row in rows)}</ul>'
        for area, rows in groups
    )


def _panel(row: Any, shown: Panels) -> str:
    own = list(shown.values[row.place])
    ceiling = shown.ceiling or max([1e-9, *(value for value in own if not isnan(value))])
    against = [] if shown.against is None else [(list(shown.against), theme.CHANCE, 1.0)]
    picture = _picture([*against, (own, theme.ACCENT, 1.6)], ceiling)
    return (
        f'<li><p><span class="name">{_named(row, shown)}</span> '
        f'<span class="number">{_number(row, shown.indicator.decimals)}</span></p>'
        f'<img alt="" src="{picture}"></li>'
    )


def _named(row: Any, shown: Panels) -> str:
    there = address(shown.indicator, place=row.place, period=str(shown.values.index[-1]))
    return link(there, escape(row.name))


def _number(row: Any, decimals: int) -> str:
    if isnan(row.value):
        return NOT_KNOWN.get(row.status, typography.NO_VALUE)
    return f"{typography.number(row.value, decimals)}{'*' if row.status == 'partial' else ''}"


def _picture(series: Sequence[tuple[Sequence[float], str, float]], ceiling: float) -> str:
    """The lines as the address of an SVG picture: its text is the address, nothing is fetched."""
    floor = _HEIGHT - _EDGE
    paths = [_path(f"M0 {floor}H{_WIDTH}", theme.RULE, 1)]
    for values, color, width in series:
        paths.append(_path(_line(values, ceiling), color, width))
    own, color, _ = series[-1]
    if own and not isnan(own[-1]):
        end = _line([*[float("nan")] * (len(own) - 1), own[-1]], ceiling)
        paths.append(_path(end, color, 6))
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        f'preserveAspectRatio="none">{"".join(paths)}</svg>'
    )
    return f"data:image/svg+xml,{quote(drawn, safe=' =/:')}"


def _path(course: str, color: str, width: float) -> str:
    return (
        f"<path d='{course}' fill='none' stroke='{color}' stroke-width='{width}' "
        "stroke-linecap='round' stroke-linejoin='round' vector-effect='non-scaling-stroke'/>"
    )


def _line(values: Sequence[float], ceiling: float) -> str:
    """The course of a line from left to right; a gap breaks it, and what is too high is cut off."""
    step = (_WIDTH - 2 * _EDGE) / max(1, len(values) - 1)
    course = []
    pen_down = False
    for at, value in enumerate(values):
        if isnan(value):
            pen_down = False
            continue
        x = _EDGE + at * step
        y = _HEIGHT - _EDGE - (_HEIGHT - 2 * _EDGE) * min(1.0, max(0.0, value / ceiling))
        # A lone point is a line of no length, which a round pen draws as a dot.
        course.append(f"{'L' if pen_down else 'M'}{x:.1f} {y:.1f}" + ("" if pen_down else "h0"))
        pen_down = True
    return "".join(course)
