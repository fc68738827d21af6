"""What is published at all, of what the cube holds: the fewer crossings, the less must be hidden.

A row that is not offered is not in the view `shown`, whatever its value. Why these were chosen, and
what the alternatives hide, is in docs/decisions.md.
"""

from metrics.datasets import datasets
from metrics.datasets.dataset import Control, Public
from metrics.disclosure.cells import Location
from metrics.indicator import WHOLE, Indicator

_COUNTY = "lan"


def protected(indicator: Indicator) -> bool:
    """Whether the indicator is made of persons or cases; else all of it is shown."""
    chosen = datasets()[indicator.dataset]
    if isinstance(chosen.control, Public):
        return False
    return not (chosen.alone and indicator.counts in ("inhabitants", "none"))


def why_shown(indicator: Indicator) -> str:
    """Why nothing of an indicator is hidden that is not `protected`, in words."""
    control = datasets()[indicator.dataset].control
    return control.why if isinstance(control, Public) else "måttet räknar inga personer"


def not_shown(indicator: Indicator) -> str:
    """What of an indicator is not shown at all, in a sentence; empty where all of it is."""
    control = datasets()[indicator.dataset].control
    return control.not_shown if isinstance(control, Control) else ""


def offered(indicator: Indicator, location: Location) -> bool:
    """Whether an indicator is shown at (level, place, within, part), if it may.

    One of a dataset that nobody has said how to protect is not shown at all.
    """
    level, _, within, _ = location
    if level == "hospital" and within != _COUNTY:
        return False
    control = datasets()[indicator.dataset].control
    if control is None:
        return False
    return isinstance(control, Public) or control.offered(indicator, location)


def nearest(indicator: Indicator, level: str, part: str) -> str:
    """The part that is shown at a level: the one asked for, or else all of them."""
    within = "" if level == "municipality" else _COUNTY
    return part if offered(indicator, (level, "", within, part)) else WHOLE
