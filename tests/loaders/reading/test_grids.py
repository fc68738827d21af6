"""Grids: what holds something, and cells that come through the files between two programs."""

from pathlib import Path

import duckdb
import pytest

from loaders.reading import grids
from loaders.reading.cells import as_text, save
from loaders.reading.workbook import Cells

BLANK = ("", " ", "   ", "\u00a0", "\u2009\u202f", "\u3000 ")
FULL = ("0", "-", "Åmål", " 7", "\u00a0x", "~", "!", "\ufeff", "\u00d7 ", "\t")


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def test_a_cell_of_spaces_of_any_kind_holds_nothing(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    save(tmp_path / "0.cells", [["x", text] for text in (*BLANK, *FULL)], 2)
    grids.of_cells(Cells("Blad", tmp_path / "0.cells", 2, hidden=False), connection=connection)
    found = connection.execute("select c1 from grid0 order by rowid").fetchall()
    assert [text for (text,) in found] == [*[None] * len(BLANK), *FULL]


def test_cells_come_through_as_they_are(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    cells = ['a"b', "1;2,3", "två\nrader", "1\n2", "a\x1fb", "\\", "'", "#", "", "2019-07"]
    rows = [["Rubrik"], ["", ""], list(map(as_text, cells)), ["", "sist"], [""]]
    save(tmp_path / "0.cells", rows, len(cells))
    written = Cells("Blad", tmp_path / "0.cells", len(cells), hidden=False)
    sheet = grids.of_cells(written, connection=connection)
    blank = ("",) * (len(cells) - 2)
    assert sheet.top == (
        ("Rubrik", "", *blank),
        ("", "", *blank),
        ('a"b', "1;2,3", "två rader", "1 / 2", "a b", "\\", "'", "#", "", "2019-07"),
        ("", "sist", *blank),
    )
