"""Reports that were made are remembered, the newest of each."""

from pathlib import Path

import pytest

from settings import warehouse_dir
from warehouse.journal import reports_made


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path))


def test_none_are_made_where_none_are_remembered() -> None:
    assert reports_made.made() == ()
    assert not warehouse_dir().exists()


def test_a_report_made_again_is_told_once_with_its_newest_version() -> None:
    for kind, place in (("monthly", "simba"), ("briefing", "lan")):
        reports_made.remember(kind=kind, place=place, period="2019-07", version=3, made_by="Anna")
    reports_made.remember(kind="monthly", place="simba", period="2019-07", version=4, made_by="Bo")
    told = [(r.kind, r.place, r.version, r.made_by) for r in reports_made.made()]
    assert told == [("monthly", "simba", 4, "Bo"), ("briefing", "lan", 3, "Anna")]
