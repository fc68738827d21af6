"""Who is signed in: one session for each sign-in, found by a key that only its browser has.

They are held in memory. A server that is started anew asks the provider again, which costs a reader
nothing where the provider still knows them.
"""

import hashlib
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from itsdangerous import BadSignature, Signer

from access import declared
from access.people import NOBODY, Person

_MOST = 10_000


@dataclass
class Session:
    """A signed-in person: who, by which groups, and since when (seconds of a clock of its own)."""

    subject: str
    name: str
    mark: str
    origin: str
    groups: frozenset[str]
    begun: float
    seen: float
    id_token: str = ""
    idle: float | None = None
    absolute: float | None = None
    sub: str = ""
    sid: str = ""

    def ended(self, now: float) -> bool:
        """Whether it has been idle, or has lasted, too long."""
        return (self.idle is not None and now - self.seen > self.idle) or (
            self.absolute is not None and now - self.begun > self.absolute
        )


@dataclass(frozen=True)
class Other:
    """Another session of a person: a name that ends it, from where, and seconds since it was begun
    and last used."""

    named: str
    origin: str
    age: float
    unused: float


def _named(key: str) -> str:
    """What a session may be called in a page: its key cannot be found from it."""
    return hashlib.sha256(f"session {key}".encode()).hexdigest()[:24]


@dataclass
class Sessions:
    """The sessions of a server."""

    clock: Callable[[], float] = time.monotonic
    _kept: dict[str, Session] = field(default_factory=dict)
    _signer: Signer = field(default_factory=lambda: Signer(secrets.token_bytes(32)))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(
        self,
        *,
        subject: str,
        name: str,
        mark: str,
        origin: str,
        groups: frozenset[str] = frozenset(),
        id_token: str = "",
        idle: float | None = None,
        absolute: float | None = None,
        sub: str = "",
        sid: str = "",
    ) -> str:
        """Begin a session; gives its key, signed, for the browser to keep."""
        now = self.clock()
        key = secrets.token_urlsafe(32)
        with self._lock:
            for old in [one for one, kept in self._kept.items() if kept.ended(now)]:
                del self._kept[old]
            while len(self._kept) >= _MOST:
                self._kept.pop(next(iter(self._kept)))
            self._kept[key] = Session(
                subject, name, mark, origin, groups, now, now, id_token, idle, absolute, sub, sid
            )
        return self._signer.sign(key).decode()

    def find(self, signed: str, *, touch: bool = True) -> Session | None:
        """The session of a signed key, None where there is none or it has ended.

        It counts as used now, unless `touch` is False.
        """
        try:
            key = self._signer.unsign(signed).decode()
        except (BadSignature, UnicodeDecodeError):
            return None
        now = self.clock()
        with self._lock:
            session = self._kept.get(key)
            if session is None:
                return None
            if session.ended(now):
                del self._kept[key]
                return None
            if touch:
                session.seen = now
            return session

    def end(self, signed: str) -> Session | None:
        """End a session; gives what it was."""
        session = self.find(signed, touch=False)
        if session is not None:
            with self._lock:
                self._kept.pop(self._signer.unsign(signed).decode(), None)
        return session

    def others(self, signed: str) -> list[Other]:
        """The other sessions of the same person, the last used first; none where this has ended."""
        own = self.find(signed, touch=False)
        now = self.clock()
        with self._lock:
            if own is None:
                return []
            others = [
                Other(_named(key), kept.origin, now - kept.begun, now - kept.seen)
                for key, kept in self._kept.items()
                if kept.subject == own.subject and kept is not own and not kept.ended(now)
            ]
        return sorted(others, key=lambda one: one.unused)

    def end_other(self, signed: str, named: str) -> None:
        """End another session of the same person; none of anybody else's."""
        own = self.find(signed, touch=False)
        with self._lock:
            for key, kept in list(self._kept.items()):
                if own and kept.subject == own.subject and _named(key) == named:
                    del self._kept[key]

    def end_of(self, *, sub: str, sid: str) -> list[Session]:
        """End what the provider has ended: of a `sid` where it says one, else all of a `sub`."""
        with self._lock:
            ended = {
                key: kept
                for key, kept in self._kept.items()
                if (kept.sid == sid if sid else kept.sub == sub) and (not sub or kept.sub == sub)
            }
            for key in ended:
                del self._kept[key]
        return list(ended.values())

    def person(self, signed: str) -> Person:
        """Who a session is of, with the rights of now. Raises SettingsError."""
        session = self.find(signed, touch=False)
        if session is None:
            return NOBODY
        return Person(
            subject=session.subject,
            name=session.name,
            mark=session.mark,
            origin=session.origin,
            rights=declared.rights_of(session.subject, session.groups),
        )


SESSIONS = Sessions()
"""Those of this process."""
