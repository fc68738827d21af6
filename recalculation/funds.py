"""Funds worked out anew: what recipients, NOSAM and programmes have, and what share of it."""

import re
from collections.abc import Sequence

import pandas as pd

from recalculation.raw import SIGNS, File, NotPlain, nosam_keys, table

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
LEVELS = ("recipient", "nosam", "programme")
_COUNTY, _NATION, _AREA, _NOSAM = "län", "riket", "delregion", "nosam"
_LEVELS = {_COUNTY, _NATION, _AREA, _NOSAM, "region", "kommunalförbund", "kommun", "projekt"}
_TOGETHER = re.compile(r"områdena\b|delregionerna\b|\balla\b|\bsamtliga\b", re.IGNORECASE)
_UNITS = {"": 1, "kr": 1, "tkr": 1_000, "mkr": 1_000_000, "mnkr": 1_000_000}
_AMOUNT = re.compile(r"(?:drygt\s+)?([\d\s\u00a0]+(?:,\d+)?)\s*([a-z]*)", re.IGNORECASE)


def recalculated(files: Sequence[File], _: pd.DataFrame) -> pd.DataFrame:
    """Every amount and share, the newest file last: `indicator`, KEY and the numbers.

    Raises NotPlain.
    """
    read = [table(file.content, head="Program", columns=COLUMNS)[0] for file in files]
    rows = pd.concat(read, ignore_index=True)
    rows = rows.drop_duplicates(["part", "period", "level", "place"], keep="last")
    rows[AMOUNTS] = rows[AMOUNTS].map(amount).astype("float64")
    rows["of"] = rows["level"].str.strip().str.lower()
    strange = ~rows["of"].isin(_LEVELS)
    if strange.any():
        raise NotPlain(f"{rows['level'][strange].iloc[0]!r} är ingen känd nivå")
    rows["together"] = (rows["of"] == _AREA) & rows["place"].str.contains(_TOGETHER)
    shares: list[tuple[str, str, str | None]] = [(name, name, None) for name in AMOUNTS]
    shares += [(name, top, bottom) for name, (top, bottom) in SHARES.items()]
    return pd.concat([_values(rows, *one) for one in shares], ignore_index=True)


def _values(rows: pd.DataFrame, name: str, top: str, bottom: str | None) -> pd.DataFrame:
    """One indicator of every recipient, of NOSAM by their keys, and of programmes."""
    known = rows[rows[[top, *([bottom] if bottom else [])]].notna().all(axis=1)]
    nosam = known[known["of"] == _NOSAM]
    places = pd.concat(
        [
            known.assign(level="recipient"),
            nosam.assign(level="nosam", place=nosam["place"].replace(nosam_keys())),
            *(_parts(of) for _, of in known.groupby(["period", "part"])),
        ]
    )
    wanted = {"numerator": places[top], "denominator": places[bottom] if bottom else float("nan")}
    numbers = places[KEY].assign(**wanted)
    sums = numbers.groupby(KEY)[["numerator", "denominator"]].sum(min_count=1).reset_index()
    share = 100 * sums["numerator"] / sums["denominator"].where(sums["denominator"] > 0)
    return sums.assign(indicator=name, value=share if bottom else sums["numerator"])


def _parts(known: pd.DataFrame) -> pd.DataFrame:
    """What a programme's sum is made of: the county's whole, or its parts.

    Single areas are parts of what the areas have together; what the country has is no part.
    """
    whole = known[known["of"] == _COUNTY]
    parts = known[known["of"] != _NATION]
    if parts["together"].any():
        parts = parts[(parts["of"] != _AREA) | parts["together"]]
    chosen = whole if len(whole) == 1 else parts
    return chosen.assign(level="programme", place=chosen["part"])


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
