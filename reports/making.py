"""Making a report: which kinds there are, what each is of, and the file that comes of it."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import reference
from metrics import values
from reports.content import basis, briefing, monthly, quarterly
from reports.content.basis import View
from reports.content.sections import BRIEFING, QUARTERLY, Section
from reports.model import Report, ReportError
from reports.theme import Theme, theme
from warehouse.journal import reports_made
from warehouse.state import remembered
from warehouse.who import user

FORMATS: Mapping[str, str] = {
    "pptx": "PowerPoint",
    "docx": "Word",
    "pdf": "PDF",
    "xlsx": "Excel",
}


@dataclass(frozen=True, kw_only=True)
class Order:
    """What is asked for: the kind, an area's key or the county's, a period, and what to hold.

    `parts` None are all of them; `summary` None is what the numbers bring up.
    """

    kind: str
    place: str
    period: str
    made: datetime.datetime
    parts: tuple[str, ...] | None = None
    summary: tuple[str, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of report: its dataset, the parts to choose, and its formats.

    `title` is its Swedish name, where `{forum}` is that of the county.
    """

    title: str
    dataset: str
    sections: Mapping[str, Section]
    formats: tuple[str, ...]
    build: Callable[[View, Theme, Order, str], Report]

    @property
    def name(self) -> str:
        """The name as users read it."""
        return self.title.format(forum=reference.county().forum)


def _briefing(chosen: View, look: Theme, order: Order, suffix: str) -> Report:
    build = briefing.slides if suffix == "pptx" else briefing.document
    parts = tuple(BRIEFING) if order.parts is None else order.parts
    return build(chosen, look, parts=parts, summary=order.summary)


def _quarterly(chosen: View, look: Theme, order: Order, suffix: str) -> Report:
    parts = tuple(QUARTERLY) if order.parts is None else order.parts
    return quarterly.report(chosen, look, parts=parts)


def _monthly(chosen: View, look: Theme, order: Order, suffix: str) -> Report:
    return monthly.report(chosen, look)


KINDS: Mapping[str, Kind] = {
    "briefing": Kind(
        title="Underlag till {forum}",
        dataset=briefing.DATASET,
        sections=BRIEFING,
        formats=("pptx", "docx", "pdf", "xlsx"),
        build=_briefing,
    ),
    "quarterly": Kind(
        title="Kvartalsrapport om avvikelser",
        dataset=quarterly.DATASET,
        sections=QUARTERLY,
        formats=("docx", "pdf", "xlsx"),
        build=_quarterly,
    ),
    "monthly": Kind(
        title="Månadsrapport",
        dataset=monthly.DATASET,
        sections={},
        formats=("pdf", "pptx", "xlsx"),
        build=_monthly,
    ),
}


def report(order: Order, suffix: str) -> Report:
    """The report as the format with this suffix is to have it.

    Raises ReportError where there is no data, or the kind has no such format.
    """
    kind = KINDS[order.kind]
    if suffix not in kind.formats:
        shown = ", ".join(f".{one}" for one in kind.formats)
        raise ReportError(f"{kind.name} finns inte som .{suffix}. Välj ett av: {shown}.")
    chosen = basis.view(
        place=order.place, period=order.period, made=order.made, dataset=kind.dataset
    )
    return kind.build(chosen, theme(), order, suffix)


def file(order: Order, suffix: str) -> bytes:
    """The report as a file, and remembered as made. Raises as `report` and `remember`."""
    from reports.writers import WRITERS

    with values.of_one_version() as version:
        content = WRITERS[suffix](report(order, suffix), theme())
    if version is None:
        raise ValueError("a report of nothing")
    reports_made.remember(
        kind=order.kind,
        place=order.place,
        period=order.period,
        version=version,
        made_by=user(),
    )
    return content


# Six are some ten megabytes: one for each choice that a user goes back and forth between.
@remembered(6)
def pages(order: Order) -> list[bytes]:
    """The report's pages as pictures (PNG), as the PDF has them. Raises as `report`."""
    from reports.office import pdf

    with values.of_one_version():
        return pdf.pages(report(order, "pdf"), theme())


def proposed(order: Order) -> Sequence[str]:
    """The points of a briefing's summary as the numbers bring them up."""
    from reports.content import discharges

    chosen = basis.view(
        place=order.place, period=order.period, made=order.made, dataset=briefing.DATASET
    )
    return discharges.points(chosen)
