"""The monthly report: one place's month on a page, and its numbers as a workbook."""

from reports.content import basis, discharges
from reports.content.basis import View
from reports.content.comments import said
from reports.model import Part, Report
from reports.theme import Theme

DATASET = "discharges"


def report(chosen: View, theme: Theme) -> Report:
    """The month of an area or the county."""
    shown = discharges.month(chosen)
    facts, finding, chart = discharges.numbers(shown)
    return Report(
        title=f"Månadsrapport: {chosen.place_name}, {chosen.when}",
        subtitle="Utskrivningsklara",
        organisation=theme.organisation,
        banner=basis.banner(),
        notices=basis.notices(shown.mean, chosen),
        parts=(
            Part(
                f"{chosen.place_name}, {chosen.when}: utskrivningsklara",
                (
                    facts,
                    finding,
                    discharges.owed(shown),
                    *said(chosen, ("mean_days",)),
                    chart,
                    *discharges.compared(shown),
                ),
            ),
        ),
        footer=basis.footer(chosen, discharges.KEYS),
        made=chosen.made,
        sheets=(*discharges.tables(shown), basis.loads_table([DATASET])),
        notes=discharges.notes(chosen),
        wide=True,
    )
