"""A municipality beside its area: where it belongs, and what of it is not shown."""

import reference
from swedish import typography
from views.trend import Trend


def area_of(place: str) -> str:
    """The area that a municipality's code belongs to; an area or the county is its own."""
    home = reference.municipality_by_code().get(place)
    return place if home is None else home.area


def protected(shown: Trend) -> str:
    """How many of a municipality's periods are hidden or missing, and why; empty where none is."""
    hidden = sum(step.status == "confidential" for step in shown.steps)
    absent = sum(step.status == "missing" for step in shown.steps)
    told = []
    if hidden:
        told.append(f"{hidden} visas inte, för att så få inte ska kunna pekas ut")
    if absent:
        told.append(f"{absent} har ingen uppgift")
    if not told:
        return ""
    number = typography.plural(len(shown.steps), "period", "perioder")
    return f"Av {number} {typography.enumerate_words(told)}. Luckorna i linjen är de perioderna."
