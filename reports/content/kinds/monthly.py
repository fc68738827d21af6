"""The monthly report: one place's month as a page or a few slides, and its numbers as sheets."""

from metrics.catalogue import of_dataset
from metrics.datasets.discharges import KEY, PAGE
from reports.content import basis, discharges, numbers, rests_on, titles, wording
from reports.content.basis import View
from reports.content.rests_on import Used
from reports.content.wording import Wording
from reports.content.wording import remarks as commented
from reports.model import Block, Heading, Part, Points, Report, ReportTable, Text
from reports.theme import Theme


def proposed_summary(chosen: View) -> tuple[str, ...]:
    """What the month says, and who is liable."""
    shown = discharges.month(chosen)
    return shown.mean.finding, discharges.owed(shown)


def slides(chosen: View, theme: Theme, said: Wording) -> Report:
    """A message a slide, and the tables and sources after a divider.

    The user's own summary stands first; without one the messages say it.
    """
    first, *others = discharges.parts(chosen)
    own = [
        Part(first.title, (Points(points),), label="Sammanfattning", say=points)
        for points in (said.summary,)
        if points is not None
    ]
    return _report(
        chosen,
        theme,
        said,
        (
            *own,
            first,
            *others,
            *wording.noted(said),
            *wording.proposal(said.position or ()),
            Part("Bilaga: tabeller, källor och definitioner", (), divider=True),
            *(
                Part(table.title, (table,), label="Bilaga")
                for table in (*discharges.tables(discharges.month(chosen)), *_sources(chosen))
            ),
        ),
    )


def document(chosen: View, theme: Theme, said: Wording) -> Report:
    """The month on a page: numbers, chart, comparison and who is liable."""
    shown = discharges.month(chosen)
    cards, _, *pictured = discharges.numbers(shown)
    compared, blocks = discharges.compared(shown)
    first = discharges.parts(chosen)[0]
    told = proposed_summary(chosen) if said.summary is None else said.summary
    body: tuple[Block, ...] = (
        cards,
        *map(Text, told),
        *commented(chosen, PAGE.headline),
        *pictured,
        Heading(compared),
        *blocks,
    )
    return _report(
        chosen,
        theme,
        said,
        (
            *wording.errand(said),
            *wording.proposal(said.position or ()),
            Part(first.title, body, label=discharges.LABEL),
            *wording.noted(said),
        ),
    )


def _used(chosen: View) -> list[Used]:
    return [discharges.used(chosen), rests_on.inhabitants(chosen)]


def _sources(chosen: View) -> tuple[ReportTable, ...]:
    return (
        rests_on.loads_table(chosen, _used(chosen)),
        rests_on.definitions_table([one.key for one in of_dataset(KEY)]),
        rests_on.rules_table(chosen, with_liability=True),
    )


def _report(chosen: View, theme: Theme, said: Wording, parts: tuple[Part, ...]) -> Report:
    shown = discharges.month(chosen)
    stamp = basis.stamp(chosen, read_on=rests_on.last_loaded(chosen, _used(chosen)))
    return Report(
        title=f"Månadsrapport: {chosen.place_name}, {titles.together(chosen.when)}",
        subtitle="Utskrivningsklara",
        organisation=theme.organisation,
        manifest=numbers.manifest("monthly", chosen, [discharges.asked(chosen)]),
        head=wording.head(said, chosen, whole=False),
        banner=basis.banner(chosen, KEY),
        notices=basis.notices(shown.mean, chosen),
        parts=parts,
        footer=basis.footer([one.key for one in of_dataset(KEY)], stamp=stamp),
        stamp=stamp,
        made=chosen.made,
        sheets=(*discharges.tables(shown), *_sources(chosen)),
        notes=discharges.notes(chosen),
    )
