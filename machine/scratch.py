"""Room for what is worked on and must not stay: never longer than the process that made it.

A file of cases is unpacked and spilled here, so the folder is the user's alone. A guard beside the
process empties its folder also where the process is killed; what a machine that stopped left
behind is swept away at the next start.
"""

import atexit
import fcntl
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from pathlib import Path

from machine import durable
from settings import data_dir, state_dir

_MARK = "owner"
_NEW = 60


@contextmanager
def folder() -> Iterator[Path]:
    """A folder of one's own (0700) inside the data folder, gone after the block.

    Where the data folder may not be written, it lies in the system's folder for such files.
    """
    place = _made()
    with _guarded(place), (place / _MARK).open("x") as mark:
        fcntl.flock(mark, fcntl.LOCK_EX)
        try:
            inner = place / "in"
            inner.mkdir(mode=0o700)
            yield inner
        finally:
            shutil.rmtree(place, ignore_errors=True)
            with suppress(OSError):
                # Others may be at work in it; then it stays.
                place.parent.rmdir()


def _made() -> Path:
    for _ in range(9):
        # One who leaves may take the root away just before.
        with suppress(FileNotFoundError):
            return Path(tempfile.mkdtemp(prefix="work-", dir=_root()))
    return Path(tempfile.mkdtemp(prefix="work-", dir=_root()))


def lasting() -> Path:
    """A folder of one's own for as long as the process lives."""
    return _lasting(data_dir())


@cache
def _lasting(_data: Path) -> Path:
    stack = ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(folder())


def sweep() -> None:
    """Take away what processes that no longer live left behind, here and where files are kept."""
    for root in (data_dir() / "scratch", _own_temporary()):
        for place in root.glob("work-*"):
            if not _alive(place):
                shutil.rmtree(place, ignore_errors=True)
    for folder in (state_dir(), data_dir(), *data_dir().glob("*/")):
        durable.sweep(folder)


def _alive(place: Path) -> bool:
    """Whether its owner lives; one that is quite new may not have been marked yet."""
    try:
        if time.time() - place.stat().st_mtime < _NEW:
            return True
        with (place / _MARK).open() as mark:
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def _root() -> Path:
    for root in (data_dir() / "scratch", _own_temporary()):
        with suppress(OSError):
            root.mkdir(mode=0o700, parents=True, exist_ok=True)
            if root.stat().st_uid == os.getuid() and os.access(root, os.W_OK | os.X_OK):
                return root
    raise OSError(f"no folder to work in: {data_dir()}, {tempfile.gettempdir()}")


def _own_temporary() -> Path:
    return Path(tempfile.gettempdir()) / f"samverkan-{os.getuid()}"


@contextmanager
def _guarded(place: Path) -> Iterator[None]:
    """A process of a few kilobytes that takes the folder away when the pipe to it closes."""
    with subprocess.Popen(
        ["/bin/sh", "-c", 'read -r _; rm -rf -- "$1"', "sh", str(place)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        # A signal to the whole group (Ctrl+C, a closed terminal) must not end the guard first.
        start_new_session=True,
    ):
        yield
