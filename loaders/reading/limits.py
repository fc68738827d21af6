"""How large a table may be: no report is wider, has more sheets, or takes longer to read."""

import time

from loaders.problems import refuse

MAX_COLUMNS = 1000
MAX_SHEETS = 200
MAX_SECONDS = 30
_USUAL_BYTES = 200_000_000


def seconds_for(size: int) -> float:
    """How long a file of so many bytes may take: larger ones than usual in proportion.

    `max_file_bytes` in the settings says how large a file may be at all.
    """
    return MAX_SECONDS * max(1.0, size / _USUAL_BYTES)


def refuse_wide(columns: int) -> None:
    """Raises Refused (too-large) for a table that is wider than any report."""
    if columns > MAX_COLUMNS:
        raise refuse("too-large", f"Tabellen har fler än {MAX_COLUMNS} kolumner.")


def refuse_slow(begun: float) -> None:
    """Raises Refused (too-large) where too much of the processor's time has gone since `begun`."""
    if time.process_time() - begun > MAX_SECONDS:
        raise refuse("too-large", f"Filen tog längre tid att läsa än {MAX_SECONDS} sekunder.")
