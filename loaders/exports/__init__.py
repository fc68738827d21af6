"""The declared exports: each module here declares one as EXPORT. A new file is a new export."""

import importlib
import pkgutil
from functools import cache

import duckdb

from loaders import kinds
from loaders.declaration import Export

# What the tables that a table of counts is read through have columns for.
_WORKING = frozenset({"block", "part", "place", "role", "row", "sheet", "site", "state", "value"})


@cache
def exports() -> tuple[Export, ...]:
    """Every declared export, in the order of their modules' names.

    Raises ValueError where one is declared so that no file of it could be read.
    """
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    declared = tuple(module.EXPORT for module in modules if hasattr(module, "EXPORT"))
    for export in declared:
        require_readable(export)
    return declared


def require_readable(export: Export) -> None:
    """Raise ValueError where an export is declared so that no file of it could be read."""
    held = {column.kind for column in export.columns}
    if export.tables and not held >= {kinds.COUNT, kinds.MUNICIPALITY}:
        raise ValueError(f"{export.key}: a table of counts has counts, and municipalities")
    taken = _reserved() | (_WORKING if export.tables else frozenset())
    for column in export.columns:
        if column.key in taken or not column.key.isidentifier():
            raise ValueError(f"{export.key}: a column cannot have the key {column.key!r}")


@cache
def _reserved() -> frozenset[str]:
    """The words that SQL keeps for itself."""
    with duckdb.connect() as connection:
        rows = connection.execute(
            "select keyword_name from duckdb_keywords() where keyword_category = 'reserved'"
        ).fetchall()
    return frozenset(word for (word,) in rows)
