"""The tables of a page with the texts around them, and what the page hides or strikes out."""

import time
from pathlib import Path

from loaders.reading import package
from loaders.reading.html import tables

PAGE = """<html><head><title>x</title><style>p {}</style></head><body>
<h1>Utskrivningsklara juli 2019</h1><p>Endast <b>kvinnor</b></p>
<table><caption>Rapport</caption><tr><th>Kommun<th>Antal</tr>
<tr style="display: none"><td>Ale<td>3</tr>
<tr><td>Tjörn</td><td><del>52</del>47<sup>1</sup></td></tr>
<tr><td><s>Orust</s></td><td>2</td></tr></table>
<p>Augusti</p><table><tr><td>Lilla<br>Edet<td>8</tr></table><p>1) Preliminärt</p>
</body></html>"""


def test_what_stands_around_and_what_is_not_meant(tmp_path: Path) -> None:
    path = tmp_path / "fil.xls"
    path.write_text(PAGE, encoding="utf-8")
    july, august = tables(path)
    assert july.rows == [
        ["Utskrivningsklara juli 2019"],
        ["Endast kvinnor"],
        ["Rapport"],
        ["Kommun", "Antal"],
        ["Ale", "3"],
        ["Tjörn", "[52]47"],
        ["Orust", "2"],
    ]
    assert (july.hidden_rows, july.struck_rows) == ({4}, {5, 6})
    assert august.rows == [["Augusti"], ["Lilla\nEdet", "8"], ["1) Preliminärt"]]


CHOSEN = """<form><select><option>Alla<option selected>Kvinnor</select></form>
<table><tr><th>Kommun<th style="display:none">Dagar<th>Antal</tr>
<tr><td>Ale<td style="display:none">5<td><script>1</script>47</tr></table>"""


def test_choices_hidden_columns_and_scripts(tmp_path: Path) -> None:
    path = tmp_path / "fil.xls"
    path.write_text(CHOSEN, encoding="utf-8")
    (table,) = tables(path)
    assert table.rows == [["Kvinnor"], ["Kommun", "Dagar", "Antal"], ["Ale", "5", "47"]]
    assert table.hidden_columns == {1}


def test_cells_without_end_tags_take_no_longer_than_others(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<table>" + ("<tr>" + "<td>1" * 50) * 2000 + "</table>Not", encoding="utf-8")
    began = time.process_time()
    assert any("Not" in text for text in package.of_html(page))
    # Each cell used to be looked through to the end of the page: minutes.
    assert time.process_time() - began < 5
