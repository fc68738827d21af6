"""Lists of single stays, counted as the field does."""

from collections.abc import Mapping

import pandas as pd

from recalculation.raw import NotPlain, codes, table_with

_COLUMNS = {
    "folkbokföringskommun": "place",
    "kommun": "place",
    "sjukhus": "hospital",
    "vårdform": "care_form",
    "meddelande utskrivningsklar": "notice",
    "utskrivningsdatum": "end",
}
_KEY = ["period", "place", "hospital", "care_form"]


def rows(content: bytes, spellings: Mapping[str, Mapping[str, str]]) -> pd.DataFrame:
    """The counts of each month, municipality, hospital and care form; `single` is that they are of
    stays. One that is in the list but had nobody in a month has a row without counts.

    Raises NotPlain.
    """
    stays = table_with(content, _COLUMNS, needed={*_COLUMNS.values()})
    notice, end = (_moments(stays[name]) for name in ("notice", "end"))
    if end.isna().any():
        raise NotPlain("ett vårdtillfälle har ingen dag för utskrivning")
    known = (notice <= end) | ((end == end.dt.normalize()) & (notice.dt.date == end.dt.date))
    days = (end.dt.normalize() - notice.dt.normalize()).dt.days.where(known)
    counted = stays.assign(
        period=end.dt.strftime("%Y-%m"),
        place=codes(stays["place"]),
        discharges=days.notna(),
        days=days.fillna(0),
        same_day=days == 0,
        over_3=days > 3,
        over_7=days > 7,
        before=days.isna(),
    )
    counted["care_form"] = counted["care_form"].str.lower().map(spellings["care_form"])
    measures = ["discharges", "days", "same_day", "over_3", "over_7", "before"]
    sums = counted.groupby(_KEY)[measures].sum().reset_index()
    every = sums[["period"]].drop_duplicates().merge(sums[["place"]].drop_duplicates(), how="cross")
    sums[measures] = sums[measures].astype(int).astype(str)
    whole = sums.merge(every, on=["period", "place"], how="outer").assign(single="1")
    return whole.fillna(dict.fromkeys(measures, "-")).fillna("")


def _moments(text: pd.Series) -> pd.Series:
    moments = pd.to_datetime(text.where(text != ""), format="ISO8601", errors="coerce")
    strange = moments.isna() & (text != "")
    if strange.any():
        raise NotPlain(f"{text[strange].iloc[0]!r} är ingen tidpunkt")
    return moments
