"""A process beside this one that ends with it, however this one ends."""

import os
import subprocess
import sys
import threading
from pathlib import Path

_ROOT = Path(__file__).parent.parent


def started(module: str, *words: str) -> subprocess.Popen[bytes]:
    """A module run as a process of its own, which calls `end_with_starter` first of all."""
    return subprocess.Popen(
        [sys.executable, "-m", module, *words],
        stdin=subprocess.PIPE,
        cwd=_ROOT,
        # Ctrl+C goes to the whole group; this one is told by the pipe.
        start_new_session=True,
    )


def end_with_starter() -> None:
    """End this process when the one that started it is gone: the pipe between them closes."""
    threading.Thread(target=_end, daemon=True).start()


def _end() -> None:
    # Not sys.stdin, which a thread that waits in it would hold when the process has done its work.
    while os.read(0, 1024):
        pass
    # What this cuts off leaves the version before it in force.
    os._exit(0)
