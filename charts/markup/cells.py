"""How a number stands in a table: as it is read, or the sign of why there is none; and as CSV."""

import re
from collections.abc import Sequence
from typing import Any

import pandas as pd

from charts.columns import TableColumn
from charts.rows import cells_of
from swedish import typography
from swedish.phrases import BOUNDS, known

NOT_KNOWN = {"missing": "–", "confidential": "..", "none": "."}
SIGNS = "– uppgift saknas · .. skyddad uppgift · . inget att räkna på · * ofullständigt underlag"
_BOUNDS = {
    "lower-bound": BOUNDS["lower"],
    "upper-bound": BOUNDS["upper"],
    "about": BOUNDS["around"],
}
_ZERO = re.compile(r"0(,0+)?")
_DATE = re.compile(r"\d{4}-\d\d-\d\d( \d\d:\d\d)?")


def number(value: float | None, status: str, decimals: int) -> str:
    """`1 234,5`, `minst 275 000`, `7,3*` of an incomplete one, `..` of a hidden one."""
    if not known(value):
        return NOT_KNOWN.get(status, typography.NO_VALUE)
    mark = "*" if status == "partial" else ""
    return f"{_BOUNDS.get(status, '')}{typography.number(value, decimals)}{mark}"


def texts(rows: pd.DataFrame, column: TableColumn) -> list[str]:
    """A column's cells as they are read: each the value, or the sign of why there is none."""
    cells = rows[column.key]
    known_ones = zip(cells.tolist(), cells.notna().tolist(), strict=True)
    if column.decimals is None:
        return [column.show(value) if there else "" for value, there in known_ones]
    decimals = column.decimals
    return [
        number(value if there else None, status, decimals)
        for (value, there), status in zip(known_ones, _statuses(rows, column), strict=True)
    ]


def is_date(text: str) -> bool:
    """Whether a cell is a date, which broken over two lines reads as two."""
    return _DATE.fullmatch(text) is not None


def is_zero(text: str) -> bool:
    """Whether a cell is nothing at all, which stands back so that the others are seen."""
    return _ZERO.fullmatch(text) is not None


def has_gaps(rows: pd.DataFrame) -> bool:
    """Whether any value is missing, hidden or incomplete, so that SIGNS are called for."""
    statuses = [name for name in rows.columns if str(name).endswith("status")]
    plain = ["ok", *_BOUNDS]
    return any(not rows[name].dropna().isin(plain).all() for name in statuses)


def table_csv(rows: pd.DataFrame, columns: Sequence[TableColumn]) -> bytes:
    """The table as a Swedish Excel reads it: semicolons, decimal commas, UTF-8 with a mark.

    A missing value is `-` and a confidential one `..`, as in Kolada.
    """
    lines = [";".join(_quoted(column.head) for column in columns)]
    lines += [";".join(_csv_cell(row, column) for column in columns) for row in cells_of(rows)]
    return ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")


def _statuses(rows: pd.DataFrame, column: TableColumn) -> list[str]:
    """Why the values of a column are not known: by its own statuses, else by the rows'."""
    told = ["ok"] * len(rows)
    for name in ("status", f"{column.key}_status"):
        if name in rows.columns:
            there = rows[name].notna().tolist()
            own = zip(rows[name].tolist(), there, told, strict=True)
            told = [str(status) if is_there else before for status, is_there, before in own]
    return told


def _status(row: dict[str, Any], column: TableColumn) -> str:
    own = row.get(f"{column.key}_status")
    return str(row.get("status", "ok") if own is None or pd.isna(own) else own)


def _quoted(text: str) -> str:
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if set(text) & set(';"\r\n') else text


def _csv_cell(row: dict[str, Any], column: TableColumn) -> str:
    value = row[column.key]
    if column.decimals is None:
        return "" if pd.isna(value) else _quoted(_defused(column.show(value)))
    if pd.isna(value):
        return {"confidential": "..", "none": "."}.get(_status(row, column), "-")
    # Neither the spaces that group thousands nor the true minus is a number to a spreadsheet.
    plain = typography.number(value, column.decimals).replace("\u00a0", "").replace("\u2212", "-")
    return f"{_BOUNDS.get(_status(row, column), '')}{plain}"


def _defused(text: str) -> str:
    """`text` so that a spreadsheet cannot take it for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text
