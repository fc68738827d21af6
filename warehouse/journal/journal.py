"""The journal: comments, reports that were made and limits that were chosen, beside the loads.

It is kept apart from the published versions, which are replaced whole and of which only the latest
are kept.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.resources import files
from pathlib import Path

from settings import settings, warehouse_dir
from warehouse.store import Busy, Unwritable

_FILE = "journal.sqlite"


def path() -> Path:
    """Where the journal lies."""
    return warehouse_dir() / _FILE


def exists() -> bool:
    """Whether anything has been written in it, so that readers need not make it."""
    return path().is_file()


@contextmanager
def opened() -> Iterator[sqlite3.Connection]:
    """The journal, in one transaction; rows are read by column name.

    Raises Busy where another process has held it longer than the waiting time of the settings,
    and Unwritable where it cannot be written.
    """
    file = path()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(file, timeout=settings().lock_wait_seconds)) as connection:
            connection.row_factory = sqlite3.Row
            connection.executescript(
                files("warehouse.journal").joinpath("journal.sql").read_text(encoding="utf-8")
            )
            with connection:
                yield connection
    except (OSError, sqlite3.OperationalError) as error:
        if "locked" in str(error):
            raise Busy("Någon annan skriver just nu. Inget har ändrats; försök igen.") from error
        raise Unwritable(
            f"Det gick inte att skriva i {file.parent} ({error}). Inget har ändrats."
        ) from error
