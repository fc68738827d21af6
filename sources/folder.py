"""A folder of the machine, also one of a mounted share. Links are not followed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import BinaryIO

from sources.declaration import Source
from sources.remote import Remote


@contextmanager
def listed(source: Source) -> Iterator[list[Remote]]:
    """The files of the folder itself, not of folders in it."""
    files = []
    with os.scandir(source.folder) as entries:
        for entry in entries:
            if entry.is_file(follow_symlinks=False):
                told = entry.stat(follow_symlinks=False)
                files.append(
                    Remote(
                        name=entry.name,
                        size=told.st_size,
                        changed=told.st_mtime,
                        opened=partial(_open, entry.path),
                    )
                )
    yield files


def _open(path: str) -> BinaryIO:
    return open(path, "rb")
