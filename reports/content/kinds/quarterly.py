"""The quarterly report on deviations of an area or the county."""

from collections.abc import Sequence

from reports.content import basis, deviations, numbers, rests_on, sections, titles
from reports.content.basis import View
from reports.content.sections import QUARTERLY
from reports.model import Block, Heading, Part, Points, Report, Table, Text
from reports.theme import Theme
from views.deviations import page


def document(chosen: View, theme: Theme, *, parts: Sequence[str] = tuple(QUARTERLY)) -> Report:
    """The quarter in the `parts` chosen, with its sources and an annex of tables."""
    messages, left_out = sections.built(QUARTERLY, chosen, parts)
    body: list[Block] = []
    for message in messages:
        body += [Heading(message.title), *message.blocks]
    return _report(
        chosen,
        theme,
        (
            Part("Sammanfattning", _summary(chosen, left_out)),
            Part("Kvartalet", tuple(body)),
            Part("Datakällor och definitioner", _sources(chosen)),
            Part("Bilaga: tabeller", deviations.tables(chosen)),
        ),
    )


def slides(chosen: View, theme: Theme, *, parts: Sequence[str] = tuple(QUARTERLY)) -> Report:
    """A message a slide, and the tables after a divider."""
    messages, left_out = sections.built(QUARTERLY, chosen, parts)
    course = page.course(place=chosen.place, quarter=chosen.period)
    return _report(
        chosen,
        theme,
        (
            Part(titles.of_trend(course), _summary(chosen, left_out), label="Sammanfattning"),
            *messages,
            Part("Bilaga: tabeller, källor och definitioner", (), divider=True),
            *(
                Part(table.title, (table,), label="Bilaga")
                for table in (*deviations.tables(chosen), *_sources(chosen))
            ),
        ),
    )


def _sources(chosen: View) -> tuple[Table, ...]:
    return (
        rests_on.loads_table(chosen, [deviations.used(chosen)]),
        rests_on.definitions_table([one.key for one in page.measures()]),
        rests_on.rules_table(chosen, with_liability=False),
    )


def _report(chosen: View, theme: Theme, parts: tuple[Part, ...]) -> Report:
    now = page.quarter(place=chosen.place, quarter=chosen.period)
    loaded = rests_on.last_loaded(chosen, [deviations.used(chosen)])
    return Report(
        title=f"Avvikelser i samverkan: {chosen.place_name}, {chosen.when}",
        subtitle="Kvartalsrapport",
        organisation=theme.organisation,
        manifest=numbers.manifest("quarterly", chosen, [deviations.asked(chosen)]),
        banner=basis.banner(),
        notices=_notices(now.partial),
        parts=parts,
        footer=basis.footer(chosen, deviations.KEYS, loaded=loaded),
        made=chosen.made,
        sheets=(*deviations.tables(chosen, wide=True), *_sources(chosen)),
        notes=(
            ("Sekretess", basis.hidden_rule()),
            ("Att tänka på", deviations.caution().text),
        ),
    )


def _summary(chosen: View, left_out: str) -> tuple[Block, ...]:
    where = {"place": chosen.place, "quarter": chosen.period}
    now = page.quarter(**where)
    found = (
        now.finding,
        now.answers,
        page.processes(**where).finding,
        deviations.outside(chosen),
    )
    told: list[Block] = [Points(tuple(text for text in found if text))]
    if left_out:
        told.append(Text(left_out))
    return tuple(told)


def _notices(partial: bool) -> tuple[str, ...]:
    return ("Kvartalet är preliminärt: uppgifterna täcker bara en del av det.",) if partial else ()
