"""What a reader of a page is likely to look at next, each as what makes it ready."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

import reference
from charts.markup.links import ASKED, COMPARE
from metrics.catalogue import indicator
from metrics.datasets import deviations as cases
from metrics.datasets import discharges
from ui.shown import compare, deviations, monthly, overview
from views import scoreboard
from views.agreed import visible
from views.courses import lines
from views.deviations import page

Chosen = Mapping[str, str]
"""What is chosen in the filters, by its name in the address."""
Maker = Callable[[], object]
_OVERVIEW = ""
_PLAIN = {"vardform": "alla"}


def newest() -> Iterator[Maker]:
    """The newest month and quarter, for the county and each of its areas."""
    months, quarters = scoreboard.months(), page.quarters()
    for place in _places():
        if months:
            chosen = _PLAIN | {"omrade": place, "period": months[-1]}
            yield partial(_overview, chosen)
            yield partial(_monthly, chosen)
        if quarters:
            yield partial(_deviations, {"omrade": place, "kvartal": quarters[-1]})


def around(path: str, chosen: Chosen) -> Iterator[Maker]:
    """What is next to the page at `path`: the periods before and after, the other areas, and the
    other page about the same month."""
    if path not in _PAGES:
        return
    make = _PAGES[path]
    when, periods = _periods(path, chosen)
    if chosen.get(when) not in periods:
        return
    at = periods.index(chosen[when])
    for near in (*periods[max(at - 1, 0) : at], *periods[at + 1 : at + 2]):
        yield partial(make, {**chosen, when: near})
    for place in _places():
        yield partial(make, {**chosen, "omrade": place})
    if when == "period" and chosen["omrade"] in _places():
        yield from (partial(other, {**_PLAIN, **chosen}) for other in (_overview, _monthly))


def _periods(path: str, chosen: Chosen) -> tuple[str, Sequence[str]]:
    """What the page's period is called, and all that there are of it, oldest first."""
    if path == cases.PAGE.path:
        return "kvartal", page.quarters()
    if path == COMPARE:
        key = chosen["matt"]
        return ASKED[indicator(key).grain], visible.periods_by_indicator()[key]
    return "period", scoreboard.months()


def _places() -> list[str]:
    return [reference.COUNTY, *(area.key for area in reference.areas())]


def _overview(chosen: Chosen) -> None:
    when = {"period": chosen["period"], "part": chosen["vardform"]}
    overview.missing(**when)
    overview.areas(chosen=chosen["omrade"], **when)
    overview.place(chosen["omrade"], today=date.today(), **when)


def _monthly(chosen: Chosen) -> None:
    monthly.month(place=chosen["omrade"], period=chosen["period"], part=chosen["vardform"])


def _deviations(chosen: Chosen) -> None:
    deviations.quarter(place=chosen["omrade"], quarter=chosen["kvartal"])


def _compare(chosen: Chosen) -> None:
    key = chosen["matt"]
    when = {"period": chosen[ASKED[indicator(key).grain]], "against": chosen["mot"]}
    compare.now(key, area=chosen["omrade"], **when)
    followed = lines.largest(chosen["omrade"])
    for places in ((), tuple(one for one in followed if one in lines.followed(indicator(key)))):
        compare.course(key, places=places, **when)


_PAGES: Mapping[str, Callable[[Chosen], None]] = {
    _OVERVIEW: _overview,
    discharges.PAGE.path: _monthly,
    cases.PAGE.path: _deviations,
    COMPARE: _compare,
}
