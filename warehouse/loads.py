"""The loads in a version: adding one, withdrawing one, listing them, and which facts are in force.

Every function works on a connection whose unqualified names mean a version's tables.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

import duckdb

from warehouse.journal import known
from warehouse.who import user


@dataclass(frozen=True, kw_only=True)
class Load:
    """One file that was loaded, and whether it still counts.

    `rows` is None where it is not told.
    """

    load_id: int
    dataset: str
    export: str
    file: str
    sha256: str
    bytes: int
    loaded_at: datetime
    loaded_by: str
    rows: int | None
    first_period: str
    last_period: str
    forced: bool
    demo: bool
    archived: bool
    withdrawn_at: datetime | None
    withdrawn_by: str | None
    withdrawn_reason: str | None
    receipt: str | None = None

    @property
    def read_as(self) -> tuple[str, ...]:
        """What the file was read as and what of it was not read, in sentences."""
        return tuple(json.loads(self.receipt)["said"]) if self.receipt else ()


@dataclass(frozen=True, kw_only=True)
class NewLoad:
    """What is known of a file before its facts are added."""

    dataset: str
    export: str
    file: str
    sha256: str
    bytes: int
    rows: int
    forced: bool
    demo: bool
    archived: bool
    receipt: str | None = None


def history(connection: duckdb.DuckDBPyConnection) -> list[Load]:
    """All loads, newest first."""
    cursor = connection.execute("from load order by load_id desc")
    names = [column[0] for column in cursor.description]
    return [_named(Load(**dict(zip(names, row, strict=True)))) for row in cursor.fetchall()]


def _named(load: Load) -> Load:
    """The load with names in place of marks."""
    by = load.withdrawn_by
    return replace(
        load,
        loaded_by=known.shown(load.loaded_by),
        withdrawn_by=None if by is None else known.shown(by),
    )


def in_force(connection: duckdb.DuckDBPyConnection, sha256: str) -> int | None:
    """The load that has this very file and has not been withdrawn."""
    row = connection.execute(
        "select max(load_id) from load where sha256 = $sha256 and withdrawn_at is null",
        {"sha256": sha256},
    ).fetchone()
    return row[0] if row else None


def has_demo(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether a version has demo data."""
    return connection.execute("from load where demo limit 1").fetchone() is not None


def remove_demo(connection: duckdb.DuckDBPyConnection, *, tables: Iterable[str]) -> None:
    """Take demo loads away altogether, from the tables of facts too.

    They are no part of the history of real data. Nothing is compared with them, so the cube they
    gave goes as well.
    """
    if not has_demo(connection):
        return
    connection.execute("delete from cube")
    demo = "load_id in (select load_id from load where demo)"
    for table in (*tables, "claim", "load"):
        connection.execute(f"delete from {table} where {demo}")


def add(connection: duckdb.DuckDBPyConnection, new: NewLoad) -> int:
    """Add a new load, which claims what is in the connection's temporary `spoken`.

    Gives the load's number; its facts are for its dataset to write.
    """
    load_id = highest(connection) + 1
    connection.execute(
        """
        insert into load by name
        select
            $load_id as load_id, $dataset as dataset, $export as export, $file as file,
            $sha256 as sha256, $bytes as bytes, $now::timestamp as loaded_at,
            $user as loaded_by, $rows as rows, min(period) as first_period,
            max(period) as last_period, $forced as forced, $demo as demo, $archived as archived,
            $receipt as receipt
        from spoken
        """,
        {
            "load_id": load_id,
            "dataset": new.dataset,
            "export": new.export,
            "file": new.file,
            "sha256": new.sha256,
            "bytes": new.bytes,
            "now": datetime.now(),
            "user": user(),
            "rows": new.rows,
            "forced": new.forced,
            "demo": new.demo,
            "archived": new.archived,
            "receipt": new.receipt,
        },
    )
    connection.execute(
        """
        insert into claim by name
        select $load_id as load_id, period, subject, fineness
        from spoken
        -- A gap (less than 0) replaces nothing, whatever the user lets the rest replace.
        where fineness >= 0 or not $forced
        """,
        {"load_id": load_id, "forced": new.forced},
    )
    return load_id


def highest(connection: duckdb.DuckDBPyConnection) -> int:
    """The highest number that a load has, or had in a version that was left; 0 before the first."""
    row = connection.execute(
        """
        select greatest(
            coalesce((select max(load_id) from load), 0),
            coalesce((select max(highest) from load_number), 0)
        )
        """
    ).fetchone()
    return int(row[0]) if row else 0


def reserve(connection: duckdb.DuckDBPyConnection, number: int) -> None:
    """Let no load that is to come have this number, or a lower one."""
    connection.execute("delete from load_number where highest < $number", {"number": number})
    connection.execute(
        "insert into load_number select $number where not exists (from load_number)",
        {"number": number},
    )


def withdraw(connection: duckdb.DuckDBPyConnection, load_id: int, *, reason: str) -> bool:
    """Mark a load as withdrawn; False where there is no such load or it is withdrawn already."""
    changed = connection.execute(
        """
        update load
        set withdrawn_at = $now::timestamp, withdrawn_by = $user, withdrawn_reason = $reason
        where load_id = $load_id and withdrawn_at is null
        returning load_id
        """,
        {"load_id": load_id, "now": datetime.now(), "user": user(), "reason": reason},
    ).fetchall()
    return bool(changed)


def held_finer(connection: duckdb.DuckDBPyConnection, *, dataset: str) -> int:
    """How many periods and subjects of the temporary `spoken` real loads hold more finely."""
    row = connection.execute(
        """
        select count(*)
        from spoken
        join owner using (period, subject)
        join load using (load_id)
        where not load.demo
            and owner.dataset = $dataset
            and owner.fineness > spoken.fineness
            and spoken.fineness >= 0
        """,
        {"dataset": dataset},
    ).fetchone()
    return int(row[0]) if row else 0
