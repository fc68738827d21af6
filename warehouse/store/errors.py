"""What can be wrong with the store; every message is in Swedish and for those who read it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from swedish.refusals import FULL, why

_LOG = logging.getLogger(__name__)
UNCHANGED = "Ingenting har ändrats. Försök igen om en stund."


class WarehouseError(Exception):
    """The warehouse could not be used; the message is in Swedish and nothing has changed."""


class Busy(WarehouseError):
    """Another process is publishing."""


class Unwritable(WarehouseError):
    """The disk is full, or the folder may not be written to."""

    @classmethod
    def of(cls, folder: Path, error: Exception) -> "Unwritable":
        """What a disk refused in a folder, where that has changed nothing."""
        if (told := why(error)) == FULL:
            return cls(f"{FULL.capitalize()}. Ingenting har ändrats. Frigör utrymme vid {folder}.")
        return cls(f"Mappen {folder} går inte att skriva i: {told}. Ingenting har ändrats.")


class Lost(WarehouseError):
    """What was published is not there or cannot be read; that is not the same as empty."""


class Unreachable(WarehouseError):
    """What is shared with other machines does not answer; this machine's versions are as before."""

    @classmethod
    def of(cls, what: str, error: Exception, *, then: str = "") -> "Unreachable":
        """That something shared does not answer; why is for the log alone."""
        _LOG.warning("%s svarar inte: %s", what, error)
        return cls(f"{what} svarar inte. {then}".strip())


class Newer(WarehouseError):
    """The version in force was written by a later program, which this one cannot read."""


class Unchanged(Exception):
    """Raised by a writer that found nothing to change: no new version is made."""


@contextmanager
def refusals(folder: Path) -> Iterator[None]:
    """Tell of a disk that refuses as Unwritable."""
    try:
        yield
    except (OSError, duckdb.IOException) as error:
        raise Unwritable.of(folder, error) from error
