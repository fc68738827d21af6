"""Demo data for those who have none of their own yet, loaded while the pages are already shown."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import reference
from machine import companion
from metrics.loaded import loads
from pipeline.checking import checked
from pipeline.publishing import Loaded, publish
from settings import SHIPPED
from warehouse import store

# What Översikt and Månadsuppföljning show: the first page has its numbers in a quarter of the time.
_LEADING = ("forsta_", "utskrivningsklara_")
_process: subprocess.Popen[bytes] | None = None


def missing() -> list[Path]:
    """The shipped exports that have not been loaded: all where nothing ever was, the rest where a
    start was cut off, and none beside anything real or for a county of one's own.

    In the order in which a reader who waits is to have them.
    """
    if not reference.is_shipped_county():
        return []
    known = loads()
    if not all(load.demo for load in known) or not (known or store.holds_nothing()):
        return []
    names = {load.file for load in known}
    left = [path for path in _shipped() if path.name not in names]
    return sorted(left, key=lambda path: not path.name.startswith(_LEADING))


def load_demo() -> Sequence[Loaded]:
    """Load the shipped demo exports through the same loaders.

    Raises ValueError where the data folder holds anything: what is real is never mixed with it.
    """
    if not store.holds_nothing():
        raise ValueError("demo data goes only into a folder that holds nothing")
    return [_load(path) for path in _shipped()]


@contextmanager
def filling() -> Iterator[None]:
    """Load what is missing, if anything is, in a process of its own while the block lasts.

    What is cut off leaves whole versions, and the next start goes on from there.
    """
    global _process
    if not missing():
        yield
        return
    with companion.started("pipeline.demonstration", str(SHIPPED)) as _process:
        try:
            yield
        finally:
            _process.terminate()


def is_under_way() -> bool:
    """Whether demo data is being loaded beside this process."""
    return _process is not None and _process.poll() is None


def _load(path: Path) -> Loaded:
    with checked(path) as file:
        return publish(file, demo=True)


def _shipped() -> list[Path]:
    return sorted((SHIPPED / "demo").glob("*.csv"))


def _run() -> None:
    for path in missing():
        try:
            _load(path)
        except store.WarehouseError as error:
            print(error, file=sys.stderr, flush=True)
            return


if __name__ == "__main__":
    companion.end_with_starter()
    SHIPPED = Path(sys.argv[1])
    _run()
