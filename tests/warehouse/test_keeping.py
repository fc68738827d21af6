"""Undo, backup, restore, verify and repair, as commands."""

import errno
import shutil
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

import pipeline
from commands import app
from metrics.values import values
from settings import archive_dir, warehouse_dir
from tests.effort import parametrize_some
from tests.warehouse.kinds import own_files
from warehouse import loads, store
from warehouse.journal import audit, comments, journal
from warehouse.keeping import backup
from warehouse.store import manifest, mending, publishing
from warehouse.store.lake.place import place
from warehouse.store.versions import manifest_of

HEAD = "Månad;Kommun;Sjukhus;Vårdform;Antal utskrivna;Antal dagar\n"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of this machine's own with two versions, loaded once and copied."""
    place = tmp_path_factory.mktemp("loaded")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAMVERKAN_DATA", str(place / "data"))
        load(place, 10)
        load(place, 12)
    return place / "data"


@pytest.fixture(autouse=True)
def folder(data: Path, kind: str, request: pytest.FixtureRequest) -> Path:
    """A data folder with two versions, 10 and 12 discharges in Ale."""
    if kind == "own":
        shutil.copytree(request.getfixturevalue("loaded"), data / "data")
    else:
        load(data, 10)
        load(data, 12)
    return data / "data"


def load(place: Path, number: int) -> None:
    path = place / f"{number}.csv"
    path.write_text(f"{HEAD}2019-07;Ale;NU-sjukvården;Somatik;{number};4\n", encoding="utf-8")
    with pipeline.checked(path) as file:
        pipeline.publish(file)


def discharges() -> float | None:
    found = values(indicator="discharges", level="municipality", place="1440", raw=True)
    return found[0].value if found else None


def run(*words: str, code: int = 0) -> str:
    done = CliRunner().invoke(app.app, words)
    assert done.exit_code == code, done.output
    return done.output


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_undo_is_a_new_version_with_a_reason_and_can_be_undone() -> None:
    assert "Kör igen med --yes" in run("undo", "1", "--reason", "fel fil", code=1)
    assert discharges() == 12
    assert "version 3" in run("undo", "1", "--reason", "fel fil", "--yes")
    assert (discharges(), store.version(), store.versions()) == (10, 3, [1, 2, 3])
    made = manifest.read(3)
    assert made is not None
    assert (made.parent, made.command, made.reason) == (2, "undo 1", "fel fil")
    told = run("versions")
    assert "* Version 3" in told
    assert "åter till version 1 (fel fil)" in told
    run("undo", "2", "--reason", "det var rätt", "--yes")
    assert discharges() == 12
    assert "finns inte kvar" in run("undo", "99", "--reason", "prov", "--yes", code=2)


def test_a_load_after_going_back_has_a_number_that_none_has_had(data: Path) -> None:
    run("undo", "1", "--reason", "fel fil", "--yes")
    for number in (14, 16):
        load(data, number)
    with store.reading() as connection:
        assert connection is not None
        assert [one.load_id for one in loads.history(connection)] == [4, 3, 1]
    # Neither where the version that had it is kept no longer.
    with (data / "data" / "settings.toml").open("a", encoding="utf-8") as file:
        file.write("keep_versions = 1\n")
    load(data, 18)
    copy = data / "kopia.zip"
    run("backup", "-o", str(copy))
    run("restore", str(copy), "--reason", "prov", "--yes")
    load(data, 20)
    with store.reading() as connection:
        assert connection is not None
        assert loads.history(connection)[0].load_id == 6


