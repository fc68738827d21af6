"""Uploaded files examined, given back marked, and published; each is one call with an answer.

An uploaded file's name is only shown and kept; on disk it lies under a name of our own, in a folder
that goes when the call ends.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

import pipeline
from access.checks import Refused, may, require
from access.rights import EVERY, Act
from loaders.answering import marked
from loaders.answering.profiles import extended
from loaders.answering.proposal import Proposal, propose
from loaders.delivery import Delivery
from loaders.problems import Problem, Severity
from loaders.questions import NO_ANSWERS, Answers, Question
from machine import scratch
from metrics.changes import corrections, late
from warehouse import store
from warehouse.journal import audit
from warehouse.loads import Load

COARSER = "coarser-than-current"
# What is wrong where a file was read and is no export that is known.
_UNRECOGNISED = frozenset({"unknown-export", "missing-column"})


class UploadState(StrEnum):
    """What a file is good for, as the page lists it."""

    READY = "Klar att publicera"
    KNOWN = "Redan inläst"
    WARNINGS = "Har varningar"
    FAULTS = "Har fel"
    UNKNOWN = "Känns inte igen"
    REFUSED = "Går inte att läsa in"
    PERSONS = "Har personnummer"
    OTHERS = "För andra att publicera"


@dataclass(frozen=True, kw_only=True)
class Examined:
    """What checking one file found, without the file itself.

    `version` is the published version that it was compared with; `preview` is None unless the file
    can be published by who is at work, since it tells what is in force beside what the file has.
    `dataset` and `areas` are what a right to publish it is to be for. A file `by_area` is of whole
    areas: `covers` are those that the user named, and `coverage` says in words what it covers.
    `receipt` says what its cells were read as, and `questions` are what is asked beside the
    `answers` that have been given.
    """

    name: str
    version: int | None
    state: UploadState
    export: str | None
    sheets: tuple[str, ...]
    rows: int
    first_period: str | None
    last_period: str | None
    municipalities: int
    cases: bool
    problems: tuple[Problem, ...]
    markable: bool
    replace_finer: bool
    preview: pipeline.Preview | None
    proposals: tuple[Proposal, ...] = ()
    by_area: bool = False
    covers: tuple[str, ...] = ()
    coverage: str = ""
    receipt: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    answers: Answers = NO_ANSWERS
    dataset: str = EVERY
    areas: frozenset[str] = frozenset({EVERY})

    @property
    def own(self) -> bool:
        """Whether who is at work may publish it, or, where it cannot be read, any file."""
        return may(Act.PUBLISH, dataset=self.dataset, areas=self.areas)

    @property
    def told_right(self) -> bool:
        """Whether it tells what who is at work may see: a right may have come or gone since."""
        if self.preview is not None:
            return self.own
        return not (self.own and self.state is UploadState.OTHERS)

    @property
    def to_confirm(self) -> tuple[Problem, ...]:
        """The warnings that publishing needs a yes to; finer data is kept unasked."""
        return tuple(
            problem
            for problem in self.problems
            if problem.severity is Severity.WARNING and problem.code != COARSER
        )

    @property
    def coarser(self) -> bool:
        """Whether there is finer data, which the user may let the file replace."""
        return any(problem.code == COARSER for problem in self.problems)


@dataclass(frozen=True)
class Answer:
    """What came of publishing or withdrawing: in words, and whether it was done.

    `dataset` and `period` are what was published, up to when, `file` is what it was called, and
    `version` is the one that it is in force in.
    """

    done: bool
    text: str
    dataset: str | None = None
    period: str | None = None
    file: str = ""
    version: int | None = None


def examine(
    name: str,
    content: bytes | memoryview,
    *,
    replace_finer: bool = False,
    covers: tuple[str, ...] = (),
    answers: Answers = NO_ANSWERS,
) -> Examined:
    """Check a file and try it on a copy of the warehouse.

    Raises store.WarehouseError where there is no room for the copy, and checks.Refused.
    """
    require(Act.CHECK)
    version = store.version()
    with _checked(name, content, covers, answers) as file:
        first, last, places = pipeline.span(file)
        dataset, areas = _of(file)
        own = may(Act.PUBLISH, dataset=dataset, areas=areas)
        preview = pipeline.preview(file, force=replace_finer) if file.ok and own else None
        audit.checked(file.kept_name)
        return Examined(
            name=name,
            version=version,
            state=_state(file, preview),
            export=file.export.title if file.export else None,
            sheets=tuple(file.sheets),
            rows=file.rows,
            first_period=first,
            last_period=last,
            municipalities=places,
            cases=file.cases,
            problems=() if preview and preview.known else file.problems,
            markable=marked.can_be_marked(file),
            replace_finer=replace_finer,
            preview=preview,
            proposals=_proposals(file),
            by_area=file.export is not None and file.export.by_area,
            covers=covers,
            coverage=file.coverage,
            receipt=file.receipt.sentences if file.receipt and file.rows else (),
            questions=file.questions,
            answers=answers,
            dataset=dataset,
            areas=areas,
        )


def _of(file: Delivery) -> tuple[str, frozenset[str]]:
    """The dataset and the areas of a file; of one that cannot be published, all there are."""
    if file.export is None or not file.ok:
        return EVERY, frozenset({EVERY})
    return file.export.dataset, pipeline.areas_in(file)


def publish(
    name: str,
    content: bytes | memoryview,
    *,
    seen: Examined,
    replace_finer: bool,
    reason: str = "",
) -> Answer:
    """Check the file again and publish it, unless it now needs another yes than was given.

    `seen` is what the user has read and agreed to.
    """
    try:
        with _checked(name, content, seen.covers, seen.answers) as file:
            agreed = {(p.code, p.message) for p in seen.problems}
            asked = (p for p in file.problems if p.code != COARSER)
            if any((p.code, p.message) not in agreed for p in asked):
                return Answer(
                    False,
                    "Uppgifterna har ändrats sedan filen kontrollerades. Ingenting har "
                    "publicerats. Filen är nu kontrollerad på nytt; läs igenom och försök igen.",
                )
            loaded = pipeline.publish(file, force=replace_finer, reason=reason)
            dataset = file.export.dataset if file.export else None
    except (store.WarehouseError, Refused, pipeline.NeedsReason) as error:
        return Answer(False, str(error))
    if loaded.load_id is None:
        return Answer(True, f"{name} var redan inläst. Ingenting har ändrats.")
    said = _told(f"{name} är publicerad som inläsning {loaded.load_id}.", loaded)
    return Answer(
        True,
        said,
        dataset=dataset,
        period=seen.last_period,
        file=name,
        version=loaded.version,
    )


def withdraw(load: Load, *, reason: str) -> Answer:
    """Withdraw a load; the answer says in words what came of it."""
    try:
        done = pipeline.withdraw(load.load_id, reason=reason)
    except KeyError:
        return Answer(False, f"Inläsning {load.load_id} är redan återtagen.")
    except (store.WarehouseError, Refused) as error:
        return Answer(False, str(error))
    return Answer(True, _told(f"Inläsning {load.load_id}, {load.file}, är återtagen.", done))


def _told(text: str, loaded: pipeline.Loaded) -> str:
    """The text, which small counts no sum holds, and which reports hold a number that changed."""
    more = late.sentence(loaded.withheld), corrections.sentence(loaded.reports)
    return " ".join(filter(None, (text, *more)))


def marked_workbook(name: str, content: bytes | memoryview, answers: Answers = NO_ANSWERS) -> bytes:
    """The file as a workbook with its faults marked."""
    with _checked(name, content, answers=answers) as file, scratch.folder() as folder:
        target = folder / "marked.xlsx"
        marked.write(file, target)
        return target.read_bytes()


def plain_name(name: str) -> str:
    """The last part of a file's name, fit to suggest for a download."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return "".join(c for c in last if c.isprintable() and c not in '"<>:|?*') or "fil"


@contextmanager
def _checked(
    name: str,
    content: bytes | memoryview,
    covers: tuple[str, ...] = (),
    answers: Answers = NO_ANSWERS,
) -> Iterator[Delivery]:
    with scratch.folder() as folder:
        path = folder / "uploaded"
        path.write_bytes(content)
        with pipeline.checked(path, name=name, covers=covers, answers=answers) as file:
            yield file


def _proposals(file: Delivery) -> tuple[Proposal, ...]:
    codes = {problem.code for problem in file.problems}
    if file.book is None or not codes & _UNRECOGNISED:
        return ()
    return propose(file.book, extended(pipeline.exports()))


def _state(file: Delivery, preview: pipeline.Preview | None) -> UploadState:
    codes = {problem.code for problem in file.problems}
    if "personal-identity-number" in codes:
        return UploadState.PERSONS
    if file.export is None:
        return UploadState.UNKNOWN if codes & _UNRECOGNISED else UploadState.REFUSED
    if preview is None:
        return UploadState.OTHERS if file.ok else UploadState.FAULTS
    if preview.known:
        return UploadState.KNOWN
    return UploadState.WARNINGS if file.warnings else UploadState.READY
