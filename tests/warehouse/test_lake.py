"""Machines that share their versions: what one publishes all have, and each goes on by itself."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import duckdb
import psycopg
import pytest

from pipeline import repairing
from settings import settings, warehouse_dir
from tests.warehouse.cluster import Cluster
from tests.warehouse.conftest import share
from tests.warehouse.kinds import in_lake
from warehouse import store
from warehouse.journal import journal
from warehouse.keeping import moving
from warehouse.keeping.soundness import findings
from warehouse.store import manifest
from warehouse.store.lake import engine, following, line, shown
from warehouse.store.lake.answering import Answering
from warehouse.store.lake.place import PREFIX, place

Go = Callable[[str], Path]


@pytest.fixture
def address(server: Cluster) -> str:
    return server.database()


@pytest.fixture
def on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str) -> Go:
    """Go to a machine, by its name; all share their versions."""
    monkeypatch.setattr(following, "_EACH", 0.0)
    monkeypatch.setattr(following, "_AFTER_SILENCE", 0.0)

    def go(name: str) -> Path:
        folder = tmp_path / name
        if not folder.exists():
            share(folder, address, tmp_path / "store")
        monkeypatch.setenv("SAMVERKAN_DATA", str(folder))
        return folder

    return go


def change(number: int) -> int:
    made = 0
    with duckdb.connect() as connection, store.writing(connection, command="prov") as version:
        connection.execute("create table if not exists told (number integer)")
        connection.execute("insert into told values ($number)", {"number": number})
        made = version
    return made


def told() -> list[int]:
    with store.reading() as connection:
        assert connection is not None
        return [number for (number,) in connection.execute("from told order by 1").fetchall()]


def test_what_one_machine_publishes_all_have_and_a_damaged_copy_is_fetched_anew(on: Go) -> None:
    on("a")
    assert [change(1), change(2)] == [1, 2]
    first = manifest.read(2)
    on("b")
    assert (told(), store.versions()) == ([1, 2], [1, 2])
    copied = manifest.read(2)
    assert first and copied
    assert (copied.origin, copied.rows, copied.made_at) == (first.sha256, first.rows, first.made_at)
    assert change(3) == 3
    on("a")
    assert told() == [1, 2, 3]
    path = store.path_of(3)
    path.unlink()
    path.write_bytes(b"annat")
    assert (told(), store.standing()) == ([1, 2, 3], store.Standing(3))


def test_a_machine_goes_on_with_what_it_has_while_nothing_answers(
    on: Go, server: Cluster, tmp_path: Path
) -> None:
    on("a")
    change(1)
    server.stop()
    try:
        found = store.standing()
        assert (told(), found.number, found.whole) == ([1], 1, True)
        made = manifest.read(1)
        assert made and f"version 1 från {made.made_at[:16]}" in found.behind
        with pytest.raises(store.Unreachable, match="Ingenting har ändrats"):
            change(2)
        on("new")
        with pytest.raises(store.Lost, match="inga uppgifter att visa"):
            store.standing()
    finally:
        server.start()
    on("a")
    assert store.standing() == store.Standing(1)
    # A share that is not mounted.
    (tmp_path / "store").rename(tmp_path / "elsewhere")
    (tmp_path / "store").mkdir()
    with pytest.raises(store.Unreachable, match="Är enheten monterad"):
        change(2)
    assert not list((tmp_path / "store").iterdir())
    (tmp_path / "store").rmdir()
    (tmp_path / "elsewhere").rename(tmp_path / "store")
    # Given up, so its number is free: it was never anybody's.
    assert (change(2), told()) == (2, [1, 2])


def test_an_answer_that_does_not_come_is_not_waited_for(address: str) -> None:
    with closing(Answering.connect(address, autocommit=True)) as connection:
        connection.patience = 0.1
        begun = time.monotonic()
        with pytest.raises(psycopg.Error):
            connection.execute("select pg_sleep(20)")
        assert time.monotonic() - begun < 10


@in_lake
def test_a_machine_goes_on_while_the_server_hangs(on: Go, server: Cluster) -> None:
    on("a")
    change(1)
    assert store.standing() == store.Standing(1)
    begun = time.monotonic()
    with server.hanging():
        found = store.standing()
        assert (found.number, told()) == (1, [1])
        assert "svarar inte" in found.behind
        assert "svarar inte" in journal.trouble()
        with pytest.raises(store.Unreachable, match="Ingenting har ändrats"):
            change(2)
    assert time.monotonic() - begun < 60
    assert store.standing() == store.Standing(1)
    assert (change(2), told()) == (2, [1, 2])


@in_lake
def test_versions_move_to_a_lake_that_others_join_and_back(
    on: Go, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (on("a") / "settings.toml").write_text("keep_versions = 2\n")
    for number in (1, 2, 3):
        change(number)
    warehouse, storage = PREFIX + address, str(tmp_path / "store")
    assert moving.move(warehouse=warehouse, storage=storage) == [2, 3]
    assert (settings().keep_versions, store.versions(), told()) == (2, [2, 3], [1, 2, 3])
    on("b")
    assert (told(), change(4)) == ([1, 2, 3], 4)
    assert all(one.sound for one in findings())
    with monkeypatch.context() as patch:
        # A publisher that dies when its version is there, and what is shown is not yet.
        patch.setattr(shown, "publish", lambda *_: None)
        change(5)
    assert [one.text for one in findings() if not one.sound] == [
        "Det som andra program läser är version 4, inte 5."
    ]
    (step,) = (one for one in repairing.steps() if "andra program" in one.told)
    step.do()
    assert all(one.sound for one in findings())
    on("a")
    assert told() == [1, 2, 3, 4, 5]
    assert moving.move(warehouse="", storage="") == []
    assert (change(6), told()) == (6, [1, 2, 3, 4, 5, 6])
    on("b")
    change(6)
    # Both have a version 6, and they are not the same.
    on("a")
    with pytest.raises(store.WarehouseError, match="ligger redan andra versioner"):
        moving.move(warehouse=warehouse, storage=storage)
    share(warehouse_dir().parent, address, tmp_path / "store")
    found = store.standing()
    assert (found.number, told()) == (6, [1, 2, 3, 4, 5, 6])
    assert "en annan version 6" in found.behind
    with pytest.raises(store.Lost, match="samverkan move"):
        change(7)


def test_others_read_what_is_shown_and_nothing_else(on: Go, address: str, tmp_path: Path) -> None:
    on("a")
    with duckdb.connect() as connection, store.writing(connection, command="prov"):
        connection.execute(
            """
            insert into cube
            select 'discharges', '2019-07', 'municipality', place, 'lan', 'alla',
                number, null, number, 'ok', 1, 1
            from (values ('1440', 17), ('1419', 3)) as of_place (place, number);
            insert into disclosure_offer values ('discharges', 'municipality', true, true, true);
            insert into disclosure_hidden values
                ('discharges', 'discharges', '2019-07', 'municipality', '1419', 'lan', 'alla', true)
            """
        )
    with psycopg.connect(address, autocommit=True) as book:
        book.execute("drop role if exists reader")
        book.execute("create role reader login")
        book.execute("grant usage on schema samverkan_shown to reader")
        book.execute("grant select on all tables in schema samverkan_shown to reader")
    reader = address.replace("user=samverkan", "user=reader")
    with other(reader, tmp_path / "store", "samverkan_shown") as connection:
        rows = connection.execute(
            "select place, value, status from lake.value order by place"
        ).fetchall()
        assert rows == [("1419", None, "confidential"), ("1440", 17.0, "ok")]
        assert connection.execute("select number, demo from lake.version").fetchall() == [
            (1, False)
        ]
        with pytest.raises(duckdb.Error):
            connection.execute("create table lake.own (number integer)")
    with pytest.raises(duckdb.Error), other(reader, tmp_path / "store", "samverkan"):
        pass


@contextmanager
def other(address: str, storage: Path, schema: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """Another program, which has the lake attached as `docs/drift.md` says."""
    with duckdb.connect() as connection:
        for name in ("postgres_scanner", "ducklake"):
            connection.execute(f"load '{engine.extension(name)}'")
        connection.execute(
            f"attach 'ducklake:postgres:{address}' as lake (read_only, "
            f"metadata_schema '{schema}', data_path '{storage}/{schema}/')"
        )
        yield connection


def test_publishers_stand_in_line_and_are_told_their_place(on: Go) -> None:
    on("a")
    shared = place()
    assert shared
    said: list[str] = []
    done: list[int] = []
    begun = threading.Event()

    def tell(text: str) -> None:
        said.append(text)
        begun.set()

    def publish() -> None:
        with line.turn(shared, tell=tell):
            done.append(1)

    with ExitStack() as held:
        held.enter_context(line.turn(shared, tell=said.append))
        waiting = threading.Thread(target=publish)
        waiting.start()
        assert begun.wait(10)
        assert not done
    waiting.join(10)
    assert done == [1]
    assert said[0].endswith("Plats 2 i kön")
