"""What has been tried of the version in force, in words: what is hidden, and what is calculated."""

from metrics.disclosure.text import certified
from metrics.loaded import version
from warehouse.journal.tried import attacks, recalculations

NOT_TRIED = (
    "Att inget dolt tal går att räkna ut har inte prövats för den här versionen. "
    "Kommandot samverkan disclosure prövar det."
)


def told(period: str = "") -> str:
    """What the newest attack on the version in force came to: on a period, or on all of it.

    Raises store.Busy and store.Unwritable.
    """
    newest = attacks.newest(version(), period)
    return NOT_TRIED if newest is None else certified(newest)


def recalculated() -> str:
    """What came of working the version's numbers out anew. Raises store.Busy and Unwritable."""
    newest = recalculations.newest(version())
    if newest is None:
        return (
            "Talen har inte räknats om ur råfilerna för den här versionen. Kommandot make "
            "recalculate FOLDER=mappen gör det, med kod som inte delar något med den vanliga."
        )
    return f"Omräknat ur råfilerna {newest.at:%Y-%m-%d %H.%M}. {newest.told}"
