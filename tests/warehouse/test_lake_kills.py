"""Those who publish or move versions that are shared, killed meanwhile, or their server is."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb
import psycopg
import pytest

from tests.warehouse.cluster import Cluster
from tests.warehouse.conftest import share
from tests.warehouse.kinds import in_lake
from warehouse import store
from warehouse.journal import audit, comments, journal
from warehouse.keeping import backup, moving
from warehouse.keeping.soundness import findings
from warehouse.store.lake import following
from warehouse.store.lake.place import PREFIX

ROOT = Path(__file__).parents[2]
TABLES = 12
ROUNDS = 20
MOVES = 6
# Publishes a version with a number in each of some tables, and says when it begins to commit.
PUBLISH = """
import sys
import duckdb
from warehouse import store
from warehouse.store.lake import copying
commit, number, tables = copying.commit, int(sys.argv[1]), int(sys.argv[2])
def told(*given):
    print("now", flush=True)
    commit(*given)
copying.commit = told
with duckdb.connect() as connection, store.writing(connection, command="prov"):
    for table in range(tables):
        connection.execute(f"create table if not exists told{table} (number integer)")
        connection.execute(f"insert into told{table} values ($number)", {"number": number})
"""
pytestmark = in_lake


def published(number: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PUBLISH, str(number), str(TABLES)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )


def told() -> list[list[int]]:
    following.ask_again()
    with store.reading() as connection:
        assert connection is not None
        return [
            [n for (n,) in connection.execute(f"from told{table} order by 1").fetchall()]
            for table in range(TABLES)
        ]


@contextmanager
def cut_off(address: str, after: float) -> Iterator[None]:
    """End all sessions of the database once, some time into the block."""

    def end() -> None:
        time.sleep(after)
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity "
                "where datname = current_database() and pid <> pg_backend_pid()"
            )

    ending = threading.Thread(target=end)
    ending.start()
    try:
        yield
    finally:
        ending.join()


@pytest.mark.parametrize("how", ["killed", "cut off"])
def test_all_tables_are_of_one_version_wherever_it_ends(
    how: str, server: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = server.database()
    share(tmp_path / "a", address, tmp_path / "store")
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path / "a"))
    process = published(0)
    assert process.stdout and process.stdout.readline() == "now\n"
    begun = time.monotonic()
    assert process.wait() == 0
    taken = time.monotonic() - begun
    expected, ended = [0], 0
    chance = random.Random(os.environ.get("SAMVERKAN_SEED", how))
    for number in range(1, ROUNDS + 1):
        process = published(number)
        assert process.stdout and process.stdout.readline() == "now\n"
        moment = chance.uniform(0, taken)
        if how == "killed":
            time.sleep(moment)
            process.send_signal(signal.SIGKILL)
            process.wait()
        else:
            with cut_off(address, moment):
                process.wait()
            _, said = process.communicate()
            assert process.returncode == 0 or "Unreachable" in said, said
        ended += process.returncode != 0
        found = told()
        assert found[0] in (expected, [*expected, number])
        assert all(table == found[0] for table in found)
        expected = found[0]
        # Another machine, which has nothing yet, and the one that was ended: the same.
        share(tmp_path / f"{number}", address, tmp_path / "store")
        monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path / f"{number}"))
        assert told() == found
        monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path / "a"))
    assert ended
    assert published(99).wait() == 0
    assert told()[0] == [*expected, 99]
    assert store.standing() == store.Standing(store.version())
    assert not list((tmp_path / "a" / "warehouse").glob("*.part*"))


def publish(number: int) -> None:
    with duckdb.connect() as connection, store.writing(connection, command="prov"):
        connection.execute("create table if not exists told0 (number integer)")
        connection.execute("insert into told0 values ($number)", {"number": number})


def say(text: str) -> None:
    comments.add(indicator="discharges", place="lan", period="2026-10", text=text, author="A")


def seen() -> tuple[list[int], list[str]]:
    following.ask_again()
    said = comments.remarks(indicator="discharges", place="lan", period="2026-10")
    with store.reading() as connection:
        assert connection is not None
        rows = connection.execute("from told0 order by 1").fetchall()
    return [number for (number,) in rows], [one.text for one in said]


@pytest.mark.parametrize("back", [False, True], ids=["to the lake", "back"])
def test_a_move_that_is_killed_loses_nothing_and_is_taken_up_again(
    back: bool, server: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(os.environ.get("SAMVERKAN_SEED", str(back)))
    ended, taken = 0, 0.0
    for number in range(MOVES):
        folder, storage = tmp_path / f"{number}", tmp_path / f"{number}-store"
        storage.mkdir()
        monkeypatch.setenv("SAMVERKAN_DATA", str(folder))
        there = PREFIX + server.database()
        for one in (1, 2):
            publish(one)
        say("Sagt")
        if back:
            moving.move(warehouse=there, storage=str(storage))
        words = ["--to", "här"] if back else ["--to", there, "--storage", str(storage)]
        process = subprocess.Popen(
            [str(Path(sys.executable).with_name("samverkan")), "move", *words, "--yes"],
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
        )
        assert process.stdout and process.stdout.readline().startswith("Versionerna läggs")
        begun = time.monotonic()
        if number:
            time.sleep(chance.uniform(0, taken))
            process.kill()
        ended += process.wait() != 0
        taken = taken or time.monotonic() - begun
        assert seen() == ([1, 2], ["Sagt"])
        publish(3)
        say("Sedan")
        with suppress(backup.Unusable):  # It was done.
            moving.move(warehouse="" if back else there, storage="" if back else str(storage))
        assert (seen(), journal.is_own()) == (([1, 2, 3], ["Sagt", "Sedan"]), back)
        assert [one.text for one in findings() if not one.sound] == []
        assert list(audit.broken()) == []
        assert not list(folder.rglob("*.part*"))
    assert ended
