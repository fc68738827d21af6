"""The journal in the PostgreSQL that the catalogue of shared versions is in."""

import os
import re
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.resources import files
from typing import Any

import psycopg
from psycopg.rows import dict_row

from warehouse.journal.book import Answer, Values
from warehouse.store import Busy, Unwritable
from warehouse.store.lake.answering import Answering
from warehouse.store.lake.place import PATIENCE, Place

_SCHEMA = "samverkan_journal"
# Seconds: how long an answer about what is written stands, and one that nothing answers.
_FRESH, _AFTER_SILENCE = 0.5, 5.0
_Connection = Answering[dict[str, Any]]
_IDLE: dict[tuple[int, str], list[_Connection]] = {}
_MADE: set[tuple[int, str]] = set()
_SEEN: dict[str, tuple[float, int | None, bool]] = {}
_LOCK = threading.Lock()
_READS = re.compile(r"\s*(select|with|lock)\b", re.IGNORECASE)
_TRIGGERS = re.compile(r"create trigger.*?end;", re.DOTALL)


class SharedBook:
    """The journal in a transaction; who writes first holds all others that write until its end."""

    def __init__(self, connection: _Connection) -> None:
        self._connection = connection
        self.written = False

    def execute(self, statement: str, values: Values = (), /) -> Answer:
        """As `Book.execute`. Raises psycopg.Error."""
        if not _READS.match(statement) and not self.written:
            # The row is everybody's: in SQLite, too, one writes at a time.
            self._connection.execute("update revision set number = number + 1")
            self.written = True
        if statement == "begin immediate":
            return self._connection.execute("select")
        return self._connection.execute(translated(statement).encode(), _plain(values))

    def executemany(self, statement: str, several: Sequence[Values], /) -> Answer:
        """As `Book.executemany`. Raises psycopg.Error."""
        for values in several:
            self.execute(statement, values)
        return self._connection.execute("select")


@contextmanager
def opened(place: Place, *, patience: float) -> Iterator[SharedBook]:
    """The journal, in one transaction. Raises Busy after `patience` seconds, and Unwritable."""
    try:
        with _connection(place) as connection:
            _make(place, connection)
            # Who writes before may be silent for as long as is waited for them.
            connection.patience = patience + PATIENCE
            with connection.transaction():
                connection.execute(f"set local lock_timeout = {int(patience * 1000)}".encode())
                book = SharedBook(connection)
                yield book
            if book.written:
                _SEEN.pop(place.catalogue, None)
    except psycopg.errors.LockNotAvailable as error:
        raise Busy("Någon annan skriver just nu. Inget har ändrats; försök igen.") from error
    except psycopg.Error as error:
        raise Unwritable(
            "Den gemensamma databasen tar inte emot det som skrivs. Inget har ändrats; försök igen."
        ) from error


def revision(place: Place) -> int | None:
    """A number that is higher after each transaction that writes; None before the first."""
    return _seen(place)[1]


def trouble(place: Place) -> str:
    """Why the journal cannot be read, in Swedish; empty where it can."""
    if _seen(place)[2]:
        return ""
    return (
        "Den gemensamma databasen svarar inte, så kommentarer, nya gränser, vilka rapporter som "
        "gjorts och vad som beslutats om hämtade filer visas inte just nu."
    )


def translated(statement: str) -> str:
    """A statement of SQLite's as PostgreSQL has it."""
    text = re.sub(r"(?<!:):(\w+)", r"%(\1)s", statement).replace("?", "%s")
    return text.replace("rowid", "ctid")


def _seen(place: Place) -> tuple[float, int | None, bool]:
    """Until when it stands, the revision, and whether the journal answered."""
    known = _SEEN.get(place.catalogue)
    if known and time.monotonic() < known[0]:
        return known
    # Others need not wait for the same answer.
    if known:
        _SEEN[place.catalogue] = (time.monotonic() + _AFTER_SILENCE, *known[1:])
    try:
        with _connection(place) as connection:
            row = connection.execute("select number from revision").fetchone()
        state = (time.monotonic() + _FRESH, int(row["number"]) if row else None, True)
    except (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName):
        state = (time.monotonic() + _FRESH, None, True)
    except psycopg.Error:
        state = (time.monotonic() + _AFTER_SILENCE, None, False)
    _SEEN[place.catalogue] = state
    return state


@contextmanager
def _connection(place: Place) -> Iterator[_Connection]:
    """A connection that nobody else uses meanwhile, an idle one where there is one."""
    idle = _IDLE.setdefault((os.getpid(), place.catalogue), [])
    connection = _fresh(idle) or Answering.connect(
        place.catalogue,
        autocommit=True,
        row_factory=dict_row,
        application_name="samverkan, journal",
        options=f"-c search_path={_SCHEMA}",
    )
    try:
        yield connection
    except BaseException:
        connection.close()
        raise
    connection.patience = PATIENCE
    with _LOCK:
        idle.append(connection)


def _fresh(idle: list[_Connection]) -> _Connection | None:
    """An idle connection that still answers."""
    while True:
        with _LOCK:
            if not idle:
                return None
            connection = idle.pop()
        try:
            connection.execute("select")
        except psycopg.Error:
            connection.close()
        else:
            return connection


def _make(place: Place, connection: _Connection) -> None:
    """Make the tables where they are not there."""
    key = os.getpid(), place.catalogue
    if key in _MADE:
        return
    room = files("warehouse.journal")
    tables = _TRIGGERS.sub("", room.joinpath("journal.sql").read_text(encoding="utf-8"))
    tables = tables.replace("id integer primary key", "id bigserial primary key")
    tables = re.sub(r"\bblob\b", "bytea", tables)
    more = room.joinpath("book", "postgres.sql").read_text(encoding="utf-8")
    with connection.transaction():
        # Two that make them at once would both fail.
        connection.execute("select pg_advisory_xact_lock(hashtext('samverkan_journal'))")
        connection.execute(f"create schema if not exists {_SCHEMA}".encode())
        connection.execute(f"{tables}\n{more}".encode())
    _MADE.add(key)


def _plain(values: Values) -> Values:
    """The values with truth as the numbers that SQLite makes of it."""
    if isinstance(values, Mapping):
        return {name: _whole(value) for name, value in values.items()}
    return [_whole(value) for value in values]


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, bool) else value
