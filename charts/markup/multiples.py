"""Every municipality's line in a small panel of its own, to be read across all of them.

Pictures in the page's own grid, not one large figure: it falls into as many columns as there is
room for, on a telephone too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import isnan
from urllib.parse import quote

from charts import theme
from charts.markup.cells import number
from charts.markup.links import address
from charts.markup.templating import rendered
from charts.rows import PanelRow, rows_of
from views.courses.panels import Panels

_WIDTH = 200
_HEIGHT = 56
_EDGE = 4


@dataclass(frozen=True)
class _Panel:
    address: str
    name: str
    number: str
    picture: str


def multiples_html(shown: Panels, *, by_area: bool) -> str:
    """A panel for each municipality, in the order given, under the name of its area if `by_area`.

    The line is the municipality's, the grey one what all of them are held against.
    """
    rows = rows_of(shown.rows, PanelRow)
    groups = [(("", ""), rows)]
    if by_area:
        areas = groupby(rows, lambda row: (row.area, row.area_name))
        groups = [(area, list(of)) for area, of in areas]
    panels = [
        (name, _lead(shown, area), [_panel(row, shown) for row in of])
        for (area, name), of in groups
    ]
    return rendered("panels", groups=panels)


def _panel(row: PanelRow, shown: Panels) -> _Panel:
    own = list(shown.values[row.place])
    ceiling = shown.ceiling or max([1e-9, *(value for value in own if not isnan(value))])
    against = [] if shown.against is None else [(list(shown.against), theme.CHANCE, 1.0)]
    return _Panel(
        _lead(shown, row.place),
        row.name,
        number(row.value, row.status, shown.indicator.decimals),
        _picture([*against, (own, theme.ACCENT, 1.6)], ceiling),
    )


def _lead(shown: Panels, place: str) -> str:
    return address(shown.indicator, place=place, period=str(shown.values.index[-1]))


def _picture(series: Sequence[tuple[Sequence[float], str, float]], ceiling: float) -> str:
    """The lines as the address of an SVG picture: its text is the address, nothing is fetched."""
    floor = _HEIGHT - _EDGE
    paths = [(f"M0 {floor}H{_WIDTH}", theme.RULE, 1.0)]
    paths += [(_line(values, ceiling), color, width) for values, color, width in series]
    own, color, _ = series[-1]
    if own and not isnan(own[-1]):
        end = _line([*[float("nan")] * (len(own) - 1), own[-1]], ceiling)
        paths.append((end, color, 6.0))
    drawn = rendered("lines", width=_WIDTH, height=_HEIGHT, paths=paths)
    return f"data:image/svg+xml,{quote(drawn, safe=' =/:')}"


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
