"""The journal: comments, reports that were made and limits that were chosen, beside the loads.

It is kept apart from the published versions, which are replaced whole and of which only the latest
are kept.
"""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from machine import durable, scratch
from settings import FileState, settings, warehouse_dir
from swedish.refusals import why
from warehouse.journal.book import Book, sealing
from warehouse.store import Busy, Unwritable
from warehouse.store.lake.place import Place, place
from warehouse.store.mending import keep_aside, put_aside

_FILE = "journal.sqlite"

_NOT_SHOWN = (
    "Kommentarer, nya gränser, vilka rapporter som gjorts och vad som beslutats om hämtade filer "
    "visas inte. Kör samverkan repair."
)
# Seconds: a writer holds it for as long as it takes to add a row.
_PATIENCE = 10.0
_NOT_NOW = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CANTOPEN)
_LOOKING = threading.Lock()
_HANDLES: dict[tuple[Path, int], int] = {}


@dataclass(frozen=True)
class Changes:
    """The journal as it was when it was looked at: another after each transaction.

    `where` is its file, or the database where it is shared.
    """

    where: FileState | str
    counter: bytes


@dataclass(frozen=True)
class Written:
    """How many rows there have been of what is shown: more whenever something may look different.

    Files that came from sources are not among them: no view or report tells of those.
    """

    comments: int = 0
    new_limits: int = 0
    reports: int = 0
    attacks: int = 0
    persons: int = 0
    agreements: int = 0
    investigations: int = 0


def path() -> Path:
    """Where the journal lies."""
    return warehouse_dir() / _FILE


def exists() -> bool:
    """Whether there is anything in it to read, so that readers need not make it.

    A broken journal is read as an empty one; `trouble` says that it is.
    """
    return changes() is not None and not trouble()


def trouble() -> str:
    """What is wrong with the journal, in Swedish; empty where nothing is."""
    if shared := place():
        from warehouse.journal.book import postgres

        return postgres.trouble(shared)
    state = changes()
    return "" if state is None else _trouble(path(), state)


@lru_cache(maxsize=4)
def _trouble(file: Path, _: Changes) -> str:
    try:
        with closing(sqlite3.connect(file, timeout=_PATIENCE)) as connection:
            (answer,) = connection.execute("pragma quick_check(1)").fetchone()
            if answer == "ok" and sealing.is_broken(connection.serialize()):
                return (
                    "Journalen är inte som den skrevs: något i den är ändrat på disken. "
                    f"{_NOT_SHOWN}"
                )
    except UnicodeDecodeError as error:
        # SQLite says what is amiss with the name that it has there.
        answer = str(error)
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_BUSY) in _NOT_NOW:
            # Somebody is writing in it, or it cannot be opened; that is told by who tries.
            return ""
        answer = str(error)
    if answer == "ok":
        return ""
    return f"Journalen går inte att läsa. {_NOT_SHOWN}"


def is_readable() -> bool:
    """Whether a broken one can be read all the same: it holds together, but is not as written."""
    unreadable = (sqlite3.DatabaseError, UnicodeDecodeError)
    with closing(sqlite3.connect(path())) as connection, suppress(*unreadable):
        return bool(connection.execute("pragma integrity_check(1)").fetchone()[0] == "ok")
    return False


def accept() -> None:
    """Let a journal that is not as it was written be used as it is; a copy is put aside.

    Raises store.Busy and store.Unwritable.
    """
    with _refusals(path().parent), closing(sqlite3.connect(path(), isolation_level=None)) as book:
        book.execute("begin immediate")
        keep_aside(path(), book.serialize())
        sealing.seal(book)
        book.execute("commit")


def set_aside() -> None:
    """Put a broken journal where nothing reads it, so that a new one can begin.

    Raises store.Unwritable.
    """
    for file in (path(), path().with_name(f"{_FILE}-journal")):
        if file.is_file():
            put_aside(file)


def bring(file: Path) -> bool:
    """Let a file's journal be the one that is written in, where none is; whether it was brought.

    Raises OSError, store.Busy and store.Unwritable.
    """
    if shared := place():
        from warehouse.journal.book import carrying

        return carrying.is_empty(shared) and carrying.carry_in(file, shared)
    if exists():
        return False
    set_aside()
    durable.copy(file, path())
    return True


