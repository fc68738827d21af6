"""What reports say of funds: the place's own in a programme's year, from allocated to left."""

from dataclasses import replace

import reference
from charts.columns import RECIPIENT_COLUMNS
from metrics.catalogue import of_dataset
from metrics.datasets.funds import KEY, PAGE
from reports.content import basis, figures
from reports.content.basis import View
from reports.content.rests_on import Used
from reports.content.wording import about
from reports.model import Block, Part, ReportTable, Text
from views.funds import page, tables
from views.funds.sentences import Amount, total
from views.funds.tables import FundView, Grant
from warehouse.state import remembered

LABEL = "Medel"


# What is said of money, its chart, its tables and its numbers ask for the same.
@remembered(4)
def views(chosen: View) -> list[FundView]:
    """Each programme in the last year, up to that of the period, with what concerns the place.

    What is allocated to all areas together, to the region or to another area's recipients is left
    to the county's own report.
    """
    registers = [
        (programme, max(ended))
        for programme, years in page.years().items()
        if (ended := [year for year in years if year <= chosen.period[:4]])
    ]
    newest = max((year for _, year in registers), default="")
    shown = [
        page.view(programme=programme, year=year) for programme, year in registers if year == newest
    ]
    mine = [
        replace(view, grants=tuple(one for one in view.grants if _concerns(one, chosen.place)))
        for view in shown
    ]
    return [view for view in mine if view.grants]


def parts(chosen: View) -> tuple[Part, ...]:
    """A message for each programme of the place: from allocated to left, and its recipients."""
    return tuple(_part(chosen, view) for view in views(chosen))


def left_out(chosen: View) -> str:
    """Why there is nothing to say of funds."""
    if not page.years():
        return "inget register över medel är inläst"
    return f"registret har inga medel för {chosen.place_name} till och med {chosen.period[:4]}"


def used(chosen: View) -> Used | None:
    """The year that is shown; None without any."""
    years = [view.year for view in views(chosen)]
    return Used(KEY, min(years), max(years)) if years else None


def keys(chosen: View) -> list[str]:
    """The indicators of the amounts that are shown; none where nothing is."""
    return [one.key for one in of_dataset(KEY)] if views(chosen) else []


def unspent(view: FundView) -> str:
    """`Suicidprevention 2026: 980 500 kr av det som 8 NOSAM har rekvirerat är inte använt.`

    Empty where it is not known of all who have requisitioned.
    """
    drawn = left(view)
    if drawn is None:
        return ""
    what = f"{view.programme} {view.year}"
    who = tables.who(_drawn(view))
    if drawn.kronor == 0 and drawn.bound == "exact":
        return f"{what}: allt som {who} har rekvirerat är använt."
    return f"{what}: {drawn} av det som {who} har rekvirerat är inte använt."


def left(view: FundView) -> Amount | None:
    """What the recipients have requisitioned and not used, where both are known of all."""
    drawn = _drawn(view)
    if not drawn or any(one.left is None for one in drawn):
        return None
    return total(one.left for one in drawn if one.left)


def _drawn(view: FundView) -> list[Grant]:
    return [one for one in view.recipients if one.requisitioned]


def _part(chosen: View, view: FundView) -> Part:
    what = f"{view.programme} {view.year}"
    blocks: list[Block] = [Text(view.finding)]
    blocks += about(PAGE.headline, place=view.programme, period=view.year)
    bars = view.steps
    if len(bars) > 1:
        title = f"{what}, från tilldelat till kvar, {chosen.place_name}"
        alt = tables.bars_alt(bars, what=title)
        blocks.append(figures.amount_chart(bars, title=title, alt=alt))
    return Part(
        (unspent(view) or view.finding.split(". ")[0]).rstrip("."),
        tuple(blocks),
        label=LABEL,
        say=(view.finding,),
        source=basis.source(keys(chosen), view.year),
    )


def recipients(chosen: View) -> tuple[ReportTable, ...]:
    """Those who may requisition funds."""
    return tuple(
        figures.table(
            view.table,
            RECIPIENT_COLUMNS,
            title=f"Mottagare, {view.programme} {view.year}, {chosen.place_name}",
            name=view.programme,
        )
        for view in views(chosen)
        if view.recipients
    )


def _concerns(grant: Grant, place: str) -> bool:
    """Whether a grant is the place's; projects are nobody's and stand with the county."""
    if place == reference.COUNTY:
        return True
    if grant.level == "nosam":
        return reference.nosam_areas().get(reference.normalise(grant.recipient)) == place
    return grant.area == place
