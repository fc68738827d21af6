"""All that a journal holds, from SQLite to PostgreSQL and back."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from importlib.resources import files
from pathlib import Path

from warehouse.journal.book import Book, postgres
from warehouse.store.lake.place import Place

_PATIENCE = 60.0
_AUDIT = "audit"


def carry_in(file: Path, place: Place) -> bool:
    """Let the shared journal hold what a file does; whether it does then.

    One that others have written in stays as it is. One whose audit is the beginning of the file's
    came from there, by a move that was cut off. Raises as `postgres.opened`.
    """
    empty = is_empty(place)
    with (
        closing(sqlite3.connect(file)) as source,
        postgres.opened(place, patience=_PATIENCE) as book,
    ):
        source.row_factory = sqlite3.Row
        _make(source)
        here, there = _lines(source), _lines(book)
        if not empty and (not there or here[: len(there)] != there):
            return False
        tables = _tables(source)
        for table in reversed(tables):
            if table != _AUDIT:
                book.execute(f"delete from {table}")
        for table in tables:
            _copy(source, book, table, after=len(there) if table == _AUDIT else 0)
        for table in tables:
            if "id" in _columns(source, table) and table != "token":
                book.execute(
                    f"select setval(pg_get_serial_sequence('{table}', 'id'), "
                    f"coalesce(max(id), 0) + 1, false) from {table}"
                )
    return True


def carry_out(place: Place, file: Path) -> None:
    """Put what the shared journal holds into a new file. Raises as `postgres.opened`."""
    with (
        closing(sqlite3.connect(file)) as target,
        postgres.opened(place, patience=_PATIENCE) as book,
    ):
        target.row_factory = sqlite3.Row
        _make(target)
        with target:
            for table in _tables(target):
                _copy(book, target, table)


def is_empty(place: Place) -> bool:
    """Whether nobody has written in the shared journal."""
    return not postgres.revision(place)


def _make(book: sqlite3.Connection) -> None:
    book.executescript(
        files("warehouse.journal").joinpath("journal.sql").read_text(encoding="utf-8")
    )


def _tables(book: sqlite3.Connection) -> list[str]:
    """Each after those that its rows name."""
    rows = book.execute("select name from sqlite_master where type = 'table' order by rowid")
    return [row["name"] for row in rows]


def _columns(book: sqlite3.Connection, table: str) -> Sequence[str]:
    return [row["name"] for row in book.execute(f"pragma table_info({table})")]


def _lines(book: Book) -> list[str]:
    """The hashes of the audit, which chain its lines, in their order."""
    return [row["hash"] for row in book.execute(f"select hash from {_AUDIT} order by id")]


def _copy(source: Book, target: Book, table: str, *, after: int = 0) -> None:
    """Copy the rows of a table, those after the first ones."""
    rows = [dict(row) for row in source.execute(f"select * from {table} order by 1")][after:]
    if rows:
        names = list(rows[0])
        target.executemany(
            f"insert into {table} ({', '.join(names)}) "
            f"values ({', '.join(f':{name}' for name in names)})",
            rows,
        )
