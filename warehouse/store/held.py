"""What a data folder has held, remembered outside it: an unmounted share must not look empty."""

import hashlib
import json
import logging
import os
from dataclasses import dataclass
from pathlib import Path

from machine import durable
from settings import data_dir

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Held:
    """The highest version that a data folder has held, and the file that remembers it."""

    version: int
    file: Path


def remember(version: int) -> None:
    """Remember that the data folder holds a version with real data in it.

    A machine where that cannot be kept goes without it, and the log says so.
    """
    file = _file()
    known = held()
    if known and known.version >= version:
        return
    told = {"folder": str(data_dir().resolve()), "version": version}
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        durable.write(file, json.dumps(told, ensure_ascii=False).encode())
    except OSError as error:
        _LOG.warning("Det gick inte att skriva %s (%s).", file, error)


def held() -> Held | None:
    """What the data folder has held, None where nothing is known."""
    file = _file()
    try:
        return Held(int(json.loads(file.read_bytes())["version"]), file)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _file() -> Path:
    state = Path(os.environ.get("XDG_STATE_HOME") or os.path.expanduser("~/.local/state"))
    name = hashlib.sha256(str(data_dir().resolve()).encode()).hexdigest()[:16]
    return state / "samverkan" / f"{name}.json"
