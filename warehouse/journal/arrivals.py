"""Files that came from sources, what was decided of each, and how the sources answered last."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from warehouse.journal import journal
from warehouse.who import user


class ArrivalState(StrEnum):
    """How it stands with a file that came."""

    PUBLISHED = "published"
    KNOWN = "known"
    WAITING = "waiting"
    FAULTY = "faulty"
    SET_ASIDE = "set aside"


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """A file that came; `told` says in Swedish what there is to say of it.

    One that was refused before it was fetched has no fingerprint.
    """

    source: str
    name: str
    stamp: str
    sha256: str
    bytes: int
    state: ArrivalState
    told: str
    by: str = ""
    at: datetime = datetime.min


@dataclass(frozen=True)
class LastAnswer:
    """How a source answered last; `trouble` is empty where it did as it should."""

    source: str
    trouble: str
    at: datetime


def keep(arrival: Arrival) -> None:
    """Keep how it stands with a file now. Raises store.Busy and store.Unwritable."""
    with journal.opened() as book:
        book.execute(
            """
            insert into arrival (source, name, stamp, sha256, bytes, state, told, by, at)
            values (:source, :name, :stamp, :sha256, :bytes, :state, :told, :by, :at)
            """,
            vars(arrival) | {"state": str(arrival.state), "by": user(), "at": journal.now()},
        )


def latest() -> tuple[Arrival, ...]:
    """The newest row of each file, newest first. Raises store.Busy and store.Unwritable.

    That a file was not fetched is left out where one of its name has come from the source since.
    """
    if not journal.exists():
        return ()
    with journal.opened() as book:
        rows = book.execute(
            """
            select source, name, stamp, sha256, bytes, state, told, by, at
            from arrival
            where id in (select max(id) from arrival group by sha256, source, name)
            order by id desc
            """
        ).fetchall()
    arrivals: dict[str, Arrival] = {}
    named: set[tuple[str, str]] = set()
    for row in rows:
        name = (row["source"], row["name"])
        if not row["sha256"] and name in named:
            continue
        named.add(name)
        told = {
            **dict(row),
            "state": ArrivalState(row["state"]),
            "at": datetime.fromisoformat(row["at"]),
        }
        arrivals.setdefault(row["sha256"] or f"{row['source']}/{row['name']}", Arrival(**told))
    return tuple(arrivals.values())


def seen(source: str) -> set[tuple[str, str]]:
    """The names and stamps that have been fetched from a source; none without a stamp."""
    if not journal.exists():
        return set()
    with journal.opened() as book:
        rows = book.execute(
            "select distinct name, stamp from arrival where source = ? and stamp <> ''", (source,)
        ).fetchall()
    return {(row["name"], row["stamp"]) for row in rows}


def answered(source: str, *, trouble: str) -> None:
    """Keep how a source answered now. Raises store.Busy and store.Unwritable."""
    with journal.opened() as book:
        book.execute(
            """
            insert into source_answer (source, trouble, at)
            values (:source, :trouble, :at)
            on conflict (source) do update set trouble = :trouble, at = :at
            """,
            {"source": source, "trouble": trouble, "at": journal.now()},
        )


def answers() -> dict[str, LastAnswer]:
    """How each source answered last. Raises store.Busy and store.Unwritable."""
    if not journal.exists():
        return {}
    with journal.opened() as book:
        rows = book.execute("select source, trouble, at from source_answer").fetchall()
    return {
        row["source"]: LastAnswer(row["source"], row["trouble"], datetime.fromisoformat(row["at"]))
        for row in rows
    }
