"""What reports say of indicators that no section is about: a table of them among the annexes."""

from collections.abc import Mapping
from dataclasses import dataclass

import reference
from charts.columns import HEAD_UNITS
from charts.markup import cells
from metrics import values
from metrics.catalogue import Indicator
from metrics.datasets import datasets
from metrics.values import Value
from reports.content.basis import View
from reports.content.rests_on import Used
from reports.model import Head, ReportCell, ReportTable
from swedish import typography
from swedish.periods import period_name
from views import scoreboard
from warehouse.state import remembered


@dataclass(frozen=True)
class _Row:
    """An indicator, the period that it is shown for, and its values by place."""

    indicator: Indicator
    period: str
    values: Mapping[str, Value]


def tables(chosen: View) -> tuple[ReportTable, ...]:
    """The other indicators as they stood in the month, beside the county; none where none are."""
    rows = _rows(chosen)
    if not rows:
        return ()
    places = _places(chosen)
    heads = [chosen.place_name, reference.place_name("county", reference.COUNTY)][: len(places)]
    return (
        ReportTable(
            title=f"Andra mått, {chosen.place_name}, {chosen.when}",
            name="Andra mått",
            heads=(Head("Mått"), Head("Enhet"), Head("Period"), *map(Head, heads)),
            rows=tuple(_row(row, places) for row in rows),
            note=cells.SIGNS,
        ),
    )


def shown(chosen: View) -> list[Value]:
    """The values that the table shows."""
    return [value for row in _rows(chosen) for value in row.values.values()]


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
def _rows(chosen: View) -> list[_Row]:
    return [
        _Row(
            about, when, {one.place: one for at in _places(chosen) for one in _of(about, when, at)}
        )
        for about, when in scoreboard.latest(chosen.period)
        if datasets()[about.dataset].page is None
    ]


def _of(about: Indicator, period: str, place: str) -> list[Value]:
    level = reference.level_of(place)
    return values.values(indicator=about.key, level=level, place=place, start=period, end=period)


def _places(chosen: View) -> list[str]:
    return list(dict.fromkeys((chosen.place, reference.COUNTY)))


def _row(row: _Row, places: list[str]) -> tuple[ReportCell, ...]:
    about = row.indicator
    return (
        ReportCell(about.name),
        ReportCell(HEAD_UNITS.get(about.unit, about.unit) or about.unit),
        ReportCell(period_name(row.period)),
        *(_value(row.values.get(place), about.decimals) for place in places),
    )


def _value(known: Value | None, decimals: int) -> ReportCell:
    if known is None:
        return ReportCell(typography.NO_VALUE)
    return ReportCell(cells.number(known.value, known.status, decimals))
