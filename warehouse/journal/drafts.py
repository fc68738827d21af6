"""What somebody is writing and has not handed in, kept so that nothing is lost meanwhile."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from access import people
from access.checks import Refused
from access.rights import Act, allowed
from warehouse.journal import journal, known
from warehouse.who import user


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A draft as it stands: its name, what it is about, its fields, by whom and when."""

    name: str
    about: str
    content: Mapping[str, Any]
    by: str
    mark: str
    at: datetime

    @property
    def may_change(self) -> bool:
        """Whether who is at work may write in it; others go on in a copy."""
        return _may_change(self.mark)


def _may_change(mark: str) -> bool:
    person = people.current()
    return person.mark == mark or allowed(person, Act.OTHERS)


def keep(*, name: str, about: str, content: Mapping[str, Any]) -> datetime:
    """Keep what is written now in place of what was kept, and say when.

    `content` is what JSON can hold. Raises checks.Refused for another's draft, which is changed by
    them or an administrator alone; store.Busy and store.Unwritable.
    """
    now = datetime.now().replace(microsecond=0)
    with journal.opened() as book:
        book.execute("begin immediate")
        before = book.execute(
            "select by from draft where name = ? and about = ?", (name, about)
        ).fetchone()
        if before is not None and not _may_change(before["by"]):
            raise Refused("Bara den som har skrivit utkastet kan ändra det. Ingenting har ändrats.")
        book.execute(
            """
            insert into draft (name, about, content, by, at)
            values (:name, :about, :content, :by, :at)
            on conflict (name, about) do update set content = :content, by = :by, at = :at
            """,
            {
                "name": name,
                "about": about,
                "content": json.dumps(content, ensure_ascii=False),
                "by": user(),
                "at": now.isoformat(sep=" "),
            },
        )
    return now


def copy(*, name: str, to: str) -> None:
    """Copy every draft under a name to a name of one's own.

    Raises store.Busy and store.Unwritable.
    """
    with journal.opened() as book:
        book.execute(
            """
            insert into draft (name, about, content, by, at)
            select :to, about, content, :by, at from draft where name = :name
            """,
            {"to": to, "by": user(), "name": name},
        )


def kept(*, name: str, about: str) -> Draft | None:
    """What is kept of a draft, None where nothing is. Raises store.Busy and store.Unwritable."""
    rows = _rows("name = ? and about = ?", (name, about))
    return rows[0] if rows else None


def latest(*, about: str, most: int) -> list[Draft]:
    """The newest drafts about something, newest first. Raises store.Busy and store.Unwritable."""
    return _rows("about = ?", (about,))[:most]


def discard(*, name: str, about: str) -> None:
    """Forget a draft that has been handed in; another's is theirs to forget.

    Raises store.Busy and store.Unwritable.
    """
    draft = kept(name=name, about=about)
    if draft is None or not draft.may_change:
        return
    with journal.opened() as book:
        book.execute("delete from draft where name = ? and about = ?", (name, about))


def _rows(where: str, values: tuple[str, ...]) -> list[Draft]:
    if not journal.exists():
        return []
    with journal.opened() as book:
        rows = book.execute(
            f"select name, about, content, by, at from draft where {where} order by at desc",
            values,
        ).fetchall()
    return [
        Draft(
            name=row["name"],
            about=row["about"],
            content=json.loads(row["content"]),
            by=known.shown(row["by"]),
            mark=row["by"],
            at=datetime.fromisoformat(row["at"]),
        )
        for row in rows
    ]
