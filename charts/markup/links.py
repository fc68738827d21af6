"""Where a number is shown in full: the address of its chart, for places in tables and drawings."""

from urllib.parse import urlencode

import reference
from metrics.catalogue import Indicator, of_dataset

MONTHLY, DEVIATIONS, COMPARE, REPORTS = "manadsuppfoljning", "avvikelser", "jamfor", "rapporter"
"""The paths of the pages that are linked to."""
_ASKED = {"month": "period", "quarter": "kvartal", "year": "ar"}


def address(about: Indicator, *, place: str, period: str) -> str:
    """The page that shows an indicator of a place in a period, as a path with its query."""
    asked = {"omrade": place, _ASKED[about.grain]: period}
    if about in of_dataset("discharges"):
        return f"{MONTHLY}?{urlencode(asked)}"
    if about in of_dataset("deviations"):
        return f"{DEVIATIONS}?{urlencode(asked)}"
    home = reference.municipality_by_code().get(place)
    asked = {"matt": about.key} | asked | ({"omrade": home.area} if home else {})
    return f"{COMPARE}?{urlencode(asked)}"


def report(*, place: str, period: str) -> str:
    """The page that makes a place's briefing of a month."""
    home = reference.municipality_by_code().get(place)
    return f"{REPORTS}?{urlencode({'omrade': home.area if home else place, 'period': period})}"
