"""What others have published, brought to this machine: the newest in force, the others kept."""

import fcntl
import os
import secrets
from contextlib import suppress
from dataclasses import replace

from machine import durable
from settings import warehouse_dir
from warehouse.store import clearing, manifest
from warehouse.store.errors import Lost, WarehouseError
from warehouse.store.faults import fault_of
from warehouse.store.held import remember
from warehouse.store.lake import catalogue, copying
from warehouse.store.lake.catalogue import Entry
from warehouse.store.lake.place import Place
from warehouse.store.manifest import Manifest
from warehouse.store.versions import manifest_of, path_of, point, pointed, versions


def look(shared: Place) -> None:
    """Bring what is newer than what is in force here, unless somebody on this machine is at it.

    Raises Unreachable, OSError, and Lost where the lake is another than this machine's.
    """
    newest = catalogue.newest(shared)
    _require_same(newest)
    if newest is None or (newest.version == pointed() and not _faulty(newest.version)):
        return
    folder = warehouse_dir()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            # Somebody on this machine publishes, or brings what is newest.
            return
        clearing.sweep()
        bring(shared)


def bring(shared: Place) -> None:
    """Bring what is kept in the lake here, the newest first, under this machine's lock.

    Raises as `look`.
    """
    kept = catalogue.entries(shared)
    newest = kept[-1].manifest.version if kept else None
    _require_same(kept[-1].manifest if kept else None)
    for entry in reversed(kept):
        number = entry.manifest.version
        if number not in versions() or (number == newest and _faulty(number)):
            _bring(shared, entry)
        if number == newest and pointed() != number:
            point(number)
            if not entry.manifest.demo:
                remember(number)
    for told in catalogue.logged(shared):
        if not manifest_of(told.version).is_file():
            manifest.save(told)
    if newest:
        clearing.prune(newest)


def _bring(shared: Place, entry: Entry) -> None:
    number = entry.manifest.version
    part = warehouse_dir() / f"{number:06d}.{secrets.token_hex(4)}{durable.PART}"
    try:
        copying.fetch(shared, entry, part)
        durable.sync(part)
        told = replace(
            entry.manifest,
            sha256=manifest.fingerprint(part),
            bytes=part.stat().st_size,
            published=entry.manifest.sha256,
        )
        # Until both are there, no pointer names them.
        path_of(number).unlink(missing_ok=True)
        manifest.save(told)
        os.replace(part, path_of(number))
        durable.sync(warehouse_dir())
    finally:
        clearing.remove(part)


def _require_same(newest: Manifest | None) -> None:
    """Raise Lost where this machine has versions that the lake has never had."""
    here = pointed()
    if not here or (newest and here < newest.version):
        return
    told = manifest.read(here)
    if newest and here == newest.version and (told is None or told.origin == newest.origin):
        return
    what = f"version {newest.version} från {newest.made_at}" if newest else "inga versioner"
    raise Lost(
        f"Den gemensamma databasen har {what}, men den här datorn har en annan version {here}. Är "
        "det rätt databas? Ska den här datorns versioner dit, kör samverkan move. Ingenting har "
        "ändrats."
    )


def _faulty(number: int) -> bool:
    with suppress(WarehouseError):
        return bool(fault_of(number))
    return False
