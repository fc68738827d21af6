"""Pulling in the background begins at once and ends with the process that started it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from metrics.loaded import loads
from sources import background, pull

ROOT = Path(__file__).parents[2]
GOOD = "Månad;Kommun;Antal utskrivna;Antal dagar\n2019-07;Ale;40;20\n"


def until(true: Callable[[], bool], *, within: float = 40) -> bool:
    end = time.monotonic() + within
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)
    return False


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15m", 900),
        ("1h", 3600),
        ("90s", 90),
        ("30s", None),
        ("0m", None),
        ("15", None),
        ("", None),
    ],
)
def test_times(text: str, expected: int | None) -> None:
    assert background.seconds(text) == expected


def test_what_nobody_foresaw_is_told_under_a_number_and_ends_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path))

    cell = "of a person"

    def broken() -> NoReturn:
        raise ZeroDivisionError(cell)

    monkeypatch.setattr(pull, "pull", broken)
    background.once()
    said = capsys.readouterr().err
    assert "fel " in said and str(tmp_path / "fel.log") in said
    assert cell not in said + (tmp_path / "fel.log").read_text()


def test_what_appears_is_published_and_the_process_ends_with_its_starter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path))
    (tmp_path / "export").mkdir()
    (tmp_path / "sources.toml").write_text(
        '[mapp]\nwhere = "export"\npublish = "clean"\n', encoding="utf-8"
    )
    (tmp_path / "export" / "a.csv").write_text(GOOD, encoding="utf-8")
    os.utime(tmp_path / "export" / "a.csv", (1e9, 1e9))
    starter = (
        "from sources import background\n"
        "import time\n"
        "with background.pulling(1) as process:\n"
        "    print(process.pid, flush=True)\n"
        "    time.sleep(600)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", starter], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        puller = int(process.stdout.readline())
        assert until(lambda: bool(loads()))
        process.send_signal(signal.SIGKILL)
        process.stdout.close()
    assert until(lambda: not _alive(puller))


def _alive(pid: int) -> bool:
    state = Path(f"/proc/{pid}/stat")
    if state.parent.parent.joinpath("self").exists():
        return state.exists() and state.read_text().rpartition(")")[2].split()[0] != "Z"
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
