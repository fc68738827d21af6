"""What an OpenDocument sheet shows is what is read of it."""

import zipfile
from pathlib import Path

from loaders.reading.walk import walked

_CONTENT = """<office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:automatic-styles><style:style style:name="T1" style:family="text">
<style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="T2" style:family="text">
<style:text-properties style:text-line-through-style="solid"/></style:style>
</office:automatic-styles>
<office:body><office:spreadsheet><table:table table:name="Blad1">
<table:table-column table:number-columns-repeated="2"/>
<table:table-column table:visibility="collapse"/>
<table:table-row><table:table-cell table:number-columns-repeated="2"/>
<table:table-cell office:value-type="string">
<text:p>607<text:span text:style-name="T1">1)</text:span></text:p></table:table-cell>
</table:table-row>
<table:table-row table:visibility="filter" table:number-rows-repeated="2"><table:table-cell/>
<table:table-cell office:value-type="percentage" office:value="0.755"><text:p>75,5 %</text:p>
</table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="string">
<text:p><text:span text:style-name="T2">52</text:span>47</text:p></table:table-cell>
<table:table-cell office:value-type="float" office:value="1500"><text:p>1 500 tkr</text:p>
</table:table-cell></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""


def test_marks_shares_and_what_is_hidden(tmp_path: Path) -> None:
    path = tmp_path / "fil.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", _CONTENT)
    found = walked(path, openxml=False)[1]["Blad1"]
    assert found.shown == {(0, 2): "607", (1, 1): "75.5 %", (2, 1): "75.5 %"} | {
        (3, 0): "[52]47",
        (3, 1): "1500 tkr",
    }
    assert sorted(found.struck_rows) == [3]
    assert sorted(found.hidden_rows) == [1, 2]
    assert sorted(found.hidden_columns) == [2]


def test_a_plain_sheet_has_none(tmp_path: Path) -> None:
    path = tmp_path / "fil.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", "<content/>")
    assert walked(path, openxml=False)[1] == {}
