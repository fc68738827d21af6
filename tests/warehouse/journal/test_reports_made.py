"""Reports that were made are remembered, the newest of each."""

from pathlib import Path

import pytest

from settings import warehouse_dir
from warehouse.journal import reports_made


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path))


def in_force(version: int) -> None:
    warehouse_dir().mkdir(exist_ok=True)
    (warehouse_dir() / "CURRENT").write_text(f"{version:06d}\n", encoding="ascii")


def test_none_are_made_where_none_are_remembered() -> None:
    assert reports_made.made() == ()
    assert not warehouse_dir().exists()


def test_a_report_made_again_is_told_once_with_its_newest_version() -> None:
    in_force(3)
    for kind, place in (("monthly", "simba"), ("briefing", "lan")):
        reports_made.remember(kind=kind, place=place, period="2019-07", made_by="Anna")
    in_force(4)
    reports_made.remember(kind="monthly", place="simba", period="2019-07", made_by="Bo")
    told = [(r.kind, r.place, r.version, r.made_by) for r in reports_made.made()]
    assert told == [("monthly", "simba", 4, "Bo"), ("briefing", "lan", 3, "Anna")]


def test_a_report_of_nothing_cannot_be_remembered() -> None:
    with pytest.raises(ValueError, match="nothing has been published"):
        reports_made.remember(kind="monthly", place="lan", period="2019-07", made_by="Anna")
