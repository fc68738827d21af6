"""Discharges worked out anew: by county, area, municipality and hospital, and by form of care."""

from collections.abc import Sequence

import pandas as pd

from recalculation.raw import NotPlain, codes, homes, numbers, people, table

COLUMNS = {
    "Månad": "period",
    "Kommun": "place",
    "Sjukhus": "hospital",
    "Vårdform": "part",
    "Antal utskrivna": "discharges",
    "Antal dagar": "days",
    "Utskrivna samma dag": "same_day",
    "Kvar mer än 3 dagar": "over_3",
    "Kvar mer än 7 dagar": "over_7",
    "Utskrivna före meddelande": "before",
}
COUNTS = list(COLUMNS.values())[4:]
# What every file has; another column is known of the files that have it.
_ALWAYS = ("period", "place", "discharges", "days")
# By indicator: what a value is times, its numerator and its denominator.
FORMULAS: dict[str, tuple[float, list[str], list[str]]] = {
    "discharges": (1, ["discharges"], []),
    "ready_days": (1, ["days"], []),
    "over_7": (1, ["over_7"], []),
    "mean_days": (1, ["days"], ["discharges"]),
    "same_day_share": (100, ["same_day"], ["discharges"]),
    "over_3_share": (100, ["over_3"], ["discharges"]),
    "before_notice_share": (100, ["before"], ["discharges", "before"]),
    "ready_days_per_1000": (1000, ["days"], ["people"]),
    "excess_days": (1, ["excess"], ["discharges"]),
}
# Hospitals have no inhabitants and no liability.
_OF_PLACES = ("ready_days_per_1000", "excess_days")
KEY = ["period", "level", "place", "part"]


def recalculated(files: Sequence[bytes], inhabitants: pd.DataFrame) -> pd.DataFrame:
    """Every number of the files, the newest last: `indicator`, KEY and the numbers.

    Raises NotPlain.
    """
    every = _rows(files)
    rows = _in_force(every)
    sums = _sums(rows, _municipal(every, rows, inhabitants))
    parts = []
    for indicator, (times, top, bottom) in FORMULAS.items():
        of = sums[sums["level"] != "hospital"] if indicator in _OF_PLACES else sums
        numerator = of[top].sum(axis=1, skipna=False)
        one = of[KEY].assign(indicator=indicator, numerator=numerator)
        one["denominator"] = of[bottom].sum(axis=1, skipna=False) if bottom else float("nan")
        divided = bool(bottom) and indicator != "excess_days"
        one["value"] = (
            times * one["numerator"] / one["denominator"].where(one["denominator"] > 0)
            if divided
            else one["numerator"]
        )
        parts.append(one)
    return pd.concat(parts, ignore_index=True)


def _rows(files: Sequence[bytes]) -> pd.DataFrame:
    """The rows of all files, each also as one of all forms of care together."""
    read = []
    for number, content in enumerate(files):
        rows, _ = table(content, head="Månad", columns=COLUMNS)
        if missing := {*_ALWAYS} - {*rows}:
            raise NotPlain(f"kolumner saknas: {', '.join(sorted(missing))}")
        counts = [name for name in COUNTS if name in rows]
        rows[counts] = rows[counts].apply(numbers)
        rows = rows.reindex(columns=[*COLUMNS.values()])
        rows["place"] = codes(rows["place"])
        rows["part"] = rows["part"].astype("str").str.lower().where(rows["part"].notna())
        read.append(rows.assign(file=number))
    whole = pd.concat(read, ignore_index=True).astype(dict.fromkeys(COUNTS, "float64"))
    return pd.concat([whole, whole.assign(part="alla")], ignore_index=True)


def _in_force(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of the newest file that has the municipality and month."""
    newest = rows.groupby(["period", "place"])["file"].transform("max")
    return rows[rows["file"] == newest].merge(homes()[["place", "area"]], on="place")


def _municipal(every: pd.DataFrame, rows: pd.DataFrame, inhabitants: pd.DataFrame) -> pd.DataFrame:
    """Every municipality, month and form of care, 0 for who had nobody; NaN for what is not known.

    Who usually has seven or more a month and is not in the list has not reported; who is nowhere in
    the file has not either.
    """
    parts = rows[["period", "part", "file"]].dropna().drop_duplicates()
    spoken = every[["file", "place"]].drop_duplicates().merge(homes()[["place", "area"]])
    owned = rows[["period", "place", "file"]].drop_duplicates().rename(columns={"file": "owner"})
    there = parts.merge(spoken, on="file").merge(owned, on=["period", "place"], how="left")
    there = there[there["owner"].isna() | (there["owner"] == there["file"])]
    key = ["period", "part", "place"]
    sums = rows.groupby(key)[COUNTS].sum(min_count=1).reset_index().assign(listed=True)
    monthly = there[[*key, "area"]].drop_duplicates().merge(sums, on=key, how="left")
    monthly["listed"] = monthly["listed"].notna()
    monthly[COUNTS] = monthly[COUNTS].where(monthly["listed"], 0)
    usual = monthly.groupby(["part", "place"])["discharges"].transform("sum")
    monthly = monthly[monthly["listed"] | (usual / rows["period"].nunique() < 7)].copy()
    monthly["year"] = monthly["period"].str[:4].astype(int)
    monthly = monthly.merge(people(monthly["year"], inhabitants), on=["place", "year"])
    # Of the places that are counted.
    monthly["people"] = monthly["people"].where(monthly["days"].notna())
    monthly["excess"] = (monthly["days"] - 3 * monthly["discharges"]).clip(lower=0)
    return monthly


def _sums(rows: pd.DataFrame, municipal: pd.DataFrame) -> pd.DataFrame:
    """The sums of every place, month and form of care that has any rows."""
    sums = [*COUNTS, "people", "excess"]

    def summed(of: pd.DataFrame, level: str, place: pd.Series | str) -> pd.DataFrame:
        named = of.assign(level=level, place=place)
        known = named.groupby(KEY)[[one for one in sums if one in of]].sum(min_count=1)
        return known.reset_index()

    listed = municipal[municipal["listed"]]
    areas = listed[["period", "area", "part"]].drop_duplicates()
    inside = municipal.merge(areas, on=["period", "area", "part"])
    return pd.concat(
        [
            summed(municipal, "county", "lan"),
            summed(inside, "area", inside["area"]),
            summed(listed, "municipality", listed["place"]),
            summed(rows, "hospital", rows["hospital"]),
        ],
        ignore_index=True,
    )
