"""What is published stays readable, whoever writes, dies or lacks room."""

import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

import pipeline
from metrics.values import values
from warehouse import store
from warehouse.loads import history

HEAD = "Månad;Kommun;Sjukhus;Vårdform;Antal utskrivna;Antal dagar\n"
COARSE = "Månad;Kommun;Antal utskrivna;Antal dagar\n"
STAYS = "Kommun;Sjukhus;Vårdform;Meddelande utskrivningsklar;Utskrivningsdatum\n"
ROOT = Path(__file__).parents[2]


pytestmark = pytest.mark.usefixtures("data")


def load(folder: Path, name: str, text: str, *, force: bool = False) -> pipeline.Loaded:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    with pipeline.checked(path) as file:
        assert file.ok, file.problems
        return pipeline.publish(file, force=force)


def discharges(place: str = "1440", period: str = "2019-07") -> float | None:
    found = values(
        indicator="discharges",
        level="municipality",
        place=place,
        start=period,
        end=period,
        raw=True,
    )
    return found[0].value if found else None


def by_hospital(number: int, month: str = "2019-07") -> str:
    return f"{HEAD}{month};Ale;NU-sjukvården;Somatik;{number};4\n"


def test_each_load_is_a_version_and_five_are_kept(data: Path) -> None:
    for number in range(1, 7):
        assert load(data, f"{number}.csv", by_hospital(number)).version == number
    assert store.version() == 6
    assert store.versions() == [2, 3, 4, 5, 6]
    assert discharges() == 6


def test_the_same_file_twice_changes_nothing(data: Path) -> None:
    load(data, "a.csv", by_hospital(10))
    again = load(data, "b.csv", by_hospital(10))
    assert (again.load_id, again.version) == (None, 1)
    assert store.versions() == [1]


def test_the_newest_of_equals_counts_and_withdrawing_brings_the_older_back(data: Path) -> None:
    load(data, "a.csv", by_hospital(10))
    second = load(data, "b.csv", by_hospital(12))
    assert discharges() == 12
    assert second.load_id is not None
    pipeline.withdraw(second.load_id, reason="fel uttag")
    assert discharges() == 10
    with store.reading() as connection:
        assert connection is not None
        newest = history(connection)[0]
    assert newest.withdrawn_reason == "fel uttag"
    with pytest.raises(KeyError):
        pipeline.withdraw(second.load_id, reason="igen")


def test_a_withdrawn_file_can_be_loaded_again(data: Path) -> None:
    first = load(data, "a.csv", by_hospital(10))
    assert first.load_id is not None
    pipeline.withdraw(first.load_id, reason="prov")
    assert discharges() is None
    assert load(data, "a.csv", by_hospital(10)).load_id == 2
    assert discharges() == 10


def test_finer_beats_coarser_unless_told(data: Path) -> None:
    stay = "Ale;SU;Somatik;2019-07-01 10:00;2019-07-03 12:00\n"
    load(data, "vtf.csv", STAYS + stay)
    kept = load(data, "b.csv", by_hospital(12))
    assert (discharges(), kept.kept_finer) == (1, 1)
    coarse = f"{COARSE}2019-07;Ale;20;4\n2019-08;Ale;30;4\n"
    load(data, "c.csv", coarse)
    assert (discharges(), discharges(period="2019-08")) == (1, 30)
    told = load(data, "d.csv", f"{COARSE}2019-07;Ale;21;4\n", force=True)
    assert discharges() == 21
    load(data, "e.csv", by_hospital(13))
    assert discharges() == 13
    assert told.load_id is not None
    pipeline.withdraw(told.load_id, reason="grövre")
    assert discharges() == 1


def test_stays_speak_for_every_month_and_municipality_they_span(data: Path) -> None:
    load(data, "a.csv", by_hospital(10, "2019-08"))
    stays = (
        "Ale;SU;Somatik;2019-07-01 10:00;2019-07-03 12:00\n"
        "Tjörn;SU;Somatik;2019-08-01 10:00;2019-08-03 12:00\n"
    )
    load(data, "vtf.csv", STAYS + stays)
    assert discharges(period="2019-08") is None
    assert discharges("1419", "2019-08") == 1


def test_nothing_about_a_single_stay_is_kept(data: Path) -> None:
    load(data, "vtf.csv", STAYS + "Ale;SU;Somatik;2019-07-01 10:07;2019-07-03 12:53\n")
    assert not (data / "data" / "archive").exists()
    with store.reading() as connection:
        assert connection is not None
        tables = [
            name for (name,) in connection.execute("select name from (show tables)").fetchall()
        ]
        everything = "\n".join(
            str(connection.execute(f'from "{name}"').fetchall()) for name in tables
        )
    assert "10:07" not in everything
    assert "12:53" not in everything


def test_the_original_is_archived_byte_for_byte(data: Path) -> None:
    load(data, "a.csv", by_hospital(10))
    (kept,) = (data / "data" / "archive").iterdir()
    assert kept.read_bytes() == (data / "a.csv").read_bytes()


