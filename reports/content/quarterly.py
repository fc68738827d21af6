"""The quarterly report on deviations of an area or the county."""

from collections.abc import Sequence

from reports.content import basis, deviations
from reports.content.basis import View
from reports.content.sections import QUARTERLY
from reports.model import Block, Part, Points, Report, Text
from reports.theme import Theme
from views.deviations import page

DATASET = "deviations"


def report(chosen: View, theme: Theme, *, parts: Sequence[str] = tuple(QUARTERLY)) -> Report:
    """The quarter in the `parts` chosen, with its sources and an annex of tables."""
    sections = [QUARTERLY[key] for key in QUARTERLY if key in parts]
    now = page.quarter(place=chosen.place, quarter=chosen.period)
    tables = deviations.tables(chosen)
    annex = Part("Bilaga: tabeller", tables)
    sources: tuple[Block, ...] = (
        Text(basis.hidden_rule()),
        basis.loads_table([DATASET]),
        basis.definitions_table([one.key for one in page.measures()]),
    )
    return Report(
        title=f"Avvikelser i samverkan: {chosen.place_name}, {chosen.when}",
        subtitle="Kvartalsrapport",
        organisation=theme.organisation,
        banner=basis.banner(),
        notices=_notices(now.partial),
        parts=(
            Part("Sammanfattning", (Points(_summary(chosen)),)),
            *(Part(section.title, section.build(chosen)) for section in sections),
            Part("Datakällor och definitioner", sources),
            annex,
        ),
        footer=basis.footer(chosen, deviations.KEYS),
        made=chosen.made,
        sheets=(*deviations.tables(chosen, wide=True), basis.loads_table([DATASET])),
        notes=(
            ("Sekretess", basis.hidden_rule()),
            ("Att tänka på", deviations.caution().text),
            *((one.name, f"{one.definition} {one.caveats}") for one in page.measures()),
        ),
    )


def _summary(chosen: View) -> tuple[str, ...]:
    where = {"place": chosen.place, "quarter": chosen.period}
    now = page.quarter(**where)
    found = (
        now.finding,
        now.answers,
        page.processes(**where).finding,
        page.funnel(**where).finding,
    )
    return tuple(text for text in found if text)


def _notices(partial: bool) -> tuple[str, ...]:
    return ("Kvartalet är preliminärt: uppgifterna täcker bara en del av det.",) if partial else ()
