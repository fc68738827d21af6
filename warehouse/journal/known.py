"""Who is behind a mark: names and subjects, kept apart from all that the marks stand on.

So a person can be forgotten here and nothing else is touched.
"""

import re
import secrets
from functools import lru_cache

from access.people import Person
from warehouse.journal import audit, journal
from warehouse.journal.audit import EventKind

_MARK = re.compile(r"p-[0-9a-f]{12}")


def arrived(*, subject: str, name: str, origin: str) -> str:
    """Keep that somebody has signed in; gives their mark, which stays theirs.

    Raises store.Busy and store.Unwritable.
    """
    with journal.opened() as book:
        book.execute("begin immediate")
        row = book.execute("select mark from person where subject = ?", (subject,)).fetchone()
        mark = row["mark"] if row else f"p-{secrets.token_hex(6)}"
        book.execute(
            """
            insert into person (mark, subject, name) values (:mark, :subject, :name)
            on conflict (mark) do update set name = :name
            """,
            {"mark": mark, "subject": subject, "name": name},
        )
        who = Person(subject=subject, name=name, mark=mark, origin=origin)
        audit.add(book, EventKind.SIGN_IN, who=who)
    return str(mark)


def turned_away(why: str, *, origin: str) -> None:
    """Keep that somebody could not sign in. Raises store.Busy and store.Unwritable."""
    nobody = Person(subject="", name="", mark="okänd", origin=origin)
    with journal.opened() as book:
        book.execute("begin immediate")
        audit.add(book, EventKind.TURNED_AWAY, about=why, who=nobody)


def left(person: Person) -> None:
    """Keep that somebody has signed out. Raises store.Busy and store.Unwritable."""
    with journal.opened() as book:
        book.execute("begin immediate")
        audit.add(book, EventKind.SIGN_OUT, who=person)


def forget(mark: str) -> None:
    """Let nobody find out any longer who is behind a mark, and write that it was done.

    Raises KeyError where nobody is, store.Busy and store.Unwritable.
    """
    with journal.opened() as book:
        book.execute("begin immediate")
        changed = book.execute(
            "update person set subject = null, name = '' where mark = ? and name <> ''", (mark,)
        )
        if not changed.rowcount:
            raise KeyError(mark)
        audit.add(book, EventKind.FORGOTTEN, about=mark)


def shown(mark: str) -> str:
    """Whose mark it is, as a name; what is no mark is a name itself."""
    if not _MARK.fullmatch(mark):
        return mark
    return names().get(mark) or f"Någon ({mark})"


def names() -> dict[str, str]:
    """The names behind the marks; one who is forgotten has none."""
    changes = journal.changes()
    return {} if changes is None or not journal.exists() else _names(changes)


@lru_cache(maxsize=4)
def _names(_: journal.Changes) -> dict[str, str]:
    with journal.opened() as book:
        rows = book.execute("select mark, name from person where name <> ''").fetchall()
    return {row["mark"]: row["name"] for row in rows}
