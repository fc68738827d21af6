"""What an .xls workbook shows of its cells beside their values, and damage, which is told."""

from pathlib import Path

import pytest

from loaders.problems import Refused
from loaders.reading.looks.old_workbook import of_old_workbook

FILE = Path("tests/data/xls/utseende.xls")


def test_marks_units_lines_and_what_is_hidden() -> None:
    found = of_old_workbook(FILE)["Juli 2019"]
    assert found.shown == {
        (1, 1): "607",
        (1, 3): "75.5 %",
        (1, 4): "1500 tkr",
        (3, 1): "[52]132",
        # Of a string in the last of several records.
        (80, 5): "sist",
    }
    assert sorted(found.struck_rows) == [2, 3]
    assert sorted(found.hidden_rows) == [4]
    assert sorted(found.hidden_columns) == [2]


@pytest.mark.parametrize("keep", [600, 4000, 12000])
def test_a_workbook_that_is_cut_off_is_refused_or_read_in_part(keep: int, tmp_path: Path) -> None:
    path = tmp_path / "fil.xls"
    path.write_bytes(FILE.read_bytes()[:keep])
    try:
        of_old_workbook(path)
    except Refused as refused:
        assert refused.problem.code == "not-a-spreadsheet"
