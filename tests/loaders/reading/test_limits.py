"""A file that has had its time is refused, whichever part of the reading it is in."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from loaders.problems import Refused
from loaders.reading import limits
from loaders.reading.dialect import Dialect
from loaders.reading.looks.old_workbook import of_old_workbook
from loaders.reading.rows import write_rows
from loaders.reading.walk import walked

PERCENTAGE = (
    '<c xmlns:o="o" xmlns:t="t"><t:table t:name="a"><t:table-row>{cells}</t:table-row>'
    "</t:table></c>"
)


def packed(folder: Path, content: str) -> Path:
    path = folder / "fil.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", content)
    return path


def read_text(folder: Path) -> None:
    path = folder / "fil.csv"
    path.write_text('a;b\n1;"2"\n' * 2100, encoding="utf-8")
    write_rows(path, folder / "ut.csv", Dialect(";"))


def read_package(folder: Path) -> None:
    walked(packed(folder, "<c/>"), openxml=False)


def read_old(_: Path) -> None:
    of_old_workbook(Path("tests/data/xls/utseende.xls"))


@pytest.mark.parametrize("read", [read_text, read_package, read_old])
def test_a_file_that_has_had_its_time_is_refused(
    read: Callable[[Path], None], tmp_path: Path
) -> None:
    read(tmp_path)
    with limits.within(-1000), pytest.raises(Refused) as refused:
        read(tmp_path)
    assert refused.value.problem.code == "too-large"
    read(tmp_path)


def test_a_row_that_would_fill_the_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loaders.reading.looks.opendocument._MOST_HELD", 100)
    cells = '<t:table-cell o:value-type="percentage"/>'
    assert walked(packed(tmp_path, PERCENTAGE.format(cells=cells * 90)), openxml=False)
    with pytest.raises(Refused) as refused:
        walked(packed(tmp_path, PERCENTAGE.format(cells=cells * 200)), openxml=False)
    assert refused.value.problem.code == "too-large"


def test_a_list_of_more_sheets_than_may_be_read_is_refused_before_it_is_read(
    tmp_path: Path,
) -> None:
    path = tmp_path / "fil.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<sheets>" + '<sheet r:id="1"/>' * 201 + "</sheets>")
    with pytest.raises(Refused) as refused:
        walked(path, openxml=True)
    assert refused.value.problem.code == "too-large"
