"""Originals that were taken out of the archive for good: which, by whom, when and why."""

from dataclasses import dataclass
from datetime import datetime

from warehouse.journal import journal, known


@dataclass(frozen=True, kw_only=True)
class Purged:
    """A file whose original is gone, by its SHA-256."""

    sha256: str
    reason: str
    by: str
    at: datetime


def remember(*, sha256: str, reason: str, by: str) -> None:
    """Keep that an original is purged. Raises store.Busy and store.Unwritable."""
    with journal.opened() as book:
        book.execute(
            "insert into purged (sha256, reason, by, at) values (:sha256, :reason, :by, :now)",
            {
                "sha256": sha256,
                "reason": reason,
                "by": by,
                "now": journal.now(),
            },
        )


def purged() -> dict[str, Purged]:
    """The purged originals by their SHA-256, each as it was first purged."""
    if not journal.exists():
        return {}
    with journal.opened() as book:
        rows = book.execute("select sha256, reason, by, at from purged order by id desc").fetchall()
    return {
        row["sha256"]: Purged(
            sha256=row["sha256"],
            reason=row["reason"],
            by=known.shown(row["by"]),
            at=datetime.fromisoformat(row["at"]),
        )
        for row in rows
    }


def gone() -> frozenset[str]:
    """The SHA-256 of all purged originals; none where the journal cannot be read, which is told of
    by itself. Raises store.Busy."""
    return frozenset() if journal.trouble() else frozenset(purged())
