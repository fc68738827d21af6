"""One writer at a time; the others stand in line, in the order they came, and are told where."""

import fcntl
import json
import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from access import people
from settings import settings
from warehouse.store.errors import Busy

Tell = Callable[[str], None]
_PAUSE = 0.1


@dataclass(frozen=True)
class Lock:
    """The lock that is held: `left` is the version that the holder before was killed making."""

    file: IO[str]
    command: str
    left: int | None

    def making(self, number: int | None) -> None:
        """Note which version is being made, None for none any longer. Raises OSError."""
        _write(
            self.file,
            {
                "pid": os.getpid(),
                "user": people.current().name,
                "command": self.command,
                "since": datetime.now().isoformat(sep=" ", timespec="seconds"),
                "making": number,
            },
        )
        if number is not None:
            # What is left of the version must not outlive the note of it.
            os.fsync(self.file.fileno())


@contextmanager
def lock(folder: Path, *, command: str, tell: Tell = lambda _: None) -> Iterator[Lock]:
    """Hold the folder's lock in the block, after those who came before.

    `tell` is told the place in line each time it changes. Raises Busy after the waiting time of
    the settings, and OSError where the folder cannot be written.
    """
    with (folder / "lock").open("a+", encoding="utf-8") as file:
        if not _taken(file):
            with _place(folder / "queue") as ahead:
                _wait(file, ahead, tell)
        left = _note(file).get("making")
        held = Lock(file, command, left if isinstance(left, int) else None)
        held.making(None)
        try:
            yield held
        finally:
            # Who it was is for those who wait, and for nobody afterwards.
            making = _note(file).get("making")
            # What is published stays so, whether or not the disk takes the note.
            with suppress(OSError):
                _write(file, {} if making is None else {"making": making})


def _wait(file: IO[str], ahead: Callable[[], int], tell: Tell) -> None:
    deadline = time.monotonic() + settings().lock_wait_seconds
    told: int | None = None
    while True:
        before = ahead()
        if not before and _taken(file):
            return
        if before != told:
            told = before
            tell(f"Väntar på {_holder(file)}. Plats {before + 1} i kön")
        if time.monotonic() > deadline:
            raise Busy(
                f"Datalagret skrivs just nu av {_holder(file)}. Ingenting har ändrats; försök igen "
                "om en stund."
            )
        time.sleep(_PAUSE)


def _taken(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _place(queue: Path) -> Iterator[Callable[[], int]]:
    """Stand in line; gives a function that says how many stand before.

    A ticket is a file that its owner holds locked, so one whose owner died is seen and taken away.
    """
    queue.mkdir(exist_ok=True)
    name = f"{time.time_ns():020d}-{os.getpid()}-{secrets.token_hex(2)}"
    new, ticket = queue / f".{name}", queue / name
    with new.open("x") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        # Only now do the others see it: an unlocked one would be taken for that of a dead writer.
        new.rename(ticket)
        try:
            yield lambda: sum(_alive(other) for other in queue.glob("[0-9]*") if other.name < name)
        finally:
            ticket.unlink(missing_ok=True)


def _alive(ticket: Path) -> bool:
    with suppress(FileNotFoundError), ticket.open() as file:
        if not _taken(file):
            return True
        ticket.unlink(missing_ok=True)
    return False


def _holder(file: IO[str]) -> str:
    held = _note(file)
    if not held.keys() >= {"user", "pid", "command", "since"}:
        return "en annan process"
    return f"{held['user']} (process {held['pid']}, {held['command']}, sedan {held['since']})"


def _write(file: IO[str], told: dict[str, object]) -> None:
    """Note something instead of what stands there, past the buffer: closing would try it again."""
    os.ftruncate(file.fileno(), 0)
    if told:
        os.write(file.fileno(), json.dumps(told).encode())


def _note(file: IO[str]) -> dict[str, object]:
    """What the last holder wrote; nothing where that was cut off."""
    file.seek(0)
    try:
        told = json.loads(file.read())
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
