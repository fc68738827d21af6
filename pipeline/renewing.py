"""Hiding anew, where other rules than those of now chose what to hide, before anything is shown."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

from machine import companion
from metrics import protect
from pipeline.publishing import refresh
from warehouse import store

_AGAIN = 5.0
_process: subprocess.Popen[bytes] | None = None


def due() -> bool:
    """Whether other rules than those of now chose what the version in force hides."""
    with store.reading() as connection:
        return connection is not None and not protect.current(connection)


@contextmanager
def renewed() -> Iterator[None]:
    """Hide anew in a process of its own while the block lasts; until then nothing may be shown."""
    global _process
    with companion.started("pipeline.renewing") as _process:
        try:
            yield
        finally:
            _process.terminate()
            _process = None


def is_under_way() -> bool:
    """Whether what is in force is hidden by older rules, so that none of it may be shown."""
    return _process is not None and _process.poll() != 0


def has_failed() -> bool:
    """Whether hiding anew ended without having been done."""
    return _process is not None and bool(_process.poll())


def _run() -> None:
    """Try until it is done: whoever else writes is done in a while, and a full disk is emptied."""
    while True:
        try:
            refresh(lambda told: print(told, flush=True))
        except store.WarehouseError as error:
            print(error, flush=True)
            time.sleep(_AGAIN)
        else:
            return


if __name__ == "__main__":
    companion.end_with_starter()
    _run()
