"""Whole processes, timed."""

import os
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

SAMVERKAN = str(Path(sys.executable).with_name("samverkan"))


def worked() -> float:
    """Seconds that processes begun from here have worked, when they have ended.

    Others at work on the machine do not change them.
    """
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def timed(command: Sequence[str], *, environment: Mapping[str, str]) -> tuple[float, float]:
    """Seconds and peak megabytes of one process. Raises SystemExit where it fails."""
    started = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{command[0]} failed")
    scale = 1024 if sys.platform == "linux" else 1024 * 1024
    return time.perf_counter() - started, used.ru_maxrss / scale


@contextmanager
def serving(
    command: Sequence[str], *, environment: Mapping[str, str] | None = None
) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """A server on a free port, which the command is given last, until the block ends.

    Raises SystemExit where it does not start.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    process = subprocess.Popen(
        [*command, str(port)],
        env={**os.environ, **(environment or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while True:
            with suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
                break
            if process.poll() is not None:
                raise SystemExit(f"{command[0]} did not start")
            time.sleep(0.2)
        yield port, process
    finally:
        process.terminate()
        process.wait()
