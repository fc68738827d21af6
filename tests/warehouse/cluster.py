"""A PostgreSQL of the tests' own, in a folder, reached through a socket in it."""

import itertools
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

ADVICE = """
Testerna av delade versioner behöver PostgreSQL, och det finns inte här.
  Debian, Ubuntu:  sudo apt-get install postgresql
  macOS:           brew install postgresql
"""
# PostgreSQL refuses to run as root.
_SOMEBODY = 65534


class Cluster:
    """A server that can be stopped and started."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server = f"host={folder} user=samverkan"
        self._numbers = itertools.count(1)
        self._run("initdb", "--username=samverkan", "--auth=trust", "--no-sync", "--locale=C.UTF-8")
        self.start()

    def database(self) -> str:
        """A new database; gives its address."""
        name = f"d{next(self._numbers)}"
        with psycopg.connect(f"{self._server} dbname=postgres", autocommit=True) as connection:
            connection.execute(f"create database {name}".encode())
        return f"{self._server} dbname={name}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-c listen_addresses='' -c fsync=off -k {self._folder}"
        self._run("pg_ctl", "start", "--wait", "-o", options, "--log", str(self._folder / "log"))

    def stop(self) -> None:
        """Stop it at once, as where the power goes."""
        self._run("pg_ctl", "stop", "--wait", "--mode=immediate")

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """Within the block it is there and takes what it is sent, and answers nothing."""
        keeper = (self._folder / "data" / "postmaster.pid").read_text().split()[0]
        of_it = subprocess.run(["pgrep", "-P", keeper], capture_output=True, text=True, check=True)
        processes = [int(keeper), *map(int, of_it.stdout.split())]
        try:
            for one in processes:
                os.kill(one, signal.SIGSTOP)
            yield
        finally:
            for one in processes:
                os.kill(one, signal.SIGCONT)

    def _run(self, program: str, *words: str) -> None:
        user = _SOMEBODY if os.geteuid() == 0 else None
        subprocess.run(
            [_required(program), *words, "--pgdata", str(self._folder / "data")],
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            cwd=self._folder,
            user=user,
            group=user,
            extra_groups=None if user is None else [],
        )


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A server that is gone, with all it held, after the block."""
    # A socket's path may not be long, and another user must reach it.
    with tempfile.TemporaryDirectory(prefix="pg-") as name:
        folder = Path(name)
        if os.geteuid() == 0:
            os.chown(folder, _SOMEBODY, _SOMEBODY)
        made = Cluster(folder)
        try:
            yield made
        finally:
            made.stop()


def executable(program: str) -> str | None:
    """A program of PostgreSQL's: Debian's newest, else the one on PATH, else None."""
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))
    return str(debian[-1]) if debian else shutil.which(program)


def _required(program: str) -> str:
    path = executable(program)
    if path is None:
        raise RuntimeError(ADVICE)
    return path
