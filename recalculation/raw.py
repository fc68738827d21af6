"""Raw files as plain tables of texts, and the reference tables that numbers rest on."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import pandas as pd

from recalculation.workbook import sheets
from settings import county_folders

_SEPARATORS = (";", "\t", ",")
# Not reported, not applicable, confidential: nothing is known of such a number.
SIGNS = ("-", "–", ".", "..")


@dataclass(frozen=True)
class File:
    """What a load was read from, and what its user said of it.

    `forced` is that it was to replace what is finer, `areas` which ones it has all of, if said.
    """

    content: bytes
    forced: bool = False
    areas: tuple[str, ...] = ()


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
    rows = _under(lines[at:])
    if columns is not None:
        rows = rows[[name for name in rows if name in columns]].rename(columns=columns)
    return rows, lines[:at]


def has(content: bytes, *, head: str) -> bool:
    """Whether any line begins with `head`."""
    return any(line.startswith(head) for line in _lines(content))


def table_with(
    content: bytes, columns: Mapping[str, str], *, needed: Collection[str]
) -> pd.DataFrame:
    """The rows under the first line that has headings of all that is `needed`.

    `columns` are what the columns are to be called by heading, in lower case; others are left out.
    Raises NotPlain.
    """
    lines = _lines(content)
    for at, line in enumerate(lines):
        found = {columns.get(cell.strip(' "').lower()) for cell in line.split(_separator(line))}
        if found.issuperset(needed):
            rows = _under(lines[at:])
            rows.columns = [columns.get(str(name).strip().lower(), "") for name in rows]
            return rows.loc[:, (rows.columns != "") & ~rows.columns.duplicated()]
    raise NotPlain(f"ingen rad har rubriker för {', '.join(sorted(needed))}")


def _separator(line: str) -> str:
    return max(_SEPARATORS, key=line.count)


def _under(lines: list[str]) -> pd.DataFrame:
    content = BytesIO("\n".join(lines).encode())
    return pd.read_csv(content, sep=_separator(lines[0]), dtype=str, keep_default_na=False)


def numbers(text: pd.Series) -> pd.Series:
    """Whole and decimal numbers as they are written in Swedish, NaN where a sign says that it is
    not known. Raises NotPlain for others."""
    plain = text.str.replace(r"[\s\u00a0\u2009\u202f]", "", regex=True).str.replace(",", ".")
    parsed = pd.to_numeric(plain, errors="coerce")
    strange = parsed.isna() & ~text.str.strip().isin(SIGNS)
    if strange.any():
        raise NotPlain(f"{text[strange].iloc[0]!r} är inget tal")
    return parsed


def _lines(content: bytes) -> list[str]:
    if of_workbook := sheets(content):
        return [";".join(map(_quoted, row)) for row in next(iter(of_workbook.values()))]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\x00" in text:
        raise NotPlain("filen är ingen textfil")
    return [line for line in text.splitlines() if line.strip()]


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if ";" in text or '"' in text else text


def homes() -> pd.DataFrame:
    """The municipalities of the county: `place` (the code), `name` and `area`."""
    return _homes(_reference("municipalities"))


def area_names() -> list[str]:
    """What the county's areas are called."""
    return [*_table("areas")["name"]]


def county() -> str:
    """What the county is called."""
    rows = _table("county")
    return str(rows.loc[rows["kind"] == "name", "text"].iloc[0])


def nosam_keys() -> dict[str, str]:
    """The keys of NOSAM by their names."""
    return dict(_table("nosam")[["name", "key"]].itertuples(index=False, name=None))


def hospital_areas() -> dict[str, list[str]]:
    """The areas that each hospital mainly serves, in the table's order."""
    by_name = _table("hospitals").groupby("organisation", sort=False)["main_area"]
    return {str(name): [*served.unique()] for name, served in by_name}


def spellings() -> tuple[dict[str, str], dict[str, str], list[str]]:
    """By spelling in lower case: the codes of municipalities, and the names of hospitals; and words
    that say that an organisation is neither."""
    towns: dict[str, str] = {}
    for code, name in homes()[["place", "name"]].itertuples(index=False):
        genitive = name if name.endswith("s") else f"{name}s"
        towns |= dict.fromkeys((name, f"{genitive} kommun", f"{genitive} stad"), code)
    aliases = _table("municipality_aliases")
    towns |= dict(zip(aliases["alias"], aliases["code"], strict=True))
    hospitals: dict[str, str] = {}
    for table_name, columns in (
        ("hospitals", ["organisation", "organisation"]),
        ("hospitals", ["short_name", "organisation"]),
        ("hospital_aliases", ["alias", "hospital"]),
    ):
        hospitals |= dict(_table(table_name)[columns].itertuples(index=False, name=None))
    return _lower(towns), _lower(hospitals), [*_table("organisations")["contains"]]


def _lower(by_name: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): of for name, of in by_name.items()}


def _table(name: str) -> pd.DataFrame:
    return pd.read_csv(_reference(name), dtype=str, encoding="utf-8-sig", keep_default_na=False)


def _reference(name: str) -> Path:
    files = (folder / f"{name}.csv" for folder in county_folders())
    return next(file for file in files if file.is_file())


@lru_cache(maxsize=4)
def _homes(file: Path) -> pd.DataFrame:
    municipalities = pd.read_csv(file, dtype=str, encoding="utf-8-sig")
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
    known = pd.read_csv(_reference("population"), dtype={"code": str}, encoding="utf-8-sig")
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
