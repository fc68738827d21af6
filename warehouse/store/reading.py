"""Reading a version, and holding on to one for as long as somebody looks."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

import duckdb

from settings import looked_at_once
from warehouse import migrations
from warehouse.store.standing import Standing, standing
from warehouse.store.versions import path_of, quoted

_LOOKED_AT: ContextVar[Standing | None] = ContextVar("looked_at", default=None)


@contextmanager
def look(number: int | None = None) -> Iterator[Standing]:
    """Whatever is read in the block is of one version, also when another is published meanwhile,
    and shown by what is declared when it begins.

    It is the kept version `number`, else the one in force; a look within a look that names none is
    of the same version. Raises as `standing`.
    """
    known = _LOOKED_AT.get()
    if known is not None and number is None:
        yield known
        return
    chosen = standing() if number is None else Standing(number)
    token = _LOOKED_AT.set(chosen)
    try:
        with looked_at_once():
            yield chosen
    finally:
        _LOOKED_AT.reset(token)


def seen() -> Standing:
    """What is looked at, or else what is in force now. Raises as `standing`."""
    return _LOOKED_AT.get() or standing()


def version() -> int | None:
    """The number of the version that is looked at, or else of the one in force.

    None where nothing has been published. Raises as `standing`.
    """
    return seen().number


@contextmanager
def reading(number: int | None = None) -> Iterator[duckdb.DuckDBPyConnection | None]:
    """A read-only connection to a version (the one in force), None where nothing is published."""
    number = version() if number is None else number
    if number is None:
        yield None
        return
    path = path_of(number)
    stat = path.stat()
    with _opened(path, stat.st_ino, stat.st_mtime_ns).cursor() as connection:
        yield connection


@lru_cache(maxsize=2)
def _opened(path: Path, _inode: int, _changed: int) -> duckdb.DuckDBPyConnection:
    """A version stays open for the next reader: it never changes, and opening costs the most."""
    return duckdb.connect(str(migrations.readable(path)), read_only=True)


@contextmanager
def looking(connection: duckdb.DuckDBPyConnection, number: int | None = None) -> Iterator[None]:
    """Within the block, unqualified names mean a version (the one in force), for reading."""
    number = version() if number is None else number
    if number is None:
        raise ValueError("nothing has been published")
    path = migrations.readable(path_of(number))
    connection.execute(f"attach {quoted(path)} as current (read_only)")
    try:
        connection.execute("use current")
        yield
    finally:
        connection.execute("use memory")
        connection.execute("detach current")
