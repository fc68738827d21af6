"""The briefing for the county's forum: as slides, and as a document in the order of an errand."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import reference
from metrics import datasets as dataset
from metrics.catalogue import of_dataset
from reports.content import (
    basis,
    deviations,
    discharges,
    funds,
    numbers,
    others,
    rests_on,
    sections,
    titles,
    wording,
)
from reports.content import position as proposal
from reports.content import summary as points
from reports.content.basis import View
from reports.content.numbers import Asked
from reports.content.rests_on import Used
from reports.content.sections import BRIEFING, last_quarter
from reports.content.wording import Wording
from reports.manifest import Number
from reports.model import Block, Heading, Part, Points, Report, ReportTable, Text
from reports.theme import Theme


@dataclass(frozen=True)
class _Content:
    """What slides and document share."""

    chosen: View
    messages: tuple[Part, ...]
    left_out: str
    summary: tuple[str, ...]
    position: tuple[str, ...]
    used: tuple[Used, ...]
    quarter: View | None = field(default=None)

    @property
    def keys(self) -> tuple[str, ...]:
        """The indicators whose numbers are shown or were looked through."""
        looked_at = [dataset.discharges.KEY] if discharges.known() else []
        looked_at += [dataset.deviations.KEY] if self.quarter else []
        own = tuple(one.key for key in looked_at for one in of_dataset(key))
        return (*own, *funds.keys(self.chosen), *others.keys(self.chosen))


def proposed_summary(chosen: View) -> tuple[str, ...]:
    """The points of the summary as the numbers answer them."""
    return points.points(chosen, last_quarter(chosen))


def proposed_position(chosen: View) -> tuple[str, ...]:
    """What the forum may say of it."""
    return proposal.position(chosen, last_quarter(chosen))


def slides(
    chosen: View, theme: Theme, *, parts: Sequence[str] = tuple(BRIEFING), said: Wording
) -> Report:
    """A message a slide, and the tables after a divider."""
    content = _content(chosen, parts, said)
    annex = _annex(content, wide=False)
    return _report(
        content,
        theme,
        said,
        (
            _summary_part(content),
            *content.messages,
            *wording.noted(said),
            *wording.proposal(content.position),
            Part("Bilaga: tabeller, källor och definitioner", (), divider=True),
            *(Part(table.title, (table,), label="Bilaga") for table in annex),
            *(Part(table.title, (table,), label="Bilaga") for table in _sources(content)),
        ),
    )


def document(
    chosen: View, theme: Theme, *, parts: Sequence[str] = tuple(BRIEFING), said: Wording
) -> Report:
    """The same content in the order of an errand to a political body."""
    content = _content(chosen, parts, said)
    state: list[Block] = []
    for message in content.messages:
        state += [Heading(message.title), *message.blocks]
    unsure = (
        *points.named(chosen),
        rests_on.READING,
        *(rests_on.gaps(chosen) if discharges.known() else ()),
        *filter(None, (content.left_out,)),
    )
    # Those that lie down are last, together: before and after each is a page that is not filled.
    annex = sorted(_annex(content, wide=False), key=lambda one: len(one.heads) * one.is_wide)
    return _report(
        content,
        theme,
        said,
        (
            *wording.errand(said, otherwise=_errand(chosen)),
            *wording.proposal(content.position),
            Part("Sammanfattning", _summary_part(content).blocks),
            *([Part("Nuläge", tuple(state))] if state else []),
            Part("Analys och osäkerheter", (Points(unsure), *wording.notes(said))),
            Part("Datakällor och definitioner", _sources(content)),
            *(
                Part(f"Bilaga {number}. {table.name}", (table,))
                for number, table in enumerate(annex, start=1)
            ),
        ),
    )


def _content(chosen: View, parts: Sequence[str], said: Wording) -> _Content:
    messages, left_out = sections.built(BRIEFING, chosen, parts)
    quarter = last_quarter(chosen)
    used = [discharges.used(chosen)] if discharges.known() else []
    if quarter is not None:
        used.append(deviations.used(quarter))
    money = funds.used(chosen)
    if money is not None:
        used.append(money)
    used += [*others.used(chosen), rests_on.inhabitants(chosen)]
    return _Content(
        chosen,
        messages,
        left_out,
        proposed_summary(chosen) if said.summary is None else said.summary,
        proposed_position(chosen) if said.position is None else said.position,
        tuple(used),
        quarter,
    )


def _errand(chosen: View) -> str:
    return f"Lägesbild för samverkan i {chosen.place_name}, {chosen.when}."


def _summary_part(content: _Content) -> Part:
    title = "Sammanfattning"
    if discharges.known():
        title = titles.of_trend(discharges.month(content.chosen).mean)
    told: list[Block] = [Points(content.summary)]
    if content.left_out:
        told.append(Text(content.left_out))
    say = (*content.summary, *points.named(content.chosen))
    return Part(title, tuple(told), label="Sammanfattning", say=say)


def _annex(content: _Content, *, wide: bool) -> tuple[ReportTable, ...]:
    """Every table; `wide` ones too, that only a workbook has room for."""
    quarter = content.quarter
    return (
        *(discharges.tables(discharges.month(content.chosen)) if discharges.known() else ()),
        *(deviations.tables(quarter, wide=wide) if quarter else ()),
        *funds.recipients(content.chosen),
        *others.tables(content.chosen),
    )


def _sources(content: _Content) -> tuple[ReportTable, ...]:
    return (
        rests_on.loads_table(content.chosen, content.used),
        rests_on.definitions_table(content.keys),
        rests_on.rules_table(content.chosen, with_liability=discharges.known()),
    )


def _asked(content: _Content) -> list[Asked]:
    """The numbers that are shown."""
    asked = [discharges.asked(content.chosen)] if discharges.known() else []
    if content.quarter is not None:
        asked.append(deviations.asked(content.quarter))
    return asked


def _beside(chosen: View) -> list[Number]:
    """The amounts of money and the single measures of the annex."""
    money = numbers.of_funds(funds.views(chosen))
    return [*money, *numbers.of_single(others.shown(chosen))]


def _report(content: _Content, theme: Theme, said: Wording, parts: tuple[Part, ...]) -> Report:
    chosen = content.chosen
    known = discharges.known()
    stamp = basis.stamp(chosen, read_on=rests_on.last_loaded(chosen, content.used))
    return Report(
        title=f"Underlag till {reference.county().forum}: {chosen.place_name}",
        subtitle=chosen.when.capitalize(),
        organisation=theme.organisation,
        manifest=numbers.manifest("briefing", chosen, _asked(content), beside=_beside(chosen)),
        head=wording.head(said, chosen, whole=True),
        banner=basis.banner(chosen, dataset.discharges.KEY),
        notices=basis.notices(discharges.month(chosen).mean, chosen) if known else (),
        parts=parts,
        footer=basis.footer(content.keys, stamp=stamp),
        stamp=stamp,
        made=chosen.made,
        sheets=(*_annex(content, wide=True), *_sources(content)),
        notes=discharges.notes(chosen) if known else (),
    )
