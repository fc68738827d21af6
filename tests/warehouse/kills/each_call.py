"""A command that is killed, or whose disk refuses, at each call that changes a file.

Run as a script with refusing.c preloaded, which counts the calls and is what kills or refuses: of
Python, DuckDB and SQLite alike, in all threads. The program is imported once; each try is a child
that is forked from it, and another looks at what is left.
"""

import atexit
import ctypes
import importlib
import json
import os
import re
import shutil
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

import pipeline
from metrics.values import values
from warehouse import store
from warehouse.journal import audit, journal
from warehouse.keeping import backup, soundness
from warehouse.store.versions import logged

HEAD = "Månad;Kommun;Sjukhus;Vårdform;Antal utskrivna;Antal dagar\n"
WHY = ("--reason", "prov")
COMMANDS = {
    "first": ("load", "ny.csv"),
    "load": ("load", "ny.csv"),
    "withdraw": ("withdraw", "2", *WHY),
    "undo": ("undo", "1", *WHY, "--yes"),
    "backup": ("backup",),
    # The journal and the originals are gone.
    "restore": ("restore", "kopia.zip", *WHY, "--yes"),
    # The version in force, CURRENT and the journal are damaged.
    "repair": ("repair", "--yes"),
    "pull": ("pull",),
    # The version in force is as an earlier program wrote it.
    "migrate": ("load", "ny.csv"),
    "report": ("report", "monthly", "--period", "2019-07", "-o", "rapport.xlsx"),
    "purge": ("purge", "1", *WHY),
}
# How: each call, or one in so many, is the last.
HOW = {"kill": 1, "full": 2, "torn": 3, "error": 3}
_LATER = 20.0


def load(place: Path, name: str, number: int) -> None:
    """Publish a file that says that so many were discharged in Ale."""
    path = written(place / name, number)
    with pipeline.checked(path) as file:
        pipeline.publish(file)


def written(path: Path, number: int) -> Path:
    """Write a file that says that so many were discharged in Ale."""
    path.write_text(f"{HEAD}2019-07;Ale;NU-sjukvården;Somatik;{number};4\n", encoding="utf-8")
    return path


def prepare(command: str, place: Path, source: Path) -> None:
    """Make the data folder that each try begins from."""
    os.environ["SAMVERKAN_DATA"] = str(source)
    source.mkdir()
    written(place / "ny.csv", 14)
    if command == "first":
        return
    load(place, "a.csv", 10)
    load(place, "b.csv", 12)
    backup.make(place / "kopia.zip")
    match command:
        case "restore":
            shutil.rmtree(source / "archive")
            journal.path().unlink(missing_ok=True)
        case "repair":
            for path in (store.path_of(2), source / "warehouse" / "CURRENT", journal.path()):
                if path.exists():
                    path.write_bytes(path.read_bytes()[1:])
        case "pull":
            (source / "export").mkdir()
            shutil.copyfile(place / "ny.csv", source / "export" / "ny.csv")
            # A file that has just been written may still be written in.
            os.utime(source / "export" / "ny.csv", (1e9, 1e9))
            text = '[mapp]\nwhere = "export"\npublish = "clean"\n'
            (source / "sources.toml").write_text(text, encoding="utf-8")
        case "migrate":
            _written_by_an_earlier_program(source / "warehouse")


def _written_by_an_earlier_program(folder: Path) -> None:
    for path in folder.glob("*.json"):
        path.unlink()
    for path in folder.glob("*.duckdb"):
        with duckdb.connect(str(path)) as connection:
            connection.execute("drop table counted")
            connection.execute("update schema set tables = 'others'")


def shown() -> float | str | None:
    """How many were discharged in Ale, or that it cannot be said."""
    try:
        found = values(indicator="discharges", level="municipality", place="1440", raw=True)
    except store.WarehouseError as error:
        return type(error).__name__
    return found[0].value if found else None


