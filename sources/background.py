"""The pull again and again in a process of its own, which ends with the one that started it."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from machine import companion, unexpected

_UNITS = {"s": 1, "m": 60, "h": 3600}
_SHORTEST = 60


def seconds(text: str) -> int | None:
    """`15m` or `1h` in seconds; None for what is no such time, or shorter than a minute."""
    match = re.fullmatch(r"(\d{1,5})([smh])", text.strip())
    number = int(match[1]) * _UNITS[match[2]] if match else 0
    return number if number >= _SHORTEST else None


@contextmanager
def pulling(every: float) -> Iterator[subprocess.Popen[bytes]]:
    """Pull at once and then every so many seconds, as long as the block lasts."""
    with companion.started("sources.background", str(every)) as process:
        try:
            yield process
        finally:
            process.terminate()


def _run(every: float) -> None:
    while True:
        started = time.monotonic()
        once()
        time.sleep(max(0.0, every - (time.monotonic() - started)))


def once() -> None:
    """Pull, and tell what came of it; whatever goes wrong is told, and the next goes as before."""
    from settings import SettingsError
    from sources.pull import pull
    from warehouse.store import WarehouseError

    try:
        for answer in pull():
            for file in answer.files:
                print(f"{answer.source}: {file.name}: {file.state}. {file.told}", flush=True)
            if answer.trouble:
                print(f"{answer.source}: {answer.trouble}", file=sys.stderr, flush=True)
    except (SettingsError, WarehouseError) as error:
        print(error, file=sys.stderr, flush=True)
    # The pull in the background has no other boundary, and must not end at what nobody foresaw.
    except Exception as error:
        print(unexpected.told(error), file=sys.stderr, flush=True)


if __name__ == "__main__":
    companion.end_with_starter()
    _run(float(sys.argv[1]))
