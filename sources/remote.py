"""A file at a source, as each kind of source tells of it. Its name is only a label."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from settings import settings
from sources.declaration import SourceError


class TooLarge(SourceError):
    """A file that is too large to fetch; the other files of its source are not concerned."""


class Unreadable(SourceError):
    """A file that is listed but not given; the other files of its source are not concerned."""


class Readable(Protocol):
    """An open file to read from."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""


@dataclass(frozen=True)
class Remote:
    """A file at a source: its name, bytes and time of change where the source tells them."""

    name: str
    size: int | None
    changed: float | None
    opened: Callable[[], AbstractContextManager[Readable]]
    tag: str = ""

    @property
    def stamp(self) -> str:
        """What is another when the file is another; empty where the source cannot tell."""
        told = self.tag or ("" if self.changed is None else f"{self.changed:.6f}")
        return f"{self.size} {told}" if told and self.size is not None else ""


def refuse_large(size: int | None) -> None:
    """Raise TooLarge for a file above the limit of the settings."""
    limit = settings().max_file_bytes
    if size is not None and size > limit:
        raise TooLarge(f"Filen är större än gränsen {limit / 1e6:.0f} MB och hämtas inte.")
