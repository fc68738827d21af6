"""What most readers will look at, made ready before they ask: after a start and a publication."""

import datetime
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import reference
from metrics.datasets import discharges
from pipeline import renewing
from ui.shown import deviations, monthly, overview
from views.agreed import visible
from views.deviations import page
from warehouse import store

_LOOKED_EVERY = 2.0
# Between one page and the next, so that who asks meanwhile comes first.
_PAUSE = 0.3


@contextmanager
def kept_ready() -> Iterator[None]:
    """Make each new version's newest month and quarter ready in a thread, as long as the block."""
    stop = threading.Event()
    threading.Thread(target=_watch, args=(stop,), daemon=True, name="warming").start()
    try:
        yield
    finally:
        stop.set()


def _watch(stop: threading.Event) -> None:
    made: int | None = None
    while not stop.is_set():
        number = None if renewing.is_under_way() else store.version()
        if number is not None and number != made:
            try:
                make(stop)
            except Exception:  # The page that needs it says what is wrong; this is only ahead.
                logging.getLogger(__name__).exception("Sidorna kunde inte göras i förväg")
            made = number
        stop.wait(_LOOKED_EVERY)


def make(stop: threading.Event) -> None:
    """Make the newest month and quarter of the county and its areas ready, until it is stopped."""
    months, quarters = visible.periods(discharges.KEY), page.quarters()
    places = [reference.COUNTY, *(area.key for area in reference.areas())]
    if months:
        when = {"period": months[-1], "part": "alla"}
        overview.missing(**when)
        for place in places:
            overview.areas(chosen=place, **when)
            overview.place(place, today=datetime.date.today(), **when)
            monthly.month(place=place, **when)
            if stop.wait(_PAUSE):
                return
    if quarters:
        for place in places:
            deviations.quarter(place=place, quarter=quarters[-1])
            if stop.wait(_PAUSE):
                return
