"""The manifest beside a version: what it holds, what it came of, and the hash that proves it."""

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from functools import lru_cache
from importlib.metadata import version as installed
from pathlib import Path
from typing import Any

import duckdb

from machine import durable
from swedish.periods import moment
from warehouse import migrations
from warehouse.store.versions import manifest_of, path_of
from warehouse.who import user

_SEAL = "seal"
FORMAT = 1
"""How manifests are written; one of a later format is not understood."""


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a version holds and what it came of; `made_at` is ISO 8601, `command` what made it.

    `rows` are the rows of each table. `parent` is the version that was changed into this one, None
    for a first one and where that is not known. `adopted` versions were written by a program that
    wrote no manifests, so the hash says only what they were when they were found. `published` is
    the hash of the publisher's file, where this machine's is a copy that came from the lake.
    """

    format: int
    version: int
    sha256: str
    bytes: int
    parent: int | None
    schema: int
    rows: dict[str, int]
    program: str
    made_at: str
    made_by: str
    command: str
    reason: str = ""
    demo: bool = False
    adopted: bool = False
    published: str = ""

    @property
    def origin(self) -> str:
        """What the version is known by on all machines: the hash of the publisher's file."""
        return self.published or self.sha256

    @property
    def understood(self) -> bool:
        """Whether this program knows how to read the version."""
        return self.format <= FORMAT and self.schema <= migrations.SCHEMA


def read(number: int) -> Manifest | None:
    """The manifest of a version; None where there is none, or it cannot be read."""
    path = manifest_of(number)
    try:
        stat = path.stat()
    except OSError:
        return None
    return _read(path, stat.st_ino, stat.st_mtime_ns)


_DONE = {
    "load": "{} läst in",
    "withdraw": "inläsning {} tagen tillbaka",
    "undo": "åter till version {}",
    "restore": "{} återställd",
    "refresh": "omräknad efter nya regler",
}


def described(number: int) -> str:
    """A version with when and by whom it was made, and what it came of, in Swedish."""
    told = read(number)
    if told is None or told.adopted:
        return f"Version {number}"
    # The journal asks the store, so that the store cannot ask for it when it is imported.
    from warehouse.journal.known import shown

    command, _, about = told.command.partition(" ")
    what = _DONE.get(command, told.command).format(about)
    reason = f" ({told.reason})" if told.reason else ""
    demo = ", exempeldata" if told.demo else ""
    made = moment(datetime.fromisoformat(told.made_at))
    return f"Version {number}, {made}, {shown(told.made_by)}: {what}{demo}{reason}"


@lru_cache(maxsize=64)
def _read(path: Path, _inode: int, _changed: int) -> Manifest | None:
    try:
        told = json.loads(path.read_bytes())
        if not isinstance(told, dict) or told["version"] != int(path.stem):
            return None
        datetime.fromisoformat(told["made_at"])
        return of(told)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def is_damaged(number: int) -> bool:
    """Whether a version has a manifest, and it is not as it was written."""
    path = manifest_of(number)
    try:
        stat = path.stat()
    except OSError:
        return False
    return _is_damaged(path, stat.st_ino, stat.st_mtime_ns)


@lru_cache(maxsize=64)
def _is_damaged(path: Path, inode: int, changed: int) -> bool:
    told = _read(path, inode, changed)
    if told is None or not told.understood:
        return told is None
    content = json.loads(path.read_bytes())
    # Those of earlier programs have none.
    seal = content.pop(_SEAL, None)
    return seal not in (None, _seal(content))


def _seal(told: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def of(told: dict[str, Any]) -> Manifest:
    """The manifest that was written so. Raises TypeError where something is missing."""
    known = {field.name for field in fields(Manifest)}
    return Manifest(**{key: value for key, value in told.items() if key in known})


def save(told: Manifest) -> None:
    """Write a manifest in its place. Raises OSError."""
    content = asdict(told)
    text = json.dumps(content | {_SEAL: _seal(content)}, ensure_ascii=False, indent=2)
    durable.write(manifest_of(told.version), f"{text}\n".encode(), mode=0o644)


def write(
    number: int,
    file: Path,
    *,
    parent: int | None,
    command: str,
    reason: str = "",
    demo: bool = False,
    adopted: bool = False,
) -> Manifest:
    """Write the manifest of a version that lies finished in `file`, which is read back for it.

    Raises OSError, and duckdb.Error where the file cannot be read.
    """
    schema, rows = _told(file)
    made = Manifest(
        format=FORMAT,
        version=number,
        sha256=fingerprint(file),
        bytes=file.stat().st_size,
        parent=parent,
        schema=schema,
        rows=rows,
        program=installed("samverkan"),
        made_at=datetime.now().isoformat(sep=" ", timespec="seconds"),
        made_by=user(),
        command=command,
        reason=reason,
        demo=demo,
        adopted=adopted,
    )
    save(made)
    return made


def adopt(number: int, *, parent: int | None) -> None:
    """Give a version that an older program wrote its manifest. Raises as `write`."""
    write(number, path_of(number), parent=parent, command="", adopted=True)


def fingerprint(file: Path) -> str:
    """The SHA-256 of a file. Raises OSError."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _told(file: Path) -> tuple[int, dict[str, int]]:
    """The number of a version's tables, and how many rows each has."""
    with duckdb.connect(str(file), read_only=True) as connection:
        tables = [
            str(name)
            for (name,) in connection.execute(
                """
                select table_name
                from duckdb_tables()
                where not internal and not temporary
                order by table_name
                """
            ).fetchall()
        ]
        counted = {}
        for table in tables:
            row = connection.execute(f'select count(*) from "{table}"').fetchone()
            counted[table] = int(row[0]) if row else 0
        return migrations.number_of(connection), counted
