"""The kind of a file is what it holds, whatever its name ends with."""

import shutil
from pathlib import Path

import openpyxl
import pytest

from loaders.answering import marked
from loaders.delivery import delivery
from loaders.reading.book import LISTING
from settings import settings

FAULTY = Path(__file__).parents[1] / "data" / "fel_utskrivningsklar.xlsx"


@pytest.mark.parametrize("name", ["fil", "fil.xls", "fil.csv", "fil.ods", "fil.xlsx.txt"])
def test_a_workbook_by_any_name_is_checked_and_marked(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    shutil.copyfile(FAULTY, path)
    with delivery(path, limits=settings()) as file:
        assert len(file.problems) == 10
        marked.write(file, tmp_path / "marked.xlsx")
    workbook = openpyxl.load_workbook(tmp_path / "marked.xlsx")
    assert workbook.sheetnames == [LISTING, *openpyxl.load_workbook(FAULTY).sheetnames]
    assert workbook["Data"]["B5"].comment is not None


def test_text_named_as_a_workbook_is_read_as_text(tmp_path: Path) -> None:
    path = tmp_path / "fil.xlsx"
    path.write_text(
        "Månad;Kommun;Antal utskrivna;Antal dagar\n2019-07;Borås;3;4\n", encoding="utf-8"
    )
    with delivery(path, limits=settings()) as file:
        assert file.ok
        assert file.rows == 1
