"""Limits that a user has started anew from a period on, and why: kept, shown, and taken back.

A dated event (a new routine, a new rule) makes what was before no measure of what comes after.
"""

import datetime
from dataclasses import dataclass
from functools import lru_cache

from access import people
from access.checks import Refused, require
from access.places import areas_of
from access.rights import Act, allowed
from warehouse.journal import audit, journal, known


@dataclass(frozen=True)
class NewLimits:
    """An indicator's new limits in a place, from the period on."""

    id: int
    indicator: str
    place: str
    period: str
    reason: str
    author: str
    mark: str
    written_at: datetime.datetime

    @property
    def may_change(self) -> bool:
        """Whether who is at work may take them back."""
        person = people.current()
        return person.mark == self.mark or allowed(person, Act.OTHERS)


def start(*, indicator: str, place: str, period: str, reason: str, author: str) -> None:
    """Start new limits; who has signed in is the author, whatever `author` says.

    Raises ValueError without a reason or an author, checks.Refused (also where another's stand at
    the period), Busy and Unwritable.
    """
    standing = [one for one in in_force(indicator=indicator, place=place) if one.period == period]
    if any(not one.may_change for one in standing):
        raise Refused("Bara den som har satt gränserna där kan sätta dem på nytt.")
    _write(indicator, place, period, reason, author, withdrawn=False)


def take_back(chosen: NewLimits, *, reason: str, author: str) -> None:
    """Let the limits before count again. Raises as `start`, and for another's new limits."""
    if not chosen.may_change:
        raise Refused("Bara den som har satt gränserna kan ta tillbaka dem.")
    _write(chosen.indicator, chosen.place, chosen.period, reason, author, withdrawn=True)


def in_force(*, indicator: str, place: str) -> tuple[NewLimits, ...]:
    """The new limits of an indicator in a place, earliest first."""
    return tuple(one for one in of(indicator) if one.place == place)


def of(indicator: str) -> list[NewLimits]:
    """The new limits of an indicator in all places, earliest first."""
    return sorted((one for one in _all() if one.indicator == indicator), key=lambda one: one.period)


def _write(
    indicator: str, place: str, period: str, reason: str, author: str, *, withdrawn: bool
) -> None:
    person = require(Act.NEW_LIMITS, areas=areas_of([place]))
    author = person.mark if person.signed_in else author
    if not reason.strip() or not author.strip():
        raise ValueError("new limits need a reason and an author")
    with journal.opened() as book:
        book.execute(
            """
            insert into new_limits
                (indicator, place, period, reason, author, written_at, withdrawn)
            values (:indicator, :place, :period, :reason, :author, :now, :withdrawn)
            """,
            {
                "indicator": indicator,
                "place": place,
                "period": period,
                "reason": reason.strip(),
                "author": author.strip(),
                "now": datetime.datetime.now().isoformat(timespec="seconds"),
                "withdrawn": int(withdrawn),
            },
        )
        taken = ", återtagna" if withdrawn else ""
        about = f"{indicator}, {place}, {period}{taken}: {reason.strip()}"
        audit.add(book, audit.EventKind.NEW_LIMITS, about=about)


def _all() -> tuple[NewLimits, ...]:
    changes = journal.changes()
    return () if changes is None else _read(changes)


# A page draws some sixty series; the journal is read once for them all.
@lru_cache(maxsize=4)
def _read(_: journal.Changes) -> tuple[NewLimits, ...]:
    with journal.opened() as book:
        rows = book.execute(
            """
            select *
            from new_limits
            where id in (select max(id) from new_limits group by indicator, place, period)
                and withdrawn = 0
            """
        ).fetchall()
    return tuple(
        NewLimits(
            id=row["id"],
            indicator=row["indicator"],
            place=row["place"],
            period=row["period"],
            reason=row["reason"],
            author=known.shown(row["author"]),
            mark=row["author"],
            written_at=datetime.datetime.fromisoformat(row["written_at"]),
        )
        for row in rows
    )
