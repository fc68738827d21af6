"""Making a report: which kinds there are, what each is of, and the file that comes of it."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from types import ModuleType

import reference
from access.checks import require
from access.rights import Act
from metrics import loaded
from metrics.datasets import deviations, discharges, page_of
from metrics.datasets.dataset import DatasetPage
from reports.claims import Claim, unsupported
from reports.content import basis
from reports.content.basis import View
from reports.content.kinds import briefing, monthly, quarterly
from reports.content.sections import BRIEFING, QUARTERLY, Section
from reports.content.wording import Wording
from reports.earlier import as_it_was, of_version
from reports.manifest import Manifest
from reports.model import CallError, Report, Text
from reports.theme import Theme, theme
from settings import settings
from swedish.phrases import REPORTS
from views.agreed import visible
from warehouse.journal import reports_made, shown_numbers
from warehouse.state import remembered
from warehouse.who import user

FORMATS: Mapping[str, str] = {
    "pptx": "PowerPoint",
    "docx": "Word",
    "pdf": "PDF",
    "xlsx": "Excel",
}
# One for each choice that users go back and forth between: some five megabytes of pages.
_KEPT = 12


@dataclass(frozen=True, kw_only=True)
class Order:
    """What is asked for: the kind, an area's key or the county's, a period, and what to hold.

    `version` is the kept version of the data to make it of, None the one in force. `parts` None are
    all of them. The others are what a user has put in words, as `Wording` has them.
    """

    kind: str
    place: str
    period: str
    made: datetime.datetime
    version: int | None = None
    parts: tuple[str, ...] | None = None
    summary: tuple[str, ...] | None = None
    position: tuple[str, ...] | None = None
    errand: str = ""
    notes: str = ""
    case_number: str = ""
    officer: str = ""
    receiver: str = ""

    @property
    def said(self) -> Wording:
        """What a user has put in words."""
        return Wording(**{one.name: getattr(self, one.name) for one in fields(Wording)})


@dataclass(frozen=True, kw_only=True)
class ReportKind:
    """A kind of report: its dataset, the parts to choose, and its formats.

    Where nothing of its dataset has been loaded it may be of the periods `otherwise`.
    `summary` and `position` propose its points and what the forum may say of it.
    `title` is its Swedish name, where `{forum}` is that of the county; `path` what it is called in
    the address and in names of files.
    """

    title: str
    path: str
    dataset: str
    sections: Mapping[str, Section]
    formats: tuple[str, ...]
    build: Callable[[View, Theme, Order, str], Report]
    summary: Callable[[View], tuple[str, ...]]
    position: Callable[[View], tuple[str, ...]] = lambda _: ()
    otherwise: Callable[[], list[str]] = list

    @property
    def name(self) -> str:
        """The name as users read it."""
        return self.title.format(forum=reference.county().forum)

    @property
    def page(self) -> DatasetPage:
        """The page that shows what the report is about."""
        return page_of(self.dataset)

    @property
    def periods(self) -> list[str]:
        """The periods that it can be of, oldest first."""
        return visible.periods(self.dataset) or self.otherwise()


def _in_parts(of: ModuleType, chosen: View, look: Theme, order: Order, suffix: str) -> Report:
    build: Callable[..., Report] = of.slides if suffix == "pptx" else of.document
    parts = {} if order.parts is None else {"parts": order.parts}
    return build(chosen, look, **parts, said=order.said)


def _monthly(chosen: View, look: Theme, order: Order, suffix: str) -> Report:
    build = monthly.slides if suffix == "pptx" else monthly.document
    return build(chosen, look, order.said)


KINDS: Mapping[str, ReportKind] = {
    "briefing": ReportKind(
        title=REPORTS["briefing"],
        path="underlag",
        dataset=discharges.KEY,
        sections=BRIEFING,
        formats=("pptx", "docx", "pdf", "xlsx"),
        build=partial(_in_parts, briefing),
        otherwise=visible.months,
        summary=briefing.proposed_summary,
        position=briefing.proposed_position,
    ),
    "monthly": ReportKind(
        title=REPORTS["monthly"],
        path="manadsrapport",
        dataset=discharges.KEY,
        sections={},
        formats=("pdf", "docx", "pptx", "xlsx"),
        build=_monthly,
        summary=monthly.proposed_summary,
    ),
    "quarterly": ReportKind(
        title=REPORTS["quarterly"],
        path="kvartalsrapport",
        dataset=deviations.KEY,
        sections=QUARTERLY,
        formats=("docx", "pdf", "pptx", "xlsx"),
        build=partial(_in_parts, quarterly),
        summary=quarterly.proposed_summary,
    ),
}


# The text, the pictures and what is claimed ask for the same.
@remembered(4)
def report(order: Order, suffix: str) -> Report:
    """The report as the format with this suffix is to have it.

    Raises ReportError where there is no data, and CallError where the kind has no such format, or
    the place or period is none.
    """
    kind = KINDS[order.kind]
    if suffix not in kind.formats:
        shown = ", ".join(f".{one}" for one in kind.formats)
        named = f".{suffix}" if suffix else "en fil utan ändelse"
        raise CallError(f"{kind.name} finns inte som {named}. Välj ett av: {shown}.")
    with of_version(order.version):
        built = kind.build(_view(order), theme(), order, suffix)
    if order.version is not None and order.version != loaded.version():
        built = as_it_was(built, order.version)
    return replace(built, public_address=settings().public_address)


@dataclass(frozen=True)
class Made:
    """A file's content, the version of the data that it was made of, and its numbers."""

    content: bytes
    version: int
    manifest: Manifest | None = None


