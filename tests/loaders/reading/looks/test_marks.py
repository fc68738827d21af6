"""What an .xlsx workbook shows of its cells beside their values."""

import zipfile
from pathlib import Path

import pytest

from loaders.reading.walk import walked
from tests.loaders.sheets import write_workbook


@pytest.mark.parametrize("how", ["hidden", "nothing"])
def test_what_takes_no_room_is_hidden(how: str, tmp_path: Path) -> None:
    whole, path = tmp_path / "hel.xlsx", tmp_path / "fil.xlsx"
    write_workbook(whole, {"Blad1": [["Kommun", "Antal"], ["Ale", 3], ["Tjörn", 4]]})
    column = b'hidden="1"' if how == "hidden" else b'width="0" customWidth="1"'
    row = b'hidden="1"' if how == "hidden" else b'ht="0" customHeight="1"'
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if "worksheets/" in name:
                columns = b'<cols><col min="2" max="2" %b/></cols><sheetData>' % column
                part = part.replace(b"<sheetData>", columns)
                part = part.replace(b'<row r="3"', b'<row r="3" %b' % row)
                on_paper = b'<headerFooter><oddHeader>&amp;C&amp;"Arial,Fet"&amp;12Endast k'
                part = part.replace(
                    b"</worksheet>", on_paper + b"vinnor</oddHeader></headerFooter></worksheet>"
                )
            target.writestr(name, part)
    found = walked(path, openxml=True)[1]["Blad1"]
    assert found.on_paper == ("Endast kvinnor",)
    assert (sorted(found.hidden_rows), sorted(found.hidden_columns)) == ([2], [1])
