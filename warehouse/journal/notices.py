"""What has been told by mail, to whom, and what was held back and why; and which reports may go."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from warehouse.journal import journal
from warehouse.journal.reports_made import ReportMade


class NoticeState(StrEnum):
    """How it went with a thing that was to be told."""

    SENDING = "skickas"
    SENT = "skickat"
    UNSURE = "osäkert"
    NOT_SENT = "inte skickat"
    HELD = "hållet tillbaka"


@dataclass(frozen=True)
class Notice:
    """A thing by its key, and what is said of it."""

    key: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A report that was sent, and the version that it was made from."""

    kind: str
    place: str
    period: str
    version: int


@dataclass(frozen=True, kw_only=True)
class Logged:
    """A line of the log: newest first they say what each recipient was told, or why not."""

    recipient: str
    key: str
    text: str
    state: NoticeState
    why: str
    at: datetime


def told(recipient: str) -> frozenset[str]:
    """The keys of what a recipient has been told, or may have been.

    Raises store.Busy and store.Unwritable.
    """
    if not journal.exists():
        return frozenset()
    with journal.opened() as book:
        rows = book.execute(
            "select key from notice where recipient = ? and state in (?, ?, ?)",
            (recipient, NoticeState.SENDING, NoticeState.SENT, NoticeState.UNSURE),
        ).fetchall()
    return frozenset(row["key"] for row in rows)


def begin(recipient: str, digest: str, told: Sequence[Notice]) -> None:
    """Write that a digest is about to be sent. Raises store.Busy and store.Unwritable."""
    with journal.opened() as book:
        book.executemany(
            """
            insert into notice (recipient, digest, key, text, state, why, at)
            values (?, ?, ?, ?, ?, '', ?)
            """,
            [
                (recipient, digest, one.key, one.text, NoticeState.SENDING, journal.now())
                for one in told
            ],
        )


def end(digest: str, state: NoticeState, *, why: str) -> None:
    """Write how it went with a digest. Raises store.Busy and store.Unwritable."""
    with journal.opened() as book:
        book.execute(
            "update notice set state = ?, why = ?, at = ? where digest = ?",
            (state, why, journal.now(), digest),
        )


def held(recipient: str, things: Iterable[tuple[str, str, str]]) -> None:
    """Write what was held back (key, text, why), once for each reason.

    Raises store.Busy and store.Unwritable.
    """
    with journal.opened() as book:
        for key, text, why in things:
            book.execute(
                """
                insert into notice (recipient, digest, key, text, state, why, at)
                select :recipient, '', :key, :text, :state, :why, :at
                where not exists (
                    select 1 from notice
                    where recipient = :recipient and key = :key and state = :state and why = :why
                )
                """,
                {
                    "recipient": recipient,
                    "key": key,
                    "text": text,
                    "state": NoticeState.HELD,
                    "why": why,
                    "at": journal.now(),
                },
            )


def log() -> tuple[Logged, ...]:
    """What was told and held back, newest first. Raises store.Busy and store.Unwritable."""
    if not journal.exists():
        return ()
    with journal.opened() as book:
        rows = book.execute(
            "select recipient, key, text, state, why, at from notice order by id desc"
        ).fetchall()
    return tuple(
        Logged(
            **{
                **dict(row),
                "state": NoticeState(row["state"]),
                "at": datetime.fromisoformat(row["at"]),
            }
        )
        for row in rows
    )


def report_sent(recipient: str, sent: Sent, *, code: str) -> None:
    """Keep that a report went to a recipient, with the code of its numbers (`shown_numbers`).

    Raises store.Busy and store.Unwritable.
    """
    with journal.opened() as book:
        book.execute(
            """
            insert into report_sent (recipient, kind, place, period, version, at)
            values (:recipient, :kind, :place, :period, :version, :at)
            """,
            {**vars(sent), "recipient": recipient, "at": journal.now()},
        )
        book.execute(
            """
            insert into report_sent_code (sent, code)
            select max(id), :code from report_sent where recipient = :recipient
            """,
            {"code": code, "recipient": recipient},
        )


def reports_sent(recipient: str) -> tuple[tuple[ReportMade, str], ...]:
    """The newest of each report that went to a recipient, with its code where that was kept.

    Raises store.Busy and store.Unwritable.
    """
    if not journal.exists():
        return ()
    with journal.opened() as book:
        rows = book.execute(
            """
            select kind, place, period, version, at, coalesce(code, '') as code
            from report_sent
            left join report_sent_code on sent = id
            where id in (
                select max(id) from report_sent where recipient = ? group by kind, place, period
            )
            order by id
            """,
            (recipient,),
        ).fetchall()
    return tuple(
        (
            ReportMade(
                kind=row["kind"],
                place=row["place"],
                period=row["period"],
                version=row["version"],
                made_by="samverkan",
                made_at=datetime.fromisoformat(row["at"]),
            ),
            str(row["code"]),
        )
        for row in rows
    )


def approve(schedule: str, period: str, *, version: int, by: str) -> None:
    """Keep that a scheduled report may go, as the data was in a version.

    Raises store.Busy and store.Unwritable.
    """
    with journal.opened() as book:
        book.execute(
            "insert into approval (schedule, period, version, by, at) values (?, ?, ?, ?, ?)",
            (schedule, period, version, by, journal.now()),
        )


def approval(schedule: str, period: str) -> int | None:
    """The version that a scheduled report was last approved in; None where it was not.

    Raises store.Busy and store.Unwritable.
    """
    if not journal.exists():
        return None
    with journal.opened() as book:
        row = book.execute(
            "select version from approval where schedule = ? and period = ? order by id desc",
            (schedule, period),
        ).fetchone()
    return int(row["version"]) if row else None
