"""How large a table may be: no report is wider, has more sheets, or takes longer to read."""

import math
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from loaders.problems import refuse

MAX_COLUMNS = 1000
MAX_SHEETS = 200
MAX_SECONDS = 30
_USUAL_BYTES = 200_000_000
# When the file that is being read has had its time: on the clock, and of the processor.
_UNTIL: ContextVar[tuple[float, float]] = ContextVar("until", default=(math.inf, math.inf))


def seconds_for(size: int) -> float:
    """How long a file of so many bytes may take: larger ones than usual in proportion.

    `max_file_bytes` in the settings says how large a file may be at all.
    """
    return MAX_SECONDS * max(1.0, size / _USUAL_BYTES)


@contextmanager
def within(seconds: float) -> Iterator[Callable[[], bool]]:
    """Let what is read in the block take so long; gives whether it has.

    A file that has to share the processor with others is given its seconds all the same.
    """
    until = time.monotonic() + seconds, _worked() + seconds
    token = _UNTIL.set(until)
    try:
        yield lambda: _is_late(until)
    finally:
        _UNTIL.reset(token)


def refuse_late() -> None:
    """Raises Refused (too-large) where the file has had its time: for whoever reads in a loop."""
    if _is_late(_UNTIL.get()):
        raise refuse("too-large", "Filen tog längre tid att läsa än en fil av sin storlek.")


def _is_late(until: tuple[float, float]) -> bool:
    return time.monotonic() > until[0] and _worked() > until[1]


def _worked() -> float:
    """Seconds that this process has worked, and those beside it that have ended."""
    return sum(os.times()[:4])


def refuse_wide(columns: int) -> None:
    """Raises Refused (too-large) for a table that is wider than any report."""
    if columns > MAX_COLUMNS:
        raise refuse("too-large", f"Tabellen har fler än {MAX_COLUMNS} kolumner.")
