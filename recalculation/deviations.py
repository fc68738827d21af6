"""Deviations worked out anew from cases and counts: by county and municipality, and by process.

What areas and hospitals see of cases between them is not worked out here.
"""

import math
import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import compress

import pandas as pd

from recalculation.raw import File, NotPlain, area_names, codes, has, homes, numbers, people, table

COLUMNS = {
    "Ärendenummer": "case",
    "Registreringsdatum": "registered",
    "Kommun": "place",
    "Process": "part",
    "Besvarad": "answered",
    "Avslutad": "closed",
}
KEY = ["period", "level", "place", "part"]
LEVELS = ("county", "municipality")
_QUARTER = re.compile(r"kvartal(?:srapport)? (\d) (\d{4})", re.IGNORECASE)
_AS_OF = re.compile(r"Uttag\D*(\d{4}-\d{2}-\d{2})")
# Else it was made on the last day that it is about.
_SPAN = re.compile(r"Urval.*(\d{4}-\d{2}-\d{2})")


def recalculated(files: Sequence[File], inhabitants: pd.DataFrame) -> pd.DataFrame:
    """Every number of the files, the newest file last: `indicator`, KEY and the numbers.

    Raises NotPlain.
    """
    single = [has(one.content, head="Ärendenummer") for one in files]
    cases = [_cases([*compress(files, single)])] if any(single) else []
    counts = [
        _counts(one.content) for one, of_cases in zip(files, single, strict=True) if not of_cases
    ]
    if not {*_periods(cases)}.isdisjoint(_periods(counts)):
        raise NotPlain("ett kvartal finns både som ärenden och som antal")
    from_counts = _of_counts(_newest(counts), inhabitants) if counts else []
    return pd.concat([*(_of_cases(one, inhabitants) for one in cases), *from_counts])


