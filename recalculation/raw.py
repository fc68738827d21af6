"""Raw files as plain tables of texts, and the reference tables that numbers rest on."""

from functools import cache
from io import BytesIO
from pathlib import Path

import pandas as pd

from recalculation import workbook

REFERENCE = Path(__file__).parents[1] / "data" / "reference"
_SEPARATORS = (";", "\t", ",")
# Not reported, not applicable, confidential: nothing is known of such a number.
_SIGNS = ("-", "–", ".", "..")


class NotPlain(Exception):
    """That a file has another layout than a head row and rows under it; the text says what."""


def table(
    content: bytes, *, head: str, columns: dict[str, str] | None
) -> tuple[pd.DataFrame, list[str]]:
    """The rows under the head that begins with `head`, and the lines above it.

    `columns` are the headings that are wanted and what they are to be called; others are left out,
    none where it is None. Raises NotPlain.
    """
    lines = _lines(content)
    at = next((number for number, line in enumerate(lines) if line.startswith(head)), None)
    if at is None:
        raise NotPlain(f"ingen rad börjar med {head}")
    separator = max(_SEPARATORS, key=lines[at].count)
    rows = pd.read_csv(
        BytesIO("\n".join(lines[at:]).encode()), sep=separator, dtype=str, keep_default_na=False
    )
    if columns is not None:
        rows = rows[[name for name in rows if name in columns]].rename(columns=columns)
    return rows, lines[:at]


def has(content: bytes, *, head: str) -> bool:
    """Whether any line begins with `head`."""
    return any(line.startswith(head) for line in _lines(content))


def numbers(text: pd.Series) -> pd.Series:
    """Whole and decimal numbers as they are written in Swedish, NaN where a sign says that it is
    not known. Raises NotPlain for others."""
    plain = text.str.replace(r"[\s\u00a0\u2009\u202f]", "", regex=True).str.replace(",", ".")
    parsed = pd.to_numeric(plain, errors="coerce")
    strange = parsed.isna() & ~text.str.strip().isin(_SIGNS)
    if strange.any():
        raise NotPlain(f"{text[strange].iloc[0]!r} är inget tal")
    return parsed


def _lines(content: bytes) -> list[str]:
    if content.startswith(b"PK"):
        return workbook.lines(content)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\x00" in text:
        raise NotPlain("filen är ingen textfil")
    return [line for line in text.splitlines() if line.strip()]


@cache
def homes() -> pd.DataFrame:
    """The municipalities: `place` (the code), `name` and `area`."""
    municipalities = pd.read_csv(REFERENCE / "municipalities.csv", dtype=str, encoding="utf-8-sig")
    return municipalities.rename(columns={"code": "place"})[["place", "name", "area"]]


def codes(text: pd.Series) -> pd.Series:
    """The codes of municipalities that are written as code and name, or as name."""
    by_name = homes().set_index("name")["place"]
    known = text.str.extract(r"^(\d{4})\b")[0].fillna(text.str.strip().map(by_name))
    if known.isna().any():
        raise NotPlain(f"{text[known.isna()].iloc[0]!r} är ingen känd kommun")
    return known


def people(years: "pd.Series[int]", loaded: pd.DataFrame) -> pd.DataFrame:
    """The inhabitants (`place`, `year`, `people`) of each of the years.

    That year's, else the nearest earlier year's, else the nearest later's; `loaded` goes before the
    reference table.
    """
    known = pd.read_csv(REFERENCE / "population.csv", dtype={"code": str}, encoding="utf-8-sig")
    known = known.rename(columns={"code": "place", "population": "people"})
    known = pd.concat([known[["place", "year", "people"]], loaded])
    known = known.drop_duplicates(["place", "year"], keep="last")
    rows = []
    for place, of in known.groupby("place"):
        by_year = of.set_index("year")["people"]
        for year in sorted(set(years)):
            earlier = [at for at in by_year.index if at <= year]
            rows.append((place, year, by_year[max(earlier) if earlier else min(by_year.index)]))
    return pd.DataFrame(rows, columns=["place", "year", "people"])


def inhabitants(content: bytes) -> pd.DataFrame:
    """The rows of a file of inhabitants: `place`, `year`, `people`."""
    columns = {"region": "place", "år": "year", "folkmängd": "people", "Folkmängd": "people"}
    rows, _ = table(content, head="region", columns=columns)
    # Sums of municipalities may stand beside them.
    rows = rows[rows["place"].str.match(r"(?!\d\d\b)")]
    return pd.DataFrame(
        {
            "place": codes(rows["place"]),
            "year": rows["year"].astype(int),
            "people": numbers(rows["people"]),
        }
    )
