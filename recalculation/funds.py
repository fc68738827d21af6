"""Funds worked out anew: what each recipient has, and what share of it."""

import re
from collections.abc import Sequence

import pandas as pd

from recalculation.raw import SIGNS, File, NotPlain, table

COLUMNS = {
    "Program": "part",
    "År": "period",
    "Nivå": "level",
    "Mottagare": "place",
    "Tilldelat": "funds_allocated",
    "Får rekvirera": "funds_ceiling",
    "Rekvirerat": "funds_requisitioned",
    "Använt": "funds_used",
}
AMOUNTS = list(COLUMNS.values())[4:]
SHARES = {
    "funds_requisitioned_share": ("funds_requisitioned", "funds_ceiling"),
    "funds_used_share": ("funds_used", "funds_requisitioned"),
}
KEY = ["period", "level", "place", "part"]
LEVELS = ("recipient",)
_UNITS = {"": 1, "kr": 1, "tkr": 1_000, "mkr": 1_000_000, "mnkr": 1_000_000}
_AMOUNT = re.compile(r"(?:drygt\s+)?([\d\s\u00a0]+(?:,\d+)?)\s*([a-z]*)", re.IGNORECASE)


def recalculated(files: Sequence[File], _: pd.DataFrame) -> pd.DataFrame:
    """Every amount of a recipient, the newest file last: `indicator`, KEY and the numbers.

    Raises NotPlain.
    """
    read = [table(file.content, head="Program", columns=COLUMNS)[0] for file in files]
    rows = pd.concat(read, ignore_index=True)
    rows = rows.drop_duplicates(["part", "period", "level", "place"], keep="last")
    rows[AMOUNTS] = rows[AMOUNTS].map(amount).astype("float64")
    rows["level"] = "recipient"
    parts = [
        rows[KEY].assign(
            indicator=name, numerator=rows[name], denominator=float("nan"), value=rows[name]
        )
        for name in AMOUNTS
    ]
    for name, (top, bottom) in SHARES.items():
        known = rows[rows[top].notna() & rows[bottom].notna()]
        parts.append(
            known[KEY].assign(
                indicator=name,
                numerator=known[top],
                denominator=known[bottom],
                value=100 * known[top] / known[bottom].where(known[bottom] > 0),
            )
        )
    whole = pd.concat(parts, ignore_index=True)
    return whole[whole["numerator"].notna()]


def amount(text: str) -> float:
    """Kronor of `1 250 tkr`, `drygt 33 Mkr` or `275000`; NaN for nothing known. Raises NotPlain."""
    if text.strip() in ("", *SIGNS):
        return float("nan")
    match = _AMOUNT.fullmatch(text.strip())
    if match is None or match[2].lower() not in _UNITS:
        raise NotPlain(f"{text!r} är inget belopp")
    digits = re.sub(r"[\s\u00a0\u202f]", "", match[1])
    # 1,350 tkr is 1 350 of them: nobody writes thousandths.
    grouped = re.fullmatch(r"\d{1,3}(,\d{3})+", digits)
    return float(digits.replace(",", "" if grouped else ".")) * _UNITS[match[2].lower()]