def test_a_backup_is_restored_on_a_machine_that_has_nothing(
    data: Path, folder: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    comments.add(indicator="mean_days", place="lan", period="2019-07", text="Sagt", author="Bo")
    with (folder / "settings.toml").open("a", encoding="utf-8") as file:
        file.write("keep_versions = 4\n")
    copy = data / "kopia.zip"
    assert "version 2" in run("backup", "-o", str(copy))
    assert copy.stat().st_mode & 0o777 == 0o600
    monkeypatch.setenv("SAMVERKAN_DATA", str(data / "annan"))
    told = run("restore", str(copy), "--reason", "ny dator", "--yes")
    # That of several machines is where it was, in their database.
    assert ("journalen" in told) == (kind == "own")
    assert "settings.toml" in told
    # What had a number before keeps it; what is in force now has a new one.
    assert (discharges(), store.version()) == (12, 3)
    assert len(list(archive_dir().iterdir())) == 2
    (said,) = comments.remarks(indicator="mean_days", place="lan", period="2019-07")
    assert said.text == "Sagt"
    assert "Allt är helt" in run("verify")


def full(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_restoring_where_there_is_something_replaces_nothing(
    data: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = data / "kopia.zip"
    run("backup", "-o", str(copy))
    load(data, 14)
    comments.add(indicator="mean_days", place="lan", period="2019-07", text="Nytt", author="Bo")
    (original, *_) = archive_dir().iterdir()
    original.unlink()
    with monkeypatch.context() as patch:
        patch.setattr(publishing, "point", full)
        told = run("restore", str(copy), "--reason", "prov", "--yes", code=0 if place() else 3)
    # Not that nothing has changed: the original is back, and what is shared is in force for all.
    assert place() or "(disken är full). De uppgifter som gällde gäller" in told
    assert (discharges(), original.is_file()) == (12 if place() else 14, True)
    run("restore", str(copy), "--version", "1", "--reason", "prov", "--yes")
    assert discharges() == 10
    assert store.version() == store.versions()[-1] == (5 if place() else 4)
    assert place() or store.versions() == [1, 2, 3, 4]
    assert journal.written().comments == 1
    assert "har inte version 9" in run(
        "restore", str(copy), "--version", "9", "--reason", "prov", "--yes", code=2
    )


def test_a_folder_that_was_lost_is_restored_under_a_number_of_its_own(
    data: Path, folder: Path
) -> None:
    copy = data / "kopia.zip"
    run("backup", "-o", str(copy))
    load(data, 14)
    shutil.rmtree(folder)
    run("restore", str(copy), "--reason", "disken gick sönder", "--yes")
    assert (discharges(), store.version()) == (12, 4)


@parametrize_some("hurt", ["flipped", "cut", "other"], usual=1)
def test_a_damaged_backup_changes_nothing(data: Path, hurt: str) -> None:
    copy = data / "kopia.zip"
    run("backup", "-o", str(copy))
    if hurt == "flipped":
        with zipfile.ZipFile(copy) as packed:
            largest = max(packed.infolist(), key=lambda one: one.compress_size)
        content = bytearray(copy.read_bytes())
        # Many bytes: a single one may stand for how far back a run of zeros is copied from.
        middle = largest.header_offset + largest.compress_size // 2
        for at in range(middle, middle + 200):
            content[at] ^= 0xFF
        copy.write_bytes(content)
    elif hurt == "cut":
        copy.write_bytes(copy.read_bytes()[:-2000])
    else:
        with zipfile.ZipFile(copy, "w") as packed:
            packed.writestr("annat.txt", "inte en kopia")
    told = run("restore", str(copy), "--reason", "prov", "--yes", code=3)
    assert "Ingenting har ändrats" in told
    assert (discharges(), store.version()) == (12, 2)


@own_files
def test_verify_finds_and_repair_mends(data: Path, folder: Path) -> None:
    comments.add(indicator="mean_days", place="lan", period="2019-07", text="Sagt", author="Bo")
    (original, *_) = archive_dir().iterdir()
    assert "Allt är helt" in run("verify")
    flip(store.path_of(2))
    original.write_bytes(b"annat")
    journal.path().write_bytes(b"inget register" * 100)
    told = run("verify", code=1)
    for expected in ("Version 2 är inte som den skrevs", original.name, "Journalen går inte"):
        assert expected in told
    # One broken file takes no other down.
    assert (discharges(), journal.written().comments) == (10, 0)
    planned = run("repair", code=1)
    assert "Version 1 görs till ny gällande version" in planned
    assert "12.csv läst in" in planned
    assert discharges() == 10
    run("repair", "--yes")
    assert (discharges(), store.standing()) == (10, store.Standing(3))
    set_aside = {path.name.partition("-")[2] for path in (folder / "set-aside").iterdir()}
    assert set_aside == {"000002.duckdb", "journal.sqlite", original.name}
    load(data, 12)
    assert discharges() == 12
    assert "Allt är helt" in run("verify")


@own_files
def test_a_manifest_that_is_not_as_it_was_written_is_told_of_and_made_again(folder: Path) -> None:
    path = manifest_of(2)
    path.write_text(path.read_text(encoding="utf-8").replace('"load 12.csv"', '"load 13.csv"'))
    assert "Manifestet till version 2 är skadat" in run("verify", code=1)
    assert discharges() == 12
    assert "ett nytt skrivs efter versionen" in run("repair", "--yes")
    assert discharges() == 12
    assert "skadat" not in run("verify")
    (aside,) = (folder / "set-aside").iterdir()
    assert "load 13.csv" in aside.read_text(encoding="utf-8")


def test_what_the_audit_does_not_take_is_not_done(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise store.Unwritable("Disken är full. Inget har ändrats.")

    monkeypatch.setattr(audit, "record", full)
    assert "Inget har ändrats" in run("undo", "1", "--reason", "prov", "--yes", code=3)
    assert (discharges(), store.versions()) == (12, [1, 2])
    assert "Inget har ändrats" in run("backup", "-o", str(data / "kopia.zip"), code=3)
    assert not (data / "kopia.zip").exists()


@own_files
def test_who_repairs_is_written_before_anything_is_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    def ended(*_: object) -> None:
        raise KeyboardInterrupt

    (warehouse_dir() / "CURRENT").write_bytes(b"\x00\xff")
    with monkeypatch.context() as patch:
        patch.setattr(mending, "point", ended)
        CliRunner().invoke(app.app, ["repair", "--yes"])
    assert store.pointed() is None
    newest = audit.lines()[0]
    assert (newest.act, "version 2 gäller" in newest.about) == ("lagning", True)
    # A broken journal has no room for a line, and keeps no copy from being made.
    journal.path().write_bytes(b"inget register" * 100)
    assert "Journalen är inte med" in run("backup")


@own_files
def test_current_is_made_again_from_the_manifests() -> None:
    (warehouse_dir() / "CURRENT").write_bytes(b"\x00\xff")
    # One that is not in force may be damaged, too.
    older = store.path_of(1)
    older.write_bytes(older.read_bytes()[:-512])
    assert "CURRENT" in run("verify", code=1)
    assert "version 2 gäller" in run("repair", "--yes")
    assert (store.pointed(), store.versions()) == (2, [2])
    assert "inget att laga" in run("repair")


def test_the_cube_is_held_against_the_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    with pipeline.working() as connection, store.writing(connection, command="prov"):
        connection.execute("update cube set value = value + 1 where level = 'municipality'")
    assert "inte de som uppgifterna ger" in run("verify", code=1)


def test_backups_are_told_apart_and_listed(folder: Path) -> None:
    run("backup")
    (made,) = backup.made()
    assert made.parent == folder / "backups"
    assert backup.contents(made).versions == [1, 2]
