"""Keys for programs that use the API: shown once, kept as hashes, for a time and some things."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from access.checks import require
from access.people import NOBODY, Person
from access.rights import EVERY, Act, Right, Role
from warehouse.journal import audit, journal

BEGINS = "samverkan_"
"""What every key begins with, so that one that has been left somewhere can be looked for."""
LONGEST = 366


class Scope(StrEnum):
    """What a key may be used for."""

    READ = "read"
    DELIVER = "deliver"
    METRICS = "metrics"


_ROLES = {Scope.READ: Role.READER, Scope.DELIVER: Role.STEWARD}


@dataclass(frozen=True, kw_only=True)
class Token:
    """A key that has been made; its secret is nowhere but with whom it was shown to."""

    id: str
    name: str
    scopes: tuple[Scope, ...]
    areas: tuple[str, ...]
    made_by: str
    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None

    def lives(self, now: datetime) -> bool:
        """Whether it can be used."""
        return self.revoked_at is None and now < self.expires_at

    def person(self, origin: str) -> Person:
        """Whoever uses it, as rights and the audit see them."""
        rights = tuple(
            Right(_ROLES[scope], areas=frozenset(self.areas))
            for scope in self.scopes
            if scope in _ROLES
        )
        return Person(
            subject=f"nyckel:{self.id}",
            name=f"nyckeln {self.name}",
            mark=f"nyckel {self.id}",
            origin=origin,
            rights=rights,
        )


def make(*, name: str, scopes: Sequence[Scope], areas: Sequence[str], days: int) -> str:
    """Make a key; gives its text, which is shown now and never again.

    `areas` none are all; they are of what is handed in, for everybody reads of every area. Raises
    ValueError for no name, no scope, areas of nothing that is handed in or another time than 1 to
    LONGEST days; checks.Refused, store.Busy and store.Unwritable.
    """
    person = require(Act.TOKENS)
    name = name.strip()
    if not name or (areas and Scope.DELIVER not in scopes):
        raise ValueError("a key has a name, and areas only where files are handed in with it")
    if not scopes or not 1 <= days <= LONGEST:
        raise ValueError("a key is for something, and for at most a year")
    token, secret = secrets.token_hex(4), secrets.token_urlsafe(32)
    now = datetime.now()
    with journal.opened() as book:
        book.execute("begin immediate")
        book.execute(
            """
            insert into token (id, hash, name, scopes, areas, made_by, made_at, expires_at)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            (
                token,
                _hash(secret),
                name,
                " ".join(scopes),
                " ".join(areas or (EVERY,)),
                person.mark,
                _text(now),
                _text(now + timedelta(days=days)),
            ),
        )
        told = f"ny {token} ({name}): {' '.join(scopes)}, {days} dagar"
        audit.add(book, audit.EventKind.TOKEN, about=told)
    return f"{BEGINS}{token}_{secret}"


def revoke(token: str) -> None:
    """Let a key be of no use any longer.

    Raises KeyError where there is none in use, checks.Refused, store.Busy and store.Unwritable.
    """
    require(Act.TOKENS)
    with journal.opened() as book:
        book.execute("begin immediate")
        changed = book.execute(
            "update token set revoked_at = ? where id = ? and revoked_at is null",
            (_text(datetime.now()), token),
        )
        if not changed.rowcount:
            raise KeyError(token)
        audit.add(book, audit.EventKind.TOKEN, about=f"återkallad {token}")


def made() -> tuple[Token, ...]:
    """Every key that was made, newest first. Raises store.Busy and store.Unwritable."""
    if not journal.exists():
        return ()
    with journal.opened() as book:
        rows = book.execute("select * from token order by made_at desc, rowid desc").fetchall()
    return tuple(
        Token(
            id=row["id"],
            name=row["name"],
            scopes=tuple(map(Scope, row["scopes"].split())),
            areas=tuple(row["areas"].split()),
            made_by=row["made_by"],
            made_at=datetime.fromisoformat(row["made_at"]),
            expires_at=datetime.fromisoformat(row["expires_at"]),
            revoked_at=datetime.fromisoformat(row["revoked_at"]) if row["revoked_at"] else None,
        )
        for row in rows
    )


def of(text: str) -> Token | None:
    """The key in use with this text; None for any other. Raises store.Busy, store.Unwritable."""
    token, _, secret = text.removeprefix(BEGINS).partition("_")
    if not text.startswith(BEGINS) or not journal.exists():
        return None
    with journal.opened() as book:
        row = book.execute("select hash from token where id = ?", (token,)).fetchone()
    if row is None or not hmac.compare_digest(row["hash"], _hash(secret)):
        return None
    token_of = next(one for one in made() if one.id == token)
    return token_of if token_of.lives(datetime.now()) else None


def person_of(text: str, *, origin: str) -> Person:
    """Whoever uses a key now, and from where; nobody when it is of no use any longer."""
    token = of(text)
    return token.person(f"API:et, {origin}") if token else NOBODY


def _hash(secret: str) -> str:
    # The secret is as long as a hash and made by chance: there is nothing to guess slowly.
    return hashlib.sha256(secret.encode()).hexdigest()


def _text(at: datetime) -> str:
    return at.isoformat(sep=" ", timespec="seconds")
