"""Where versions lie, which there are, and which one `CURRENT` names."""

import zlib
from pathlib import Path

from machine import durable
from settings import warehouse_dir

SUFFIX = ".duckdb"
_MANIFEST = ".json"
_POINTER = "CURRENT"
_DIGITS = 6


def path_of(number: int) -> Path:
    """Where a version lies."""
    return warehouse_dir() / f"{number:0{_DIGITS}d}{SUFFIX}"


def manifest_of(number: int) -> Path:
    """Where the manifest of a version lies."""
    return warehouse_dir() / f"{number:0{_DIGITS}d}{_MANIFEST}"


def versions() -> list[int]:
    """The versions that are kept, oldest first."""
    return _numbered(SUFFIX)


def logged() -> list[int]:
    """The versions that have a manifest, kept or not, oldest first."""
    return _numbered(_MANIFEST)


def pointer() -> Path:
    """The file that names the version in force."""
    return warehouse_dir() / _POINTER


def pointed() -> int | None:
    """The number that `CURRENT` names; None where it is missing, or is not as it was written."""
    try:
        text = pointer().read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    number, _, seal = text.partition(" ")
    # An earlier program, or a person, wrote the number alone.
    whole = len(number) >= _DIGITS and seal in ("", _seal(number))
    return int(number) if whole and number.isdecimal() else None


def point(number: int) -> None:
    """Let `CURRENT` name another version. Raises OSError."""
    text = f"{number:0{_DIGITS}d}"
    durable.write(pointer(), f"{text} {_seal(text)}\n".encode("ascii"), mode=0o644)


def _seal(number: str) -> str:
    """What tells the number from another that one flipped bit would make of it."""
    return f"{zlib.crc32(number.encode()):08x}"


def quoted(text: Path | str) -> str:
    """A path, or what else cannot be a parameter, as SQL writes text."""
    return "'" + str(text).replace("'", "''") + "'"


def _numbered(suffix: str) -> list[int]:
    return sorted(
        int(path.stem) for path in warehouse_dir().glob(f"*{suffix}") if path.stem.isdecimal()
    )
