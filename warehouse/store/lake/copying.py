"""A version into the lake, as one snapshot, and out of it, as a file of this machine's own."""

from pathlib import Path

import duckdb

from settings import settings
from warehouse.store.errors import Unreachable, WarehouseError
from warehouse.store.lake import catalogue
from warehouse.store.lake.catalogue import Entry
from warehouse.store.lake.engine import STORAGE, attached, forget, require_folder, version_file
from warehouse.store.lake.place import Place
from warehouse.store.manifest import Manifest

_LAST = "last_published"


class NotAsPublished(WarehouseError):
    """What came out of the lake is not what was put into it."""


def commit(place: Place, file: Path, told: Manifest) -> None:
    """Put a finished file into the lake as a version, with its manifest, in one transaction.

    What is as in the version before is not written again. Raises Unreachable; whether the version
    is there then is for the catalogue to say.
    """
    known = catalogue.entries(place)
    before = known[-1].content if known else {}
    require_folder(place, new=not known)
    try:
        with attached(place) as connection, version_file(connection, file, read_only=True):
            after = content(connection, told)
            connection.execute("begin")
            # Two that publish at once both write this, so that only one of them can.
            connection.execute(
                f"create or replace table lake.main.{_LAST} as select $version",
                {"version": told.version},
            )
            for table in before.keys() - after.keys():
                connection.execute(f'drop table lake.main."{table}"')
            for table in (one for one in after if after[one] != before.get(one)):
                connection.execute(
                    f'create or replace table lake.main."{table}" as from version."{table}"'
                )
            connection.execute(
                "call lake.set_commit_message($by, $command, extra_info => $told)",
                {
                    "by": told.made_by,
                    "command": told.command,
                    "told": catalogue.packed(told, _statements(connection), after),
                },
            )
            connection.execute("commit")
    except duckdb.Error as error:
        raise Unreachable.of(STORAGE, error) from error


def fetch(place: Place, entry: Entry, into: Path) -> None:
    """Make a version's file from the lake, and hold it against what was published.

    Raises Unreachable, NotAsPublished and OSError.
    """
    require_folder(place, new=False)
    try:
        with attached(place, read_only=True) as connection, version_file(connection, into):
            # In one transaction the catalogue is read once, and the file is synced once.
            connection.execute("begin")
            connection.execute("use version")
            _make(connection, list(entry.statements))
            for table in entry.content:
                connection.execute(
                    f'insert into version."{table}" '
                    f'from lake.main."{table}" at (version => {entry.snapshot:d})'
                )
            fetched = content(connection, entry.manifest)
            connection.execute("commit")
    except duckdb.Error as error:
        raise Unreachable.of(STORAGE, error) from error
    if fetched != entry.content:
        raise NotAsPublished(
            f"Version {entry.manifest.version} i den gemensamma lagringen är inte som den "
            "publicerades. Ingenting har ändrats."
        )


def expire(place: Place) -> None:
    """Keep the newest versions of the lake; the files of the others go after a day.

    Somebody may be fetching one of them. Raises Unreachable.
    """
    old = catalogue.entries(place)[: -settings().keep_versions]
    if not old:
        return
    catalogue.log(place, [entry.manifest for entry in old])
    try:
        with attached(place) as connection:
            forget(connection, [entry.snapshot for entry in old])
    except duckdb.Error as error:
        raise Unreachable.of(STORAGE, error) from error


def content(connection: duckdb.DuckDBPyConnection, told: Manifest) -> dict[str, str]:
    """What tells the rows of each table of `version` from others, whatever their order.

    Tables that have none are left out, as they are in the lake.
    """
    return {
        table: str(
            connection.execute(
                f"""
                select count(*) || ' ' || sum(md5_number_lower(one::varchar)::hugeint)
                from version."{table}" as one
                """
            ).fetchall()[0][0]
        )
        for table, rows in told.rows.items()
        if rows
    }


def _statements(connection: duckdb.DuckDBPyConnection) -> list[str]:
    rows = connection.execute(
        """
        select sql from duckdb_tables() where database_name = 'version'
        union all
        select sql from duckdb_views() where database_name = 'version' and not internal
        """
    ).fetchall()
    return [str(statement) for (statement,) in rows]


def _make(connection: duckdb.DuckDBPyConnection, statements: list[str]) -> None:
    """Run the statements; a view may come before the one that it rests on."""
    while statements:
        left = []
        for statement in statements:
            try:
                connection.execute(statement)
            except duckdb.CatalogException:
                left.append(statement)
        if len(left) == len(statements):
            connection.execute(left[0])
        statements = left