def carry(target: Place | None) -> bool:
    """Let what the journal holds be in that of another place, this machine's own where it is None.

    A shared one that others have written in stays as it is; whether it was carried. Raises as
    `save`.
    """
    with scratch.folder() as folder:
        save(folder / _FILE)
        if target is None:
            # What was this machine's own before is older than what was shared.
            set_aside()
            durable.copy(folder / _FILE, path())
            return True
        from warehouse.journal.book import carrying

        return carrying.carry_in(folder / _FILE, target)


def save(file: Path) -> None:
    """Write all that the journal holds to a new file, as it is at one moment.

    Raises store.Busy and store.Unwritable.
    """
    with _refusals(file.parent):
        if shared := place():
            from warehouse.journal.book import carrying

            carrying.carry_out(shared, file)
            return
        with closing(sqlite3.connect(path())) as book, closing(sqlite3.connect(file)) as target:
            book.backup(target)


def changes() -> Changes | None:
    """What tells the journal from what it was before, without reading it; None before the first."""
    if shared := place():
        from warehouse.journal.book import postgres

        number = postgres.revision(shared)
        return None if number is None else Changes(shared.catalogue, str(number).encode())
    try:
        state = FileState.of(path())
        return Changes(state, _head(state.path, state.inode)[sealing.COUNTER])
    except FileNotFoundError:
        return None


def _head(file: Path, inode: int) -> bytes:
    """The first bytes of the journal, by a handle that stays open.

    To close one lets go of every lock that the process has on the file, also those by which SQLite
    keeps others out while this process writes: https://www.sqlite.org/howtocorrupt.html
    """
    with _LOOKING:
        if (file, inode) not in _HANDLES:
            while _HANDLES:
                os.close(_HANDLES.popitem()[1])
            _HANDLES[file, inode] = os.open(file, os.O_RDONLY)
        return os.pread(_HANDLES[file, inode], sealing.COUNTER.stop, 0)


def written() -> Written:
    """How much is written. Raises Busy and Unwritable as `opened`."""
    state = changes()
    return Written() if state is None or trouble() else _written(state)


@lru_cache(maxsize=4)
def _written(_: Changes) -> Written:
    with opened() as book:
        counted = book.execute(
            """
            select
                (select count(*) from comment) as comments,
                (select count(*) from new_limits) as new_limits,
                (select count(*) from report) as reports,
                (select count(*) from attack) as attacks,
                (select count(*) from person where name <> '') as persons,
                (select count(*) from agreement) as agreements,
                (select count(*) from investigation) as investigations
            """
        )
        return Written(**dict(counted.fetchone()))


def is_own() -> bool:
    """Whether it is this machine's own, a file; else several machines share it."""
    return place() is None


def now() -> str:
    """The moment as the journal writes it."""
    return datetime.now().isoformat(sep=" ", timespec="seconds")


def may_write() -> bool:
    """Whether a user of this machine may write in it."""
    return not is_own() or os.access(path(), os.W_OK)


@contextmanager
def opened() -> Iterator[Book]:
    """The journal, in one transaction; rows are read by column name.

    Raises Busy where another process has held it longer than the waiting time of the settings,
    and Unwritable where it cannot be written, or is broken: what is written in it would hide that.
    """
    patience = min(settings().lock_wait_seconds, _PATIENCE)
    if shared := place():
        # What it needs is installed only where versions are shared, and the journal with them.
        from warehouse.journal.book import postgres

        with postgres.opened(shared, patience=patience) as book:
            yield book
        return
    if told := trouble():
        raise Unwritable(told)
    file = path()
    with _refusals(file.parent):
        file.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(file, timeout=patience)) as connection:
            connection.row_factory = sqlite3.Row
            connection.executescript(
                files("warehouse.journal").joinpath("journal.sql").read_text(encoding="utf-8")
            )
            with connection:
                yield connection
                if connection.total_changes:
                    sealing.seal(connection)


@contextmanager
def _refusals(folder: Path) -> Iterator[None]:
    """Tell of a disk that refuses as Unwritable, and of one who writes there already as Busy."""
    try:
        yield
    except (OSError, sqlite3.DatabaseError) as error:
        if "locked" in str(error):
            raise Busy("Någon annan skriver just nu. Inget har ändrats; försök igen.") from error
        raise Unwritable(
            f"Det gick inte att skriva i {folder} ({why(error)}). Inget har ändrats."
        ) from error
