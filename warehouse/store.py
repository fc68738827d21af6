"""Versions on disk: which is in force, reading it, and making the next one.

A writer takes the lock, copies the version in force, changes the copy in one transaction and moves
`CURRENT` with an atomic rename. Readers never wait; a killed writer leaves the version before it.
"""

import fcntl
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import duckdb

from settings import settings, warehouse_dir
from warehouse import migrations
from warehouse.who import user

_SUFFIX = ".duckdb"


class WarehouseError(Exception):
    """The warehouse could not be used; the message is in Swedish and nothing has changed."""


class Busy(WarehouseError):
    """Another process is publishing."""


class Unwritable(WarehouseError):
    """The disk is full, or the folder may not be written to."""


class Unchanged(Exception):
    """Raised by a writer that found nothing to change: no new version is made."""


def version() -> int | None:
    """The number of the version in force, None where nothing has been published."""
    try:
        return int((warehouse_dir() / "CURRENT").read_text(encoding="ascii").strip())
    except (FileNotFoundError, NotADirectoryError):
        return None


def versions() -> list[int]:
    """The versions that are kept, oldest first."""
    return sorted(
        int(path.stem) for path in warehouse_dir().glob(f"*{_SUFFIX}") if path.stem.isdigit()
    )


def path_of(number: int) -> Path:
    """Where a version lies."""
    return warehouse_dir() / f"{number:06d}{_SUFFIX}"


@contextmanager
def reading(number: int | None = None) -> Iterator[duckdb.DuckDBPyConnection | None]:
    """A read-only connection to a version (the one in force), None where nothing is published."""
    number = version() if number is None else number
    if number is None:
        yield None
        return
    path = path_of(number)
    found = path.stat()
    with _opened(path, found.st_ino, found.st_mtime_ns).cursor() as connection:
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
    connection.execute(f"attach {_quoted(path)} as current (read_only)")
    try:
        connection.execute("use current")
        yield
    finally:
        connection.execute("use memory")
        connection.execute("detach current")


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


@contextmanager
def writing(connection: duckdb.DuckDBPyConnection, *, command: str) -> Iterator[None]:
    """Change a copy of the version in force, over the given connection, and put it in force.

    Within the block the copy's tables are those that unqualified names mean, in one transaction.
    An exception in the block leaves everything as it was; Unchanged does so quietly.
    Raises Busy where another process holds the lock for longer than the settings allow, and
    Unwritable where the disk refuses.
    """
    folder = warehouse_dir()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _lock(folder, command=command):
            before = version()
            after = (before or 0) + 1
            part = folder / f"{after:06d}.part"
            try:
                _copy(before, part)
                yield from _change(connection, part)
                _put_in_force(part, after)
            except Unchanged:
                return
            finally:
                part.unlink(missing_ok=True)
                part.with_name(part.name + ".wal").unlink(missing_ok=True)
            _prune()
    except (OSError, duckdb.IOException) as error:
        raise Unwritable(_reason(error, folder)) from error


@contextmanager
def trying(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """As `writing`, but on a copy that is thrown away: no lock, and nothing changes.

    Raises Unwritable where there is no room for the copy.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="samverkan-") as folder:
            before = version()
            part = Path(folder) / "trial.duckdb"
            try:
                _copy(before, part)
                yield from _change(connection, part)
            except Unchanged:
                return
    except (OSError, duckdb.IOException) as error:
        raise Unwritable(_reason(error, Path(tempfile.gettempdir()))) from error


def _copy(before: int | None, part: Path) -> None:
    part.unlink(missing_ok=True)
    if before is not None:
        shutil.copyfile(path_of(before), part)


def _change(connection: duckdb.DuckDBPyConnection, part: Path) -> Iterator[None]:
    connection.execute(f"attach {_quoted(part)} as warehouse")
    try:
        connection.execute("use warehouse")
        connection.execute("begin")
        try:
            migrations.bring_forward(connection)
            yield
            connection.execute("commit")
        except BaseException:
            connection.execute("rollback")
            raise
        connection.execute("checkpoint warehouse")
    finally:
        connection.execute("use memory")
        connection.execute("detach warehouse")


def _put_in_force(part: Path, number: int) -> None:
    target = path_of(number)
    _sync(part)
    os.replace(part, target)
    pointer = target.with_name("CURRENT.part")
    pointer.write_text(f"{number:06d}\n", encoding="ascii")
    _sync(pointer)
    _sync(target.parent)
    os.replace(pointer, target.with_name("CURRENT"))
    _sync(target.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _prune() -> None:
    """Keep the newest versions, and none that a killed writer left ahead of the one in force."""
    current = version() or 0
    kept = [number for number in versions() if number <= current][-settings().keep_versions :]
    for number in versions():
        if number not in kept:
            path_of(number).unlink(missing_ok=True)


@contextmanager
def _lock(folder: Path, *, command: str) -> Iterator[None]:
    with (folder / "lock").open("a+", encoding="utf-8") as file:
        deadline = time.monotonic() + settings().lock_wait_seconds
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    file.seek(0)
                    raise Busy(_holder(file.read())) from None
                time.sleep(0.1)
        file.truncate(0)
        json.dump(
            {
                "pid": os.getpid(),
                "user": user(),
                "command": command,
                "since": datetime.now().isoformat(sep=" ", timespec="seconds"),
            },
            file,
        )
        file.flush()
        yield


def _holder(text: str) -> str:
    try:
        held = json.loads(text)
        who = f"{held['user']} (process {held['pid']}, {held['command']}, sedan {held['since']})"
    except (ValueError, KeyError):
        who = "en annan process"
    return f"Datalagret skrivs just nu av {who}. Ingenting har ändrats; försök igen om en stund."


def _reason(error: Exception, folder: Path) -> str:
    text = str(error).lower()
    if "no space" in text or "could not write" in text:
        return f"Disken är full. Ingenting har ändrats. Frigör utrymme vid {folder}."
    return f"Mappen {folder} går inte att skriva i. Ingenting har ändrats. ({error})"
