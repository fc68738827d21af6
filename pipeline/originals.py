"""What a load is about, who may do something with it, and its file as it came."""

from typing import Any

import duckdb

from access.checks import Refused, require
from access.places import areas_of
from access.rights import Act
from loaders.delivery import Delivery
from metrics.datasets import datasets
from warehouse import archive, loads, store
from warehouse.journal import audit


def original(load_id: int) -> bytes:
    """The archived file of a load, byte for byte; that it was fetched is written in the audit.

    Raises KeyError where none is kept as it was, store.Busy, store.Unwritable and checks.Refused.
    """
    load = require_for(Act.ORIGINAL, load_id)
    if not load.archived or not archive.sound(load.sha256):
        raise KeyError(load_id)
    content = archive.path_of(load.sha256).read_bytes()
    audit.record(audit.EventKind.ORIGINAL, f"inläsning {load_id}, {load.file}")
    return content


def may(act: Act, load_id: int) -> bool:
    """Whether who is at work may do something with a load: for what a page offers."""
    try:
        require_for(act, load_id)
    except (Refused, KeyError):
        return False
    return True


def require_for(act: Act, load_id: int) -> loads.Load:
    """A load, where who is at work may do something with it. Raises KeyError and Refused."""
    with store.reading() as connection:
        known = loads.history(connection) if connection is not None else []
        wanted = next((load for load in known if load.load_id == load_id), None)
        if connection is None or wanted is None:
            raise KeyError(load_id)
        said = "select distinct subject from claim where load_id = $load_id"
        areas = _areas(connection, said, load_id=load_id)
    require(act, dataset=wanted.dataset, areas=areas)
    return wanted


def areas_in(file: Delivery) -> frozenset[str]:
    """The areas that a checked file speaks of."""
    if file.export is None:
        return frozenset()
    datasets()[file.export.dataset].make_spoken(file.connection, cases=file.cases)
    return _areas(file.connection, "select distinct subject from spoken")


def _areas(connection: duckdb.DuckDBPyConnection, statement: str, **values: Any) -> frozenset[str]:
    """The areas of the subjects that a statement gives; a subject ends with its place."""
    rows = connection.execute(statement, values).fetchall()
    return areas_of(str(subject).rpartition(" | ")[2] for (subject,) in rows)
