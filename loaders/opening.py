"""A file opened: copied, looked at from outside, and a workbook's cells begun to be parsed.

It is done beside whatever comes next, and takes little to import: a command opens its file before
it imports what the file is checked with.
"""

import hashlib
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from loaders.reading.safety import FileKind, Inspected, inspect
from loaders.reading.workbook import Parsing
from machine import scratch
from settings.declared import Settings

# Large, so that the copying seldom has to wait for its turn beside imports.
_CHUNK = 1 << 24


@dataclass(frozen=True)
class Opened:
    """A file's own copy, its SHA-256 in hexadecimal, and what it is.

    `parsing` is there for a workbook.
    """

    copy: Path
    sha256: str
    inspected: Inspected
    parsing: Parsing | None


@dataclass(frozen=True)
class Opening:
    """A file that is being opened. `folder` is for the copy and whatever is made of it.

    To ask for the result of `opened` raises what opening the file raised: Refused, OSError.
    """

    path: Path
    folder: Path
    opened: Future[Opened]


@contextmanager
def opening(path: Path, *, limits: Settings) -> Iterator[Opening]:
    """Begin to open a file; its copy is there as long as the block is."""
    with scratch.folder() as folder, ThreadPoolExecutor(max_workers=1) as beside:
        begun = Opening(path, folder, beside.submit(_open, path, folder, limits))
        try:
            yield begun
        finally:
            # A file that nobody read after all is not parsed to its end.
            if begun.opened.exception() is None and (parsing := begun.opened.result().parsing):
                parsing.stop()


def _open(path: Path, folder: Path, limits: Settings) -> Opened:
    copy = folder / "original"
    sha256 = _copied(path, copy)
    inspected = inspect(copy, limits=limits)
    parsing = None
    if inspected.kind is FileKind.WORKBOOK:
        parsing = Parsing(copy, kind="workbook", unpacked=inspected.unpacked, folder=folder)
    return Opened(copy, sha256, inspected, parsing)


def _copied(path: Path, copy: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as source, copy.open("wb") as target:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            target.write(chunk)
    return digest.hexdigest()
