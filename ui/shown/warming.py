"""What readers are likely to look at, made ready before they ask: after a start and a publication
what is newest, and after a page what is next to it.

It is made by one thread, while no page is being made: whoever asks comes first.
"""

import gc
import logging
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from metrics import loaded
from pipeline import renewing
from ui.shown import nearby
from ui.shown.nearby import Maker
from warehouse import store

_LOOKED_EVERY = 1.0
# After a publication: other dashboards of this machine may be fetching it.
_AFTERWARDS = 2.0
# Seconds without a page: readers who look at one after the other wait for none of this.
_QUIET = 0.3
_NAMES = ("omrade", "period", "kvartal", "vardform", "matt", "mot")


class _Pages:
    """How many pages are being made, when the last was, and what is next to it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._under_way = 0
        self._last = 0.0
        self._next: Iterator[Maker] | None = None
        self.shown = threading.Event()

    def begun(self, by: int) -> None:
        """Count a page that is begun (1) or done (-1)."""
        with self._lock:
            self._under_way += by
            self._last = time.monotonic()

    def is_quiet(self) -> bool:
        """Whether nobody waits for a page, nor has for a while."""
        return not self._under_way and time.monotonic() - self._last >= _QUIET

    def leave(self, makers: Iterator[Maker]) -> None:
        """Let these be made next, in the place of any that an earlier page left."""
        with self._lock:
            self._next = makers
        self.shown.set()

    def taken(self) -> Iterator[Maker] | None:
        """What the last page left, once."""
        with self._lock:
            left, self._next = self._next, None
        self.shown.clear()
        return left


_PAGES = _Pages()


@contextmanager
def page(path: str, chosen: Mapping[str | int, Any]) -> Iterator[None]:
    """While a page is made nothing else is; then what is next to it, as is `chosen` in its end."""
    _PAGES.begun(1)
    try:
        yield
        told = {name: str(chosen[name]) for name in _NAMES if name in chosen}
        _PAGES.leave(nearby.around(path, told))
    finally:
        _PAGES.begun(-1)


@contextmanager
def kept_ready() -> Iterator[None]:
    """Make what readers are likely to look at ready in a thread, as long as the block."""
    stop = threading.Event()
    threading.Thread(target=_watch, args=(stop,), daemon=True, name="warming").start()
    try:
        yield
    finally:
        stop.set()


def _watch(stop: threading.Event) -> None:
    made: int | None = None
    newest: list[Maker] = []
    near: list[Maker] = []
    while not stop.is_set():
        if (number := _number()) is None:
            stop.wait(_LOOKED_EVERY)
            continue
        if number != made:
            stop.wait(_AFTERWARDS)
            newest, made = _listed(nearby.newest()), number
        if (left := _PAGES.taken()) is not None:
            near = _listed(left)
        # What somebody is looking next to comes before what anybody may look at.
        if waiting := near or newest:
            _make(waiting, stop)
            if waiting is newest and not newest:
                _settle()
        else:
            _PAGES.shown.wait(_LOOKED_EVERY)


def _number() -> int | None:
    """The version in force; None where there is nothing to make pages of."""
    try:
        return None if renewing.is_under_way() else store.version()
    # Every page says what is wrong.
    except store.WarehouseError:
        return None


def _listed(makers: Iterator[Maker]) -> list[Maker]:
    try:
        with loaded.of_one_version():
            return list(makers)
    except Exception:
        return _failed()


def _make(waiting: list[Maker], stop: threading.Event) -> None:
    """Make the first one when it is quiet; where that fails none of the others is tried."""
    while not _PAGES.is_quiet():
        if stop.wait(_QUIET / 3):
            return
    try:
        with loaded.of_one_version():
            waiting.pop(0)()
    except Exception:
        waiting[:] = _failed()


def _failed() -> list[Maker]:
    """Note it only: the page that needs what was to be made says what is wrong."""
    logging.getLogger(__name__).exception("Sidorna kunde inte göras i förväg")
    return []


def _settle() -> None:
    """Leave what all readers share out of the looking for rubbish, which goes through the rest."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
