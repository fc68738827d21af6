"""Deviations worked out anew from cases and counts: by every place that sees them, and by process.

Of a quarter and municipality the newest of the finest files is in force: cases of all of the
quarter, then counts, then cases of a part of it.
"""

import math
import re
from collections.abc import Sequence
from fractions import Fraction

import pandas as pd

from recalculation import cases
from recalculation.raw import File, NotPlain, area_names, codes, has, homes, numbers, people, table

KEY = ["period", "level", "place", "part"]
LEVELS = ("county", "area", "municipality", "hospital")
_PLACES = LEVELS[:3]
_COUNTED = 1
_QUARTER = re.compile(r"kvartal(?:srapport)? (\d) (\d{4})", re.IGNORECASE)


def recalculated(files: Sequence[File], inhabitants: pd.DataFrame) -> pd.DataFrame:
    """Every number of the files, the newest file last: `indicator`, KEY and the numbers.

    Raises NotPlain.
    """
    numbered = [*enumerate(files)]
    single = [one for one in numbered if has(one[1].content, head="Ärendenummer")]
    counts = [_counts(number, file) for number, file in numbered if (number, file) not in single]
    parts, claims = [], [_claimed(one, files[one["file"].iloc[0]]) for one in counts]
    if single:
        rows, extent = cases.read(single)
        claims.append(extent)
    owner = _owners(pd.concat(claims), files)
    if single:
        held = owner.loc[owner["fine"] != _COUNTED, ["period", "place"]]
        parts.append(_seen(cases.measured(rows.merge(held, on=["period", "place"])), single=True))
    for one in counts:
        mine = one.merge(owner, on=["period", "place", "file"])
        parts.append(_seen(mine[mine["fine"] == _COUNTED], single=False))
    whole = pd.concat(parts, ignore_index=True)
    spoken = _spoken(owner, inhabitants)
    sums = _sums(whole, "number", spoken)
    values = [sums.assign(indicator="deviations"), _rates(sums, spoken, _unheard(whole))]
    if single:
        values += _of_cases(whole[whole["single"]], spoken[spoken["fine"] != _COUNTED])
    return pd.concat(values, ignore_index=True)


def _of_cases(whole: pd.DataFrame, spoken: pd.DataFrame) -> list[pd.DataFrame]:
    """What only cases tell of."""
    few = whole[whole["level"].isin(_PLACES[:2])]
    return [
        _sums(whole, "open", spoken).assign(indicator="deviations_open"),
        _shares(few, "open_at_end", "number").assign(indicator="deviations_open_at_end"),
        _shares(whole, "in_time", "due").assign(indicator="deviations_answered_share"),
        _medians(whole),
    ]


def _owners(claims: pd.DataFrame, files: Sequence[File]) -> pd.DataFrame:
    """The file that is in force of each `period` and `place`, and how `fine` it is there."""
    at = ["period", "place"]
    is_forced = claims["file"].map([file.forced for file in files].__getitem__)
    forced = claims["file"].where(is_forced.astype(bool), -1)
    last = forced.groupby([claims[name] for name in at]).transform("max")
    since = claims[claims["file"] >= last]
    newest: pd.DataFrame = since.sort_values(["fine", "file"]).drop_duplicates(at, keep="last")
    return newest


def _claimed(counts: pd.DataFrame, file: File) -> pd.DataFrame:
    """The municipalities of a file of counts, and all of the areas that it was said to have."""
    places = {*counts["place"], *homes().loc[homes()["area"].isin(file.areas), "place"]}
    whole = (
        counts[["period", "file"]]
        .drop_duplicates()
        .merge(pd.Series([*places], name="place"), how="cross")
    )
    return whole.assign(fine=_COUNTED)


def _seen(rows: pd.DataFrame, *, single: bool) -> pd.DataFrame:
    """Each case or count once for every place that sees it, in all and by process."""
    rows = rows.reset_index(drop=True)
    wide = cases.seen(rows) if single else rows.merge(homes()[["place", "area"]], on="place")
    if not single:
        wide = wide.assign(level="area", of=wide["area"])
    both = pd.concat(
        [
            rows.assign(level="county", of="lan"),
            rows.assign(level="municipality", of=rows["place"]),
            wide,
        ]
    )
    both = both.assign(place=both["of"], single=single)
    return pd.concat([both, both.assign(part="alla")])


