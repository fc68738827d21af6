"""Betalningsansvar of a month in reports: what municipalities are liable for, as a basis."""

import re
from collections import Counter
from dataclasses import replace
from itertools import chain

import pandas as pd

from charts.columns import LIABILITY_COLUMNS
from reports.content import figures
from reports.content.basis import View
from reports.model import ReportTable
from swedish import typography
from swedish.phrases import joined
from views import liability
from views.liability import CAUTION, LiabilityView
from warehouse.state import remembered

# A remark that stands in so many rows stands once, under the table.
_OFTEN = 4


def finding(chosen: View) -> str:
    """Which municipalities are liable, for how many days and kronor, in a sentence or two."""
    return _asked(chosen).finding


def title(chosen: View) -> str:
    """Who is liable, for how many days: `Betalningsansvar: Tanum (15,0 dagar)`.

    Not all of them have a mean over the limit: persons beyond seven days are counted one by one.
    """
    rows = _liable(chosen)
    days = [
        f"{name} ({'minst ' if status == 'lower-bound' else ''}{typography.number(more, 1)} dagar)"
        for name, more, status in zip(rows["name"], rows["days"], rows["days_status"], strict=True)
    ]
    if len(days) > typography.MOST_NAMES:
        return f"{len(days)} kommuner har betalningsansvar"
    return f"Betalningsansvar: {typography.enumerate_words(days)}"


def owing(chosen: View) -> ReportTable | None:
    """The municipalities that are liable; None where no shown one is."""
    rows = _liable(chosen)
    if rows.empty:
        return None
    return figures.table(
        rows, LIABILITY_COLUMNS, title=_headed(chosen), name="Har betalningsansvar"
    )


def names(chosen: View) -> list[str]:
    """The municipalities that are liable."""
    return [str(name) for name in _liable(chosen)["name"]]


def _liable(chosen: View) -> pd.DataFrame:
    rows = _asked(chosen).rows
    return rows[rows["liable"] == "Ja"]


def table(chosen: View) -> ReportTable:
    """A row for each municipality with data: what was tested, and what came of it."""
    asked = _asked(chosen)
    rows, remarks = _told_once(asked.rows)
    shown = figures.table(rows, LIABILITY_COLUMNS, title=_headed(chosen), name="Betalningsansvar")
    return replace(shown, note=joined(remarks, asked.rules, shown.note))


def _told_once(rows: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """The rows with what many of them remark as numbers, and what the numbers stand for."""
    said = [re.split(r"(?<=\.) ", str(reason)) for reason in rows["reason"]]
    often = [one for one, count in Counter(chain(*said)).items() if one and count >= _OFTEN]
    numbers = {one: f"{at})" for at, one in enumerate(often, start=1)}
    told = [" ".join(numbers.get(one, one) for one in remark) for remark in said]
    return rows.assign(reason=told), " ".join(f"{at} {one}" for one, at in numbers.items())


def _headed(chosen: View) -> str:
    caution = CAUTION.rstrip(".").lower()
    return f"Betalningsansvar, {chosen.place_name}, {chosen.when} ({caution})"


# The title, the sentence, the table and the proposal ask for the same.
@remembered(4)
def _asked(chosen: View) -> LiabilityView:
    return liability.view(place=chosen.place, place_name=chosen.place_name, period=chosen.period)
