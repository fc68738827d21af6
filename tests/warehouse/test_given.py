"""Rows given as one text are what they were."""

import duckdb

from warehouse import given

ROWS = [["Borås", 0.1 + 0.2, None, True], ["", -1e-300, float("nan"), False]]


def test_rows_come_as_they_were_given() -> None:
    query = f"""
        select r[1], {given.field(2)}::double, {given.field(3)}, r[4]::boolean from {given.ROWS}
    """
    rows = duckdb.execute(query, {"rows": given.as_text(ROWS)}).fetchall()
    assert rows == [("Borås", 0.1 + 0.2, None, True), ("", -1e-300, None, False)]
    assert duckdb.execute(query, {"rows": given.as_text([])}).fetchall() == []
