"""What is published at all, of what the cube holds: the fewer crossings, the less must be hidden.

A row that is not offered is not in the view `shown`, whatever its value. Why these were chosen, and
what the alternatives hide, is in docs/decisions.md.
"""

from metrics.catalogue import Indicator
from metrics.disclosure.cells import Location

WHOLE = "alla"
_COUNTY = "lan"
_PUBLIC = ("funds",)


def protected(indicator: Indicator) -> bool:
    """Whether the indicator counts persons or cases; money is public."""
    return indicator.dataset not in _PUBLIC


def offered(indicator: Indicator, location: Location) -> bool:
    """Whether an indicator is shown at (level, place, within, care form or process), if it may."""
    level, _, within, part = location
    if level == "hospital" and within != _COUNTY:
        return False
    match indicator.dataset:
        case "discharges":
            return _of_discharges(indicator, level, part)
        case "deviations":
            return _of_deviations(indicator, level, part)
        case _:
            return True


def nearest(indicator: Indicator, level: str, part: str) -> str:
    """The care form or process that is shown at a level: the one asked for, or else all of them."""
    within = "" if level == "municipality" else _COUNTY
    return part if offered(indicator, (level, "", within, part)) else WHOLE


def _of_discharges(indicator: Indicator, level: str, part: str) -> bool:
    """Care forms for the county and areas, and for hospitals what all of it rests on."""
    if part == WHOLE:
        return True
    if indicator.calculation == "excess" or level == "municipality":
        return False
    return level != "hospital" or set(indicator.measures) <= {"discharges", "ready_days"}


def _of_deviations(indicator: Indicator, level: str, part: str) -> bool:
    """How many by process for the county and areas; how they are answered only for the county."""
    if "deviations" in indicator.measures:
        return part == WHOLE or level in ("county", "area")
    return level != "municipality" and (part == WHOLE or level == "county")
