"""The store as a log: numbers are never used again, and lost never looks like empty."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from commands import app
from machine import scratch
from pipeline import demonstration, repairing
from settings import warehouse_dir
from tests.warehouse.kinds import own_files
from ui import server
from warehouse import store
from warehouse.keeping import backup
from warehouse.store import held, manifest


@pytest.fixture(autouse=True)
def folder(data: Path) -> Path:
    return data / "data"


def change(number: int = 0, *, demo: bool = False) -> int:
    """Publish a version that is known by a load with this number."""
    made = 0
    with duckdb.connect() as connection, store.writing(connection, command="prov", demo=demo) as n:
        connection.execute("create table if not exists told (number integer)")
        connection.execute("insert into told values ($number)", {"number": number})
        made = n
    return made


def told() -> list[int]:
    with store.reading() as connection:
        assert connection is not None
        return [number for (number,) in connection.execute("from told order by 1").fetchall()]


def test_each_version_has_a_manifest_that_proves_it_and_manifests_stay() -> None:
    for number in range(7):
        change(number)
    assert store.versions() == [3, 4, 5, 6, 7]
    kept = [manifest.read(number) for number in range(1, 8)]
    assert [(m.version, m.parent) for m in kept if m] == [(n, n - 1 or None) for n in range(1, 8)]
    newest = kept[-1]
    assert newest is not None
    assert newest.sha256 == manifest.fingerprint(store.path_of(7))
    assert (newest.rows["told"], newest.rows["load"], newest.command) == (7, 0, "prov")


def test_what_a_killed_attempt_left_is_never_replayed() -> None:
    change(1)
    # A writer that withdrew and was killed before its checkpoint: its changes are in the WAL.
    left = warehouse_dir() / "000002.part"
    shutil.copyfile(store.path_of(1), left)
    killed = "import duckdb, os, sys; c = duckdb.connect(sys.argv[1]); " + (
        "c.execute('insert into told values (99)'); os._exit(1)"
    )
    subprocess.run([sys.executable, "-c", killed, str(left)], check=False)
    assert left.with_name("000002.part.wal").exists()
    change(2)
    assert told() == [1, 2]
    assert not list(warehouse_dir().glob("*.part*"))


@pytest.mark.parametrize("name", ["archive/0a", "inbox/0a", "backups/a.zip", "settings.toml"])
def test_what_a_killed_copy_left_goes_with_the_next_version(folder: Path, name: str) -> None:
    dead, new, other = (
        folder / f"{name}.{end}" for end in ("00c0ffee.part", "0badcafe.part", "zip.part")
    )
    dead.parent.mkdir(exist_ok=True, parents=True)
    for path in (dead, new, other):
        path.write_bytes(b"half")
    for path in (dead, other):
        os.utime(path, (1e9, 1e9))
    change(1)
    assert sorted(dead.parent.glob("*.part")) == sorted([new, other])


@own_files
def test_a_version_that_was_finished_but_never_in_force_leaves_nothing_and_no_number() -> None:
    change(1)
    change(2)
    # Killed after the renames, before CURRENT moved.
    (warehouse_dir() / "CURRENT").write_text("000001\n")
    (warehouse_dir() / "lock").write_text(json.dumps({"making": 2}))
    assert change(3) == 3
    assert (told(), store.versions()) == ([1, 3], [1, 3])


@own_files
def test_a_number_written_in_current_by_hand_overwrites_nothing() -> None:
    for number in (1, 2, 3):
        change(number)
    before = {n: store.path_of(n).read_bytes() for n in (2, 3)}
    (warehouse_dir() / "CURRENT").write_text("000001\n")
    assert told() == [1]
    assert change(4) == 4
    assert told() == [1, 4]
    assert {n: store.path_of(n).read_bytes() for n in (2, 3)} == before


@own_files
def test_current_can_be_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in (1, 2):
        change(number)
    current = warehouse_dir() / "CURRENT"
    written = current.read_bytes()
    for bit in range(8 * len(written)):
        flipped = bytearray(written)
        flipped[bit // 8] ^= 1 << bit % 8
        current.write_bytes(flipped)
        assert store.pointed() in (None, 2)
    current.unlink()
    found = store.standing()
    assert (found.number, told()) == (2, [1, 2])
    assert "CURRENT" in found.trouble
    monkeypatch.setattr(server, "serve", lambda *, port: None)
    served = CliRunner().invoke(app.app, ["serve"])
    assert "exempeldata" not in served.output
    made = change(3)
    assert made > 2
    assert store.standing() == store.Standing(made)


@own_files
@pytest.mark.parametrize("hurt", ["flipped", "cut", "gone"])
def test_a_damaged_version_is_told_and_the_one_before_it_shown(hurt: str) -> None:
    for number in (1, 2):
        change(number)
    path = store.path_of(2)
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2] ^= 1
    path.unlink()
    if hurt != "gone":
        path.write_bytes(whole if hurt == "flipped" else whole[:-512])
    found = store.standing()
    assert (found.number, found.whole, told()) == (1, False, [1])
    assert "Version 2" in found.trouble
    # What was in the damaged version must not silently be left out of the next.
    with pytest.raises(store.Lost, match="repair"):
        change(3)


@own_files
def test_what_a_later_program_wrote_is_neither_read_nor_pruned_nor_overwritten() -> None:
    for number in range(1, 4):
        change(number)
    path = warehouse_dir() / "000003.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"schema": 999}))
    for current in ("000003", ""):
        (warehouse_dir() / "CURRENT").write_text(f"{current}\n")
        found = store.standing()
        assert (found.number, found.whole, told()) == (2, False, [1, 2])
        assert "senare version av programmet" in found.trouble
        with pytest.raises(store.Newer, match="Ingenting har ändrats"):
            change(4)
        with pytest.raises(store.Newer):
            repairing.steps()
        with pytest.raises(store.Newer):
            backup.make(path.parent / "a.zip")
    (warehouse_dir() / "CURRENT").write_text("000003\n")
    # Nor is it gone back from.
    with (
        pytest.raises(store.Newer),
        duckdb.connect() as connection,
        store.writing(connection, command="undo 1", start=store.path_of(1)),
    ):
        pass
    assert store.pointed() == 3
    (warehouse_dir() / "CURRENT").write_text("000002\n")
    for number in range(4, 12):
        change(number)
    assert 3 in store.versions()
    assert store.version() == 11


def test_a_folder_of_an_older_program_is_adopted() -> None:
    for number in (1, 2):
        change(number)
    for path in warehouse_dir().glob("*.json"):
        path.unlink()
    assert told() == [1, 2]
    change(3)
    adopted = manifest.read(1)
    assert adopted is not None
    assert adopted.adopted
    assert (told(), store.versions()) == ([1, 2, 3], [1, 2, 3])


@own_files
def test_empty_and_lost_never_look_alike(folder: Path) -> None:
    assert store.standing() == store.Standing(None)
    change(1)
    store.path_of(1).unlink()
    with pytest.raises(store.Lost, match="finns inte"):
        store.standing()
    # A share that is not mounted: the folder is there, with nothing in it.
    shutil.rmtree(folder)
    folder.mkdir()
    with pytest.raises(store.Lost, match="Är enheten monterad"):
        store.version()
    with pytest.raises(store.Lost):
        change(2)
    assert list(folder.iterdir()) == []
    refused = CliRunner().invoke(app.app, ["serve"])
    assert refused.exit_code == 3
    assert "monterad" in refused.output
    assert list(folder.iterdir()) == []


@own_files
def test_a_folder_that_was_deleted_is_new(folder: Path) -> None:
    change(1)
    shutil.rmtree(folder)
    assert store.standing() == store.Standing(None)
    # On another device, as where a share that the folder was on is not mounted.
    known = held.held()
    assert known and known.deleted
    told = json.loads(known.file.read_text())
    known.file.write_text(json.dumps({**told, "device": told["device"] + 1}))
    with pytest.raises(store.Lost, match="Är enheten monterad"):
        store.standing()


def test_demo_data_goes_only_where_nothing_is(folder: Path) -> None:
    (folder / "archive").mkdir(parents=True)
    (folder / "archive" / ("a" * 64)).write_text("original")
    assert not store.holds_nothing()
    assert "originalfiler" in store.standing().trouble
    with pytest.raises(ValueError, match="holds nothing"):
        demonstration.load_demo()
    change(1, demo=True)
    shutil.rmtree(folder)
    # Demo data is nobody's loss.
    assert store.standing() == store.Standing(None)


def test_a_look_is_of_one_version_also_when_another_is_published() -> None:
    change(1)
    with store.look() as seen:
        change(2)
        assert (seen.number, store.version(), told()) == (1, 1, [1])
        with store.look() as within:
            assert within.number == 1
    assert told() == [1, 2]


def test_scratch_goes_with_its_process_however_that_ends(folder: Path) -> None:
    code = (
        "import os, signal\n"
        "from machine import scratch\n"
        "with scratch.folder() as place:\n"
        "    (place / 'rader.csv').write_text('en rad om en person')\n"
        "    print(place, flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    place = Path(done.stdout.strip())
    assert place.is_relative_to(folder / "scratch")
    for _ in range(100):
        if not place.exists():
            break
        subprocess.run(["sleep", "0.05"], check=True)
    assert not place.exists()
    assert (folder / "scratch").stat().st_mode & 0o777 == 0o700
    with scratch.folder() as mine:
        scratch.sweep()
        assert mine.exists()
