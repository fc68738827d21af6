"""Files that are written whole or not at all, whatever happens meanwhile."""

import glob
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PART = ".part"
_DEAD = 60


@contextmanager
def replacing(path: Path, *, mode: int = 0o600) -> Iterator[Path]:
    """A file beside `path` to write; after the block it is on the disk and stands in its place.

    An exception in the block, or a disk that refuses, leaves `path` as it was. Raises OSError.
    """
    sweep(path.parent, name=path.name)
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}{PART}")
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode))
        yield part
        sync(part)
        os.replace(part, path)
        sync(path.parent)
    finally:
        part.unlink(missing_ok=True)


def sweep(folder: Path, *, name: str | None = None) -> None:
    """Take away what writers that were killed left in a folder, of all files or of the one named.

    They are known by nothing having been written for a minute: a writer may be of another machine.
    """
    of = "*" if name is None else glob.escape(name)
    for part in folder.glob(f"{of}.{'[0-9a-f]' * 8}{PART}"):
        # What may not be taken away, or is gone already, is another's.
        with suppress(OSError):
            if time.time() - part.stat().st_mtime > _DEAD:
                part.unlink()


def write(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Put `content` in the place of what the file held. Raises OSError."""
    with replacing(path, mode=mode) as part:
        part.write_bytes(content)


def copy(source: Path, target: Path, *, mode: int = 0o600) -> None:
    """Put a copy of a file in the place of another. Raises OSError."""
    with replacing(target, mode=mode) as part:
        shutil.copyfile(source, part)


def sync(path: Path) -> None:
    """Wait until what a file or a folder holds is on the disk. Raises OSError."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
