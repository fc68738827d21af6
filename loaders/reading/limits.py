"""How large a table may be: no report is wider, has more sheets, or takes longer to read."""

import time

from loaders.problems import refuse

MAX_COLUMNS = 1000
MAX_SHEETS = 200
MAX_SECONDS = 30


def refuse_wide(columns: int) -> None:
    """Raises Refused (too-large) for a table that is wider than any report."""
    if columns > MAX_COLUMNS:
        raise refuse("too-large", f"Tabellen har fler än {MAX_COLUMNS} kolumner.")


def refuse_slow(begun: float) -> None:
    """Raises Refused (too-large) where too much of the processor's time has gone since `begun`."""
    if time.process_time() - begun > MAX_SECONDS:
        raise refuse("too-large", f"Filen tog längre tid att läsa än {MAX_SECONDS} sekunder.")
