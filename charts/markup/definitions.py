"""The definitions of indicators: cards to read, and a workbook to take away."""

from collections.abc import Iterable, Sequence
from io import BytesIO

from charts.markup.templating import rendered
from views.explaining.definitions import Definition

_SHEET = "Indikatorer"
_NAMES = ("Nyckel", "Namn", "Kort namn")
_WIDTHS = {"Nyckel": 22, "Namn": 34, "Enhet": 14, "Källa": 18, "Mål": 16, "Kort namn": 18}
_WIDTH = 38
_FORMULA_STARTS = ("=", "+", "-", "@")


def cards_html(definitions: Iterable[Definition]) -> str:
    """A card for each indicator, with everything that its definition says."""
    return rendered("definition_cards", definitions=definitions)


def workbook(definitions: Sequence[Definition]) -> bytes:
    """The same as an Excel file: a row for each indicator and a column for each line.

    Everything in it is text: what begins with a sign that starts a formula is marked as text too.
    """
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.workbook import Workbook

    labels = list(dict.fromkeys(label for one in definitions for label, _ in one.lines))
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet(_SHEET)
    rows = [[*_NAMES, *labels], *(_row(one, labels) for one in definitions)]
    for at, row in enumerate(rows, start=1):
        for number, text in enumerate(row, start=1):
            cell = sheet.cell(row=at, column=number, value=text)
            cell.data_type = "s"
            cell.quotePrefix = text.startswith(_FORMULA_STARTS)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            cell.font = Font(bold=at == 1)
    for number, label in enumerate(rows[0], start=1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(label, _WIDTH)
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = sheet.dimensions
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _row(one: Definition, labels: Iterable[str]) -> list[str]:
    said = dict(one.lines)
    names = [one.indicator.key, one.indicator.name, one.indicator.short]
    return [*names, *(said.get(label, "") for label in labels)]
