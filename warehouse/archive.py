"""Original files, byte for byte, each under its SHA-256, which is tried when one is handed out."""

from pathlib import Path

from machine import durable
from settings import archive_dir
from warehouse.store.manifest import fingerprint


def path_of(sha256: str) -> Path:
    """Where an original lies, if it is kept."""
    return archive_dir() / sha256


def keep(file: Path, sha256: str) -> None:
    """Keep a file, readable by this user alone. Raises OSError."""
    kept = path_of(sha256)
    if sound(sha256):
        return
    kept.parent.mkdir(parents=True, exist_ok=True)
    durable.copy(file, kept)


def remove(sha256: str) -> None:
    """Delete an original for good. Raises OSError."""
    path_of(sha256).unlink()
    # One that was killed while it kept the file may have left it half, or whole.
    for part in archive_dir().glob(f"{sha256}.*{durable.PART}"):
        part.unlink(missing_ok=True)
    durable.sync(path_of(sha256).parent)


def sound(sha256: str) -> bool:
    """Whether the original is kept and still has its fingerprint. Raises OSError."""
    kept = path_of(sha256)
    return kept.is_file() and fingerprint(kept) == sha256


def damaged() -> list[str]:
    """The names in the archive whose content is another. Raises OSError."""
    folder = archive_dir()
    if not folder.is_dir():
        return []
    return sorted(
        path.name
        for path in folder.iterdir()
        if path.suffix != durable.PART and not sound(path.name)
    )
