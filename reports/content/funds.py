"""What reports say of funds: a programme's year as it was in the month, from allocated to left."""

from dataclasses import replace

import reference
from charts.columns import RECIPIENT_COLUMNS
from reports.content import figures
from reports.content.basis import View
from reports.content.comments import about
from reports.model import Block, Table, Text
from views.funds import page, tables
from views.funds.tables import FundView, Grant

NONE = "Inget register över medel är inläst för perioden."


def views(chosen: View) -> list[FundView]:
    """Each programme in the last year, up to that of the period, that it has funds for."""
    found = [
        (programme, max(ended))
        for programme, years in page.years().items()
        if (ended := [year for year in years if year <= chosen.period[:4]])
    ]
    newest = max((year for _, year in found), default="")
    return [
        page.view(programme=programme, year=year) for programme, year in found if year == newest
    ]


def blocks(chosen: View) -> tuple[Block, ...]:
    """The programmes of the year in words, the first as bars, and its recipients in the area."""
    shown = views(chosen)
    if not shown:
        return (Text(NONE),)
    first = shown[0]
    what = f"{first.programme} {first.year}"
    bars = first.steps
    said: list[Block] = []
    for view in shown:
        said.append(Text(view.finding))
        said += about(tables.COMMENTED, place=view.programme, period=view.year)
    if not bars.empty:
        alt = tables.bars_alt(bars, what=f"{what}, från tilldelat till kvar")
        said.append(figures.amount_chart(bars, title=f"{what}, från tilldelat till kvar", alt=alt))
    return (*said, *recipients(chosen))


def recipients(chosen: View) -> tuple[Table, ...]:
    """Those who may requisition funds, those of the area where an area is chosen."""
    found = []
    for view in views(chosen):
        mine = replace(
            view, grants=tuple(grant for grant in view.grants if _concerns(grant, chosen.place))
        )
        if mine.recipients:
            title = f"Mottagare, {view.programme} {view.year}"
            found.append(
                figures.table(mine.table, RECIPIENT_COLUMNS, title=title, name=view.programme)
            )
    return tuple(found)


def _concerns(grant: Grant, place: str) -> bool:
    """Whether a recipient is in the place; projects are nobody's and stand with the county."""
    if place == reference.COUNTY:
        return True
    if grant.level == "nosam":
        return reference.nosam_areas().get(reference.normalise(grant.recipient)) == place
    return grant.area == place
