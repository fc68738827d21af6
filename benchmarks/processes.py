"""Whole processes, timed."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

SAMVERKAN = str(Path(sys.executable).with_name("samverkan"))


def timed(command: Sequence[str], *, environment: Mapping[str, str]) -> tuple[float, float]:
    """Seconds and peak megabytes of one process. Raises SystemExit where it fails."""
    started = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{command[0]} failed")
    scale = 1024 if sys.platform == "linux" else 1024 * 1024
    return time.perf_counter() - started, used.ru_maxrss / scale
