"""What most readers will look at, made ready before they ask: after a start and a publication."""

import datetime
import logging
import threading
import time

import reference
from metrics.datasets import discharges
from ui.shown import deviations, monthly, overview
from views.agreed import visible
from views.deviations import page
from warehouse import store

_LOOKED_EVERY = 2.0
# Between one page and the next, so that who asks meanwhile comes first.
_PAUSE = 0.3


def keep_ready() -> None:
    """Make each new version's newest month and quarter ready, in a thread of its own."""
    threading.Thread(target=_watch, daemon=True, name="warming").start()


def _watch() -> None:
    made: int | None = None
    while True:
        number = store.version()
        if number is not None and number != made:
            try:
                make()
            except Exception:  # The page that needs it says what is wrong; this is only ahead.
                logging.getLogger(__name__).exception("Sidorna kunde inte göras i förväg")
            made = number
        time.sleep(_LOOKED_EVERY)


def make() -> None:
    """Make the newest month and quarter of the county and its areas ready."""
    months, quarters = visible.periods(discharges.KEY), page.quarters()
    places = [reference.COUNTY, *(area.key for area in reference.areas())]
    if months:
        when = {"period": months[-1], "part": "alla"}
        overview.missing(**when)
        for place in places:
            overview.areas(chosen=place, **when)
            overview.place(place, today=datetime.date.today(), **when)
            monthly.month(place=place, **when)
            time.sleep(_PAUSE)
    if quarters:
        for place in places:
            deviations.quarter(place=place, quarter=quarters[-1])
            time.sleep(_PAUSE)
