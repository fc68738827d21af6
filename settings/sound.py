"""What people write in files, as it was when it could last be used: for when it cannot any longer.

Whoever edits a file by hand may leave it half written, or lose it. Readers of pages cannot mend it,
so for them what held until then goes on, and every page says so. A command stops instead: whoever
runs it has the file. Until it is mended nothing is published.
"""

import hashlib
import json
import logging
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from settings import SHIPPED, FileState, SettingsError, data_dir, state_dir

Read = Callable[[Sequence[Path]], tuple[Path, bytes] | None]
"""The first that there is of some files, and what it holds; None where there is none of them."""
_T = TypeVar("_T")
_LOG = logging.getLogger(__name__)
_States = tuple[tuple[Path, FileState | None], ...]

_FAULTS: dict[tuple[Path, Path, _States], str] = {}
_MODE = {"goes on": False}


@contextmanager
def going_on() -> Iterator[None]:
    """In the block all of the process gets what held last where a file cannot be used."""
    _MODE["goes on"] = True
    try:
        yield
    finally:
        _MODE["goes on"] = False


def newest(of: Path, make: Callable[[Read], _T]) -> _T:
    """What `make` makes of the files that it reads, which are known together as `of`.

    Where they cannot be used, or one that was there is gone, a process that goes on gets what is
    made of them as they last could be used. Raises SettingsError where they never could.
    """
    looked: set[Path] = set()
    found: dict[Path, bytes] = {}

    def live(paths: Sequence[Path]) -> tuple[Path, bytes] | None:
        for path in paths:
            looked.add(path)
            if _state(path) is not None:
                found[path] = _content(path)
                return path, found[path]
        return None

    made: _T | None = None
    fault: SettingsError | None = None
    try:
        made = make(live)
    except SettingsError as error:
        fault = error
    kept = _kept(of)
    # What nobody asks for any longer is not lost: the program itself may have moved.
    held_then = kept or {}
    gone = [at for at in held_then if at in looked and _is_lost(at, found, held_then[at])]
    if made is not None and not gone:
        if found and kept != found:
            _keep(of, found)
        return made
    states = tuple((path, _state(path)) for path in sorted({*looked, *gone}))
    _FAULTS[data_dir(), of, states] = _told(of, fault, gone)
    if made is not None and not _MODE["goes on"]:
        return made
    if kept is None or not _MODE["goes on"]:
        raise fault or SettingsError(_told(of, fault, gone))

    def last(paths: Sequence[Path]) -> tuple[Path, bytes] | None:
        held = next(((path, kept[path]) for path in paths if path in kept), None)
        return held or live([path for path in paths if path.is_relative_to(SHIPPED)])

    return make(last)


def trouble() -> str:
    """Which files cannot be used as they are now, in Swedish; empty where there is none."""
    told = [
        told
        for (folder, _, states), told in _FAULTS.items()
        if folder == data_dir() and all(_state(path) == state for path, state in states)
    ]
    return " ".join(dict.fromkeys(told))


def _is_lost(path: Path, found: Mapping[Path, bytes], held: bytes) -> bool:
    """Whether a file that was there is not, or ends in the middle of a line that it had."""
    if path not in found:
        return _state(path) is None
    now = found[path]
    return len(now) < len(held) and held.startswith(now) and not now.endswith((b"\n", b"\r"))


def _told(of: Path, fault: SettingsError | None, gone: Sequence[Path]) -> str:
    place = kept_as(of)
    try:
        since = f"{datetime.fromtimestamp(place.stat().st_mtime):%Y-%m-%d %H:%M}"
    except OSError:
        return str(fault)
    if fault is None:
        lost = ", ".join(map(str, gone))
        return (
            f"{lost} finns inte längre, eller slutar mitt i en rad. Vad som stod där {since} "
            "gäller tills vidare. Lägg tillbaka filen, eller låt den sluta med en hel rad. Ska den "
            f"inte finnas: ta bort även {place} och starta om samverkan."
        )
    return f"{fault} Vad som stod där {since} gäller tills det är rättat."


def _state(path: Path) -> FileState | None:
    try:
        return FileState.of(path)
    except FileNotFoundError:
        return None
    except OSError:
        # There, but not for this user: a file that can be looked at again.
        return FileState(path, 0, 0, 0)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SettingsError(
            f"{path} går inte att läsa. Kontrollera vem som får läsa den."
        ) from error


def kept_as(of: Path) -> Path:
    """Where it is kept what the files that are known together as `of` held."""
    name = hashlib.sha256(f"{data_dir().resolve()}\n{of.resolve()}".encode()).hexdigest()[:16]
    return state_dir() / "sound" / f"{name}.json"


def _kept(of: Path) -> dict[Path, bytes] | None:
    """What the files held when they last could be used; None where that is not known."""
    try:
        digest, _, text = kept_as(of).read_bytes().partition(b"\n")
        if hashlib.sha256(text).hexdigest().encode() != digest:
            return None
        return {Path(name): held.encode("latin-1") for name, held in json.loads(text).items()}
    except (OSError, ValueError):
        return None


def _keep(of: Path, found: dict[Path, bytes]) -> None:
    """Keep what the files hold; a machine where that cannot be done goes without it."""
    place = kept_as(of)
    told = {str(path): content.decode("latin-1") for path, content in found.items()}
    text = json.dumps(told).encode()
    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Half a file does not have its hash, and is not used.
        with os.fdopen(os.open(place, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as file:
            file.write(hashlib.sha256(text).hexdigest().encode() + b"\n" + text)
    except OSError:
        _LOG.warning("Det gick inte att skriva %s.", place)
