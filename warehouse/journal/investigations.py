"""Numbers that are being looked into: who does it, until when, and why; listed until closed."""

import datetime
from dataclasses import dataclass
from functools import lru_cache

from access.checks import require
from access.places import areas_of
from access.rights import Act
from warehouse.journal import audit, journal, known


@dataclass(frozen=True)
class Investigation:
    """An indicator's number of a place and a period that somebody, `owner`, looks into.

    `began` names it. `due` is when it is to be done, and `author` who wrote what stands.
    """

    began: int
    indicator: str
    place: str
    period: str
    owner: str
    due: datetime.date
    note: str
    author: str
    written_at: datetime.datetime


def begin(
    *, indicator: str, place: str, period: str, owner: str, due: datetime.date, note: str
) -> None:
    """Begin looking into a number; one that is looked into already is not begun again.

    Raises ValueError without an owner or a note, checks.Refused, store.Busy and store.Unwritable.
    """
    if not owner.strip() or not note.strip():
        raise ValueError("an investigation needs an owner and a note")
    known_ = (indicator, place, period)
    if any((one.indicator, one.place, one.period) == known_ for one in in_progress()):
        return
    _write(None, indicator, place, period, owner, due, note, closed=False)


def close(one: Investigation, *, note: str) -> None:
    """Close one, with what came of it. Raises as `begin`, ValueError without a note."""
    if not note.strip():
        raise ValueError("closing takes a note")
    _write(one.began, one.indicator, one.place, one.period, one.owner, one.due, note, closed=True)


def in_progress() -> tuple[Investigation, ...]:
    """Those that are not closed, the one that is due first at the head."""
    changes = journal.changes()
    return () if changes is None or not journal.exists() else _read(changes)


def of(indicator: str, place: str) -> list[Investigation]:
    """Those that are not closed of an indicator in a place."""
    return [one for one in in_progress() if (one.indicator, one.place) == (indicator, place)]


def _write(
    began: int | None,
    indicator: str,
    place: str,
    period: str,
    owner: str,
    due: datetime.date,
    note: str,
    *,
    closed: bool,
) -> None:
    person = require(Act.INVESTIGATE, areas=areas_of([place]))
    with journal.opened() as book:
        book.execute(
            """
            insert into investigation
                (began, indicator, place, period, owner, due, note, closed, author, written_at)
            values (
                :began, :indicator, :place, :period, :owner, :due, :note, :closed, :author, :now
            )
            """,
            {
                "began": began,
                "indicator": indicator,
                "place": place,
                "period": period,
                "owner": owner.strip(),
                "due": due.isoformat(),
                "note": note.strip(),
                "closed": int(closed),
                "author": person.mark,
                "now": datetime.datetime.now().isoformat(timespec="seconds"),
            },
        )
        how = "avslutad" if closed else "påbörjad"
        audit.add(
            book,
            audit.EventKind.INVESTIGATION,
            about=f"{indicator}, {place}, {period}, {how}: {note}",
        )


@lru_cache(maxsize=4)
def _read(_: journal.Changes) -> tuple[Investigation, ...]:
    with journal.opened() as book:
        rows = book.execute(
            """
            select *
            from investigation
            where began is null
                and id not in (
                    select began from investigation where began is not null and closed = 1
                )
            order by due, id
            """
        ).fetchall()
    return tuple(
        Investigation(
            began=row["id"],
            indicator=row["indicator"],
            place=row["place"],
            period=row["period"],
            owner=row["owner"],
            due=datetime.date.fromisoformat(row["due"]),
            note=row["note"],
            author=known.shown(row["author"]),
            written_at=datetime.datetime.fromisoformat(row["written_at"]),
        )
        for row in rows
    )
