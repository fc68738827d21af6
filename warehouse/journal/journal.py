"""The journal: comments, reports that were made and limits that were chosen, beside the loads.

It is kept apart from the published versions, which are replaced whole and of which only the latest
are kept.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from settings import FileState, settings, warehouse_dir
from warehouse.store import Busy, Unwritable
from warehouse.store.mending import put_aside

_FILE = "journal.sqlite"
# Where in the head of the file SQLite counts its transactions.
_COUNTER = slice(24, 28)

# Seconds: a writer holds it for as long as it takes to add a row.
_PATIENCE = 10.0


@dataclass(frozen=True)
class Changes:
    """The journal's file as it was when it was looked at: another after each transaction."""

    file: FileState
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
    return path().is_file() and not trouble()


def trouble() -> str:
    """What is wrong with the journal, in Swedish; empty where nothing is."""
    state = changes()
    return "" if state is None else _trouble(state)


@lru_cache(maxsize=4)
def _trouble(state: Changes) -> str:
    try:
        with closing(sqlite3.connect(state.file.path, timeout=_PATIENCE)) as connection:
            (answer,) = connection.execute("pragma quick_check(1)").fetchone()
    except sqlite3.OperationalError:
        # Somebody is writing in it, or it cannot be opened just now; that is told by who tries.
        return ""
    except sqlite3.DatabaseError as error:
        answer = str(error)
    if answer == "ok":
        return ""
    return (
        "Journalen går inte att läsa. Kommentarer, nya gränser, vilka rapporter som gjorts och vad "
        "som beslutats om hämtade filer visas inte. Kör samverkan repair."
    )


def set_aside() -> None:
    """Put a broken journal where nothing reads it, so that a new one can begin.

    Raises store.Unwritable.
    """
    for file in (path(), path().with_name(f"{_FILE}-journal")):
        if file.is_file():
            put_aside(file)


def changes() -> Changes | None:
    """What tells the journal from what it was before, without reading it; None before the first."""
    try:
        with path().open("rb") as file:
            return Changes(FileState.of(path()), file.read(_COUNTER.stop)[_COUNTER])
    except FileNotFoundError:
        return None


def written() -> Written:
    """How much is written. Raises Busy and Unwritable as `opened`."""
    state = changes()
    return Written() if state is None or not exists() else _written(state)


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


@contextmanager
def opened() -> Iterator[sqlite3.Connection]:
    """The journal, in one transaction; rows are read by column name.

    Raises Busy where another process has held it longer than the waiting time of the settings,
    and Unwritable where it cannot be written.
    """
    file = path()
    patience = min(settings().lock_wait_seconds, _PATIENCE)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(file, timeout=patience)) as connection:
            connection.row_factory = sqlite3.Row
            connection.executescript(
                files("warehouse.journal").joinpath("journal.sql").read_text(encoding="utf-8")
            )
            with connection:
                yield connection
    except (OSError, sqlite3.DatabaseError) as error:
        if "locked" in str(error):
            raise Busy("Någon annan skriver just nu. Inget har ändrats; försök igen.") from error
        raise Unwritable(
            f"Det gick inte att skriva i {file.parent} ({error}). Inget har ändrats."
        ) from error
