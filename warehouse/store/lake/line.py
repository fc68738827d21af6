"""One publisher at a time among all machines; the others stand in line, in the order they came.

A place in line is a session at PostgreSQL, so that of one who dies is gone with it.
"""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from settings import settings
from warehouse.store.errors import UNCHANGED, Busy, Unreachable
from warehouse.store.lake.answering import Answering
from warehouse.store.lake.place import Place

_LOCK = 0x73616D76
_NAME = "samverkan, publicerar: "
_PAUSE = 0.1
_AHEAD = """
    select coalesce(first_value(application_name) over (order by backend_start, pid), '')
    from pg_stat_activity
    where datname = current_database()
        and starts_with(application_name, %(name)s)
        -- One that gave up while the server hung has no place, though its session is there.
        and query <> ''
        and (backend_start, pid) < (
            select backend_start, pid from pg_stat_activity where pid = pg_backend_pid()
        )
"""


@contextmanager
def turn(place: Place, *, tell: Callable[[str], None]) -> Iterator[None]:
    """Hold the lock of all publishers in the block, after those who came before.

    `tell` is told the place in line each time it changes. Raises Busy after the waiting time of the
    settings, and Unreachable.
    """
    name = _NAME + socket.gethostname()
    try:
        connection = Answering.connect(place.catalogue, autocommit=True, application_name=name)
    except psycopg.Error as error:
        raise Unreachable.of("Den gemensamma databasen", error, then=UNCHANGED) from error
    with connection:
        try:
            _wait(connection, tell)
        except psycopg.Error as error:
            raise Unreachable.of("Den gemensamma databasen", error, then=UNCHANGED) from error
        yield


def _wait(connection: psycopg.Connection[Any], tell: Callable[[str], None]) -> None:
    # A machine that is cut off must not hold the lock for hours.
    for setting, seconds in (("idle", 10), ("interval", 5), ("count", 3)):
        connection.execute(f"set tcp_keepalives_{setting} = {seconds}".encode())
    deadline = time.monotonic() + settings().lock_wait_seconds
    told: int | None = None
    while True:
        ahead = [str(name) for (name,) in connection.execute(_AHEAD, {"name": _NAME})]
        if not ahead:
            row = connection.execute("select pg_try_advisory_lock(%s)", (_LOCK,)).fetchone()
            if row and row[0]:
                return
        holder = ahead[0].removeprefix(_NAME) if ahead else "en annan dator"
        if len(ahead) != told:
            told = len(ahead)
            tell(f"Väntar på {holder}. Plats {len(ahead) + 1} i kön")
        if time.monotonic() > deadline:
            raise Busy(
                f"De gemensamma uppgifterna skrivs just nu av {holder}. Ingenting har ändrats; "
                "försök igen om en stund."
            )
        time.sleep(_PAUSE)
