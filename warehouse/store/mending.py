"""The small mendings of the store's files, under its lock; nothing is thrown away."""

import os
from datetime import datetime
from pathlib import Path

from settings import data_dir
from warehouse.store.publishing import alone, refusals
from warehouse.store.versions import point


def aside() -> Path:
    """The folder of what was broken; it may not exist yet."""
    return data_dir() / "set-aside"


def put_aside(path: Path) -> None:
    """Move a broken file where nothing reads it. Raises Unwritable."""
    with refusals(aside()):
        aside().mkdir(mode=0o700, parents=True, exist_ok=True)
        os.replace(path, aside() / f"{datetime.now():%Y%m%dT%H%M%S}-{path.name}")


def point_again(number: int) -> None:
    """Let `CURRENT` name a version again. Raises Busy and Unwritable."""
    with refusals(data_dir()), alone(command="repair"):
        point(number)
