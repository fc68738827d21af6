"""Where a number is shown in full: the address of its chart, for places in tables and drawings."""

from urllib.parse import urlencode

import reference
from metrics.catalogue import Indicator
from metrics.datasets import datasets

COMPARE, OVER_TIME, REPORTS = "jamfor", "over-tid", "rapporter"
"""The pages that are linked to besides those about a dataset, and the part of places over time."""
ASKED = {"month": "period", "quarter": "kvartal", "year": "ar"}
"""What a period is called in the address, by how long it is."""


def address(about: Indicator, *, place: str, period: str) -> str:
    """The page that shows an indicator of a place in a period, as a path with its query."""
    asked = {"omrade": place, ASKED[about.grain]: period}
    page = datasets()[about.dataset].page
    if page and page.of_places:
        return f"{page.path}?{urlencode(asked)}"
    return f"{COMPARE}?{urlencode({'matt': about.key} | asked)}"


def course(about: Indicator, *, followed: str, place: str, period: str) -> str:
    """Where an indicator is drawn over time of what has no page of its own, such as a hospital."""
    asked = {"matt": about.key, "omrade": place, ASKED[about.grain]: period, "platser": followed}
    return f"{COMPARE}?{urlencode(asked)}#{OVER_TIME}"


def report(*, place: str, period: str) -> str:
    """The page that makes a place's briefing of a month."""
    home = reference.municipality_by_code().get(place)
    return f"{REPORTS}?{urlencode({'omrade': home.area if home else place, 'period': period})}"
