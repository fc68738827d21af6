"""Looking for what others have published, at each look at what is shown here."""

import time
from pathlib import Path

from settings import data_dir, warehouse_dir
from swedish.refusals import why
from warehouse.store.errors import WarehouseError
from warehouse.store.lake.place import place

# Seconds between questions whether there is anything newer, and after one that had no answer.
_EACH, _AFTER_SILENCE = 0.5, 5.0
_ASKED: dict[Path, tuple[float, str]] = {}


def follow() -> str:
    """Put in force here what others have published since; asked at each look.

    Gives in Swedish why this machine may not have the newest, empty where it has.
    """
    shared = place()
    if shared is None:
        return ""
    if known := _ASKED.get(data_dir()):
        until, told = known
        if time.monotonic() < until:
            return told
        # Others go on with what there is meanwhile.
        _ASKED[data_dir()] = (time.monotonic() + _AFTER_SILENCE, told)
    # What it needs is installed only where versions are shared.
    from warehouse.store.lake import bringing

    try:
        bringing.look(shared)
    except WarehouseError as error:
        told = str(error)
    except OSError as error:
        told = f"Det gick inte att skriva i {warehouse_dir()} ({why(error)})."
    else:
        told = ""
    _ASKED[data_dir()] = (time.monotonic() + (_AFTER_SILENCE if told else _EACH), told)
    return told


def ask_again() -> None:
    """Ask at the next look, however short the time since."""
    _ASKED.clear()
