"""The declared exports: each module here declares one as EXPORT. A new file is a new export."""

import importlib
import pkgutil
from functools import cache

import duckdb

from loaders.declaration import Export


@cache
def exports() -> tuple[Export, ...]:
    """Every declared export, in the order of their modules' names.

    Raises ValueError where the key of a column cannot be the name of a column in the database.
    """
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    declared = tuple(module.EXPORT for module in modules if hasattr(module, "EXPORT"))
    taken = _reserved()
    for export in declared:
        for column in export.columns:
            if column.key in taken or not column.key.isidentifier():
                raise ValueError(f"{export.key}: a column cannot have the key {column.key!r}")
    return declared


def _reserved() -> set[str]:
    """The words that SQL keeps for itself."""
    with duckdb.connect() as connection:
        rows = connection.execute(
            "select keyword_name from duckdb_keywords() where keyword_category = 'reserved'"
        ).fetchall()
    return {word for (word,) in rows}
