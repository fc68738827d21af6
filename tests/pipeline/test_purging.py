"""An original is deleted for good, and the history says so."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

import pipeline
from commands import app
from pipeline import repairing
from pipeline.purging import purge
from settings import archive_dir
from warehouse import archive, store
from warehouse.journal.purged import purged
from warehouse.keeping import backup, soundness


def load(path: Path) -> int:
    with pipeline.checked(path) as file:
        load_id = pipeline.publish(file).load_id
    assert load_id is not None
    return load_id


def refuse(_: str) -> None:
    raise OSError


def test_the_original_goes_and_its_trace_and_numbers_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path / "data"))
    path = tmp_path / "uttag.csv"
    path.write_text(
        "Månad;Kommun;Antal utskrivna;Antal dagar\n2019-07;Ale;10;4\n", encoding="utf-8"
    )
    load_id = load(path)
    backup.make(tmp_path / "kopia.zip")
    # One who was killed while the file was copied here left its bytes beside.
    kept = next(archive_dir().iterdir())
    kept.with_name(f"{kept.name}.00c0ffee.part").write_bytes(kept.read_bytes())
    with monkeypatch.context() as patch, pytest.raises(store.Unwritable):
        patch.setattr(archive, "remove", refuse)
        purge(load_id, reason="Ett personnummer i en kommentar.")
    assert [one.text for one in soundness.findings() if not one.sound] == [
        f"Originalfilen {kept.name} är raderad enligt historiken men finns kvar."
    ]
    repairing.repair(repairing.steps())
    assert not list(archive_dir().iterdir())
    assert purged()[kept.name].reason == "Ett personnummer i en kommentar."
    told = CliRunner().invoke(app.app, ["history"]).output
    assert "originalet raderat" in told
    assert "2019-07–2019-07" in told
    assert all(finding.sound for finding in soundness.findings())
    held = backup.unpack(tmp_path / "kopia.zip", tmp_path / "unpacked")
    assert backup.bring_back(tmp_path / "unpacked", held) == []
    assert not list(archive_dir().iterdir())
    with pytest.raises(KeyError):
        purge(load_id, reason="Igen.")
    pipeline.withdraw(load_id, reason="Fel.")
    load(path)
    assert not list(archive_dir().iterdir())
