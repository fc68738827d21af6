"""The declared exports: each module here declares one as EXPORT. A new file is a new export.

Only `shared_columns` declares none: it has the columns that several have.
"""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from loaders.declaration import Export
from loaders.declaration_faults import fault
from settings import SettingsError


@cache
def exports() -> tuple[Export, ...]:
    """Every declared export, in the order of their modules' names.

    Raises SettingsError where one is declared so that no file of it could be read.
    """
    return tuple(_by_file().values())


def refused(export: Export, why: str) -> SettingsError:
    """What is raised where an export cannot be as it is declared, with its file."""
    file = next((file for file, one in _by_file().items() if one is export), export.key)
    return SettingsError(f"{file}: {why}.")


def _by_file() -> Mapping[str, Export]:
    by_file: dict[str, Export] = {}
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
        if module.name != "shared_columns":
            file = f"{Path(getattr(module.module_finder, 'path', '')) / module.name}.py"
            by_file[file] = _declared(module.name, file, taken=[e.key for e in by_file.values()])
    return by_file


def _declared(name: str, file: str, *, taken: list[str]) -> Export:
    try:
        module = importlib.import_module(f"{__name__}.{name}")
    # Whatever a declaration raises that cannot be run.
    except Exception as error:
        why = f"{type(error).__name__}: {error}"
        raise SettingsError(f"{file}: går inte att läsa ({why}).") from error
    export: Any = getattr(module, "EXPORT", None)
    if why := fault(export, taken=taken):
        raise SettingsError(f"{file}: {why}.")
    declared: Export = export
    return declared
