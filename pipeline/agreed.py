"""What a publication or a withdrawal changes of that which somebody has agreed to."""

import duckdb

import reference
from access.places import areas_of
from access.rights import EVERY
from settings import settings
from warehouse.journal import agreements
from warehouse.journal.agreements import About


class NeedsReason(Exception):
    """What is to be changed has been agreed to; the message says what, in Swedish."""


SPOKEN = "select distinct period, subject from spoken"
CLAIMED = "select distinct period, subject from claim where load_id = $load_id"


def agreed(
    connection: duckdb.DuckDBPyConnection, dataset: str, statement: str, **values: object
) -> list[About]:
    """The periods and areas of what a statement gives that somebody has agreed to."""
    if settings().approval == "off":
        return []
    every = [area.key for area in reference.areas()]
    touched = {
        About(dataset, str(period), area)
        for period, subject in connection.execute(statement, values).fetchall()
        for one in areas_of([str(subject).rpartition(" | ")[2]])
        for area in (every if one == EVERY else [one])
    }
    return agreements.agreed(sorted(touched, key=lambda one: (one.period, one.area)))


def require_reason(touched: list[About], reason: str) -> None:
    """Raises NeedsReason where something has been agreed to and no reason is given."""
    if touched and not reason.strip():
        raise NeedsReason(f"{said(touched)} Skriv varför det ändras. Ingenting har publicerats.")


def said(touched: list[About]) -> str:
    """What would be opened again, in a sentence; empty for nothing."""
    if not touched:
        return ""
    names = ", ".join(
        f"{reference.place_name('area', one.area)} {one.period}" for one in touched[:6]
    )
    more = f" och {len(touched) - 6} till" if len(touched) > 6 else ""
    return f"Det här är redan granskat eller fastställt och öppnas igen: {names}{more}."
