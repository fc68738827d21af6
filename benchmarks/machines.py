"""How several machines share their versions and their readers, on PostgreSQL and a shared folder.

1, 2 and 4 dashboards, each a process with a data folder of its own, stand behind a plain proxy.
Readers ask for pages; then a version is published, and all are asked until they show it; then the
database is taken down while another is published, and all go on with what they have.
"""

import asyncio
import json
import os
import signal
import socket
import statistics
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import readers
from benchmarks.loading import write_stays
from benchmarks.measured import Measured
from benchmarks.processes import SAMVERKAN
from settings import SHIPPED
from swedish import typography
from tests.warehouse.cluster import Cluster, cluster

DASHBOARDS = (1, 2, 4)
READERS, SECONDS = 8, 10.0
# What is promised: how soon all show what one has published.
SEEN = 2.0


@dataclass(frozen=True)
class Machine:
    """A dashboard: its data folder and its port."""

    folder: Path
    port: int

    def health(self) -> dict[str, object]:
        """What it says of itself."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=30) as answer:
            return dict(json.load(answer))


def measure() -> Measured:
    """What readers were served, how soon all show a new version, and what happens without the
    database."""
    heads = [
        *("instrumentpaneler", "sidor i sekunden", "median, s", "95 % inom, s"),
        *("alla visar nytt efter, s", "utan databasen"),
    ]
    rows, kept = [heads], True
    with tempfile.TemporaryDirectory() as name, cluster() as server:
        place = Path(name)
        address = server.database()
        (place / "store").mkdir()
        first = _folder(place, "machine0", address)
        for file in sorted((SHIPPED / "demo").glob("*.csv")):
            _load(first, file).check_returncode()
        for many in DASHBOARDS:
            row, well = _with(many, place, address, server)
            rows.append(row)
            kept &= well
    return Measured(rows, kept=kept)


def _with(many: int, place: Path, address: str, server: Cluster) -> tuple[list[str], bool]:
    with ExitStack() as stack:
        machines = [
            stack.enter_context(_served(_folder(place, f"machine{number}", address)))
            for number in range(many)
        ]
        taken = asyncio.run(_read([machine.port for machine in machines]))
        seen = _seen(place, machines, number=many)
        told, well = _goes_on(place, machines, server, number=many)
        slow = statistics.quantiles(taken, n=20)[-1]
        figures = [typography.number(one, 2) for one in (statistics.median(taken), slow, seen)]
        each = typography.number(len(taken) / SECONDS, 1)
        return [str(many), each, *figures, told], well and seen <= SEEN


async def _read(ports: list[int]) -> list[float]:
    async with readers.proxy(ports) as port:
        # Once round, so that what is made ready at the start is.
        await readers.read(port, readers=READERS, seconds=SECONDS / 2)
        return await readers.read(port, readers=READERS, seconds=SECONDS)


def _seen(place: Path, machines: list[Machine], *, number: int) -> float:
    """Seconds from when the first shows a version that is published until all do."""
    before = machines[0].health()["version"]
    publisher = subprocess.Popen(
        [SAMVERKAN, "load", "--yes", str(_stays(place, number))],
        env=_environment(machines[0].folder),
        stdout=subprocess.DEVNULL,
    )
    published = None
    waiting = list(machines)
    while waiting:
        waiting = [machine for machine in waiting if machine.health()["version"] == before]
        if published is None and len(waiting) < len(machines):
            published = time.monotonic()
        if published is None and publisher.poll():
            raise SystemExit("samverkan load failed")
        time.sleep(0.02)
    seen = time.monotonic() - (published or 0.0)
    publisher.wait()
    return seen


def _goes_on(
    place: Path, machines: list[Machine], server: Cluster, *, number: int
) -> tuple[str, bool]:
    """Whether all go on with one version while the database is gone in a publication, and how."""
    before = machines[0].health()["version"]
    publisher = subprocess.Popen(
        [SAMVERKAN, "load", "--yes", str(_stays(place, 100 + number))],
        env=_environment(machines[0].folder),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(2.0)
    server.stop()
    try:
        publisher.wait(timeout=120)
        time.sleep(1.5)
        shown = {str(machine.health()["version"]) for machine in machines}
        told = {str(machine.health()["status"]) for machine in machines}
    finally:
        server.start()
    said = (
        f"kommandot slutade med {publisher.returncode}; före version {before}, alla visar "
        f"{'/'.join(shown)} ({'/'.join(told)})"
    )
    until = time.monotonic() + 30
    while any(machine.health()["status"] != "ok" for machine in machines):
        if time.monotonic() > until:
            return said, False
        time.sleep(0.1)
    # What was refused has changed nothing.
    unchanged = publisher.returncode == 0 or shown == {str(before)}
    return said, len(shown) == 1 and unchanged


def _stays(place: Path, number: int) -> Path:
    path = place / f"stays{number}.csv"
    write_stays(path, stays=20_000 + number)
    return path


def _folder(place: Path, name: str, address: str) -> Path:
    folder = place / name
    folder.mkdir(exist_ok=True)
    (folder / "settings.toml").write_text(
        f'warehouse = "ducklake:postgres:{address}"\nstorage = "{place / "store"}"\n',
        encoding="utf-8",
    )
    return folder


def _load(folder: Path, file: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [SAMVERKAN, "load", "--yes", str(file)],
        env=_environment(folder),
        stdout=subprocess.DEVNULL,
        check=False,
    )


def _environment(folder: Path) -> dict[str, str]:
    state = {"XDG_STATE_HOME": str(folder.parent / "state")}
    return os.environ | {"SAMVERKAN_DATA": str(folder)} | state


@contextmanager
def _served(folder: Path) -> Iterator[Machine]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    log = folder.with_suffix(".log")
    with log.open("wb") as output:
        process = subprocess.Popen(
            [SAMVERKAN, "serve", "--port", str(port)],
            env=_environment(folder),
            stdout=output,
            stderr=output,
        )
    machine = Machine(folder, port)
    try:
        for _ in range(600):
            try:
                machine.health()
                break
            except OSError:
                time.sleep(0.2)
        yield machine
    finally:
        process.send_signal(signal.SIGTERM)
        if process.wait(timeout=30):
            print(log.read_text(encoding="utf-8"))
