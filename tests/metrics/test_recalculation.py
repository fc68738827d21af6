"""Every number of the demo's discharges, worked out anew from the raw file with plain pandas.

Nothing here is shared with what makes the cube: not its statements, nor its catalogue.
"""

import csv
from pathlib import Path

import pandas as pd
import pytest

from metrics import values

ROOT = Path(__file__).parents[2] / "data"
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
KEY = ["period", "level", "where", "part"]


def homes() -> pd.DataFrame:
    """Each municipality's area by code."""
    with (ROOT / "reference/municipalities.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [(row["code"], row["area"]) for row in csv.DictReader(file)]
    return pd.DataFrame(rows, columns=["place", "area"])


def people(place: str, year: int) -> int:
    """That year's inhabitants, else the nearest earlier year's, else the nearest later's."""
    with (ROOT / "reference/population.csv").open(encoding="utf-8-sig", newline="") as file:
        known = {
            int(row["year"]): int(row["population"])
            for row in csv.DictReader(file)
            if row["code"] == place
        }
    earlier = [at for at in known if at <= year]
    return known[max(earlier) if earlier else min(known)]


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    """The rows of the file, each also as one of all care forms together."""
    (path,) = (ROOT / "demo").glob("utskrivningsklara_*.csv")
    read = pd.read_csv(path, sep=";", encoding="utf-8-sig", dtype=str)[list(COLUMNS)]
    read = read.rename(columns=COLUMNS)
    read["place"] = read["place"].str[:4]
    read["part"] = read["part"].str.lower()
    read[COUNTS] = read[COUNTS].astype(int)
    read = read.merge(homes(), on="place")
    return pd.concat([read, read.assign(part="alla")], ignore_index=True)


@pytest.fixture(scope="module")
def municipal(rows: pd.DataFrame) -> pd.DataFrame:
    """Every municipality, month and care form, 0 for who had nobody; `there` is who has reported.

    Who usually has seven or more a month and is not in the list has not.
    """
    parts = rows[["period", "part"]].drop_duplicates()
    every = parts.merge(homes(), how="cross")
    key = ["period", "part", "place"]
    sums = rows.groupby(key)[COUNTS].sum().reset_index().assign(listed=True)
    found = every.merge(sums, on=key, how="left")
    found["listed"] = found["listed"].notna()
    found[COUNTS] = found[COUNTS].fillna(0)
    usual = found.groupby(["part", "place"])["discharges"].transform("sum")
    found["there"] = found["listed"] | (usual / rows["period"].nunique() < 7)
    years = found[["place"]].assign(year=found["period"].str[:4].astype(int)).drop_duplicates()
    years["people"] = [people(place, year) for place, year in years.itertuples(index=False)]
    found["year"] = found["period"].str[:4].astype(int)
    found = found.merge(years, on=["place", "year"])
    found["excess"] = (found["days"] - 3 * found["discharges"]).clip(lower=0)
    return found[found["there"]]


def expected(rows: pd.DataFrame, municipal: pd.DataFrame) -> pd.DataFrame:
    """The sums of every place, month and care form that has any."""
    sums = [*COUNTS, "people", "excess"]

    def summed(of: pd.DataFrame, level: str, where: str) -> pd.DataFrame:
        named = of.assign(level=level, where=of.get(where, where))
        grouped = named.groupby(KEY)
        told = grouped[[one for one in sums if one in of]].sum()
        return told.assign(reported=grouped.size() if "there" in of else 1)

    listed = municipal[municipal["listed"]]
    made = pd.concat(
        [
            summed(municipal, "county", "lan"),
            summed(municipal, "area", "area"),
            summed(listed, "municipality", "place"),
            summed(rows, "hospital", "hospital"),
        ]
    )
    has = listed.groupby(["period", "area", "part"]).size()
    areas = {("area", period, area, part) for period, area, part in has.index}
    keep = [
        level != "area" or (level, period, where, part) in areas
        for period, level, where, part in made.index
    ]
    return made[keep]


def cube(indicator: str, levels: list[str]) -> pd.DataFrame:
    """What the product has of an indicator, before anything is hidden."""
    found = [
        (
            *(one.period, one.level, one.place, part),
            *(one.numerator, one.denominator, one.value, one.reported),
        )
        for part in ("alla", "somatik", "psykiatri")
        for one in values.values(indicator=indicator, part=part, raw=True)
        if one.level in levels
    ]
    columns = [*KEY, "top", "bottom", "value", "reported"]
    return pd.DataFrame(found, columns=columns).set_index(KEY).astype("float64").sort_index()


def test_every_number_is_that_of_the_file(
    demo: Path, monkeypatch: pytest.MonkeyPatch, rows: pd.DataFrame, municipal: pd.DataFrame
) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(demo))
    wanted = expected(rows, municipal)
    seen = 0
    for indicator, (times, top, bottom) in FORMULAS.items():
        sized = indicator in ("ready_days_per_1000", "excess_days")
        of = wanted.drop(index="hospital", level="level") if sized else wanted
        mine = pd.DataFrame({"top": of[top].sum(axis=1), "reported": of["reported"]})
        mine["bottom"] = of[bottom].sum(axis=1) if bottom else float("nan")
        divided = bottom and indicator != "excess_days"
        mine["value"] = times * mine["top"] / mine["bottom"] if divided else mine["top"]
        found = cube(indicator, list(of.index.unique("level")))
        mine = mine[found.columns].astype("float64").sort_index()
        pd.testing.assert_frame_equal(found, mine, check_exact=False, rtol=1e-12, atol=0)
        seen += found.size
    assert seen > 40_000