def _spoken(owner: pd.DataFrame, inhabitants: pd.DataFrame) -> pd.DataFrame:
    """The municipalities that are told of, once for each place that they are part of, with their
    inhabitants: `period`, `level`, `place`, `home`, `fine`, `people`."""
    told = owner.assign(year=owner["period"].str[:4].astype(int))
    told = told.merge(people(told["year"], inhabitants), on=["place", "year"])
    told = told.merge(homes()[["place", "area"]], on="place").assign(home=told["place"])
    return pd.concat(
        [
            told.assign(level="county", place="lan"),
            told.assign(level="area", place=told["area"]),
            told.assign(level="municipality"),
        ]
    )


def _sums(rows: pd.DataFrame, what: str, spoken: pd.DataFrame) -> pd.DataFrame:
    """How many in all, 0 where a place that is told of has none."""
    sums = rows.assign(top=rows[what].astype("float64")).groupby(KEY)["top"].sum(min_count=1)
    silent = spoken[["period", "level", "place"]].drop_duplicates().assign(part="alla", none=0.0)
    both = sums.reset_index().merge(silent, on=KEY, how="outer", indicator="side")
    top = both["top"].where(both["side"] != "right_only", both["none"])
    return both[KEY].assign(numerator=top, denominator=float("nan"), value=top)


def _unheard(whole: pd.DataFrame) -> pd.DataFrame:
    """The municipalities of which no number is told in a part: `period`, `home`, `part`."""
    own = whole[whole["level"] == "municipality"]
    told = own["number"].notna().groupby([own["period"], own["place"], own["part"]]).any()
    return told[~told].index.to_frame(index=False).rename(columns={"place": "home"})


def _rates(sums: pd.DataFrame, spoken: pd.DataFrame, unheard: pd.DataFrame) -> pd.DataFrame:
    """Per 10 000 inhabitants of the municipalities whose numbers are told there."""
    pairs = sums.merge(spoken[["period", "level", "place", "home", "people"]])
    pairs = pairs.merge(unheard.assign(none=True), how="left")
    size = pairs[pairs["none"].isna()].groupby(KEY)["people"].sum().reset_index()
    rates = sums.merge(size, on=KEY)
    rates = rates.assign(denominator=rates["people"].astype("float64"))
    rates["value"] = 10_000 * rates["numerator"] / rates["denominator"]
    return rates.assign(indicator="deviations_per_10000").drop(columns="people")


def _shares(rows: pd.DataFrame, top: str, bottom: str) -> pd.DataFrame:
    sums = rows.astype({top: "float64", bottom: "float64"}).groupby(KEY)[[top, bottom]].sum()
    unknown = rows[top].isna().groupby([rows[key] for key in KEY]).any()
    sums[top] = sums[top].mask(unknown)
    sums = sums.set_axis(["numerator", "denominator"], axis=1).reset_index()
    share = 100 * sums["numerator"] / sums["denominator"].where(sums["denominator"] > 0)
    return sums.assign(value=share)


def _medians(rows: pd.DataFrame) -> pd.DataFrame:
    found = [
        (*key, of["days"].count(), half_answered(of["days"], of["waiting"]))
        for key, of in rows.groupby(KEY)
    ]
    return pd.DataFrame(found, columns=[*KEY, "denominator", "value"]).assign(
        indicator="deviations_median_answer_days", numerator=float("nan")
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


def _counts(number: int, file: File) -> pd.DataFrame:
    """The numbers of a quarter by municipality and process: `period`, `place`, `part`, `number`.

    In these tables a dash is none. `file` is the number that it is told by.
    """
    rows, above = table(file.content, head="Kommun", columns=None)
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
    long = long.rename(columns={"Kommun": "place"})
    return long.assign(period=f"{match[2]}-K{match[1]}", file=number)
