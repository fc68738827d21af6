"""Every indicator's definition as Indikatorer shows it."""

from itertools import chain

from charts.markup import definitions as cards
from settings import settings
from views.explaining.definitions import definitions
from warehouse.state import remembered


@remembered(64)
def markup(wanted: str) -> str:
    """The cards of the indicators that a text is found in, all of them without one."""
    matching = [
        one
        for one in definitions(settings())
        if wanted.casefold() in " ".join([one.indicator.name, *chain(*one.lines)]).casefold()
    ]
    return cards.cards_html(matching) if matching else ""


@remembered(2)
def workbook() -> bytes:
    """The same as an Excel file."""
    return cards.workbook(definitions(settings()))
