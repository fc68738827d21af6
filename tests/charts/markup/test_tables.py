import math
import re
from importlib.resources import files

import pandas as pd

from charts.columns import TableColumn
from charts.markup.cells import SIGNS, table_csv
from charts.markup.tables import table_html, take_html

ROWS = pd.DataFrame(
    {
        "name": ["Göteborg", "<Dals-Ed>", "Öckerö", "Ale"],
        "days": [1_234.5, None, None, 7.25],
        "days_status": ["ok", "confidential", "missing", "partial"],
    }
)
COLUMNS = [TableColumn("name", "Kommun"), TableColumn("days", "Dagar", 1)]


def test_a_table_has_swedish_numbers_and_three_signs() -> None:
    shown = table_html(ROWS, COLUMNS, caption="Dagar & nätter")
    for cell in ("1\u00a0234,5", "..", "–", "7,3*"):
        assert f'<td class="number">{cell}</td>' in shown
    assert '<th scope="row">Göteborg</th>' in shown
    assert "<caption>Dagar &amp; nätter</caption>" in shown
    assert SIGNS in shown


def test_signs_are_explained_only_where_there_are_any() -> None:
    assert SIGNS not in table_html(ROWS.iloc[:1], COLUMNS, caption="")


def test_markup_in_a_name_is_shown_and_not_obeyed() -> None:
    assert "&lt;Dals-Ed&gt;" in table_html(ROWS, COLUMNS, caption="")


def test_csv_opens_in_a_swedish_spreadsheet() -> None:
    text = table_csv(ROWS, COLUMNS)
    assert text.startswith(b"\xef\xbb\xbf")
    assert text.decode("utf-8-sig").split("\r\n") == [
        "Kommun;Dagar",
        "Göteborg;1234,5",
        "<Dals-Ed>;..",
        "Öckerö;-",
        "Ale;7,3",
        "",
    ]


def test_csv_quotes_separators_and_defuses_formulas() -> None:
    rows = pd.DataFrame({"name": ['A;"B"', "=1+1"], "days": [1.0, 2.0]})
    lines = table_csv(rows, COLUMNS).decode("utf-8-sig").split("\r\n")
    assert lines[1:3] == ['"A;""B""";1,0', "'=1+1;2,0"]


def test_the_browser_knows_every_way_to_take_a_figure_along() -> None:
    script = files("ui").joinpath("take.js").read_text(encoding="utf-8")
    offered = set(re.findall(r'data-take="([a-z-]+)"', take_html()))
    assert offered == set(re.findall(r'^  "([a-z-]+)": async', script, flags=re.MULTILINE))


def test_a_list_of_places_is_put_in_order_by_its_heads_and_zeros_stand_back() -> None:
    places = [TableColumn("name", "Kommun", lists=True), COLUMNS[1]]
    shown = table_html(ROWS.assign(days=[1.0, 0.0, math.nan, 10.0]), places, caption="")
    assert '<th scope="col"><button type="button" class="sort">Kommun</button></th>' in shown
    assert '<td class="number nothing">0,0</td>' in shown
    assert shown.count("nothing") == 1
    assert "<button" not in table_html(ROWS, COLUMNS, caption="")
    assert "<button" not in table_html(ROWS.iloc[:1], places, caption="")
