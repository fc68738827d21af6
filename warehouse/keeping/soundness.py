"""Whether what is kept is as it was written: versions, pointer, journal and originals."""

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from machine import scratch
from settings import archive_dir
from warehouse import archive, loads, store
from warehouse.journal import journal, purged
from warehouse.store import manifest
from warehouse.store.faults import look_again
from warehouse.store.lake.place import place


@dataclass(frozen=True)
class Finding:
    """What was tried and what came of it, in Swedish; `sound` where nothing is wrong."""

    sound: bool
    text: str


def findings() -> Iterator[Finding]:
    """Try everything that is kept anew, one thing at a time."""
    look_again()
    yield _in_force()
    for number in store.versions():
        yield _version(number)
    yield from _shared()
    told = journal.trouble()
    yield Finding(not told, told or "Journalen är hel.")
    yield from _originals()


def _in_force() -> Finding:
    try:
        standing = store.standing()
    except store.WarehouseError as error:
        return Finding(False, str(error))
    if amiss := standing.trouble or standing.behind:
        return Finding(False, amiss)
    if standing.number is None:
        return Finding(True, "Ingenting är inläst.")
    return Finding(True, f"Version {standing.number} gäller.")


def _version(number: int) -> Finding:
    try:
        fault = store.fault_of(number)
    except store.Newer as error:
        return Finding(False, str(error))
    if fault:
        return Finding(False, f"Version {number} {fault}.")
    if manifest.is_damaged(number):
        return Finding(
            False,
            f"Manifestet till version {number} är skadat. Versionen går att läsa, men inte att "
            "pröva.",
        )
    if manifest.read(number) is None:
        return Finding(
            True, f"Version {number} går att läsa, men har inget manifest att prövas mot."
        )
    return Finding(True, f"Version {number} är som den skrevs.")


def _shared() -> Iterator[Finding]:
    """Each version that several machines share, fetched anew."""
    shared = place()
    if shared is None:
        return
    from warehouse.store.lake import catalogue, copying

    try:
        for entry in catalogue.entries(shared):
            with scratch.folder() as folder:
                copying.fetch(shared, entry, folder / "fetched.duckdb")
            yield Finding(
                True, f"Version {entry.manifest.version} är hel i den gemensamma lagringen."
            )
        if told := shown_behind():
            yield Finding(False, told)
    except (store.WarehouseError, OSError) as error:
        yield Finding(False, str(error))


def shown_behind() -> str:
    """What is wrong with what other programs read of shared versions, in Swedish; empty else.

    Raises store.Unreachable.
    """
    shared = place()
    if shared is None:
        return ""
    from warehouse.store.lake import catalogue, shown

    newest, read = catalogue.newest(shared), shown.version(shared)
    if newest is None or newest.version == read:
        return ""
    return f"Det som andra program läser är version {read or 0}, inte {newest.version}."


def mend_shown() -> None:
    """Let other programs read what is shown now. Raises store.Unreachable."""
    from warehouse.store.lake import shown

    shared, number = place(), store.standing().number
    told = None if number is None else manifest.read(number)
    if shared and told:
        shown.publish(shared, store.path_of(told.version), told)


def _originals() -> Iterator[Finding]:
    damaged = archive.damaged()
    for name in damaged:
        yield Finding(False, f"Originalfilen {name} i arkivet är inte som den lästes in.")
    gone = purged.gone()
    lying = left()
    for sha256 in lying:
        yield Finding(False, f"Originalfilen {sha256} är raderad enligt historiken men finns kvar.")
    missing = [
        load
        for load in _archived()
        if load.sha256 not in gone and not archive.path_of(load.sha256).is_file()
    ]
    for load in missing:
        yield Finding(
            False,
            f"Originalfilen {load.file} (inläsning {load.load_id}, {load.sha256}) saknas i "
            "arkivet.",
        )
    if not damaged and not missing and not lying and archive_dir().is_dir():
        number = sum(1 for _ in archive_dir().iterdir())
        yield Finding(True, f"Arkivets {number} originalfiler är som de lästes in.")


def left() -> list[str]:
    """The originals that were purged and lie there all the same: who did it was cut off."""
    return sorted(sha256 for sha256 in purged.gone() if archive.path_of(sha256).is_file())


def _archived() -> list[loads.Load]:
    try:
        with store.reading() as connection:
            history = [] if connection is None else loads.history(connection)
    except (store.WarehouseError, OSError, duckdb.Error):
        # That the version cannot be read has been told.
        return []
    return [load for load in history if load.archived]
