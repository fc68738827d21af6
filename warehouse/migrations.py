"""Versions that an earlier program wrote: how their tables become those of today, step by step.

A version says in its table `schema` which number its tables have, and by which statements they were
made. An older one is read through a copy that has been brought forward, so that it reads as the
others do; the first writer after that publishes it so, as a new version. A change of tables that
`schema.sql` cannot make by adding is one more step here, a higher SCHEMA, and a version of before
it among the tests (tests/warehouse/data).
"""

import hashlib
import shutil
import tempfile
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import duckdb

from machine import scratch

SCHEMA = 2
_FIRST = 1
# What takes a version from each number to the next. What is not there comes with schema.sql.
_STEPS = {
    # Columns are called by what they hold in every dataset: a claim's subject may be a fund's
    # recipient, and the cube's part a process.
    1: """
        drop view if exists owner;
        drop view if exists shown;
        alter table if exists claim rename municipality to subject;
        alter table if exists cube rename care_form to part;
        alter table if exists disclosure_hidden rename care_form to part;
        alter table if exists reading rename care_form to part;
        alter table if exists reading_series rename care_form to part;
    """,
}


def bring_forward(connection: duckdb.DuckDBPyConnection) -> None:
    """Give the version that unqualified names mean today's tables, within a transaction.

    One that is empty gets all of them.
    """
    if _has_tables(connection):
        for number in range(number_of(connection), SCHEMA):
            connection.execute(_STEPS[number])
    statements = _statements()
    connection.execute(statements)
    connection.execute("alter table schema add column if not exists tables varchar")
    connection.execute("delete from schema")
    connection.execute(
        "insert into schema (number, tables) values ($number, $tables)",
        {"number": SCHEMA, "tables": _fingerprint(statements)},
    )


def readable(path: Path) -> Path:
    """A file that reads as today's versions do: the version itself, or a copy brought forward."""
    stat = path.stat()
    return _readable(path, stat.st_ino, stat.st_mtime_ns)


def number_of(connection: duckdb.DuckDBPyConnection) -> int:
    """The number of a version's tables; the first had none written down."""
    if not _exists(connection, "schema"):
        return _FIRST
    row = connection.execute("select max(number) from schema").fetchone()
    return int(row[0]) if row and row[0] is not None else _FIRST


@lru_cache(maxsize=4)
def _readable(path: Path, _inode: int, _changed: int) -> Path:
    with duckdb.connect(str(path), read_only=True) as connection:
        if _is_todays(connection):
            return path
    copy = Path(tempfile.mkdtemp(dir=scratch.lasting())) / path.name
    shutil.copyfile(path, copy)
    with duckdb.connect(str(copy)) as connection:
        connection.execute("begin")
        bring_forward(connection)
        connection.execute("commit")
    return copy


def _is_todays(connection: duckdb.DuckDBPyConnection) -> bool:
    if number_of(connection) != SCHEMA:
        return number_of(connection) > SCHEMA
    row = connection.execute("select * from schema").fetchone()
    return row is not None and row[-1] == _fingerprint(_statements())


def _statements() -> str:
    return files("warehouse").joinpath("schema.sql").read_text(encoding="utf-8")


def _fingerprint(statements: str) -> str:
    """Of what statements do: what is said about them is no part of it."""
    lines = [line.strip() for line in statements.splitlines()]
    done = "\n".join(line for line in lines if line and not line.startswith("--"))
    return hashlib.sha256(done.encode()).hexdigest()


def _has_tables(connection: duckdb.DuckDBPyConnection) -> bool:
    return _exists(connection, "load")


def _exists(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    row = connection.execute(
        "from duckdb_tables() where database_name = current_database() and table_name = $table",
        {"table": table},
    ).fetchone()
    return row is not None
