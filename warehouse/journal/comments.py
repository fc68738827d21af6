"""Comments on an indicator, a place and a period: what is said, by whom, and what was said before.

Nothing is changed or deleted: a comment that is mended or taken away is followed by another.
"""

import datetime
from dataclasses import dataclass

from access import people
from access.checks import Refused, require
from access.rights import Act, allowed
from warehouse.journal import audit, journal, known

_NEWEST = """
    select *
    from comment
    where indicator = :indicator and place = :place and period = :period
        and id not in (select replaces from comment where replaces is not null)
        and text <> ''
    order by id
"""


@dataclass(frozen=True)
class Remark:
    """A comment as it stands; `id` is what names it."""

    id: int
    indicator: str
    place: str
    period: str
    text: str
    author: str
    mark: str
    written_at: datetime.datetime

    @property
    def may_change(self) -> bool:
        """Whether who is at work may change it, or take it away."""
        person = people.current()
        return person.mark == self.mark or allowed(person, Act.OTHERS)


def add(
    *, indicator: str, place: str, period: str, text: str, author: str, replaces: int | None = None
) -> None:
    """Write a comment, or what is to stand in place of one; an empty text takes it away.

    What stands there already, by the same author, is not written again: who presses twice means
    one comment. Who has signed in is the author, whatever `author` says. Raises ValueError without
    an author, and for an empty text that replaces nothing; checks.Refused for another's comment
    where who is at work may not change it; store.Busy and store.Unwritable as `journal.opened`.
    """
    person = require(Act.COMMENT)
    author = person.mark if person.signed_in else author
    if not author.strip() or not (text.strip() or replaces):
        raise ValueError("a comment needs an author and a text")
    about = {"indicator": indicator, "place": place, "period": period}
    with journal.opened() as book:
        if any(
            (row["text"], row["author"]) == (text.strip(), author.strip())
            for row in book.execute(_NEWEST, about)
        ):
            return
        if (
            replaces
            and book.execute(
                "select 1 from comment where replaces = ? and text = ?", (replaces, text.strip())
            ).fetchone()
        ):
            return
        if replaces and not allowed(person, Act.OTHERS):
            own = book.execute("select author from comment where id = ?", (replaces,)).fetchone()
            if own is None or own["author"] != person.mark:
                raise Refused("Bara den som har skrivit kommentaren kan ändra den.")
        book.execute(
            """
            insert into comment (replaces, indicator, place, period, text, author, written_at)
            values (:replaces, :indicator, :place, :period, :text, :author, :now)
            """,
            about
            | {
                "replaces": replaces,
                "text": text.strip(),
                "author": author.strip(),
                "now": datetime.datetime.now().isoformat(timespec="seconds"),
            },
        )
        audit.add(book, audit.EventKind.COMMENT, about=f"{indicator}, {place}, {period}")


def remarks(*, indicator: str, place: str, period: str) -> list[Remark]:
    """The comments that stand, oldest first."""
    if not journal.exists():
        return []
    with journal.opened() as book:
        rows = book.execute(_NEWEST, {"indicator": indicator, "place": place, "period": period})
        return [_remark(dict(row)) for row in rows]


def history(*, indicator: str, place: str, period: str) -> list[Remark]:
    """Everything that has been written, oldest first; an empty text took away what was before."""
    if not journal.exists():
        return []
    with journal.opened() as book:
        rows = book.execute(
            """
            select * from comment
            where indicator = :indicator and place = :place and period = :period
            order by id
            """,
            {"indicator": indicator, "place": place, "period": period},
        )
        return [_remark(dict(row)) for row in rows]


def _remark(row: dict[str, object]) -> Remark:
    return Remark(
        id=int(str(row["id"])),
        indicator=str(row["indicator"]),
        place=str(row["place"]),
        period=str(row["period"]),
        text=str(row["text"]),
        author=known.shown(str(row["author"])),
        mark=str(row["author"]),
        written_at=datetime.datetime.fromisoformat(str(row["written_at"])),
    )
