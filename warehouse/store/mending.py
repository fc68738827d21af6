"""The small mendings of the store's files, under its lock; nothing is thrown away."""

import os
from datetime import datetime
from pathlib import Path

from machine import durable
from settings import data_dir
from warehouse.store.errors import refusals
from warehouse.store.publishing import alone
from warehouse.store.versions import point


def aside() -> Path:
    """The folder of what was broken; it may not exist yet."""
    return data_dir() / "set-aside"


def put_aside(path: Path) -> None:
    """Move a broken file where nothing reads it. Raises Unwritable."""
    with refusals(aside()):
        os.replace(path, _beside(path))


def keep_aside(path: Path, content: bytes) -> None:
    """Keep what a file holds where nothing reads it. Raises Unwritable."""
    with refusals(aside()):
        durable.write(_beside(path), content)


def _beside(path: Path) -> Path:
    aside().mkdir(mode=0o700, parents=True, exist_ok=True)
    return aside() / f"{datetime.now():%Y%m%dT%H%M%S}-{path.name}"


def point_again(number: int) -> None:
    """Let `CURRENT` name a version again. Raises Busy and Unwritable."""
    with refusals(data_dir()), alone(command="repair"):
        point(number)
