"""Whether it has been tried that no hidden number can be worked out, in words."""

from metrics.disclosure.text import certified
from metrics.loaded import version
from warehouse.journal import attacks

NOT_TRIED = (
    "Att inget dolt tal går att räkna ut har inte prövats för den här versionen. "
    "Kommandot samverkan disclosure prövar det."
)


def told(period: str = "") -> str:
    """What the newest attack on the version in force came to: on a period, or on all of it.

    Raises store.Busy and store.Unwritable.
    """
    found = attacks.newest(version(), period)
    return NOT_TRIED if found is None else certified(found)
