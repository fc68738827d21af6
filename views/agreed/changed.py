"""What of an area's period is new or otherwise than before, for whoever is to agree to it."""

from collections.abc import Mapping
from dataclasses import dataclass

from metrics.catalogue import of_dataset
from metrics.changes.comparison import ValueChange
from swedish import typography
from views.agreed.approval import held
from warehouse import store
from warehouse.journal.agreements import About
from warehouse.state import remembered

_Key = tuple[str, str, str]
"""An indicator, a level and a place."""
_Held = Mapping[_Key, tuple[float | None, str]]
"""The value of each, and its status."""


@dataclass(frozen=True)
class Changed:
    """How many values are new, and those that are otherwise, the largest first.

    `since` is the version they are held against: the latest kept that had other values, and None
    where every kept version has these.
    """

    since: int | None
    new: int
    values: tuple[ValueChange, ...]

    @property
    def sentence(self) -> str:
        """What is new and changed, and since when."""
        if self.since is None:
            return "Ingen version som finns kvar hade andra tal."
        told = [
            typography.plural(count, one, many)
            for count, one, many in (
                (self.new, "nytt värde", "nya värden"),
                (len(self.values), "ändrat värde", "ändrade värden"),
            )
            if count
        ]
        said = typography.enumerate_words(told) or "Bara skyddade värden har ändrats"
        return f"{said}, mot version {self.since}."


@remembered(64)
def changed(about: About) -> Changed:
    """What the last delivery made otherwise of an area's period.

    What is confidential now is left out: the value before, beside what is shown now, could give
    others away.
    """
    now, current = _held(about), store.version() or 0
    for number in reversed([one for one in store.versions() if one < current]):
        with store.look(number):
            before = _held(about)
        if before != now:
            return compared(about, since=number, before=before, now=now)
    return Changed(None, 0, ())


def compared(about: About, *, since: int, before: _Held, now: _Held) -> Changed:
    """The values of a period now, held against those of a version."""
    new, differing = 0, []
    for key in dict.fromkeys([*now, *before]):
        old, is_now = before.get(key), now.get(key)
        if old == is_now or (is_now is not None and is_now[1] == "confidential"):
            continue
        if old is None:
            new += 1
            continue
        indicator, level, place = key
        differing.append(
            ValueChange(
                indicator=indicator,
                period=about.period,
                level=level,
                place=place,
                old=old[0],
                new=is_now[0] if is_now else None,
                old_status=old[1],
                new_status=is_now[1] if is_now else "missing",
            )
        )
    return Changed(since, new, tuple(sorted(differing, key=_size, reverse=True)))


def _size(change: ValueChange) -> float:
    """How large a change is beside what was there; what came or went is larger than any."""
    if change.old is None or change.new is None:
        return float("inf")
    return abs(change.new - change.old) / max(abs(change.old), 1e-9)


def _held(about: About) -> _Held:
    return {
        (one.indicator, one.level, one.place): (one.value, one.status)
        for chosen in of_dataset(about.dataset)
        for level in ("area", "municipality")
        for one in held(chosen.key, about, level)
        if one.status != "missing"
    }
