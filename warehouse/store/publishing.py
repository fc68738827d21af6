"""Making the next version: a copy is changed, read back, described, and put in force.

`CURRENT` moving is what publishes. A writer that is killed before leaves the version before it in
force, and nothing that a later one could take for its own: each attempt has a name of its own.
"""

import logging
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path

import duckdb

from machine import durable, scratch
from settings import sound, warehouse_dir
from swedish.refusals import why
from warehouse import migrations
from warehouse.store import manifest
from warehouse.store.clearing import give_up, prune, remove, sweep
from warehouse.store.errors import (
    UNCHANGED,
    Lost,
    Unchanged,
    Unreachable,
    Unwritable,
    WarehouseError,
    refusals,
)
from warehouse.store.held import held, remember
from warehouse.store.lake.place import Place, place
from warehouse.store.locking import Lock, Tell
from warehouse.store.locking import lock as taken
from warehouse.store.standing import require_understood, standing
from warehouse.store.versions import (
    logged,
    path_of,
    point,
    pointed,
    quoted,
    versions,
)

_LOG = logging.getLogger(__name__)


@contextmanager
def writing(
    connection: duckdb.DuckDBPyConnection,
    *,
    command: str,
    reason: str = "",
    demo: bool | None = None,
    start: Path | None = None,
    tell: Tell = lambda _: None,
) -> Iterator[int]:
    """Change a copy of the version in force, over the given connection, and put it in force.

    Within the block, which is given the number of the version that it makes, the copy's tables are
    those that unqualified names mean, in one transaction. An exception in the block leaves
    everything as it was; Unchanged does so quietly. `demo` says whether it is demo data, None that
    it is what it was. `start` is a file to begin from instead of the version in force: a version
    that was kept. `tell` is told the place in line.
    Raises Busy where another process holds the lock for longer than the settings allow, Unwritable
    where the disk refuses, and Lost and Newer where the version in force cannot be read.
    """
    folder = warehouse_dir()
    # Before anything is written: a folder whose share is not mounted stays as it is.
    if start is None:
        to_change()
    with refusals(folder), alone(command=command, tell=tell) as lock:
        before = to_change() if start is None else parent()
        after = next_number()
        part = folder / f"{after:06d}.{secrets.token_hex(4)}{durable.PART}"
        lock.making(after)
        try:
            _copy(start or _path(before), part)
            yield from _change(connection, part, after)
            told = manifest.read(before) if before else None
            publish(
                part,
                after,
                parent=before,
                command=command,
                reason=reason,
                demo=bool(told and told.demo) if demo is None else demo,
            )
        except Unchanged:
            return
        finally:
            remove(part)
            if pointed() != after:
                give_up(after)
            # What is in force stays so, whether or not the disk takes the note.
            with suppress(OSError):
                lock.making(None)


@contextmanager
def alone(*, command: str, tell: Tell = lambda _: None) -> Iterator[Lock]:
    """Hold the lock of the warehouse, with what killed writers left behind out of the way.

    Versions that an older program wrote get their manifests, and those of other machines are
    brought here. Raises Busy, Unreachable and OSError.
    """
    folder = warehouse_dir()
    folder.mkdir(parents=True, exist_ok=True)
    shared = place()
    # All machines' line first: while others publish, this one goes on bringing what they did.
    with (
        _turn(shared, tell) if shared else nullcontext(),
        taken(folder, command=command, tell=tell) as lock,
    ):
        sweep()
        if lock.left and lock.left != pointed():
            give_up(lock.left)
        if shared:
            from warehouse.store.lake import bringing

            bringing.bring(shared)
        if not versions() and not logged() and pointed() is None:
            # From now on nothing published is declared, and no pointer at all means lost.
            point(0)
        _adopt()
        yield lock


def _turn(shared: Place, tell: Tell) -> AbstractContextManager[None]:
    # What it needs is installed only where versions are shared.
    from warehouse.store.lake import line

    return line.turn(shared, tell=tell)


def to_change() -> int | None:
    """The version that a change begins from.

    Raises Lost where that is not the one in force, Newer where a later program wrote that, and
    Unwritable while a file that settings or tables are declared in cannot be used: what is
    published then would be by what held before.
    """
    if amiss := sound.trouble():
        raise Unwritable(f"{amiss} Ingenting har ändrats.")
    require_understood()
    now = standing()
    if not now.whole:
        raise Lost(f"{now.trouble} Ingenting har ändrats.")
    return now.number


def parent() -> int | None:
    """The version that is shown, whatever is amiss with it; None where none is.

    Raises Newer: what a later program has put in force is not for this one to replace.
    """
    require_understood()
    try:
        return standing().number
    except WarehouseError:
        return None


