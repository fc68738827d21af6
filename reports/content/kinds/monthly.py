"""The monthly report: one place's month as a page or a few slides, and its numbers as sheets."""

from metrics.catalogue import of_dataset
from metrics.datasets.discharges import KEY, PAGE
from reports.content import basis, discharges, numbers, rests_on
from reports.content.basis import View
from reports.content.comments import said
from reports.model import Block, Heading, Part, Report, Table
from reports.theme import Theme


def slides(chosen: View, theme: Theme) -> Report:
    """A message a slide, and the sources after a divider."""
    return _report(
        chosen,
        theme,
        (
            *discharges.parts(chosen),
            Part("Bilaga: källor och definitioner", (), divider=True),
            *(Part(table.title, (table,), label="Bilaga") for table in _sources(chosen)),
        ),
    )


def document(chosen: View, theme: Theme) -> Report:
    """The month on a page: numbers, chart, comparison and who is liable."""
    shown = discharges.month(chosen)
    cards, finding, *pictured = discharges.numbers(shown)
    compared, blocks = discharges.compared(shown)
    first = discharges.parts(chosen)[0]
    body: tuple[Block, ...] = (
        cards,
        finding,
        discharges.owed(shown),
        *said(chosen, PAGE.headline),
        *pictured,
        Heading(compared),
        *blocks,
    )
    return _report(chosen, theme, (Part(first.title, body, label=discharges.LABEL),))


def _sources(chosen: View) -> tuple[Table, ...]:
    return (
        rests_on.loads_table(chosen, [discharges.used(chosen)]),
        rests_on.definitions_table([one.key for one in of_dataset(KEY)]),
        rests_on.rules_table(chosen, with_liability=True),
    )


def _report(chosen: View, theme: Theme, parts: tuple[Part, ...]) -> Report:
    shown = discharges.month(chosen)
    loaded = rests_on.last_loaded(chosen, [discharges.used(chosen)])
    return Report(
        title=f"Månadsrapport: {chosen.place_name}, {chosen.when}",
        subtitle="Utskrivningsklara",
        organisation=theme.organisation,
        manifest=numbers.manifest("monthly", chosen, [discharges.asked(chosen)]),
        banner=basis.banner(),
        notices=basis.notices(shown.mean, chosen),
        parts=parts,
        footer=basis.footer(chosen, discharges.KEYS, loaded=loaded),
        made=chosen.made,
        sheets=(*discharges.tables(shown), *_sources(chosen)),
        notes=discharges.notes(chosen),
    )
