"""The audit: who did what, when and from where; each line is bound to the one before by its hash.

It names people by their marks, so that the chain holds when one of them is forgotten.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from access import people
from access.people import Person
from warehouse.journal import journal
from warehouse.journal.book import Book

_FIRST = "0" * 64
_NO_RIGHTS = "access.toml finns inte"


class EventKind(StrEnum):
    """What is written in the audit, as its readers see it."""

    SIGN_IN = "inloggning"
    SIGN_OUT = "utloggning"
    TURNED_AWAY = "nekad inloggning"
    CHECK = "kontroll"
    PUBLICATION = "publicering"
    WITHDRAWAL = "återtagning"
    SET_ASIDE = "lagd åt sidan"
    GOING_BACK = "återgång"
    COPY = "säkerhetskopia"
    REPAIR = "lagning"
    MOVE = "flytt av versioner"
    NOT_PERSONS = "inte en person"
    PURGE = "radering av original"
    ORIGINAL = "hämtning av original"
    COMMENT = "kommentar"
    NEW_LIMITS = "nya gränser"
    HAND_OUT = "rapport"
    REVIEWED = "granskad"
    ESTABLISHED = "fastställd"
    SENT_BACK = "skickad tillbaka"
    INVESTIGATION = "under utredning"
    RIGHTS = "ändrade rättigheter"
    FORGOTTEN = "glömd person"
    TOKEN = "nyckel till API:et"


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line: its number, when, whose mark, what was done, to what, from where; and the hashes."""

    id: int
    at: str
    who: str
    act: str
    about: str
    origin: str
    before: str
    hash: str

    @property
    def whole(self) -> bool:
        """Whether the line is as it was written."""
        return self.hash == _hash(
            (self.id, self.at, self.who, self.act, self.about, self.origin, self.before)
        )


def record(kind: EventKind, about: str = "") -> None:
    """Write what who is at work has done. Raises store.Busy and store.Unwritable."""
    with journal.opened() as book:
        book.execute("begin immediate")
        add(book, kind, about=about)


def checked(name: str) -> None:
    """Write that a file has been checked, where anything has been done at all.

    To check changes nothing, so that it makes no journal, and goes on where a user of this machine
    may only read. Raises store.Busy and store.Unwritable.
    """
    if not journal.exists():
        return
    if people.current().signed_in or journal.may_write():
        record(EventKind.CHECK, name)


def add(book: Book, kind: EventKind, *, about: str = "", who: Person | None = None) -> None:
    """Write a line in a transaction that has begun: it stands if what it tells of does."""
    who = who or people.current()
    last = book.execute("select id, hash from audit order by id desc limit 1").fetchone()
    number, before = (last["id"] + 1, last["hash"]) if last else (1, _FIRST)
    at = datetime.now().isoformat(sep=" ", timespec="seconds")
    told = (number, at, who.mark, str(kind), about, who.origin, before)
    book.execute("insert into audit values (?, ?, ?, ?, ?, ?, ?, ?)", (*told, _hash(told)))


def rights(told: str) -> None:
    """Write that the file of rights is another than it was when somebody last came in.

    Who has changed it is not known: it lies on the machine. Raises store.Busy and store.Unwritable.
    """
    if told == (latest(EventKind.RIGHTS) or _NO_RIGHTS):
        return
    whoever = Person(subject="", name="", mark="den som skrev i filen")
    with journal.opened() as book:
        book.execute("begin immediate")
        add(book, EventKind.RIGHTS, about=told, who=whoever)


def lines() -> list[Line]:
    """All lines, newest first. Raises store.Busy and store.Unwritable."""
    if not journal.exists():
        return []
    with journal.opened() as book:
        return [Line(**dict(row)) for row in book.execute("select * from audit order by id desc")]


def broken() -> Iterator[int]:
    """The numbers of the lines that are not as they were written or do not follow the one before.

    Raises store.Busy and store.Unwritable.
    """
    number, before = 0, _FIRST
    for line in reversed(lines()):
        if not line.whole or line.before != before or line.id != number + 1:
            yield line.id
        number, before = line.id, line.hash


def lost(saved: Iterable[str]) -> list[str]:
    """Those of the hashes that were kept elsewhere which no line has: what they were of is gone.

    Raises store.Busy and store.Unwritable.
    """
    held = {line.hash for line in lines()}
    return [one for one in saved if one.strip().casefold() not in held]


def latest(kind: EventKind) -> str | None:
    """What the newest line of a kind is about."""
    if not journal.exists():
        return None
    with journal.opened() as book:
        row = book.execute(
            "select about from audit where act = ? order by id desc limit 1", (str(kind),)
        ).fetchone()
    return None if row is None else str(row["about"])


def _hash(told: tuple[object, ...]) -> str:
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()
