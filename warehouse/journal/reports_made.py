"""The reports that were made: of what, from which version of the data, when and by whom."""

from dataclasses import dataclass
from datetime import datetime

from warehouse.journal import audit, journal, known


@dataclass(frozen=True, kw_only=True)
class ReportMade:
    """A report that somebody took away; `place` and `period` are what it is about."""

    kind: str
    place: str
    period: str
    version: int
    made_by: str
    made_at: datetime


def remember(*, kind: str, place: str, period: str, version: int, made_by: str) -> None:
    """Keep that a report (briefing, quarterly, monthly) was made of a version of the data.

    Raises store.Busy and store.Unwritable.
    """
    with journal.opened() as book:
        book.execute(
            """
            insert into report (kind, place, period, version, made_by, made_at)
            values (:kind, :place, :period, :version, :made_by, :made_at)
            """,
            {
                "kind": kind,
                "place": place,
                "period": period,
                "version": version,
                "made_by": made_by,
                "made_at": journal.now(),
            },
        )
        audit.add(
            book, audit.EventKind.HAND_OUT, about=f"{kind}, {place}, {period}, version {version}"
        )


def made() -> tuple[ReportMade, ...]:
    """The newest making of each report (kind, place and period), newest first.

    Raises store.Busy and store.Unwritable.
    """
    if not journal.exists():
        return ()
    with journal.opened() as book:
        rows = book.execute(
            """
            select kind, place, period, version, made_by, made_at
            from report
            where id in (select max(id) from report group by kind, place, period)
            order by id desc
            """
        ).fetchall()
    return tuple(
        ReportMade(
            kind=row["kind"],
            place=row["place"],
            period=row["period"],
            version=row["version"],
            made_by=known.shown(row["made_by"]),
            made_at=datetime.fromisoformat(row["made_at"]),
        )
        for row in rows
    )
