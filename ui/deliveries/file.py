"""A file as the Data page handles it, wherever it came from."""

from typing import Protocol


class File(Protocol):
    """A file that was dropped on the page, or one like it."""

    @property
    def file_id(self) -> str:
        """What tells it from other files."""

    @property
    def name(self) -> str:
        """What it was called, which may be anything."""

    def getvalue(self) -> bytes:
        """Its content."""

    def getbuffer(self) -> memoryview:
        """Its content."""
