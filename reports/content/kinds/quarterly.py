"""The quarterly report on deviations of an area or the county."""

from collections.abc import Sequence

from metrics.datasets.deviations import KEY
from reports.content import basis, deviations, funnel, numbers, rests_on, sections, titles, wording
from reports.content.basis import View
from reports.content.rests_on import Used
from reports.content.sections import QUARTERLY
from reports.content.wording import Wording
from reports.model import Block, Heading, Part, Points, Report, ReportTable, Text
from reports.theme import Theme
from views.deviations import page


def proposed_summary(chosen: View) -> tuple[str, ...]:
    """The points of the summary as the numbers answer them."""
    where = {"place": chosen.place, "quarter": chosen.period}
    now = page.quarter(**where)
    told = (
        now.finding,
        now.answered,
        now.waiting,
        page.processes(**where).finding,
        funnel.finding(chosen),
    )
    return tuple(text for text in told if text)


def document(
    chosen: View, theme: Theme, *, parts: Sequence[str] = tuple(QUARTERLY), said: Wording
) -> Report:
    """The quarter in the `parts` chosen, with its sources and an annex of tables."""
    messages, left_out = sections.built(QUARTERLY, chosen, parts)
    body: list[Block] = []
    for message in messages:
        body += [Heading(message.title), *message.blocks]
    return _report(
        chosen,
        theme,
        said,
        (
            *wording.errand(said),
            *wording.proposal(said.position or ()),
            Part("Sammanfattning", _summary(chosen, said, left_out)),
            Part("Kvartalet", tuple(body)),
            *wording.noted(said),
            Part("Datakällor och definitioner", _sources(chosen)),
            Part("Bilaga: tabeller", deviations.tables(chosen)),
        ),
    )


def slides(
    chosen: View, theme: Theme, *, parts: Sequence[str] = tuple(QUARTERLY), said: Wording
) -> Report:
    """A message a slide, and the tables after a divider."""
    messages, left_out = sections.built(QUARTERLY, chosen, parts)
    course = page.course(place=chosen.place, quarter=chosen.period)
    return _report(
        chosen,
        theme,
        said,
        (
            Part(
                titles.of_trend(course),
                _summary(chosen, said, left_out),
                label="Sammanfattning",
                say=proposed_summary(chosen) if said.summary is None else said.summary,
            ),
            *messages,
            *wording.noted(said),
            *wording.proposal(said.position or ()),
            Part("Bilaga: tabeller, källor och definitioner", (), divider=True),
            *(
                Part(table.title, (table,), label="Bilaga")
                for table in (*deviations.tables(chosen), *_sources(chosen))
            ),
        ),
    )


def _used(chosen: View) -> list[Used]:
    return [deviations.used(chosen), rests_on.inhabitants(chosen)]


def _sources(chosen: View) -> tuple[ReportTable, ...]:
    return (
        rests_on.loads_table(chosen, _used(chosen)),
        rests_on.definitions_table([one.key for one in page.measures()]),
        rests_on.rules_table(chosen, with_liability=False),
    )


def _report(chosen: View, theme: Theme, said: Wording, parts: tuple[Part, ...]) -> Report:
    now = page.quarter(place=chosen.place, quarter=chosen.period)
    stamp = basis.stamp(chosen, read_on=rests_on.last_loaded(chosen, _used(chosen)))
    return Report(
        title=f"Avvikelser i samverkan: {chosen.place_name}, {titles.together(chosen.when)}",
        subtitle="Kvartalsrapport",
        organisation=theme.organisation,
        manifest=numbers.manifest("quarterly", chosen, [deviations.asked(chosen)]),
        head=wording.head(said, chosen, whole=False),
        banner=basis.banner(chosen, KEY),
        notices=tuple(filter(None, (now.coverage,))),
        parts=parts,
        footer=basis.footer([one.key for one in page.measures()], stamp=stamp),
        stamp=stamp,
        made=chosen.made,
        sheets=(*deviations.tables(chosen, wide=True), *_sources(chosen)),
        notes=(
            ("Sekretess", basis.hidden_rule()),
            ("Att tänka på", deviations.caution().text),
        ),
    )


def _summary(chosen: View, said: Wording, left_out: str) -> tuple[Block, ...]:
    points = proposed_summary(chosen) if said.summary is None else said.summary
    told: list[Block] = [Points(points)]
    if left_out:
        told.append(Text(left_out))
    return tuple(told)
