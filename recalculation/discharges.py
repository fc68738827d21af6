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
    rows = _rows(files)
    sums = _sums(rows, _municipal(rows, inhabitants))
    parts = []
    for indicator, (times, top, bottom) in FORMULAS.items():
        of = sums[sums["level"] != "hospital"] if indicator in _OF_PLACES else sums
        one = of[KEY].assign(indicator=indicator, numerator=of[top].sum(axis=1))
        one["denominator"] = of[bottom].sum(axis=1) if bottom else float("nan")
        divided = bool(bottom) and indicator != "excess_days"
        one["value"] = (
            times * one["numerator"] / one["denominator"].where(one["denominator"] > 0)
            if divided
            else one["numerator"]
        )
        parts.append(one)
    return pd.concat(parts, ignore_index=True)


def _rows(files: Sequence[bytes]) -> pd.DataFrame:
    """The rows that count, each also as one of all forms of care together."""
    read = []
    for number, content in enumerate(files):
        rows, _ = table(content, head="Månad", columns=COLUMNS)
        if missing := {*COLUMNS.values()} - {*rows}:
            raise NotPlain(f"kolumner saknas: {', '.join(sorted(missing))}")
        rows[COUNTS] = rows[COUNTS].apply(numbers)
        rows["place"] = codes(rows["place"])
        rows["part"] = rows["part"].str.lower()
        read.append(rows.assign(file=number))
    whole = pd.concat(read, ignore_index=True)
    newest = whole.groupby(["period", "place"])["file"].transform("max")
    whole = whole[whole["file"] == newest].merge(homes()[["place", "area"]], on="place")
    return pd.concat([whole, whole.assign(part="alla")], ignore_index=True)


def _municipal(rows: pd.DataFrame, inhabitants: pd.DataFrame) -> pd.DataFrame:
    """Every municipality, month and form of care, 0 for who had nobody.

    Who usually has seven or more a month and is not in the list has not reported; who is in none
    of the lists has not either.
    """
    parts = rows[["period", "part"]].drop_duplicates()
    spoken = homes()[homes()["place"].isin(rows["place"])][["place", "area"]]
    every = parts.merge(spoken, how="cross")
    key = ["period", "part", "place"]
    sums = rows.groupby(key)[COUNTS].sum().reset_index().assign(listed=True)
    monthly = every.merge(sums, on=key, how="left")
    monthly["listed"] = monthly["listed"].notna()
    monthly[COUNTS] = monthly[COUNTS].fillna(0)
    usual = monthly.groupby(["part", "place"])["discharges"].transform("sum")
    monthly = monthly[monthly["listed"] | (usual / rows["period"].nunique() < 7)].copy()
    monthly["year"] = monthly["period"].str[:4].astype(int)
    monthly = monthly.merge(people(monthly["year"], inhabitants), on=["place", "year"])
    monthly["excess"] = (monthly["days"] - 3 * monthly["discharges"]).clip(lower=0)
    return monthly


def _sums(rows: pd.DataFrame, municipal: pd.DataFrame) -> pd.DataFrame:
    """The sums of every place, month and form of care that has any rows."""
    sums = [*COUNTS, "people", "excess"]

    def summed(of: pd.DataFrame, level: str, place: pd.Series | str) -> pd.DataFrame:
        named = of.assign(level=level, place=place)
        return named.groupby(KEY)[[one for one in sums if one in of]].sum().reset_index()

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