def _newest(counts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The counts of each quarter and municipality in the last file that has them."""
    every = pd.concat([one.assign(file=number) for number, one in enumerate(counts)])
    newest: pd.DataFrame = every[
        every["file"] == every.groupby(["period", "place"])["file"].transform("max")
    ]
    return newest


def _periods(parts: Sequence[pd.DataFrame]) -> list[str]:
    return [period for part in parts for period in part["period"]]


def _of_cases(cases: pd.DataFrame, inhabitants: pd.DataFrame) -> pd.DataFrame:
    places = pd.concat(
        [cases.assign(level="county", place="lan"), cases.assign(level="municipality")]
    )
    both = pd.concat([places, places.assign(part="alla")])
    grouped = both.groupby(KEY)
    sums = grouped.agg(
        deviations=("case", "size"),
        due=("due", "sum"),
        in_time=("in_time", "sum"),
        still_open=("open", "sum"),
        answered=("days", "count"),
        at_end=("open_at_end", "sum"),
    )
    halves = {key: half_answered(of["days"], of["waiting"]) for key, of in grouped}
    sums = sums.join(pd.Series(halves, name="days").rename_axis(KEY)).reset_index()
    # A municipality without a case has had none.
    every = sums[["period"]].drop_duplicates().merge(homes()[["place"]], how="cross")
    every = every.assign(level="municipality", part="alla")
    sums = sums.merge(every, on=KEY, how="outer").fillna({"deviations": 0, "still_open": 0})
    county = sums[sums["level"] == "county"]
    return pd.concat(
        [
            *_counted(sums, inhabitants),
            _row(sums, "deviations_open", sums["still_open"]),
            _row(county, "deviations_open_at_end", county["at_end"], county["deviations"], per=100),
            _row(sums, "deviations_answered_share", sums["in_time"], sums["due"], per=100),
            sums[KEY].assign(
                indicator="deviations_median_answer_days",
                numerator=float("nan"),
                denominator=sums["answered"],
                value=sums["days"],
            ),
        ],
        ignore_index=True,
    )


def half_answered(days: pd.Series, waiting: pd.Series) -> float:
    """The days until half are answered, day by day: of those that still waited the share that was
    not answered that day is left (Kaplan and Meier 1958). NaN where more than half are left."""
    answered, waited = sorted(days.dropna()), sorted(waiting.dropna())
    left, reached = Fraction(1), float("nan")
    for day in dict.fromkeys(answered):
        at_risk = sum(one >= day for one in answered) + sum(one >= day for one in waited)
        left *= 1 - Fraction(answered.count(day), at_risk)
        if left < Fraction(1, 2):
            return float(day if math.isnan(reached) else (reached + day) / 2)
        if left == Fraction(1, 2):
            reached = float(day)
    return reached


def _cases(files: Sequence[File]) -> pd.DataFrame:
    read = []
    for file in files:
        rows, above = table(file.content, head="Ärendenummer", columns=COLUMNS)
        match = _AS_OF.search("\n".join(above)) or _SPAN.search("\n".join(above))
        if match is None:
            raise NotPlain("det står inte när uttaget gjordes")
        for name in ("registered", "answered", "closed"):
            rows[name] = pd.to_datetime(rows[name].where(rows[name] != ""), format="%Y-%m-%d")
        read.append(rows.assign(as_of=pd.Timestamp(match[1]), place=codes(rows["place"])))
    cases = pd.concat(read, ignore_index=True).drop_duplicates("case", keep="last")
    limit = cases["registered"] + pd.DateOffset(months=2)
    due = cases["as_of"] > limit
    quarter = (cases["registered"].dt.month + 2) // 3
    last_day = cases["registered"].dt.to_period("Q").dt.end_time.dt.normalize()
    return cases.assign(
        period=cases["registered"].dt.year.astype(str) + "-K" + quarter.astype(str),
        part=cases["part"].where(cases["part"] != "", "Ej angiven"),
        due=due,
        in_time=due & (cases["answered"] <= limit),
        open=cases["closed"].isna(),
        open_at_end=~(cases["closed"] <= last_day),
        days=(cases["answered"] - cases["registered"]).dt.days.clip(lower=0),
        waiting=(cases["as_of"] - cases["registered"])
        .dt.days.clip(lower=0)
        .where(cases["answered"].isna()),
    )


def _counts(content: bytes) -> pd.DataFrame:
    """The numbers of a quarter by municipality and process: `period`, `place`, `part`, `number`.

    In these tables a dash is none.
    """
    rows, above = table(content, head="Kommun", columns=None)
    match = _QUARTER.search("\n".join(above))
    if match is None:
        raise NotPlain("det står inte vilket kvartal det är")
    rows = rows[[name for name in rows if name != "Summa"]]
    # What is of an area is the sum of its municipalities.
    nothing = (rows.drop(columns="Kommun") == "").all(axis=1)
    sums = nothing | rows["Kommun"].str.startswith("Summa") | rows["Kommun"].isin(area_names())
    rows = rows[~sums].copy()
    rows["Kommun"] = codes(rows["Kommun"])
    long = rows.melt("Kommun", var_name="part", value_name="text")
    long["number"] = numbers(long["text"].where(~long["text"].isin(["–", "-"]), "0"))
    return long.rename(columns={"Kommun": "place"}).assign(period=f"{match[2]}-K{match[1]}")


def _of_counts(counts: pd.DataFrame, inhabitants: pd.DataFrame) -> list[pd.DataFrame]:
    places = pd.concat(
        [counts.assign(level="county", of="lan"), counts.assign(level="municipality")]
    )
    places["of"] = places["of"].fillna(places["place"])
    both = pd.concat([places, places.assign(part="alla")])
    both["year"] = both["period"].str[:4].astype(int)
    both = both.merge(people(both["year"], inhabitants), on=["place", "year"])
    keys = [key if key != "place" else "of" for key in KEY]
    told = both.groupby([*keys, "place"]).agg(number=("number", "sum"), people=("people", "first"))
    sums = told.groupby(keys)[["number", "people"]].sum()
    sums = sums.reset_index().rename(columns={"of": "place"})
    # A rate is of all the municipalities that the quarter speaks of.
    most = sums.groupby(["period", "level", "place"])["people"].transform("max")
    return [
        _row(sums, "deviations", sums["number"]),
        _row(sums, "deviations_per_10000", sums["number"], most, per=10_000),
    ]


def _counted(sums: pd.DataFrame, inhabitants: pd.DataFrame) -> list[pd.DataFrame]:
    """How many, and per 10 000 inhabitants."""
    whole = sums[[*KEY, "deviations"]].copy()
    whole["year"] = whole["period"].str[:4].astype(int)
    of = people(whole["year"], inhabitants)
    county = of.groupby("year")["people"].sum().reset_index().assign(place="lan")
    whole = whole.merge(pd.concat([of, county]), on=["place", "year"])
    return [
        _row(whole, "deviations", whole["deviations"]),
        _row(whole, "deviations_per_10000", whole["deviations"], whole["people"], per=10_000),
    ]


def _row(
    of: pd.DataFrame,
    indicator: str,
    top: pd.Series,
    bottom: pd.Series | None = None,
    *,
    per: float = 1,
) -> pd.DataFrame:
    rows = of[KEY].assign(indicator=indicator, numerator=top, denominator=float("nan"), value=top)
    if bottom is not None:
        rows = rows.assign(denominator=bottom, value=per * top / bottom.where(bottom > 0))
    return rows
