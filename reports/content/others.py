"""What reports say of indicators that no section is about: a table of them among the annexes."""

import reference
from charts.columns import HEAD_UNITS, TableColumn
from charts.markup import cells
from metrics.datasets import datasets
from reports.content.basis import View
from reports.content.rests_on import Used
from reports.model import Cell, Head, Table
from swedish.periods import period_name
from views import scoreboard
from views.scoreboard import Row
from views.trend import Trend
from warehouse.state import remembered


def tables(chosen: View) -> tuple[Table, ...]:
    """The other indicators as they stood in the month, beside the county; none where none are."""
    rows = _rows(chosen)
    if not rows:
        return ()
    places = _places(chosen)
    heads = [chosen.place_name, reference.place_name("county", reference.COUNTY)][: len(places)]
    return (
        Table(
            title=f"Andra mått, {chosen.place_name}, {chosen.when}",
            name="Andra mått",
            heads=(Head("Mått"), Head("Enhet"), Head("Period"), *map(Head, heads)),
            rows=tuple(_row(row, places) for row in rows),
            note=cells.SIGNS,
        ),
    )


def trends(chosen: View) -> list[tuple[str, Trend]]:
    """What the table shows: the place and its trend, for each of them."""
    return [
        (place, row.trends[place])
        for row in _rows(chosen)
        for place in _places(chosen)
        if place in row.trends
    ]


def keys(chosen: View) -> tuple[str, ...]:
    """The indicators of the table."""
    return tuple(row.indicator.key for row in _rows(chosen))


def used(chosen: View) -> tuple[Used, ...]:
    """The datasets of the table's numbers, and the periods that stand in it."""
    periods: dict[str, list[str]] = {}
    for row in _rows(chosen):
        periods.setdefault(row.indicator.dataset, []).append(row.period)
    return tuple(Used(key, min(shown), max(shown)) for key, shown in periods.items())


# The table, the manifest and the workbook's sheets ask for the same.
@remembered(4)
def _rows(chosen: View) -> list[Row]:
    board = scoreboard.board(period=chosen.period)
    return [row for row in board if datasets()[row.indicator.dataset].page is None]


def _places(chosen: View) -> list[str]:
    return list(dict.fromkeys((chosen.place, reference.COUNTY)))


def _row(row: Row, places: list[str]) -> tuple[Cell, ...]:
    about = row.indicator
    return (
        Cell(about.name),
        Cell(HEAD_UNITS.get(about.unit, about.unit) or about.unit),
        Cell(period_name(row.period)),
        *(_value(row.trends.get(place), about.decimals) for place in places),
    )


def _value(shown: Trend | None, decimals: int) -> Cell:
    value = {"value": shown.value, "status": shown.status} if shown else {"value": None}
    return Cell(cells.shown(value, TableColumn("value", "", decimals)))
