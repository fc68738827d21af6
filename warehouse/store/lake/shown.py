"""What is shown, as tables that others may read: in a lake of its own, beside the versions.

Its catalogue and files are apart from theirs, so that who may read them can read nothing that is
hidden: DuckLake's catalogue tells the lowest and highest value of every column.
"""

import json
from dataclasses import replace
from pathlib import Path

import duckdb

from warehouse import migrations
from warehouse.store.errors import Unreachable
from warehouse.store.lake import catalogue
from warehouse.store.lake.engine import STORAGE, attached, forget, require_folder, version_file
from warehouse.store.lake.place import Place
from warehouse.store.manifest import Manifest

SCHEMA = "samverkan_shown"
_VALUES = """
    create or replace table lake.main.value as
    select
        indicator, period, level, place, "within", part,
        numerator, denominator, value, status, reported, expected
    from version.shown
    order by indicator, level, place, period
"""
_VERSION = """
    create or replace table lake.main.version as
    select $number::integer as number, $made_at::timestamp as made_at, $demo::boolean as demo
"""


def version(place: Place) -> int | None:
    """The number of the version that others read; None before the first. Raises Unreachable."""
    return catalogue.shown(_apart(place))


def publish(place: Place, file: Path, told: Manifest) -> None:
    """Put what a version shows where others read it, in place of what was there.

    Raises Unreachable; then what was there stays.
    """
    apart = _apart(place)
    require_folder(apart, new=True)
    try:
        with (
            attached(apart) as connection,
            version_file(connection, migrations.readable(file), read_only=True),
        ):
            connection.execute("begin")
            connection.execute(_VALUES)
            connection.execute(
                _VERSION, {"number": told.version, "made_at": told.made_at, "demo": told.demo}
            )
            connection.execute(
                "call lake.set_commit_message(null, null, extra_info => $told)",
                {"told": json.dumps({"version": told.version})},
            )
            connection.execute("commit")
            rows = connection.execute(
                "select snapshot_id from ducklake_snapshots('lake')"
            ).fetchall()
            # What was shown before is known to nobody who did not see it then.
            if old := sorted(int(snapshot) for (snapshot,) in rows)[:-1]:
                forget(connection, old)
    except duckdb.Error as error:
        raise Unreachable.of(STORAGE, error) from error


def _apart(place: Place) -> Place:
    return replace(place, schema=SCHEMA)
