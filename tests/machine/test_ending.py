"""A server ends as done and without a word when it is told to, whatever its threads are at."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SERVER = """
import os, signal, threading, time
from machine import ending
ending._PATIENCE = 0.2
with ending.when_told():
    threading.Thread(target=time.sleep, args=(60,)).start()
    os.kill(os.getpid(), signal.{name})
    time.sleep(60)
"""


@pytest.mark.parametrize("name", [signal.SIGINT.name, signal.SIGTERM.name])
def test_it_ends_with_0_and_says_nothing(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SERVER.format(name=name)],
        cwd=ROOT,
        capture_output=True,
        timeout=30,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
