"""Each command killed, and refused, at the system calls that change files (strace); `make soak`."""

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

import pipeline
from metrics.values import values
from tests.effort import in_soak
from warehouse import store
from warehouse.keeping import backup

HEAD = "Månad;Kommun;Sjukhus;Vårdform;Antal utskrivna;Antal dagar\n"
CALLS = "rename,unlink,ftruncate,fsync,fdatasync,pwrite64,sendfile,copy_file_range"
COMMANDS = {
    "load": ("load", "ny.csv"),
    "withdraw": ("withdraw", "2", "--reason", "prov"),
    "undo": ("undo", "1", "--reason", "prov", "--yes"),
    "backup": ("backup",),
    "restore": ("restore", "kopia.zip", "--reason", "prov", "--yes"),
    "pull": ("pull",),
    # The version in force is as an earlier program wrote it.
    "migrate": ("load", "ny.csv"),
    "report": ("report", "monthly", "--period", "2019-07", "-o", "rapport.xlsx"),
}

# Some minutes a command; make test has the sample of test_kills.
pytestmark = in_soak


def load(place: Path, name: str, number: int) -> None:
    path = place / name
    path.write_text(f"{HEAD}2019-07;Ale;NU-sjukvården;Somatik;{number};4\n", encoding="utf-8")
    with pipeline.checked(path) as file:
        pipeline.publish(file)


def shown() -> float | None:
    found = values(indicator="discharges", level="municipality", place="1440", raw=True)
    return found[0].value if found else None


@pytest.mark.parametrize("command", COMMANDS)
def test_before_or_after_at_every_call(
    data: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    load(data, "a.csv", 10)
    load(data, "b.csv", 12)
    backup.make(data / "kopia.zip")
    (data / "ny.csv").write_text(f"{HEAD}2019-07;Ale;NU-sjukvården;Somatik;14;4\n", "utf-8")
    source = data / "data"
    if command == "pull":
        (source / "export").mkdir()
        shutil.copyfile(data / "ny.csv", source / "export" / "ny.csv")
        # A file that has just been written may still be written in.
        os.utime(source / "export" / "ny.csv", (1e9, 1e9))
        text = '[mapp]\nwhere = "export"\npublish = "clean"\n'
        (source / "sources.toml").write_text(text, encoding="utf-8")
    if command == "migrate":
        written_by_an_earlier_program(source / "warehouse")
    copy = data / "copy"
    monkeypatch.setenv("SAMVERKAN_DATA", str(copy))
    shutil.copytree(source, copy)
    traced(data, COMMANDS[command], f"trace={CALLS}")
    after = shown()
    counted = Counter(
        line.split("(")[0].split()[-1]
        for line in (data / "trace").read_text().splitlines()
        if "(" in line and "+++" not in line and "---" not in line
    )
    assert counted
    for call, fault, number in _faults(counted):
        shutil.rmtree(copy)
        shutil.copytree(source, copy)
        traced(data, COMMANDS[command], f"inject={call}:{fault}:when={number}")
        told = f"{command}: {call} {number} {fault}"
        assert shown() in (12, after), told
        load(data, "sedan.csv", 20)
        assert (shown(), store.standing().trouble) == (20, ""), told
        assert not list((copy / "warehouse").glob("*.part*")), told


def written_by_an_earlier_program(folder: Path) -> None:
    for path in folder.glob("*.json"):
        path.unlink()
    for path in folder.glob("*.duckdb"):
        with duckdb.connect(str(path)) as connection:
            connection.execute("drop table counted")
            connection.execute("update schema set tables = 'others'")


def _faults(counted: Counter[str]) -> Iterator[tuple[str, str, int]]:
    for call, total in counted.items():
        for number in range(1, total + 1):
            yield call, "signal=KILL", number
            if call in ("pwrite64", "fsync", "rename"):
                yield call, "error=ENOSPC", number


def traced(place: Path, words: tuple[str, ...], what: str) -> None:
    command = str(Path(sys.executable).with_name("samverkan"))
    subprocess.run(
        ["strace", "-f", "-qq", "-o", str(place / "trace"), "-e", what, command, *words],
        cwd=place,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        timeout=300,
        check=False,
    )
