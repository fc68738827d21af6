"""What came of working a version's numbers out anew from the raw files."""

from dataclasses import dataclass
from datetime import datetime

from warehouse.journal import journal


@dataclass(frozen=True, kw_only=True)
class Recalculation:
    """A recalculation of a version: what is told of it, and how many numbers were others."""

    version: int
    told: str
    different: int
    by: str
    at: datetime


def remember(made: Recalculation) -> None:
    """Keep it. Raises store.Busy and store.Unwritable."""
    with journal.opened() as book:
        book.execute(
            """
            insert into recalculation (version, told, different, by, at)
            values (:version, :told, :different, :by, :at)
            """,
            vars(made) | {"at": made.at.isoformat(sep=" ", timespec="seconds")},
        )


def newest(version: int | None) -> Recalculation | None:
    """The newest of a version. Raises store.Busy and store.Unwritable."""
    if version is None or not journal.exists():
        return None
    with journal.opened() as book:
        row = book.execute(
            """
            select version, told, different, by, at
            from recalculation
            where version = :version
            order by id desc
            """,
            {"version": version},
        ).fetchone()
    if row is None:
        return None
    return Recalculation(**{**dict(row), "at": datetime.fromisoformat(row["at"])})
