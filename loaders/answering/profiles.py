"""Headings that users have said the meaning of, kept in profiles.toml beside the warehouse.

A profile adds headings to the columns of one export, for every file that comes after. Where the
declaration itself knows the heading, the declaration decides. Beside them stand the numbers, by
heading and shape, that users have said are of other things than persons.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from loaders.declaration import Column, Export
from loaders.mapping.vocabulary import heading, headings
from loaders.questions import Answers
from machine import durable
from settings import data_dir
from settings.toml import Declared, declared, read

_FILE = "profiles.toml"


@dataclass(frozen=True)
class Profile:
    """A name to find it by, the export's key, and pairs of a heading and a column's key."""

    name: str
    export: str
    headings: tuple[tuple[str, str], ...]


class _Block(Declared):
    name: str
    export: str
    headings: dict[str, str]


class _Profiles(Declared):
    profile: tuple[_Block, ...] = ()
    not_persons: tuple[str, ...] = ()


def profiles() -> tuple[Profile, ...]:
    """Every profile, in the order they were made.

    Raises SettingsError where profiles.toml cannot be understood.
    """
    return tuple(
        Profile(name=block.name, export=block.export, headings=tuple(block.headings.items()))
        for block in _file().profile
    )


def not_persons() -> tuple[str, ...]:
    """The numbers that are of other things than persons. Raises SettingsError as `profiles`."""
    return _file().not_persons


def _file() -> _Profiles:
    path = data_dir() / _FILE
    try:
        return _read(path, path.stat().st_mtime_ns)
    except (FileNotFoundError, NotADirectoryError):
        return _Profiles()


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int) -> _Profiles:
    return declared(_Profiles, read(path), path=path)


def save(profile: Profile) -> None:
    """Keep a profile, instead of one with the same name. Raises OSError where it cannot."""
    others = [other for other in profiles() if other.name != profile.name]
    _write([*others, profile], not_persons())


def save_not_persons(numbers: Sequence[str]) -> None:
    """Keep that numbers are of other things than persons. Raises OSError where it cannot."""
    _write(profiles(), tuple(dict.fromkeys((*not_persons(), *numbers))))


def remove(name: str) -> None:
    """Forget a profile, or what was said of numbers; no matter where there is none.

    Raises OSError where it cannot.
    """
    _write(
        [profile for profile in profiles() if profile.name != name],
        [numbers for numbers in not_persons() if numbers != name],
    )


def _write(kept: Sequence[Profile], numbers: Sequence[str]) -> None:
    lines = ["# Rubriker som användare har förklarat; skrivs av sidan Data.", ""]
    if numbers:
        lines += [f"not_persons = [{', '.join(map(_quoted, numbers))}]", ""]
    for profile in kept:
        lines += [
            "[[profile]]",
            f"name = {_quoted(profile.name)}",
            f"export = {_quoted(profile.export)}",
            "[profile.headings]",
            *(f"{_quoted(text)} = {_quoted(key)}" for text, key in profile.headings),
            "",
        ]
    path = data_dir() / _FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    durable.write(path, "\n".join(lines).encode())


def _quoted(text: str) -> str:
    """A TOML basic string, whose escapes are those of JSON but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def extended(exports: Sequence[Export]) -> tuple[Export, ...]:
    """The exports with the headings of all profiles added; the same objects where there are none.

    Raises SettingsError as `profiles`.
    """
    return _extended(tuple(exports), profiles())


def answered(exports: Sequence[Export], answers: Answers) -> tuple[Export, ...]:
    """The exports with the headings that a user has explained for one file."""
    return tuple(
        _with(export, [Profile("", export.key, said)])
        if (said := answers.headings(export))
        else export
        for export in exports
    )


@lru_cache(maxsize=8)
def _extended(exports: tuple[Export, ...], kept: tuple[Profile, ...]) -> tuple[Export, ...]:
    return tuple(_with(export, [p for p in kept if p.export == export.key]) for export in exports)


def _with(export: Export, kept: Sequence[Profile]) -> Export:
    added: dict[str, tuple[str, str]] = {}
    for profile in kept:
        for text, key in profile.headings:
            if headings(export).key(text) is None:
                added[heading(text)] = (key, text)
    if not added:
        return export
    columns = tuple(_named(column, added) for column in export.columns)
    return replace(export, columns=columns)


def _named(column: Column, added: dict[str, tuple[str, str]]) -> Column:
    mine = tuple(text for key, text in added.values() if key == column.key)
    return replace(column, names=(*column.names, *mine)) if mine else column
