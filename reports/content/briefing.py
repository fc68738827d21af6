"""The briefing for the county's forum: as slides, and as a document ordered as a political errand.

The forum stands behind and recommends; it does not take decisions for its members.
"""

from collections.abc import Sequence

import reference
from reports.content import basis, deviations, discharges, funds, others
from reports.content.basis import View
from reports.content.sections import BRIEFING, ahead, last_quarter
from reports.model import Block, Heading, Part, Points, Report, Table, Text
from reports.theme import Theme
from views.deviations.sentences import CAUTION

DATASET = "discharges"
DATASETS = ("discharges", "deviations", "funds", "population")
_DEFINED = (*discharges.KEYS, *deviations.KEYS)
_NOT_NOW = frozenset({"arshjul", "underlag"})
READING = (
    "En ändring nämns bara när den är större än vad slumpen brukar ge (styrdiagram, XmR). Med "
    "färre än tolv perioder är gränserna preliminära."
)


def position(chosen: View) -> tuple[str, ...]:
    """What the forum may say of the briefing, to be edited."""
    forum = reference.county().forum
    return (
        f"{forum} ställer sig bakom lägesbilden för {chosen.place_name}, {chosen.when}.",
        f"{forum} rekommenderar parterna att följa upp det som lyfts i sammanfattningen.",
    )


def slides(
    chosen: View,
    theme: Theme,
    *,
    parts: Sequence[str] = tuple(BRIEFING),
    summary: Sequence[str] | None = None,
) -> Report:
    """The briefing part by part; `summary` takes the place of the points that are proposed."""
    sections = [BRIEFING[key] for key in BRIEFING if key in parts]
    return _report(
        chosen,
        theme,
        (
            Part("Sammanfattning", (Points(_points(chosen, summary)),)),
            *(Part(section.title, section.build(chosen)) for section in sections),
        ),
        sheets=_tables(chosen)[1],
    )


def document(
    chosen: View,
    theme: Theme,
    *,
    parts: Sequence[str] = tuple(BRIEFING),
    summary: Sequence[str] | None = None,
) -> Report:
    """The same content in the order of an errand to a political body."""
    annex, sheets = _tables(chosen)
    state: list[Block] = []
    for key, section in BRIEFING.items():
        if key in parts and key not in _NOT_NOW:
            state += [Heading(section.title), *section.build(chosen)]
    unsure: list[str] = [READING, *basis.gaps(chosen)]
    if "avvikelser" in parts:
        unsure.append(CAUTION)
    return _report(
        chosen,
        theme,
        (
            Part(
                "Ärende",
                (Text(f"Lägesbild för samverkan i {chosen.place_name}, {chosen.when}."),),
            ),
            Part("Förslag till ställningstagande", (Points(position(chosen)),)),
            Part("Sammanfattning", (Points(_points(chosen, summary)),)),
            Part("Nuläge", tuple(state)),
            Part("Analys och osäkerheter", (Points(tuple(unsure)),)),
            Part(
                "Datakällor och definitioner",
                (
                    Text(basis.hidden_rule()),
                    basis.loads_table(DATASETS),
                    basis.definitions_table(_DEFINED),
                ),
            ),
            Part("Fortsatt arbete", ahead(chosen)),
            Part("Bilagor", annex),
        ),
        sheets=sheets,
    )


def _report(
    chosen: View, theme: Theme, parts: tuple[Part, ...], *, sheets: tuple[Table, ...]
) -> Report:
    shown = discharges.month(chosen)
    return Report(
        title=f"Underlag till {reference.county().forum}: {chosen.place_name}",
        subtitle=chosen.when.capitalize(),
        organisation=theme.organisation,
        banner=basis.banner(),
        notices=basis.notices(shown.mean, chosen),
        parts=parts,
        footer=basis.footer(chosen, _DEFINED),
        made=chosen.made,
        sheets=(*sheets, basis.loads_table(DATASETS)),
        notes=discharges.notes(chosen),
    )


def _points(chosen: View, summary: Sequence[str] | None) -> tuple[str, ...]:
    return discharges.points(chosen) if summary is None else tuple(summary)


def _tables(chosen: View) -> tuple[tuple[Table, ...], tuple[Table, ...]]:
    """Every table: as an annex has it, and as a sheet, where there is room for more columns."""
    quarter = last_quarter(chosen)
    months = discharges.tables(discharges.month(chosen))
    rest = (*funds.recipients(chosen), *others.tables(chosen))
    annex, sheets = (
        (*months, *(deviations.tables(quarter, wide=wide) if quarter else ()), *rest)
        for wide in (False, True)
    )
    return annex, sheets
