"""The declared exports: each module here declares one as EXPORT. A new file is a new export."""

import importlib
import pkgutil
from functools import cache

from loaders.declaration import Export


@cache
def exports() -> tuple[Export, ...]:
    """Every declared export, in the order of their modules' names."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    return tuple(module.EXPORT for module in modules if hasattr(module, "EXPORT"))
