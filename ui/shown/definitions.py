"""Every indicator's definition as Indikatorer shows it."""

from charts.markup import definitions as cards
from settings import settings
from views.definitions import definitions
from warehouse.state import remembered


@remembered(2)
def markup() -> str:
    """The cards."""
    return cards.cards_html(definitions(settings()))


@remembered(2)
def workbook() -> bytes:
    """The same as an Excel file."""
    return cards.workbook(definitions(settings()))
