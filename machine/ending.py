"""How a server ends: when it is told to, having done its work, and without a word."""

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_PATIENCE = 3.0


class _Told(BaseException):
    """This process has been told to end."""


@contextmanager
def when_told() -> Iterator[None]:
    """End the block, and with it the process, at Ctrl+C and where the process is told to end."""
    told = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        if not told.is_set():
            told.set()
            # What is raised here may be lost, as where a module is just being imported.
            last = threading.Timer(2 * _PATIENCE, os._exit, (0,))
            last.daemon = True
            last.start()
        raise _Told

    before = {one: signal.signal(one, end) for one in _SIGNALS}
    try:
        yield
    except BaseException:
        # DuckDB raises what it likes where it is interrupted.
        if not told.is_set():
            raise
        for one in _SIGNALS:
            signal.signal(one, signal.SIG_IGN)
        _leave()
    finally:
        if not told.is_set():
            for one, handler in before.items():
                signal.signal(one, handler)


def _leave() -> None:
    """Leave nothing to be taken down but threads that do not end by themselves.

    Python ends those while they calculate in DuckDB, which C++ calls terminating abruptly, so the
    process ends before them; its scratch goes with it.
    """
    until = time.monotonic() + _PATIENCE
    others = [
        one
        for one in threading.enumerate()
        if one is not threading.current_thread() and not isinstance(one, threading.Timer)
    ]
    for thread in others:
        thread.join(max(0.0, until - time.monotonic()))
    if any(thread.is_alive() for thread in others):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)
