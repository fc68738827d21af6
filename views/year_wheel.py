"""The collaboration's year: what its forums do this month and in the months that follow."""

from dataclasses import dataclass

import reference
from reference import WheelItem
from swedish import typography
from swedish.periods import next_period

_EVERY_MONTH = 0
_AHEAD = 3


@dataclass(frozen=True)
class Wheel:
    """What a forum has every month, and its items month by month from the first, in order.

    A month in which nothing is fixed has no items.
    """

    every_month: tuple[WheelItem, ...]
    months: tuple[tuple[str, tuple[WheelItem, ...]], ...]


def forums() -> tuple[str, ...]:
    """Every forum that has a part in the year, in the order of the Swedish alphabet."""
    named = {forum for item in reference.year_wheel() for forum in item.forums}
    return tuple(sorted(named, key=typography.sort_key))


def wheel(start: str, *, forum: str | None = None, area: str | None = None) -> Wheel:
    """The items of the month `start`, such as `2026-11`, and of the three months after it.

    Only those of `forum` where one is chosen, and of `area`, an area's key or the county's, where
    one is: a year that is one area's is nobody else's. Raises ValueError for anything but a month.
    """
    items = [
        item
        for item in reference.year_wheel()
        if (forum is None or forum in item.forums) and area in (None, item.area)
    ]
    shown = [start]
    for _ in range(_AHEAD):
        shown.append(next_period(shown[-1]))
    by_month = {month: tuple(i for i in items if i.month == month) for month in range(13)}
    return Wheel(
        every_month=by_month[_EVERY_MONTH],
        months=tuple((month, by_month[int(month[5:])]) for month in shown),
    )
