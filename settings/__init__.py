"""Where the data lies, what settings are in force, and which files people declare things in."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from settings.declared import Settings

SHIPPED = Path(__file__).resolve().parents[1] / "data"
_FILE = "settings.toml"
_Files = tuple["FileState", ...]
_LOOKED_AT: ContextVar[dict[tuple[str, Path], _Files] | None] = ContextVar(
    "looked_at", default=None
)


class SettingsError(ValueError):
    """A file of settings that cannot be used; the message says in Swedish what to mend."""


def data_dir() -> Path:
    """The folder of what changes: `SAMVERKAN_DATA`, or the program's own `data/`."""
    return _folder(os.environ.get("SAMVERKAN_DATA") or str(SHIPPED))


# A report asks for it thousands of times.
@lru_cache(maxsize=8)
def _folder(named: str) -> Path:
    return Path(named)


def state_dir() -> Path:
    """The folder of what this machine remembers of data folders, outside them."""
    state = os.environ.get("XDG_STATE_HOME") or os.path.expanduser("~/.local/state")
    return Path(state) / "samverkan"


def warehouse_dir() -> Path:
    """The folder of published versions; it may not exist yet."""
    return data_dir() / "warehouse"


def archive_dir() -> Path:
    """The folder of original files, each under its SHA-256; it may not exist yet."""
    return data_dir() / "archive"


def inbox_dir() -> Path:
    """The folder of fetched files that wait for a decision; it may not exist yet."""
    return data_dir() / "inbox"


@dataclass(frozen=True)
class FileState:
    """A file as it was when it was looked at: equal while nobody has written or replaced it."""

    path: Path
    inode: int
    changed: int
    size: int

    @classmethod
    def of(cls, path: Path) -> "FileState":
        """The state now. Raises FileNotFoundError where there is no such file."""
        try:
            stat = path.stat()
        except NotADirectoryError as error:
            # Where a file stands in the folder's place; what writes there says so.
            raise FileNotFoundError(*error.args) from error
        return cls(path, stat.st_ino, stat.st_mtime_ns, stat.st_size)


@contextmanager
def looked_at_once() -> Iterator[None]:
    """Within the block the declared files are as they were when it first asked for them.

    What shows a page asks some hundred times, and would look at each file every time.
    """
    if _LOOKED_AT.get() is not None:
        yield
        return
    token = _LOOKED_AT.set({})
    try:
        yield
    finally:
        _LOOKED_AT.reset(token)


def _looked_at(what: str, find: Callable[[], _Files]) -> _Files:
    known = _LOOKED_AT.get()
    if known is None:
        return find()
    key = what, data_dir()
    if key not in known:
        known[key] = find()
    return known[key]


def declared_files() -> tuple[FileState, ...]:
    """The files in which people declare settings, indicators, looks and reference tables."""
    return _looked_at("declared", _declared_files)


def _declared_files() -> _Files:
    paths = [path for folder in {SHIPPED, data_dir()} for path in folder.glob("*.toml")]
    paths += [path for folder in county_folders() for path in folder.glob("*.csv")]
    return tuple(FileState.of(path) for path in sorted(paths))


def county_folders() -> tuple[Path, ...]:
    """Where the county's tables are looked for, in order; one that is named has all of its own."""
    if named := settings().county_folder:
        return (data_dir() / named,)
    return tuple(dict.fromkeys(folder / "reference" for folder in (data_dir(), SHIPPED)))


def settings_files() -> tuple[FileState, ...]:
    """The shipped settings.toml and, after it, that of `SAMVERKAN_DATA` where it has one."""
    return _looked_at("settings", _settings_files)


def _settings_files() -> _Files:
    paths = dict.fromkeys(folder / _FILE for folder in (SHIPPED, data_dir()))
    return tuple(FileState.of(path) for path in paths if path.exists())


def settings() -> "Settings":
    """The settings in force, read anew when a file changes.

    Raises SettingsError for a file that is no TOML, an unknown key, or a value of the wrong type.
    """
    return _settings(data_dir(), settings_files())


@lru_cache(maxsize=8)
def _settings(folder: Path, _files: tuple[FileState, ...]) -> "Settings":
    # The command line imports this package also where no setting is needed.
    from settings import sound
    from settings.declared import read_settings

    files = tuple(dict.fromkeys(place / _FILE for place in (SHIPPED, folder)))
    return sound.newest(folder / _FILE, lambda read: read_settings(files, read))