def next_number() -> int:
    """A number that no version has had."""
    known = held()
    seen = [*versions(), *logged(), pointed() or 0, known.version if known else 0]
    return max(seen) + 1


def publish(
    file: Path, number: int, *, parent: int | None, command: str, reason: str, demo: bool
) -> None:
    """Put a finished file in force as a version, under the lock.

    Raises OSError, and duckdb.Error where it cannot be read back.
    """
    durable.sync(file)
    told = manifest.write(number, file, parent=parent, command=command, reason=reason, demo=demo)
    if shared := place():
        _share(shared, file, told)
    try:
        os.replace(file, path_of(number))
        durable.sync(warehouse_dir())
        point(number)
    except OSError as error:
        # What is shared is in force already, and this machine fetches it when it looks again.
        if shared is None and pointed() != number:
            raise
        _LOG.warning("Version %s gäller, trots att disken vägrade (%s).", number, why(error))
        if pointed() != number:
            return
    if not demo:
        remember(number)
    prune(number)


def _share(shared: Place, file: Path, told: manifest.Manifest) -> None:
    """Publish a finished file to all machines.

    Raises Unreachable where it is not published, or nobody can say whether it is.
    """
    from warehouse.store.lake import catalogue, copying, shown

    try:
        copying.commit(shared, file, told)
    except Unreachable as error:
        # The answer may have been lost, not the version.
        try:
            newest = catalogue.newest(shared)
        except Unreachable:
            raise Unreachable(
                f"{error} Om version {told.version} kom med går inte att säga förrän det svarar "
                "igen: den syns i så fall då. Att läsa in samma fil en gång till skadar inte."
            ) from error
        if newest is None or newest.origin != told.origin:
            raise Unreachable(f"{error} {UNCHANGED}") from error
    # The version is published; what follows from it is done again with the next.
    try:
        shown.publish(shared, file, told)
        copying.expire(shared)
    except WarehouseError as error:
        _LOG.warning(
            "Version %s är publicerad, men allt därefter blev inte gjort: %s", told.version, error
        )


@contextmanager
def trying(connection: duckdb.DuckDBPyConnection, *, start: Path | None = None) -> Iterator[int]:
    """As `writing`, but on a copy that is thrown away: no lock, and nothing changes.

    Raises Unwritable where there is no room for the copy.
    """
    with scratch.folder() as folder, refusals(folder):
        part = folder / "trial.duckdb"
        try:
            _copy(start or _path(to_change()), part)
            yield from _change(connection, part, next_number())
        except Unchanged:
            return


def _path(number: int | None) -> Path | None:
    return None if number is None else path_of(number)


def _copy(source: Path | None, part: Path) -> None:
    if source is not None:
        shutil.copyfile(source, part)


def _change(connection: duckdb.DuckDBPyConnection, part: Path, number: int) -> Iterator[int]:
    # A version has many columns of few rows, and each takes a block: the smallest there is. A copy
    # keeps the size that it has.
    blocks = "" if part.exists() else ", block_size 16384"
    # What is not finished is thrown away, never replayed: no log of it. Where a disk refused that,
    # DuckDB took changed rows of a table with a key back by ending the process.
    connection.execute(f"attach {quoted(part)} as warehouse (recovery_mode no_wal_writes{blocks})")
    try:
        connection.execute("use warehouse")
        connection.execute("begin")
        try:
            migrations.bring_forward(connection)
            yield number
        except BaseException:
            # What failed is what is to be told, and the copy is thrown away whatever it holds.
            with suppress(duckdb.Error):
                connection.execute("rollback")
            raise
        _finish(connection, part)
    finally:
        # A disk that was full has left the copy, never the connection's own memory, unusable.
        with suppress(duckdb.Error):
            connection.execute("use memory")
            connection.execute("detach warehouse")


def _finish(connection: duckdb.DuckDBPyConnection, part: Path) -> None:
    try:
        connection.execute("commit")
        # A copy that the disk does not take is let go of only where no name means it.
        connection.execute("use memory")
        connection.execute("checkpoint warehouse")
    except duckdb.Error as error:
        with suppress(duckdb.Error):
            connection.execute("rollback")
        raise Unwritable.of(part.parent, error) from error


def _adopt() -> None:
    """Give manifests to the versions of an older program, up to the one in force."""
    described, newest, parent = set(logged()), pointed(), None
    for number in versions():
        if number not in described and newest is not None and number <= newest:
            with suppress(duckdb.Error):
                manifest.adopt(number, parent=parent)
        parent = number