def in_child(work: Callable[[], Any]) -> tuple[int, Any]:
    """How a forked child ended, and what it answered; None where it was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        try:
            answer = work()
        except BaseException:
            answer = {"raised": traceback.format_exc()}
        os.write(writing, json.dumps(answer).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    return status, json.loads(said) if said else None


@dataclass
class Trial:
    """A command and the folders that it is tried in."""

    command: str
    place: Path
    seen: dict[str, Any] = field(default_factory=dict)

    @property
    def source(self) -> Path:
        """The data folder that each try begins from."""
        return self.place / "source"

    @property
    def copy(self) -> Path:
        """The data folder of the try."""
        return self.place / "copy"

    @property
    def said(self) -> Path:
        """What the command says, on a disk that does not refuse."""
        return self.place.with_suffix(".said")

    def begin(self) -> None:
        """Make everything as it was before."""
        for before, now in ((self.source, self.copy), (self.place / "kept", state())):
            shutil.rmtree(now, ignore_errors=True)
            shutil.copytree(before, now)
        (self.place / "rapport.xlsx").unlink(missing_ok=True)

    def run(self, number: int, how: str) -> tuple[int, Any]:
        """Run the command; the call with this number is the last, none where it is 0."""
        return in_child(lambda: self._run(number, how))

    def _run(self, number: int, how: str) -> dict[str, Any]:
        os.environ["SAMVERKAN_DATA"] = str(self.copy)
        os.chdir(self.place)
        output = os.open(self.said, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        os.dup2(output, 1)
        os.dup2(output, 2)
        refusing = ctypes.CDLL(os.environ["LD_PRELOAD"])
        refusing.refusing_begin(f"{self.place}/".encode(), ctypes.c_long(number), ord(how[0]))
        app = importlib.import_module("commands.app").app
        try:
            app(COMMANDS[self.command], prog_name="samverkan")
            code: object = 0
        except SystemExit as ended:
            code = ended.code
        atexit._run_exitfuncs()
        sys.stdout.flush()
        return {"code": code, "calls": refusing.refusing_end()}

    def look(self) -> tuple[int, Any]:
        """What is shown, and what is amiss, there and after the next command; the same as the last
        time where the same files are left."""
        until = time.monotonic() + 5
        # A guard takes scratch away, which takes a moment.
        while list(self.copy.glob("scratch/*")) and time.monotonic() < until:
            time.sleep(0.01)
        left = json.dumps([self._left(path) for path in sorted(self.copy.rglob("*"))])
        if left not in self.seen:
            self.seen[left] = in_child(self._look)
        return self.seen[left]  # type: ignore[no-any-return]

    def _left(self, path: Path) -> tuple[str, object]:
        name = re.sub(r"[0-9a-f]{8}", "", str(path.relative_to(self.copy)))
        if path.is_dir():
            return name, None
        before = self.source / path.relative_to(self.copy)
        content = path.read_bytes()
        if before.is_file() and before.read_bytes() == content:
            return name, "as before"
        return name, bool(content) if ".part" in name else len(content)

    def _look(self) -> dict[str, Any]:
        os.environ["SAMVERKAN_DATA"] = str(self.copy)
        # What has lain for a minute is nobody's any longer.
        for path in self.place.rglob("*.part"):
            os.utime(path, (1e9, 1e9))
        before = shown()
        amiss = [*self._trouble()] if self.command != "repair" else []
        if self.command == "repair":
            in_child(lambda: self._run(0, "kill"))
        load(self.place, "sedan.csv", int(_LATER))
        if shown() != _LATER:
            amiss.append(f"then {shown()}")
        amiss += self._trouble()
        amiss += [str(path) for path in self.place.rglob("*") if _is_left(path)]
        if self.command != "repair":
            amiss += [f"{n} has no file" for n in logged() if n not in store.versions()]
        amiss += [one.text for one in soundness.findings() if not one.sound and self._told(one)]
        amiss += [f"line {number} of the audit" for number in audit.broken()]
        return {"shown": before, "amiss": amiss}

    def _trouble(self) -> list[str]:
        try:
            return [told for told in (store.standing().trouble, journal.trouble()) if told]
        except store.WarehouseError as error:
            return [str(error)]

    def _told(self, finding: soundness.Finding) -> bool:
        return self.command != "restore" or "saknas i arkivet" not in finding.text


def state() -> Path:
    """The folder beside the data folder where the program keeps what it knows of it."""
    return Path(os.environ["XDG_STATE_HOME"])


def _is_left(path: Path) -> bool:
    return ".part" in path.name or path.suffix == ".wal" or path.parent.name == "scratch"


def tried(trial: Trial, how: str, stride: int, allowed: tuple[Any, Any]) -> tuple[int, list[str]]:
    """Try one call in `stride` as the last; gives how many, and what went wrong."""
    number, done = len(how) % stride + 1, 0
    faults: list[str] = []
    while True:
        trial.begin()
        status, ended = trial.run(number, how)
        said = trial.said.read_text(encoding="utf-8", errors="replace")
        if not os.WIFSIGNALED(status) and ended.get("calls", number) < number:
            return done, faults
        if how == "torn":
            trial.seen.clear()
        _, found = trial.look()
        what = f"{trial.command} {how} {number}"
        if "raised" in found or found["amiss"] or found["shown"] not in allowed:
            faults.append(f"{what}: {found}")
        if not os.WIFSIGNALED(status):
            if ended.get("code") not in (0, 1, 2, 3) or "Error" in said or "Traceback" in said:
                faults.append(f"{what}: {ended} {said}")
            elif ended["code"] == 0 and found.get("shown") != allowed[1]:
                faults.append(f"{what}: done, but {found}")
        done += 1
        number += stride


def main(command: str, place: Path) -> None:
    """Try all calls of a command; prints how many were tried of each kind, and the faults."""
    importlib.import_module("pandas")
    trial = Trial(command, place)
    state().mkdir()
    in_child(lambda: prepare(command, place, trial.source))
    shutil.copytree(state(), place / "kept")
    trial.begin()
    os.environ["SAMVERKAN_DATA"] = str(trial.copy)
    _, before = in_child(shown)
    _, plain = trial.run(0, "kill")
    _, after = in_child(shown)
    # What both import is imported once for all tries.
    _, names = in_child(lambda: (trial._run(0, "kill"), trial._look(), [*sys.modules])[2])
    for name in names:
        with suppress(ImportError):
            importlib.import_module(name)
    for how, stride in HOW.items():
        trial.seen.clear()
        done, faults = tried(trial, how, stride, (before, after))
        print(*faults, f"{command} {how}: {done} of {plain['calls']}", sep="\n", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
