"""Whether numbers that were handed out are still what they were."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import Any, Protocol

import reference
from metrics.catalogue import indicators
from metrics.datasets.deviations.ways import TOTAL, Way
from metrics.values import values
from swedish import typography
from swedish.periods import period_name
from swedish.phrases import BOUNDS
from views.agreed import visible
from views.funds import page
from views.funds.tables import STATUSES
from warehouse import store


class ShownNumber(Protocol):
    """A number as it was handed out."""

    @property
    def indicator(self) -> str: ...
    @property
    def period(self) -> str: ...
    @property
    def level(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def value(self) -> float | None: ...
    @property
    def status(self) -> str: ...


class Held(StrEnum):
    """What has become of a number."""

    SAME = "same"
    CHANGED = "changed"
    HIDDEN = "hidden"
    GONE = "gone"


LINE = "line"
"""The level of what is no place's: a line of the register of funds, with its programme first."""


@dataclass(frozen=True)
class _Now:
    """A number as it is shown now."""

    value: float | None
    status: str


@dataclass(frozen=True)
class Answer:
    """A number that was handed out, as `was`, and what it is `now`.

    What was shown is not repeated where it is hidden now.
    """

    held: Held
    name: str
    place: str
    period: str
    was: str
    now: str

    @property
    def told(self) -> str:
        """What the number is, was, and is now where that is another."""
        lead = f"{self.name}, {self.place}, {period_name(self.period)}"
        match self.held:
            case Held.SAME:
                return f"{lead}: {self.was}"
            case Held.HIDDEN:
                return f"{lead}: är nu skyddad uppgift"
            case Held.GONE:
                return f"{lead}: {self.was}; finns inte längre"
            case Held.CHANGED:
                return f"{lead}: {self.was}; är nu {self.now}"


_BOUNDS = {status: bound for bound, status in STATUSES.items()}


def compared(numbers: Sequence[ShownNumber], *, also_open: bool = False) -> list[Answer]:
    """Each of the numbers against what is shown now, in the same order.

    What is now but not established, where that is hidden, is not told; with `also_open` it is, for
    what tells two changes apart and shows neither.
    """
    now: dict[tuple[str, str, str, str], _Now] = {}
    for key in dict.fromkeys(one.indicator for one in numbers if one.level != LINE):
        if key not in indicators():
            continue
        asked = [one.period for one in numbers if one.indicator == key]
        for value in values(indicator=key, start=min(asked), end=max(asked)):
            now[key, value.period, value.level, value.place] = _Now(value.value, value.status)
    lines = [one for one in numbers if one.level == LINE]
    for programme, year in dict.fromkeys((one.place.split(" | ")[0], one.period) for one in lines):
        amounts = page.amounts(page.view(programme=programme, year=year))
        for (key, line), amount in amounts.items():
            now[key, year, LINE, line] = _Now(float(amount.kronor), STATUSES[amount.bound])
    return [
        _answer(
            one,
            now.get((one.indicator, one.period, one.level, one.place)),
            is_open=one.indicator in indicators()
            and not also_open
            and visible.hidden(one.indicator, one.period),
        )
        for one in numbers
    ]


def protected_since(number: int, *, keys: Sequence[str], start: str, end: str) -> int:
    """How many numbers, and ways from whom to whom, of these indicators and periods a kept version
    shows that are protected now."""
    asked = {"keys": list(keys), "start": start, "end": end}
    now = _told(_PROTECTED, asked) | _told(_HIDDEN_WAYS, asked)
    with store.look(number):
        then = _told(_OPEN, asked) | (_ways(asked) - _told(_HIDDEN_WAYS, asked))
    return len(now & then)


_CELLS = """
    select 'value', indicator, period, level, place, "within", part
    from shown
    where list_contains($keys, indicator) and period between $start and $end
"""
_PROTECTED = f"{_CELLS} and status = 'confidential'"
_OPEN = f"{_CELLS} and status <> 'confidential'"
_HIDDEN_WAYS = """
    select 'way', period, place, sender, receiver
    from way_hidden
    where list_contains($keys, 'deviations') and period between $start and $end
"""
_WAYS = """
    select period, place, sender_level, sender, receiver_level, receiver, cases::double
    from way
    where list_contains($keys, 'deviations') and period between $start and $end
"""


def _ways(asked: Mapping[str, object]) -> set[tuple[object, ...]]:
    """The numbers of the tables of ways, 0 and sums too, by the names that they stand under."""
    tables: dict[tuple[object, object], list[Way]] = {}
    for period, *fields in _told(_WAYS, asked):
        way = Way(*fields)
        tables.setdefault((period, way.place), []).append(way)
    return {
        ("way", *table, *spot)
        for table, ways in tables.items()
        for spot in product(
            *({TOTAL, *names} for names in zip(*(way.ends for way in ways), strict=True))
        )
    }


def _told(query: str, asked: Mapping[str, object]) -> set[tuple[Any, ...]]:
    with store.reading() as connection:
        return set(connection.execute(query, asked).fetchall()) if connection else set()


def _answer(was: ShownNumber, now: _Now | None, *, is_open: bool) -> Answer:
    """What has become of a number; what it is now is not told while that `is_open`."""
    about = indicators().get(was.indicator)
    decimals = about.decimals if about else 2
    held = _held(was, now)
    told = "finns inte längre" if now is None else _said(now.value, now.status, decimals)
    if is_open and held is Held.CHANGED:
        told = "inte fastställt"
    return Answer(
        held=held,
        name=about.name if about else was.indicator,
        place=_line(was.place) if was.level == LINE else reference.place_name(was.level, was.place),
        period=was.period,
        was=".." if held is Held.HIDDEN else _said(was.value, was.status, decimals),
        now=told,
    )


def _line(place: str) -> str:
    programme, _, recipient = place.split(" | ", maxsplit=2)
    return f"{recipient} ({programme})"


def _held(was: ShownNumber, now: _Now | None) -> Held:
    if now is None:
        return Held.GONE
    if now.status == "confidential" and was.status != "confidential":
        return Held.HIDDEN
    same = (was.value is None) == (now.value is None) and was.status == now.status
    if same and (was.value is None or now.value is None or abs(was.value - now.value) < 1e-9):
        return Held.SAME
    return Held.CHANGED


def _said(value: float | None, status: str, decimals: int) -> str:
    if value is not None:
        mark = "*" if status == "partial" else ""
        bound = BOUNDS[_BOUNDS.get(status, "exact")]
        return f"{bound}{typography.number(value, decimals)}{mark}"
    return {"confidential": "skyddad uppgift"}.get(status, "saknas")
