"""DuckDB with what reaches a lake: its extensions, the catalogue, and what opens the storage."""

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from importlib import import_module
from pathlib import Path

import duckdb

from warehouse.store.errors import Unreachable
from warehouse.store.lake.place import Place
from warehouse.store.versions import quoted

STORAGE = "Den gemensamma lagringen"
# Beside the folders of the tables: a folder without it is that of a share that is not mounted.
_MARK = "samverkan.txt"
_MARKED = "Här ligger de versioner som flera datorer delar. Ändra ingenting i mappen för hand.\n"
_ONE_AT_A_TIME = threading.RLock()


@contextmanager
def attached(place: Place, *, read_only: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with the lake attached as `lake`, for one at a time. Raises duckdb.Error."""
    with _ONE_AT_A_TIME, _engine(os.getpid()).cursor() as connection:
        if place.is_bucket:
            connection.execute(f"load {quoted(extension('httpfs'))}")
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
            try:
                connection.execute("use memory")
                connection.execute("detach lake")
            except duckdb.Error:
                # One that still holds a lake that is gone could never be given another.
                _engine.cache_clear()


@lru_cache(maxsize=1)
def _engine(_process: int) -> duckdb.DuckDBPyConnection:
    """DuckDB with what reaches a lake, which takes half a second to load."""
    connection = duckdb.connect()
    for name in ("postgres_scanner", "ducklake"):
        connection.execute(f"load {quoted(extension(name))}")
    # Who publishes holds the lock: a conflict is somebody who does not, and ends it.
    connection.execute("set ducklake_max_retry_count = 0")
    return connection


@contextmanager
def version_file(
    connection: duckdb.DuckDBPyConnection, file: Path, *, read_only: bool = False
) -> Iterator[None]:
    """Within the block, `version` is the version in the file. Raises duckdb.Error."""
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
def extension(name: str) -> Path:
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


def forget(connection: duckdb.DuckDBPyConnection, snapshots: Sequence[int]) -> None:
    """Let go of snapshots; what only they had goes after a day, since it may be being read.

    What publishers that were killed left behind goes then too. Raises duckdb.Error.
    """
    numbers = ", ".join(map(str, snapshots))
    connection.execute(f"call ducklake_expire_snapshots('lake', versions => [{numbers}])")
    for call in ("ducklake_cleanup_old_files", "ducklake_delete_orphaned_files"):
        connection.execute(f"call {call}('lake', older_than => now()::timestamp - interval 1 day)")


def require_folder(place: Place, *, new: bool) -> None:
    """See to it that the storage is there; `new` lets it be begun. Raises Unreachable."""
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
        raise Unreachable.of(STORAGE, error) from error
