"""Definitions as cards and as a workbook, read back by the library that Excel files are read by."""

from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook

from charts.markup.definitions import cards_html, workbook
from metrics.catalogue import indicator
from views.explaining.definitions import Definition

LINES = (("Betyder", "=1+1"), ("Mål", "-3"), ("Tänk på", "@summa <b>"))


@pytest.fixture
def hostile() -> Definition:
    return Definition(replace(indicator("mean_days"), name="+cmd|' /C calc'!A0"), LINES)


def test_the_workbook_has_a_row_for_each_and_a_column_for_each_line(hostile: Definition) -> None:
    other = Definition(indicator("over_7"), (("Betyder", "Antal."), ("Källa", "SAMSA")))
    sheet = load_workbook(BytesIO(workbook([hostile, other])))["Indikatorer"]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("Nyckel", "Namn", "Kort namn", "Betyder", "Mål", "Tänk på", "Källa")
    assert rows[2][:4] == ("over_7", "Kvar mer än 7 dagar", "Mer än 7 dagar", "Antal.")
    assert rows[2][6] == "SAMSA"


def test_nothing_in_the_workbook_is_a_formula(hostile: Definition) -> None:
    sheet = load_workbook(BytesIO(workbook([hostile])))["Indikatorer"]
    cells = {cell.value: cell for row in sheet.iter_rows() for cell in row}
    assert {cell.data_type for cell in cells.values()} == {"s"}
    for text in ("=1+1", "-3", "@summa <b>", "+cmd|' /C calc'!A0"):
        assert cells[text].quotePrefix
    assert not cells["mean_days"].quotePrefix


def test_cards_are_text_and_no_markup(hostile: Definition) -> None:
    card = cards_html([hostile])
    assert "@summa &lt;b&gt;" in card
    assert card.count("<dt>") == 3
