"""Which version is in force, and whether it is as it was written."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import duckdb

from settings import archive_dir, data_dir, inbox_dir, warehouse_dir
from warehouse.store import manifest
from warehouse.store.errors import Lost, Newer
from warehouse.store.held import held
from warehouse.store.versions import logged, path_of, pointed, pointer, versions

_OURS = {"lock", "queue"}


@dataclass(frozen=True)
class Standing:
    """The version that is shown, None where nothing was ever published.

    `trouble` says in Swedish why it is not the one that should be, or what else is amiss; then
    `whole` is False where another version should have been shown.
    """

    number: int | None
    trouble: str = ""
    whole: bool = True


def standing() -> Standing:
    """The version in force, or the newest sound one before it.

    Raises Lost where versions should be there but none can be read, and Newer where the one in
    force is of a later program.
    """
    named, kept = pointed(), versions()
    if named is None and not kept:
        return _without()
    if named == 0:
        return _without()
    if named is not None:
        fault = fault_of(named)
        if not fault:
            return Standing(named)
        before = [number for number in kept if number < named]
        after = [number for number in kept if number > named]
        newest = _newest([*reversed(before), *after])
        if newest is None:
            raise Lost(_lost(f"Version {named} {fault}, och ingen annan version går att läsa."))
        return Standing(
            newest,
            f"Version {named} {fault}. I stället visas version {newest}, så det som lästes in "
            "därefter saknas. Kör samverkan repair.",
            whole=False,
        )
    newest = _newest(reversed(kept))
    if newest is None:
        raise Lost(_lost("Ingen av versionerna i mappen går att läsa."))
    return Standing(
        newest,
        f"Filen {pointer().name}, som säger vilken version som gäller, saknas eller går inte att "
        f"läsa. Den senaste hela versionen, {newest}, visas. Kör samverkan repair.",
    )


def fault_of(number: int) -> str:
    """What is wrong with a version, in Swedish after "Version 42"; empty where nothing is.

    Raises Newer where a later program wrote it.
    """
    path = path_of(number)
    try:
        stat = path.stat()
    except OSError:
        return "finns inte"
    told = manifest.read(number)
    if told and not told.understood:
        raise Newer(
            f"Version {number} är skriven av en senare version av programmet ({told.program}). "
            "Ingenting har ändrats. Uppdatera samverkan, eller använd den dator som skrev den."
        )
    if told and told.bytes != stat.st_size:
        return f"är {stat.st_size} byte men ska vara {told.bytes}"
    return _fault(path, stat.st_ino, stat.st_mtime_ns, told.sha256 if told else None)


def readable(number: int) -> bool:
    """Whether a version is as it was written, and this program can read it."""
    with suppress(Newer):
        return not fault_of(number)
    return False


@lru_cache(maxsize=32)
def _fault(path: Path, _inode: int, _changed: int, sha256: str | None) -> str:
    """What is wrong with a file that has its size; tried once for each file in a process."""
    try:
        if sha256:
            return "" if manifest.fingerprint(path) == sha256 else "är inte som den skrevs"
        with duckdb.connect(str(path), read_only=True) as connection:
            connection.execute("from duckdb_tables()").fetchall()
    except (OSError, duckdb.Error):
        return "går inte att läsa"
    return ""


def look_again() -> None:
    """Forget what was found of the files, so that each is read anew."""
    _fault.cache_clear()


def holds_nothing() -> bool:
    """Whether the data folder is as new: only then may demo data be put in it."""
    ours = _OURS | ({pointer().name} if pointed() == 0 else set())
    left = [path for path in _inside(warehouse_dir()) if path.name not in ours]
    return not left and not any(map(_inside, (archive_dir(), inbox_dir())))


def _inside(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []


def _without() -> Standing:
    """`CURRENT` names nothing, or there is neither it nor any version: new, or lost."""
    if pointed() != 0 and (pointer().exists() or logged()):
        raise Lost(_lost("Mappen har haft versioner, men de finns inte kvar."))
    known = held()
    if known and not known.deleted:
        raise Lost(
            _lost(
                f"Mappen har haft uppgifter, senast version {known.version}, men är tom nu. Är "
                "enheten monterad?"
            )
            + f" Ska den börja om från början: ta bort filen {known.file}."
        )
    if _inside(archive_dir()):
        return Standing(
            None,
            f"Mappen {archive_dir()} har originalfiler, men ingenting är inläst. Har uppgifterna "
            "försvunnit: återställ en säkerhetskopia med samverkan restore, eller läs in filerna "
            "igen.",
        )
    return Standing(None)


def _newest(numbers: Iterable[int]) -> int | None:
    for number in numbers:
        if readable(number):
            return number
    return None


def _lost(what: str) -> str:
    return (
        f"{what} Mapp: {data_dir()}. Ingenting har ändrats. Återställ en säkerhetskopia med "
        "samverkan restore."
    )
