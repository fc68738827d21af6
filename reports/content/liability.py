"""Betalningsansvar of a month in reports: what municipalities are liable for, as a basis."""

from dataclasses import replace

from charts.columns import LIABILITY_COLUMNS
from reports.content import figures
from reports.content.basis import View
from reports.model import Table
from swedish.phrases import joined
from views import liability
from views.liability import CAUTION, LiabilityView


def finding(chosen: View) -> str:
    """Which municipalities are liable, for how many days and kronor, in a sentence or two."""
    return _asked(chosen).finding


def table(chosen: View) -> Table:
    """A row for each municipality with data: what was tested, and what came of it."""
    asked = _asked(chosen)
    title = f"Betalningsansvar, {chosen.place_name}, {chosen.when}. {CAUTION}"
    shown = figures.table(asked.rows, LIABILITY_COLUMNS, title=title, name="Betalningsansvar")
    return replace(shown, note=joined(asked.rules, shown.note))


def _asked(chosen: View) -> LiabilityView:
    return liability.view(place=chosen.place, place_name=chosen.place_name, period=chosen.period)
