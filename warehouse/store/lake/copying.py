"""A version into the lake, as one snapshot, and out of it, as a file of this machine's own."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from importlib import import_module
from pathlib import Path

import duckdb

from settings import settings
from warehouse.store.errors import Unreachable, WarehouseError
from warehouse.store.lake import catalogue
from warehouse.store.lake.catalogue import Entry
from warehouse.store.lake.place import Place
from warehouse.store.manifest import Manifest
from warehouse.store.versions import quoted

_STORAGE = "Den gemensamma lagringen"
# Beside the folders of the tables: a folder without it is that of a share that is not mounted.
_MARK = "samverkan.txt"
_LAST = "last_published"
_MARKED = "Här ligger de versioner som flera datorer delar. Ändra ingenting i mappen för hand.\n"


_ONE_AT_A_TIME = threading.RLock()


class NotAsPublished(WarehouseError):
    """What came out of the lake is not what was put into it."""


def commit(place: Place, file: Path, told: Manifest) -> None:
    """Put a finished file into the lake as a version, with its manifest, in one transaction.

    What is as in the version before is not written again. Raises Unreachable; whether the version
    is there then is for the catalogue to say.
    """
    known = catalogue.entries(place)
    before = known[-1].content if known else {}
    _require_folder(place, new=not known)
    try:
        with _lake(place) as connection, _file(connection, file, read_only=True):
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
        raise Unreachable.of(_STORAGE, error) from error


def fetch(place: Place, entry: Entry, into: Path) -> None:
    """Make a version's file from the lake, and hold it against what was published.

    Raises Unreachable, NotAsPublished and OSError.
    """
    _require_folder(place, new=False)
    try:
        with _lake(place, read_only=True) as connection, _file(connection, into):
            connection.execute("use version")
            _make(connection, list(entry.statements))
            for table in entry.content:
                connection.execute(
                    f'insert into version."{table}" '
                    f'from lake.main."{table}" at (version => {entry.snapshot:d})'
                )
            found = content(connection, entry.manifest)
    except duckdb.Error as error:
        raise Unreachable.of(_STORAGE, error) from error
    if found != entry.content:
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
    numbers = ", ".join(str(entry.snapshot) for entry in old)
    try:
        with _lake(place) as connection:
            connection.execute(f"call ducklake_expire_snapshots('lake', versions => [{numbers}])")
            for forget in ("ducklake_cleanup_old_files", "ducklake_delete_orphaned_files"):
                connection.execute(
                    f"call {forget}('lake', older_than => now()::timestamp - interval 1 day)"
                )
    except duckdb.Error as error:
        raise Unreachable.of(_STORAGE, error) from error


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
    found = connection.execute(
        """
        select sql from duckdb_tables() where database_name = 'version'
        union all
        select sql from duckdb_views() where database_name = 'version' and not internal
        """
    ).fetchall()
    return [str(statement) for (statement,) in found]


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


@contextmanager
def _lake(place: Place, *, read_only: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with the lake attached as `lake`, for one at a time. Raises duckdb.Error."""
    with _ONE_AT_A_TIME, _engine(os.getpid()).cursor() as connection:
        if place.is_bucket:
            connection.execute(f"load {quoted(_extension('httpfs'))}")
            connection.execute(_secret())
        connection.execute(
            f"""
            attach {quoted(f"ducklake:postgres:{place.catalogue}")} as lake (
                data_path {quoted(place.data)}, override_data_path true,
                metadata_schema {quoted(place.schema)}, data_inlining_row_limit 0
                {", read_only" if read_only else ""}
            )
            """
        )
        try:
            yield connection
        finally:
            with suppress(duckdb.Error):
                connection.execute("rollback")
            with suppress(duckdb.Error):
                connection.execute("use memory")
                connection.execute("detach lake")


@lru_cache(maxsize=1)
def _engine(_process: int) -> duckdb.DuckDBPyConnection:
    """DuckDB with what reaches a lake, which takes half a second to load."""
    connection = duckdb.connect()
    for name in ("postgres_scanner", "ducklake"):
        connection.execute(f"load {quoted(_extension(name))}")
    # Who publishes holds the lock: a conflict is somebody who does not, and ends it.
    connection.execute("set ducklake_max_retry_count = 0")
    return connection


@contextmanager
def _file(
    connection: duckdb.DuckDBPyConnection, file: Path, *, read_only: bool = False
) -> Iterator[None]:
    connection.execute(f"attach {quoted(file)} as version{' (read_only)' if read_only else ''}")
    try:
        yield
    finally:
        with suppress(duckdb.Error):
            connection.execute("rollback")
        with suppress(duckdb.Error):
            connection.execute("use memory")
            connection.execute("detach version")


@lru_cache(maxsize=8)
def _extension(name: str) -> Path:
    """Where the package of an extension of DuckDB has it. Raises Unreachable."""
    try:
        package = import_module(f"duckdb_extension_{name}")
    except ImportError as error:
        raise Unreachable(
            "Delade versioner behöver samverkan[lake]. Installera det: pip install -e '.[lake]'."
        ) from error
    return Path(str(package.__file__)).parent.joinpath(
        "extensions", f"v{duckdb.__version__}", f"{name}.duckdb_extension"
    )


def _secret() -> str:
    """What opens the bucket, by the variables that programs for S3 share."""
    asked = {
        "key_id": os.environ.get("AWS_ACCESS_KEY_ID", ""),
        "secret": os.environ.get("AWS_SECRET_ACCESS_KEY", ""),
        "region": os.environ.get("AWS_REGION", "us-east-1"),
    }
    if address := os.environ.get("AWS_ENDPOINT_URL", ""):
        asked["endpoint"] = address.partition("://")[2]
        asked["use_ssl"] = str(not address.startswith("http://")).lower()
        asked["url_style"] = "path"
    given = ", ".join(f"{name} {quoted(value)}" for name, value in asked.items())
    return f"create or replace secret (type s3, {given})"


def _require_folder(place: Place, *, new: bool) -> None:
    if place.is_bucket:
        return
    mark = Path(place.data) / _MARK
    if mark.is_file():
        return
    if not new or not Path(place.storage).is_dir():
        raise Unreachable(
            f"Den gemensamma lagringen {place.storage} har ingenting från samverkan. Är enheten "
            "monterad? Ingenting har ändrats."
        )
    try:
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.write_text(_MARKED, encoding="utf-8")
    except OSError as error:
        raise Unreachable.of(_STORAGE, error) from error