def test_real_data_removes_demo_data(data: Path) -> None:
    path = data / "demo.csv"
    path.write_text(by_hospital(99, "2026-01"), encoding="utf-8")
    with pipeline.checked(path) as file:
        pipeline.publish(file, demo=True)
    assert discharges(period="2026-01") == 99
    load(data, "a.csv", by_hospital(10))
    assert discharges(period="2026-01") is None
    assert discharges() == 10


def test_a_reader_keeps_its_version_while_another_is_published(data: Path) -> None:
    load(data, "a.csv", by_hospital(10))
    count = "select sum(value) from discharge where measure = 'discharges'"
    with store.reading() as connection:
        assert connection is not None
        load(data, "b.csv", by_hospital(12))
        assert connection.execute(count).fetchone() == (10,)
    assert discharges() == 12


def test_a_failed_change_leaves_everything_as_it_was(data: Path) -> None:
    load(data, "a.csv", by_hospital(10))
    before = sorted(path.name for path in (data / "data" / "warehouse").iterdir())
    with (
        duckdb.connect() as connection,
        pytest.raises(ZeroDivisionError),
        store.writing(connection, command="prov"),
    ):
        connection.execute("delete from discharge")
        raise ZeroDivisionError
    assert sorted(path.name for path in (data / "data" / "warehouse").iterdir()) == before
    assert discharges() == 10


def samverkan(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(Path(sys.executable).with_name("samverkan")), *words],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        timeout=120,
    )


def test_a_second_writer_waits_and_is_then_told_who_writes(data: Path, kind: str) -> None:
    load(data, "a.csv", by_hospital(10))
    with (data / "data" / "settings.toml").open("a", encoding="utf-8") as file:
        file.write("lock_wait_seconds = 0.3\n")
    (data / "b.csv").write_text(by_hospital(12), encoding="utf-8")
    with duckdb.connect() as connection, store.writing(connection, command="load stor.csv"):
        refused = samverkan("load", str(data / "b.csv"))
    assert refused.returncode == 3
    holder = f"process {os.getpid()}, load stor.csv" if kind == "own" else socket.gethostname()
    assert holder in refused.stderr
    assert "Ingenting har ändrats" in refused.stderr
    assert samverkan("load", str(data / "b.csv")).returncode == 0
    assert discharges() == 12


def test_a_folder_that_cannot_be_written_is_said(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (data / "fil").write_text("ingen mapp", encoding="utf-8")
    (data / "a.csv").write_text(by_hospital(10), encoding="utf-8")
    monkeypatch.setenv("SAMVERKAN_DATA", str(data / "fil" / "data"))
    refused = samverkan("load", str(data / "a.csv"))
    assert refused.returncode == 3
    assert "går inte att skriva i" in refused.stderr
    assert "Traceback" not in refused.stderr


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    """The disk refuses what would make a file larger."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_is_said_and_changes_nothing_and_the_same_file_can_be_published_later(
    data: Path,
) -> None:
    load(data, "a.csv", by_hospital(10))
    (data / "b.csv").write_text(by_hospital(12), encoding="utf-8")
    copied = store.path_of(1).stat().st_size
    with pipeline.checked(data / "b.csv") as file:
        # No room for the copy; then for that, but not for what is new in it.
        for size in (copied - 1, copied):
            with (
                no_file_larger_than(size),
                pytest.raises(store.Unwritable, match="Ingenting har ändrats"),
            ):
                pipeline.publish(file)
            assert (discharges(), store.versions()) == (10, [1])
        pipeline.publish(file)
    assert (discharges(), store.versions()) == (12, [1, 2])


def test_a_killed_load_leaves_the_version_before_it(
    data: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(data, "a.csv", by_hospital(10))
    text = HEAD + "".join(
        f"{year}-{month:02d};Ale;NU-sjukvården;Somatik;{year - 2000};4\n"
        for year in range(2000, 2019)
        for month in range(1, 13)
    )
    killed = 0
    for number, delay in enumerate([0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.4]):
        path = data / f"stor{number}.csv"
        path.write_text(
            f"{text}2019-08;Ale;NU-sjukvården;Somatik;{number + 50};4\n", encoding="utf-8"
        )
        before = store.version()
        process = subprocess.Popen(
            [str(Path(sys.executable).with_name("samverkan")), "load", str(path)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        assert discharges() == 10
        assert store.version() in (before, (before or 0) + 1)
        if store.version() == before and number:
            assert discharges(period="2019-08") in (None, *range(50, 50 + number))
    assert killed
    after = load(data, "b.csv", by_hospital(12))
    assert after.version == store.version()
    assert discharges() == 12
    left = {path.suffix for path in (data / "data" / "warehouse").iterdir()}
    if kind == "shared":
        monkeypatch.setenv("SAMVERKAN_DATA", str(data / "another"))
        shutil.copytree(data / "data", data / "another", ignore=shutil.ignore_patterns("warehouse"))
        assert (store.version(), discharges()) == (after.version, 12)
    # The journal of several machines is in their database.
    assert left == {".duckdb", ".json", ""} | ({".sqlite"} if kind == "own" else set())