def made(order: Order, suffix: str) -> Made:
    """The report as a file, its numbers listed in it. Raises as `report`, and checks.Refused."""
    from reports.sealing import sealed
    from reports.writers import WRITERS

    require(Act.HAND_OUT)
    with loaded.of_one_version() as version:
        shown = report(order, suffix)
        content = sealed(WRITERS[suffix](shown, theme()), shown.manifest, suffix)
    if version is None:
        raise ValueError("a report of nothing")
    return Made(content, order.version or version, shown.manifest)


def remember(order: Order, done: Made) -> None:
    """Keep that the report was made, and its numbers by their code.

    Raises as `reports_made.remember`.
    """
    reports_made.remember(
        kind=order.kind,
        place=order.place,
        period=order.period,
        version=done.version,
        made_by=user(),
    )
    if done.manifest is not None:
        shown_numbers.keep(
            code=done.manifest.code,
            digest=done.manifest.digest,
            manifest=done.manifest.as_json(),
        )


def file(order: Order, suffix: str) -> bytes:
    """The report as a file's content, and remembered as made. Raises as `made`, `remember`."""
    done = made(order, suffix)
    remember(order, done)
    return done.content


def pages(order: Order, suffix: str) -> list[bytes]:
    """The report's pages as pictures (PNG), as the PDF has them, or its slides. Raises as `report`.

    They say no more than the day it is made: who asks later that day is shown the same ones.
    """
    return _pages(_of_the_day(order), suffix)


@remembered(_KEPT)
def _pages(order: Order, suffix: str) -> list[bytes]:
    from reports.writers import PICTURES

    with loaded.of_one_version():
        return PICTURES[suffix](report(order, suffix), theme())


def _of_the_day(order: Order) -> Order:
    return replace(order, made=datetime.datetime.combine(order.made, datetime.time.min))


def claims(order: Order) -> tuple[Claim, ...]:
    """What is claimed in a user's own words, comments among them, that the report does not show.

    Raises as `report`.
    """
    return _claims(_of_the_day(order))


@remembered(_KEPT)
def _claims(order: Order) -> tuple[Claim, ...]:
    shown = report(replace(order, **vars(Wording())), "pdf")
    written = [
        *(order.summary or ()),
        *(order.position or ()),
        order.errand,
        order.notes,
        *(
            block.text
            for part in shown.parts
            for block in part.blocks
            if isinstance(block, Text) and block.quoted
        ),
    ]
    return tuple(claim for text in written for claim in unsupported(text, shown))


def proposed(order: Order) -> Sequence[str]:
    """The points of a report's summary as the numbers bring them up. Raises as `report`."""
    return _said(_of_the_day(order), KINDS[order.kind].summary)


def proposed_position(order: Order) -> Sequence[str]:
    """What the forum may say of a report, from what it raises; nothing but of a briefing.

    Raises as `report`.
    """
    return _said(_of_the_day(order), KINDS[order.kind].position)


@remembered(2 * _KEPT)
def _said(order: Order, what: Callable[[View], tuple[str, ...]]) -> tuple[str, ...]:
    if order.version is not None:
        # Refuses a version that shows what is protected now: a proposal would tell of it too.
        report(order, "xlsx")
    with of_version(order.version):
        return what(_view(order))


def _view(order: Order) -> View:
    kind = KINDS[order.kind]
    return basis.view(
        place=order.place,
        period=order.period,
        made=order.made,
        dataset=kind.dataset,
        otherwise=kind.otherwise(),
    )
