"""Exports of single deviations: their cases, what each file has all of, and whom a case is seen by.

A case is seen by the county, its own municipality and that one's area, by the hospitals that it is
between, and by the areas of other municipalities and hospitals that it is between. A hospital that
serves the case's own area brings no other.
"""

import re
from collections.abc import Sequence

import pandas as pd

from recalculation.raw import (
    File,
    NotPlain,
    codes,
    homes,
    hospital_areas,
    spellings,
    table,
)

_COLUMNS = {
    "Ärendenummer": "case",
    "Registreringsdatum": "registered",
    "Rapporterande organisation": "sender",
    "Mottagande organisation": "receiver",
    "Kommun": "place",
    "Process": "part",
    "Besvarad": "answered",
    "Avslutad": "closed",
}
_SIDES = ("sender", "receiver")
_DAY = r"(\d{4}-\d{2}-\d{2})"
_SPAN = re.compile(rf"Urval\D*{_DAY}\D+{_DAY}")
# Else it was made on the last day that it is about.
_MADE = re.compile(rf"Uttag\D*{_DAY}")
_QUIET = pd.Timedelta(days=14)
_UNIT = re.compile(r"\s+[-–—/|]\s+|[,;:(/]")
_WHOLE, _PART = 2, 0


def read(files: Sequence[tuple[int, File]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The newest row of every case, and what the files are of: `file`, `period`, `place`, `fine`.

    A file is told by its number. Raises NotPlain.
    """
    rows, extents = zip(*(_read(number, file) for number, file in files), strict=True)
    cases = pd.concat(rows, ignore_index=True)
    newest = cases.assign(case=cases["case"].str.lower()).drop_duplicates("case", keep="last")
    return newest, pd.concat(extents)


def _read(number: int, file: File) -> tuple[pd.DataFrame, pd.DataFrame]:
    rows, above = table(file.content, head="Ärendenummer", columns=_COLUMNS)
    title = "\n".join(above)
    span, made = _SPAN.search(title), _MADE.search(title)
    if span is None and made is None:
        raise NotPlain("det står inte när uttaget gjordes")
    for name in ("registered", "answered", "closed"):
        rows[name] = pd.to_datetime(rows[name].where(rows[name] != ""), format="%Y-%m-%d")
    rows["place"] = codes(rows["place"])
    as_of = pd.Timestamp((made[1] if made else "") or (span[2] if span else ""))
    first, last = _days(rows["registered"])
    if span:
        first, last = pd.Timestamp(span[1]), pd.Timestamp(span[2])
    quarter = rows["registered"].dt.to_period("Q")
    rows = rows.assign(as_of=as_of, period=_named(quarter), file=number)
    rows["part"] = rows["part"].where(rows["part"] != "", "Ej angiven")
    return rows, _extent(rows, first, min(last, as_of), file.areas)


def _days(registered: pd.Series) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The first day and the last, or those of their quarters where few days are without cases."""
    first, last = registered.min(), registered.max()
    opened = first.to_period("Q").start_time
    ended = last.to_period("Q").end_time.normalize()
    return (
        opened if first - opened <= _QUIET else first,
        ended if ended - last <= _QUIET else last,
    )


def _extent(
    rows: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp, areas: Sequence[str]
) -> pd.DataFrame:
    """The quarters and municipalities that a file has all of, or some."""
    home = homes()
    third = home.assign(seen=home["place"].isin(rows["place"])).groupby("area")["seen"].mean()
    whole_areas = areas or third.index[third >= 1 / 3]
    quarters = pd.period_range(first, last, freq="Q")
    fine = [
        _WHOLE if first <= one.start_time and last >= one.end_time.normalize() else _PART
        for one in quarters
    ]
    spans = pd.DataFrame({"period": _named(pd.Series(quarters)), "fine": fine})
    covered = spans.merge(home.loc[home["area"].isin(whole_areas), ["place"]], how="cross")
    both = pd.concat([covered, rows[["period", "place"]].assign(fine=_PART)])
    return both.drop_duplicates(["period", "place"]).assign(file=rows["file"].iloc[0])


def _named(quarters: pd.Series) -> pd.Series:
    return quarters.astype(str).str.replace("Q", "-K")


def measured(cases: pd.DataFrame) -> pd.DataFrame:
    """What is counted of each case: due, in_time, open, open_at_end; and its days, or how long it
    has waited."""
    limit = cases["registered"] + pd.DateOffset(months=2)
    due = cases["as_of"] > limit
    last_day = cases["registered"].dt.to_period("Q").dt.end_time.dt.normalize()
    waiting = (cases["as_of"] - cases["registered"]).dt.days.clip(lower=0)
    return cases.assign(
        number=1.0,
        due=due,
        in_time=due & (cases["answered"] <= limit),
        open=cases["closed"].isna(),
        open_at_end=(~(cases["closed"] <= last_day))
        .astype("float64")
        .where(cases["as_of"] >= last_day),
        days=(cases["answered"] - cases["registered"]).dt.days.clip(lower=0),
        waiting=waiting.where(cases["answered"].isna()),
    )


def seen(cases: pd.DataFrame) -> pd.DataFrame:
    """The rows of cases once for each area and hospital that sees them: `level` and `of`."""
    area_by_place = homes().set_index("place")["area"]
    served = hospital_areas()
    named = {text: side(text) for text in {*cases["sender"], *cases["receiver"]}}
    rows = []
    for at, place, *texts in cases[["place", *_SIDES]].itertuples():
        own = area_by_place[place]
        areas, hospitals = {own}, set()
        for level, name in map(named.__getitem__, texts):
            if level == "municipality":
                areas.add(area_by_place[name])
            elif level == "hospital":
                hospitals.add(name)
                areas.add(own if own in served[name] else served[name][0])
        rows += [(at, "area", area) for area in areas]
        rows += [(at, "hospital", name) for name in hospitals]
    places = pd.DataFrame(rows, columns=["at", "level", "of"]).set_index("at")
    return cases.join(places, how="inner")


def side(text: str) -> tuple[str, str]:
    """The municipality or hospital that a text names, alone or before its unit; else `other`.

    Raises NotPlain where a name is among other words.
    """
    towns, hospitals, others = spellings()
    whole = text.strip().lower()
    first = _UNIT.split(whole)[0].strip()
    for words in (whole, first):
        if words in towns and (words == whole or words.endswith((" kommun", " stad"))):
            return "municipality", towns[words]
        if words not in towns and words in hospitals:
            return "hospital", hospitals[words]
    told = any(word in whole for word in others)
    if not told and any(re.search(rf"\b{re.escape(name)}\b", whole) for name in towns | hospitals):
        raise NotPlain(f"{text!r} nämner en plats bland annat")
    return "other", text
