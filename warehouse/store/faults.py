"""Whether a version is as it was written."""

from contextlib import suppress
from functools import lru_cache
from pathlib import Path

import duckdb

from warehouse.store import manifest
from warehouse.store.errors import Newer
from warehouse.store.versions import path_of


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
