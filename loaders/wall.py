"""The wall around everything that reads a file: whatever fails there becomes one Swedish sentence.

Details go to a log in the data folder, under the number that the sentence names: which kind of
error, and where in the code. Nothing of the file is in it.
"""

import datetime
import os
import secrets
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import duckdb

from loaders.problems import Problem, Refused
from loaders.reading.limits import within
from settings import SettingsError, data_dir
from swedish.refusals import FULL, why

_LOG = "fel.log"
_ROOM = 1_000_000


def problem_of(error: Exception) -> Problem:
    """The problem that an error is to the user.

    Raises it where it is of the settings, or of a disk that is full: no other file would do better.
    """
    match error:
        case Refused():
            return error.problem
        case SettingsError():
            raise error
        case duckdb.InterruptException():
            message = "Filen tog längre tid att läsa än en fil av sin storlek."
            return Problem(code="too-large", message=message)
        case MemoryError() | duckdb.OutOfMemoryException():
            message = "Filen kräver mer minne att läsa än en fil av sin sort."
            return Problem(code="too-large", message=message)
    if why(error) == FULL:
        raise error
    number = f"{datetime.date.today():%y%m%d}-{secrets.token_hex(3)}"
    kept = "" if _log(number, error) else " Felet gick inte att skriva till loggen."
    return Problem(
        code="unreadable",
        message=f"Något gick fel när filen lästes (felnummer {number}).{kept}",
    )


def _log(number: str, error: Exception) -> bool:
    """Add the error to the log, without its text, which may quote the file."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [
        f"  {os.path.relpath(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames
    ]
    moment = datetime.datetime.now().isoformat(sep=" ", timespec="seconds")
    lines = [f"{moment} {number} {type(error).__module__}.{type(error).__name__}", *places, ""]
    path = data_dir() / _LOG
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        full = path.exists() and path.stat().st_size > _ROOM
        mode = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if full else os.O_APPEND)
        with os.fdopen(os.open(path, mode, 0o600), "a", encoding="utf-8") as log:
            log.write("\n".join(lines))
    except OSError:
        return False
    return True


@contextmanager
def bounded(connection: duckdb.DuckDBPyConnection, *, seconds: float) -> Iterator[None]:
    """Interrupt whatever the connection does once the seconds are out (limits.within)."""
    done = threading.Event()

    def watch(late: Callable[[], bool]) -> None:
        while not done.wait(0.1):
            if late():
                connection.interrupt()

    with within(seconds) as late:
        watcher = threading.Thread(target=watch, args=(late,), daemon=True)
        watcher.start()
        try:
            yield
        finally:
            done.set()
            watcher.join()
