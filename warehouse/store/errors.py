"""What can be wrong with the store; every message is in Swedish and for those who read it."""

import logging

_LOG = logging.getLogger(__name__)
UNCHANGED = "Ingenting har ändrats. Försök igen om en stund."


class WarehouseError(Exception):
    """The warehouse could not be used; the message is in Swedish and nothing has changed."""


class Busy(WarehouseError):
    """Another process is publishing."""


class Unwritable(WarehouseError):
    """The disk is full, or the folder may not be written to."""


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
