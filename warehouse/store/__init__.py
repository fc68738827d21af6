"""Versions on disk, as a log: which is in force, reading it, and making the next one.

A writer takes the lock, copies the version in force, changes the copy in one transaction, writes
its manifest and moves `CURRENT` with an atomic rename. Readers never wait; a killed writer leaves
the version before it. A number is never used again, and what is newer or not understood is never
pruned.
"""

from warehouse.store.errors import (
    Busy,
    Lost,
    Newer,
    Unchanged,
    Unreachable,
    Unwritable,
    WarehouseError,
)
from warehouse.store.faults import fault_of, readable
from warehouse.store.manifest import described
from warehouse.store.publishing import trying, writing
from warehouse.store.reading import look, looking, reading, seen, version
from warehouse.store.standing import Standing, holds_nothing, require_understood, standing
from warehouse.store.versions import path_of, pointed, versions

__all__ = [
    "Busy",
    "Lost",
    "Newer",
    "Standing",
    "Unchanged",
    "Unreachable",
    "Unwritable",
    "WarehouseError",
    "described",
    "fault_of",
    "holds_nothing",
    "look",
    "looking",
    "path_of",
    "pointed",
    "readable",
    "reading",
    "require_understood",
    "seen",
    "standing",
    "trying",
    "version",
    "versions",
    "writing",
]
