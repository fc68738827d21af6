"""Where the data lies, and the settings that an organisation may change."""

import os
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path

SHIPPED = Path(__file__).resolve().parent.parent / "data"
_FILE = "settings.toml"
_KINDS = {str: "text", int: "ett heltal", float: "ett tal"}


class SettingsError(ValueError):
    """A settings.toml that cannot be used; the message says in Swedish which line to mend."""


@dataclass(frozen=True)
class Settings:
    """The settings in force; `data/settings.toml` says what each one means.

    Raises SettingsError for a value outside what makes sense.
    """

    organisation: str
    target_mean_days: float
    due_day_month: int
    due_day_quarter: int
    disclosure_threshold: int
    liability_test_months: int
    liability_mean_decimals: int
    liability_days_decimals: int
    liability_long_stays: str
    liability_psykiatri: str
    lock_wait_seconds: float
    keep_versions: int
    max_file_bytes: int
    max_unpacked_bytes: int
    max_zip_entries: int
    max_zip_ratio: int

    def __post_init__(self) -> None:
        for key in ("due_day_month", "due_day_quarter"):
            if not 1 <= getattr(self, key) <= 28:
                raise SettingsError(f"'{key}' ska vara mellan 1 och 28.")
        for key in ("disclosure_threshold", "lock_wait_seconds"):
            if not getattr(self, key) >= 0:
                raise SettingsError(f"'{key}' får inte vara mindre än 0.")
        for key in (
            "target_mean_days",
            "keep_versions",
            "max_file_bytes",
            "max_unpacked_bytes",
            "max_zip_entries",
            "max_zip_ratio",
        ):
            if not getattr(self, key) > 0:
                raise SettingsError(f"'{key}' ska vara större än 0.")


def data_dir() -> Path:
    """The folder of what changes: `SAMVERKAN_DATA`, or the program's own `data/`."""
    return Path(os.environ.get("SAMVERKAN_DATA") or SHIPPED)


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
        found = path.stat()
        return cls(path, found.st_ino, found.st_mtime_ns, found.st_size)


def declared_files() -> tuple[FileState, ...]:
    """The files in which people declare settings, indicators, looks and reference tables."""
    folders = dict.fromkeys((SHIPPED, data_dir()))
    found = [path for folder in folders for path in folder.glob("*.toml")]
    found += [path for folder in folders for path in (folder / "reference").glob("*.csv")]
    return tuple(FileState.of(path) for path in sorted(found))


def settings() -> Settings:
    """The shipped settings with those of `SAMVERKAN_DATA` on top, read anew when a file changes.

    Raises SettingsError for a file that is no TOML, an unknown key, or a value of the wrong type.
    """
    paths = dict.fromkeys((SHIPPED / _FILE, data_dir() / _FILE))
    return _settings(tuple((path, path.stat().st_mtime_ns) for path in paths if path.is_file()))


@lru_cache(maxsize=8)
def _settings(files: tuple[tuple[Path, int], ...]) -> Settings:
    values: dict[str, str | int | float] = {}
    for path, _ in files:
        values |= _read(path)
    missing = [field.name for field in fields(Settings) if field.name not in values]
    if missing:
        raise SettingsError(f"{_FILE} saknar '{missing[0]}'.")
    try:
        # Every value has passed _checked against the type that the field declares.
        return Settings(**values)  # type: ignore[arg-type]
    except SettingsError as error:
        raise SettingsError(f"{files[-1][0]}: {error}") from None


def _read(path: Path) -> dict[str, str | int | float]:
    # The command line imports this module also where no setting is needed.
    import tomllib

    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: filen går inte att läsa som TOML ({error}).") from None
    return {key: _checked(key, value, path=path) for key, value in raw.items()}


def _checked(key: str, value: object, *, path: Path) -> str | int | float:
    kinds = {field.name: field.type for field in fields(Settings)}
    kind = kinds.get(key)
    if kind is None:
        allowed = ", ".join(kinds)
        raise SettingsError(f"{path}: inställningen '{key}' finns inte. Tillåtna är {allowed}.")
    if kind is float and type(value) is int:
        return float(value)
    if isinstance(value, str | int | float) and type(value) is kind:
        return value
    wanted = next(words for allowed_kind, words in _KINDS.items() if allowed_kind is kind)
    raise SettingsError(f"{path}: '{key}' ska vara {wanted}, men är {value!r}.")
