"""Indicators that are delivered as numbers, worked out anew: places, and sums of municipalities."""

from collections.abc import Sequence

import pandas as pd

from recalculation.raw import File, NotPlain, county, homes, numbers, table

COLUMNS = {
    "Indikator": "indicator",
    "Plats": "place",
    "Period": "period",
    "Täljare": "numerator",
    "Nämnare": "denominator",
    "Värde": "value",
}
KEY = ["period", "level", "place", "part"]


def recalculated(files: Sequence[File], _: pd.DataFrame) -> pd.DataFrame:
    """Every number that was delivered, the newest file last, and the sums of municipalities.

    Raises NotPlain.
    """
    read = [table(file.content, head="Indikator", columns=COLUMNS)[0] for file in files]
    rows = pd.concat(read, ignore_index=True)
    rows = rows.drop_duplicates(["indicator", "place", "period"], keep="last")
    if (rows["value"] != "").any():
        raise NotPlain("värden som inte har täljare och nämnare")
    rows["numerator"] = numbers(rows["numerator"])
    rows = rows[rows["numerator"].notna()].copy()
    rows["denominator"] = pd.to_numeric(rows["denominator"].replace("", None))
    by_name = homes().set_index("name")
    rows["area"] = rows["place"].map(by_name["area"])
    of_county = rows[rows["place"] == county()].assign(level="county", place="lan")
    municipal = rows[rows["area"].notna()]
    if len(of_county) + len(municipal) < len(rows):
        raise NotPlain("en plats är varken länet eller en kommun")
    own = municipal.assign(level="municipality", place=municipal["place"].map(by_name["place"]))
    names = ["indicator", "period", "level", "place"]
    summed = pd.concat(
        [municipal.assign(level="area", place=municipal["area"]),
         municipal.assign(level="county", place="lan")]
    ).groupby(names)[["numerator", "denominator"]].sum(min_count=1).reset_index()  # fmt: skip
    delivered = pd.concat([own, of_county, summed], ignore_index=True)
    delivered = delivered.drop_duplicates(names, keep="first").assign(part="alla")
    share = (
        100 * delivered["numerator"] / delivered["denominator"].where(delivered["denominator"] > 0)
    )
    delivered["value"] = share.where(delivered["denominator"].notna(), delivered["numerator"])
    return delivered[["indicator", *KEY, "numerator", "denominator", "value"]]
