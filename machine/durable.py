"""Files that are written whole or not at all, whatever happens meanwhile."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PART = ".part"


@contextmanager
def replacing(path: Path, *, mode: int = 0o600) -> Iterator[Path]:
    """A file beside `path` to write; after the block it is on the disk and stands in its place.

    An exception in the block, or a disk that refuses, leaves `path` as it was. Raises OSError.
    """
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}{PART}")
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode))
        yield part
        sync(part)
        os.replace(part, path)
        sync(path.parent)
    finally:
        part.unlink(missing_ok=True)


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
