"""What the catalogue says: which versions there are, and what each was when it was published."""

import json
import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

import psycopg
from psycopg import sql

from warehouse.store import manifest
from warehouse.store.errors import Unreachable
from warehouse.store.lake.answering import Answering
from warehouse.store.lake.place import Place
from warehouse.store.manifest import Manifest

_T = TypeVar("_T")
# A connection for each address, which stays open: it is asked at each page run.
_OPEN: dict[tuple[int, str], psycopg.Connection[Any]] = {}
_ONE_AT_A_TIME = threading.RLock()


@dataclass(frozen=True)
class Entry:
    """A version in the lake: its snapshot, what it holds and came of, and how to make it anew.

    `statements` are those that make its tables and views, and `content` tells what is in each
    table, so that a copy can be held against it.
    """

    snapshot: int
    manifest: Manifest
    statements: tuple[str, ...]
    content: dict[str, str]


def packed(told: Manifest, statements: Sequence[str], content: dict[str, str]) -> str:
    """What is written in a snapshot of a version."""
    return json.dumps(
        {
            "manifest": asdict(told),
            "statements": statements,
            "content": content,
        },
        ensure_ascii=False,
    )


def newest(place: Place) -> Manifest | None:
    """The manifest of the newest version; None where none is published. Raises Unreachable."""
    rows = _rows(place, _SNAPSHOTS + " order by snapshot_id desc limit 1")
    return manifest.of(json.loads(rows[0][1])["manifest"]) if rows else None


def entries(place: Place) -> list[Entry]:
    """The versions that are kept, oldest first. Raises Unreachable."""
    rows = _rows(place, _SNAPSHOTS + " order by snapshot_id")
    return [_entry(int(snapshot), json.loads(text)) for snapshot, text in rows]


def shown(place: Place) -> int | None:
    """The number of the version whose shown values others read in the place; None before the first.

    Raises Unreachable.
    """
    rows = _rows(place, _SNAPSHOTS + " order by snapshot_id desc limit 1")
    return int(json.loads(rows[0][1])["version"]) if rows else None


def logged(place: Place) -> list[Manifest]:
    """The manifests of versions that are no longer kept. Raises Unreachable."""
    rows = _rows(place, "select 0, told from {schema}.samverkan_log order by version")
    return [manifest.of(json.loads(text)) for _, text in rows]


def log(place: Place, told: Sequence[Manifest]) -> None:
    """Write the manifests of versions that are to be kept no longer. Raises Unreachable."""
    if not told:
        return

    def write(book: psycopg.Connection[Any]) -> None:
        with book.transaction():
            book.execute(
                _of(
                    place,
                    "create table if not exists {schema}.samverkan_log "
                    "(version integer primary key, told text not null)",
                )
            )
            for one in told:
                book.execute(
                    _of(
                        place,
                        "insert into {schema}.samverkan_log values (%s, %s) on conflict do nothing",
                    ),
                    (one.version, json.dumps(asdict(one), ensure_ascii=False)),
                )

    _asked(place, write)


_SNAPSHOTS = """
    select snapshot_id, commit_extra_info
    from {schema}.ducklake_snapshot_changes
    where commit_extra_info is not null
"""


def _entry(snapshot: int, told: dict[str, Any]) -> Entry:
    return Entry(
        snapshot,
        manifest.of(told["manifest"]),
        tuple(told["statements"]),
        dict(told["content"]),
    )


def _rows(place: Place, query: str) -> list[tuple[Any, ...]]:
    def read(book: psycopg.Connection[Any]) -> list[tuple[Any, ...]]:
        try:
            return book.execute(_of(place, query)).fetchall()
        except (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName):
            # Nothing has been published in it yet.
            return []

    return _asked(place, read)


def _of(place: Place, query: str) -> sql.Composed:
    return sql.SQL(query).format(schema=sql.Identifier(place.schema))


def _asked(place: Place, ask: Callable[[psycopg.Connection[Any]], _T]) -> _T:
    """Ask over the open connection; one that has been cut off is opened anew, once."""
    key = os.getpid(), place.catalogue
    with _ONE_AT_A_TIME:
        known = _OPEN.pop(key, None)
        for book in (known, None):
            try:
                opened = book or Answering.connect(
                    place.catalogue, autocommit=True, application_name="samverkan"
                )
                answer = ask(opened)
            except psycopg.Error as error:
                if book is None:
                    raise Unreachable.of("Den gemensamma databasen", error) from error
            else:
                _OPEN[key] = opened
                return answer
        raise AssertionError("the second connection answers or raises")
