"""What all that is shown depends on, and remembering what was made while it stays the same.

Whoever keeps a finished view, table or page keeps it here: no cache has a key of its own, so that
none can leave out what its answer rests on.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import ParamSpec, TypeVar

from settings import FileState, data_dir, declared_files, remembering
from warehouse import store
from warehouse.journal import journal

_P = ParamSpec("_P")
_T = TypeVar("_T")


@dataclass(frozen=True)
class State:
    """The version in force, what is written beside it, and the files that people declare things in.

    Two that are equal make everything that is shown equal.
    """

    folder: Path
    version: int | None
    published: FileState | None
    written: journal.Written
    declared: tuple[FileState, ...]


def state() -> State:
    """The state now. Raises store.Busy and store.Unwritable as the journal does."""
    return State(
        folder=data_dir(),
        version=(number := store.version()),
        published=None if number is None else FileState.of(store.path_of(number)),
        written=journal.written(),
        declared=declared_files(),
    )


def remembered(size: int) -> Callable[[Callable[_P, _T]], Callable[_P, _T]]:
    """Let a function give the same answer to the same arguments until the state changes."""
    return remembering.remembered(size, while_same=state)
