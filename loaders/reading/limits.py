"""How large a table may be: no report is wider, or has more sheets."""

from loaders.problems import refuse

MAX_COLUMNS = 1000
MAX_SHEETS = 200


def refuse_wide(columns: int) -> None:
    """Raises Refused (too-large) for a table that is wider than any report."""
    if columns > MAX_COLUMNS:
        raise refuse("too-large", f"Tabellen har fler än {MAX_COLUMNS} kolumner.")
