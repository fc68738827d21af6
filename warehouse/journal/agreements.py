"""Who has looked at the numbers of a period of an area, and agreed to them or sent them back.

Each word is of the numbers as they were, by their fingerprint: other numbers have nobody's word.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from access import people
from access.checks import require
from access.rights import Act
from warehouse.journal import audit, journal, known
from warehouse.journal.book import Book


class ApprovalStep(StrEnum):
    """What somebody has said, or done to what had been said."""

    REVIEWED = "granskad"
    ESTABLISHED = "fastställd"
    SENT_BACK = "skickad tillbaka"
    REOPENED = "öppnad igen"


AGREED = (ApprovalStep.REVIEWED, ApprovalStep.ESTABLISHED)
_ACTS = {
    ApprovalStep.REVIEWED: (Act.REVIEW, audit.EventKind.REVIEWED),
    ApprovalStep.ESTABLISHED: (Act.ESTABLISH, audit.EventKind.ESTABLISHED),
    ApprovalStep.SENT_BACK: (Act.REVIEW, audit.EventKind.SENT_BACK),
}


class TooLate(ValueError):
    """The numbers, or what was said of them, are others than were seen; the message is Swedish."""


@dataclass(frozen=True, kw_only=True)
class Approval:
    """What was said of a dataset's numbers of a period of an area, by whom, and why."""

    dataset: str
    period: str
    area: str
    step: ApprovalStep
    fingerprint: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class About:
    """A dataset's numbers of a period of an area."""

    dataset: str
    period: str
    area: str


def say(step: ApprovalStep, about: About, *, fingerprint: str, reason: str = "") -> None:
    """Say something of the numbers with this fingerprint.

    Raises ValueError for sending back without a reason, TooLate for establishing what has not been
    reviewed as it is and for reviewing what has been established meanwhile, checks.Refused,
    store.Busy and store.Unwritable.
    """
    act, kind = _ACTS[step]
    require(act, dataset=about.dataset, areas=[about.area])
    if step is ApprovalStep.SENT_BACK and not reason.strip():
        raise ValueError("sending back takes a reason")
    with journal.opened() as book:
        book.execute("begin immediate")
        before = _last(book, about)
        if before == (step, fingerprint):
            return
        if step is ApprovalStep.ESTABLISHED and before != (ApprovalStep.REVIEWED, fingerprint):
            raise TooLate("Talen ska granskas först, som de är nu. Ladda om sidan.")
        if step is ApprovalStep.REVIEWED and before == (ApprovalStep.ESTABLISHED, fingerprint):
            raise TooLate("Perioden är redan fastställd. Ladda om sidan.")
        _write(book, step, about, fingerprint=fingerprint, reason=reason)
        told = ", ".join((about.dataset, about.period, about.area))
        audit.add(book, kind, about=f"{told}: {reason.strip()}".removesuffix(": "))


def reopen(touched: Iterable[About], *, reason: str) -> None:
    """Say that what had been agreed on is corrected. Raises store.Busy and store.Unwritable."""
    with journal.opened() as book:
        book.execute("begin immediate")
        for about in touched:
            _write(book, ApprovalStep.REOPENED, about, fingerprint="", reason=reason)


def agreed(touched: Iterable[About]) -> list[About]:
    """Those of them that somebody has agreed to, as the last that was said of them."""
    if not journal.exists():
        return []
    with journal.opened() as book:
        return [one for one in touched if (said := _last(book, one)) and said[0] in AGREED]


def said(about: About) -> list[Approval]:
    """What has been said, newest first."""
    if not journal.exists():
        return []
    with journal.opened() as book:
        rows = book.execute(
            """
            select dataset, period, area, step, fingerprint, reason, by, at
            from agreement
            where dataset = :dataset and period = :period and area = :area
            order by id desc
            """,
            vars(about),
        ).fetchall()
    return [
        Approval(
            **{
                **dict(row),
                "step": ApprovalStep(row["step"]),
                "by": known.shown(row["by"]),
                "at": datetime.fromisoformat(row["at"]),
            }
        )
        for row in rows
    ]


def _last(book: Book, about: About) -> tuple[str, str] | None:
    row = book.execute(
        """
        select step, fingerprint
        from agreement
        where dataset = :dataset and period = :period and area = :area
        order by id desc
        limit 1
        """,
        vars(about),
    ).fetchone()
    return None if row is None else (row["step"], row["fingerprint"])


def _write(book: Book, step: ApprovalStep, about: About, *, fingerprint: str, reason: str) -> None:
    book.execute(
        """
        insert into agreement (dataset, period, area, step, fingerprint, reason, by, at)
        values (:dataset, :period, :area, :step, :fingerprint, :reason, :by, :at)
        """,
        {
            **vars(about),
            "step": str(step),
            "fingerprint": fingerprint,
            "reason": reason.strip(),
            "by": people.current().mark,
            "at": journal.now(),
        },
    )
