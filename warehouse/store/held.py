"""What a data folder has held, remembered outside it: an unmounted share must not look empty."""

import hashlib
import json
import logging
from dataclasses import dataclass
from pathlib import Path

from machine import durable
from settings import SHIPPED, data_dir, state_dir
from swedish.refusals import why

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Held:
    """The highest version that a data folder has held, and the file that remembers it.

    `deleted` is True where the folder itself is gone from the device that it was on: somebody has
    taken it away, while a share that is not mounted leaves its mount point or another device.
    """

    version: int
    file: Path
    deleted: bool


def remember(version: int) -> None:
    """Remember that the data folder holds a version with real data in it.

    A machine where that cannot be kept goes without it, and the log says so. The program's own
    folder is not remembered: where that is not mounted there is no program either.
    """
    if data_dir().resolve() == SHIPPED:
        return
    file = _file()
    known = held()
    if known and known.version >= version:
        return
    folder = data_dir().resolve()
    told = {"folder": str(folder), "version": version, "device": folder.stat().st_dev}
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        durable.write(file, json.dumps(told, ensure_ascii=False).encode())
    except OSError as error:
        _LOG.warning("Det gick inte att skriva %s (%s).", file, why(error))


def held() -> Held | None:
    """What the data folder has held, None where nothing is known."""
    file = _file()
    try:
        told = json.loads(file.read_bytes())
        return Held(int(told["version"]), file, deleted=_is_gone_from(int(told["device"])))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _is_gone_from(device: int) -> bool:
    folder = data_dir().resolve()
    nearest = next(path for path in folder.parents if path.exists())
    return not folder.exists() and nearest.stat().st_dev == device


def _file() -> Path:
    name = hashlib.sha256(str(data_dir().resolve()).encode()).hexdigest()[:16]
    return state_dir() / f"{name}.json"
