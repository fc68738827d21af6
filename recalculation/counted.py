"""Counts per place and period worked out anew: by county, area, municipality and hospital, and by
each thing that they are told apart by, one at a time."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

import pandas as pd

from recalculation import unfolded
from recalculation.funds import amount
from recalculation.raw import File, NotPlain, codes, homes, numbers, people, table_with

KEY = ["period", "level", "place", "part"]
PEOPLE = "population"
_PLACE = ("period", "place", "hospital")
# Reads a file's content, by the spellings of each thing that counts are told apart by.
_Reader: TypeAlias = Callable[[bytes, Mapping[str, Mapping[str, str]]], pd.DataFrame]
_PERIOD = r"\d{4}(-\d\d|-K[1-4])?"


@dataclass(frozen=True)
class Formula:
    """How an indicator is worked out: `times` the sum of `top` by that of `bottom`, if any.

    With `beyond` it is what the top of a municipality has above that many times the bottom.
    """

    top: tuple[str, ...]
    bottom: tuple[str, ...] = ()
    times: float = 1
    beyond: float | None = None
    levels: tuple[str, ...] = ("county", "area", "municipality", "hospital")

    @property
    def measures(self) -> list[str]:
        """The counts that it is made of."""
        return [name for name in dict.fromkeys(self.top + self.bottom) if name != PEOPLE]


@dataclass(frozen=True, kw_only=True)
class Layout:
    """What files of counts hold: by heading, in lower case, what a column is; `always` those that
    every file has.

    `counts` are the measures, with those that are persons or cases in `units` and those that are
    amounts in `money`. `parts` are the
    other columns, each with what stands before its values in the name of a part; `spellings` are
    the values of some, by how they are written in lower case. What of these, and of hospitals, a
    file tells makes it `fine`. In `nil` files a dash is none. `singles` counts a list of single
    ones, which are finest of all, where there are such lists.
    """

    columns: Mapping[str, str]
    always: frozenset[str]
    counts: tuple[str, ...]
    units: tuple[str, ...]
    parts: Mapping[str, str]
    spellings: Mapping[str, Mapping[str, str]]
    fine: tuple[str, ...]
    formulas: Mapping[str, Formula]
    nil: bool = False
    money: frozenset[str] = frozenset()
    singles: _Reader | None = None


def recalculated(
    files: Sequence[File], inhabitants: pd.DataFrame, *, layout: Layout
) -> pd.DataFrame:
    """Every number of the files, the newest last: `indicator`, KEY and the numbers.

    Raises NotPlain.
    """
    every, told = _rows(files, layout)
    rows = _in_force(every, files, layout)
    return pd.concat(
        [
            _values(one, every, rows[rows["file"].isin(told_all)], rows, inhabitants, layout)
            .assign(indicator=name)
            for name, one in layout.formulas.items()
            if (told_all := {at for at, has in enumerate(told) if has.issuperset(one.measures)})
        ],
        ignore_index=True,
    )  # fmt: skip


def _rows(files: Sequence[File], layout: Layout) -> tuple[pd.DataFrame, list[set[str]]]:
    """The rows of all files, with which it was, and what each of the files has."""
    read, told = [], []
    for number, file in enumerate(files):
        rows = _read(file.content, layout)
        told.append({*rows})
        for name in rows.columns.intersection([*layout.counts]):
            text = rows[name]
            if layout.nil:
                text = text.where(~text.str.strip().isin(["-", "–"]), "0")
            money = name in layout.money
            rows[name] = text.map(amount).astype("float64") if money else numbers(text)
        for name in rows.columns.intersection([*layout.parts]):
            rows[name] = _spelt(rows[name], layout.spellings.get(name))
        if "hospital" in rows:
            rows["hospital"] = rows["hospital"].where(rows["hospital"] != "")
        strange = ~rows["period"].str.fullmatch(_PERIOD)
        if strange.any():
            raise NotPlain(f"{rows['period'][strange].iloc[0]!r} är ingen period")
        read.append(rows.assign(file=number, place=codes(rows["place"])))
    whole = pd.concat(read, ignore_index=True)
    names = dict.fromkeys(("file", *_PLACE, *layout.parts, *layout.counts, *layout.fine))
    whole = whole.reindex(columns=[*names])
    return whole.astype(dict.fromkeys(layout.counts, "float64")), told


def _read(content: bytes, layout: Layout) -> pd.DataFrame:
    """The rows of a file, in whichever layout it has; what the plain one lacks where it has none.

    Raises NotPlain.
    """
    try:
        return table_with(content, layout.columns, needed=layout.always)
    except NotPlain as error:
        no_list = error
    unfold: _Reader = partial(unfolded.rows, columns=layout.columns)
    for reader in filter(None, (unfold, layout.singles)):
        with suppress(NotPlain):
            return reader(content, layout.spellings)
    raise no_list


def _spelt(text: pd.Series, spellings: Mapping[str, str] | None) -> pd.Series:
    if spellings is None:
        return text.where(text != "")
    known = text.str.strip().str.lower().map(spellings)
    strange = known.isna() & (text.str.strip() != "")
    if strange.any():
        raise NotPlain(f"{text[strange].iloc[0]!r} är inget känt värde")
    return known


def _in_force(rows: pd.DataFrame, files: Sequence[File], layout: Layout) -> pd.DataFrame:
    """The rows of the newest of the finest files that have the municipality and period, of those
    since one that was to replace them."""
    own, at = ["file", "period", "place"], [rows["period"], rows["place"]]
    forced = rows["file"].where(rows["file"].map(lambda file: files[file].forced))
    since = rows["file"] >= forced.groupby(at).transform("max").fillna(0)
    fine = rows[own].assign(fine=rows[[*layout.fine]].notna().sum(axis=1))
    order = fine.groupby(own)["fine"].transform("max") * (rows["file"].max() + 1) + rows["file"]
    newest = order.where(since).groupby(at).transform("max")
    in_force: pd.DataFrame = rows[order == newest]
    if layout.singles:
        # Nobody, but in a month that the list is of.
        in_force = in_force[in_force["single"].isna() | in_force["hospital"].notna()]
    return in_force.merge(homes()[["place", "area"]], on="place")


def _values(
    formula: Formula,
    every: pd.DataFrame,
    rows: pd.DataFrame,
    in_force: pd.DataFrame,
    inhabitants: pd.DataFrame,
    layout: Layout,
) -> pd.DataFrame:
    """The numbers of one indicator, of the rows whose files have its counts."""
    sliced = pd.concat(
        [rows.assign(part="alla")]
        + [
            rows[rows[name].notna()].assign(part=before + rows[name].dropna())
            for name, before in layout.parts.items()
        ],
        ignore_index=True,
    )
    known = sliced[formula.measures].notna().all(axis=1)
    sliced["top"] = sliced[[*formula.top]].sum(axis=1).where(known)
    rate = PEOPLE in formula.bottom
    divided = bool(formula.bottom)
    sliced["bottom"] = (
        sliced[[*formula.bottom]].sum(axis=1).where(known) if divided and not rate else float("nan")
    )
    at = ["period", "part", "place"]
    own = sliced.groupby([*at, "area"])[["top", "bottom"]].sum(min_count=1).reset_index()
    if formula.beyond is not None:
        own["top"] = (own["top"] - formula.beyond * own["bottom"]).clip(lower=0)
    silent = _silent(sliced, every, in_force, layout)
    if rate:
        own, silent = (_with_people(of, inhabitants) for of in (own, silent))
    own = own[own["top"].notna()]
    shares = [own.assign(level="municipality")]
    for level, place in (("area", "area"), ("county", None)):
        wide = [of.assign(place=of[place] if place else "lan") for of in (own, silent)]
        groups = wide[0].groupby(at)[["top", "bottom"]].sum(min_count=1)
        if rate:
            more = wide[1].groupby(at)["bottom"].sum().reindex(groups.index, fill_value=0)
            groups["bottom"] += more
        shares.append(groups.reset_index().assign(level=level))
    stays = sliced[sliced["hospital"].notna() & known].assign(place=sliced["hospital"])
    hospitals = stays.groupby(at)[["top", "bottom"]].sum(min_count=1).reset_index()
    shares.append(hospitals.assign(level="hospital"))
    whole = pd.concat(shares, ignore_index=True)
    whole = whole[whole["level"].isin(formula.levels)]
    value = whole["top"]
    if divided and formula.beyond is None:
        value = formula.times * whole["top"] / whole["bottom"].where(whole["bottom"] > 0)
    return whole[KEY].assign(numerator=whole["top"], denominator=whole["bottom"], value=value)


def _silent(
    sliced: pd.DataFrame, every: pd.DataFrame, in_force: pd.DataFrame, layout: Layout
) -> pd.DataFrame:
    """The municipalities that had nobody in a period and part: `period`, `part`, `place`, `area`.

    A file speaks of those that are anywhere in it. Who has seven or more in most periods and is not
    in the list has not reported; who is not in it at all has reported none of the parts.
    """
    at = ["period", "part", "place"]
    spoken = every[["file", "place"]].drop_duplicates().merge(homes()[["place", "area"]])
    there = sliced[["file", "period", "part"]].drop_duplicates().merge(spoken, on="file")
    reach = there.groupby("place")["period"].nunique()
    owned = in_force[["period", "place", "file"]].drop_duplicates()
    there = there.merge(owned.rename(columns={"file": "owner"}), on=["period", "place"], how="left")
    there = there[there["owner"].isna() | (there["owner"] == there["file"])]
    units = sliced.assign(units=sliced[[*layout.units]].max(axis=1) if layout.units else 0.0)
    months = units.groupby(at)["units"].sum() >= 7
    busy = months.groupby(["part", "place"]).sum()
    present = sliced[["period", "place"]].drop_duplicates().assign(present=True)
    there = there.merge(present, on=["period", "place"], how="left")
    asked = there["part"].where(there["present"].notna(), "alla")
    there = there.assign(asked=asked).merge(
        busy.rename("busy").rename_axis(["asked", "place"]).reset_index(),
        on=["asked", "place"],
        how="left",
    )
    there = there[there["busy"].fillna(0) <= there["place"].map(reach) / 2]
    there = there[[*at, "area"]].drop_duplicates()
    listed = sliced[at].drop_duplicates().assign(listed=True)
    there = there.merge(listed, on=at, how="left")
    return there[there["listed"].isna()][[*at, "area"]].assign(top=float("nan"), bottom=0.0)


def _with_people(of: pd.DataFrame, inhabitants: pd.DataFrame) -> pd.DataFrame:
    of = of.assign(year=of["period"].str[:4].astype(int))
    with_people = of.merge(people(of["year"], inhabitants), on=["place", "year"], how="left")
    return with_people.assign(bottom=with_people["people"].astype("float64"))
