"""Certificates: the attacks that were made on what a version shows, and what came of them."""

from dataclasses import dataclass
from datetime import datetime

from swedish.periods import holds
from warehouse.journal import journal


@dataclass(frozen=True, kw_only=True)
class Attack:
    """An attack on a version: on a period and those in it, or on all of them where it is empty.

    `numbers` are the numbers that are shown or hidden, `hidden` those that were attacked, `told`
    the small counts that the shown days say by themselves, `worked_out` what could be worked out
    besides. The narrowest range that a hidden small count is left is from `lowest` to `highest`:
    None where there is none, the latter also where nothing bounds it.
    """

    version: int
    period: str
    numbers: int
    hidden: int
    lowest: int | None
    highest: int | None
    told: int
    worked_out: int
    by: str
    at: datetime


_COLUMNS = "version, period, numbers, hidden, lowest, highest, told, worked_out, by, at"


def remember(attack: Attack) -> None:
    """Keep a certificate. Raises store.Busy and store.Unwritable."""
    with journal.opened() as book:
        book.execute(
            f"""
            insert into attack ({_COLUMNS})
            values (
                :version, :period, :numbers, :hidden, :lowest, :highest, :told, :worked_out, :by,
                :at
            )
            """,
            vars(attack) | {"at": attack.at.isoformat(sep=" ", timespec="seconds")},
        )


def newest(version: int | None, period: str = "") -> Attack | None:
    """The newest attack on a version that holds the period, or on all of it where that is empty.

    Raises store.Busy and store.Unwritable.
    """
    if version is None or not journal.exists():
        return None
    with journal.opened() as book:
        rows = book.execute(
            f"select {_COLUMNS} from attack where version = :version order by id desc",
            {"version": version},
        ).fetchall()
    for row in rows:
        if not row["period"] or (period and holds(row["period"], period)):
            return Attack(**{**dict(row), "at": datetime.fromisoformat(row["at"])})
    return None
