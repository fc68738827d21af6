"""A command that ends, or whose disk refuses, at each call that changes a file.

Run as a script with refusing.c preloaded, which sees the calls: of Python, DuckDB and SQLite alike,
in all threads. What a command that ends at a call leaves is what lies there just before it: the
command waits at each call while that is copied, so that it is run once for all of them. Then each
copy that is like none before is looked at. Where the power goes, what was last written to a file
and not synced may be there by half. Refusals are tried one by one. The program is imported once;
each try and each look is a child that is forked from it.
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
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from metrics.values import values
from tests.warehouse.kills.cases import COMMANDS, load, prepare
from warehouse import store
from warehouse.journal import audit, journal
from warehouse.keeping import soundness
from warehouse.store.versions import logged

# One call in so many is refused: once, or from then on, as on a full disk or one to read only.
REFUSED = {"full": 4, "error": 4, "readonly": 8}
# What is to be done again: what they leave, or have not brought back yet, is theirs to mend.
AGAIN = {"purge", "repair", "report", "restore"}
_LATER = 20.0


def shown() -> float | str | None:
    """How many were discharged in Ale, or that it cannot be said."""
    try:
        found = values(indicator="discharges", level="municipality", place="1440", raw=True)
    except store.WarehouseError as error:
        return type(error).__name__
    return found[0].value if found else None


def in_child(work: Callable[[], Any]) -> Any:
    """What a forked child answers; of one that ends before it does, how."""
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
    return json.loads(said) if said else {"raised": f"ended with {status}"}


@dataclass
class Trial:
    """A command and the folder that it is tried in; `before` is what each try begins from."""

    command: str
    place: Path
    seen: dict[str, Any] = field(default_factory=dict)

    @property
    def before(self) -> Path:
        """What each try begins from: data folder, what is kept beside it, and a user's files."""
        return self.place / "before"

    @property
    def now(self) -> Path:
        """Where the command is run."""
        return self.place / "now"

    @property
    def said(self) -> Path:
        """What the command says, on a disk that does not refuse."""
        return self.place / "said"

    def begin(self, source: Path) -> None:
        """Make everything as it was."""
        shutil.rmtree(self.now, ignore_errors=True)
        shutil.copytree(source, self.now)

    def run(self, number: int, how: str, watched: tuple[int, int, int] = (0, 0, 0)) -> Any:
        """Run the command in this process; the call with this number is refused, or all wait."""
        os.chdir(self.now)
        output = os.open(self.said, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        os.dup2(output, 1)
        os.dup2(output, 2)
        refusing = ctypes.CDLL(os.environ["LD_PRELOAD"])
        refusing.refusing_watched(*watched)
        refusing.refusing_begin(f"{self.now}/".encode(), ctypes.c_long(number), ord(how[0]))
        app = importlib.import_module("commands.app").app
        try:
            app(COMMANDS[self.command], prog_name="samverkan")
            code: object = 0
        except SystemExit as ended:
            code = ended.code
        atexit._run_exitfuncs()
        sys.stdout.flush()
        return {"code": code, "calls": refusing.refusing_end()}

    def watch(self) -> Iterator[Path]:
        """Run the command; gives the file that tells what is not synced at each of its calls."""
        asked, asking = os.pipe()
        answering, answered = os.pipe()
        unsynced = self.place / "unsynced"
        listing = os.open(unsynced, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
        self.begin(self.before)
        child = os.fork()
        if not child:
            try:
                self.run(0, "watch", (asking, answering, listing))
            finally:
                os._exit(0)
        os.close(asking)
        while os.read(asked, 1):
            yield unsynced
            os.write(answered, b".")
        os.waitpid(child, 0)
        for one in (asked, answering, answered, listing):
            os.close(one)

    def left(self) -> str:
        """What is left, but for what differs between two that are left by the same call."""
        return json.dumps([self._left(path) for path in sorted(self.now.rglob("*"))])

    def _left(self, path: Path) -> tuple[str, object]:
        name = re.sub(r"[0-9a-f]{8}", "", str(path.relative_to(self.now)))
        before = self.before / path.relative_to(self.now)
        if path.is_dir() or "/scratch/" in name:
            return name.partition("/scratch/")[0], None
        stat = path.stat()
        if before.is_file() and before.stat().st_mtime_ns == stat.st_mtime_ns:
            return name, "as before"
        return name, bool(stat.st_size)

    def scratch(self) -> list[Path]:
        """What is left of what was worked in, when its guard has had its time."""
        until = time.monotonic() + 5
        while (left := [*self.now.glob("data/scratch/*")]) and time.monotonic() < until:
            time.sleep(0.05)
        return left

    def look(self) -> Any:
        """What is shown, and what is amiss, there and after the next command."""
        # What has lain for a minute is nobody's any longer.
        for path in self.now.rglob("*.part"):
            os.utime(path, (1e9, 1e9))
        # A connection that is kept has threads, which a child that is forked later lacks.
        before, amiss = in_child(lambda: [shown(), _trouble()])
        # What is to be repaired is told, and that originals lie there of which nothing is loaded.
        if self.command in ("repair", "first"):
            amiss = []
        if self.command in AGAIN:
            in_child(lambda: self.run(0, "again"))
        load(self.now, "sedan.csv", int(_LATER))
        if shown() != _LATER:
            amiss.append(f"then {shown()}")
        amiss += _trouble()
        amiss += [str(path) for path in self.now.rglob("*") if _is_left(path)]
        if self.command != "repair":
            amiss += [f"{n} has no file" for n in logged() if n not in store.versions()]
        amiss += [one.text for one in soundness.findings() if not one.sound]
        amiss += [f"line {number} of the audit" for number in audit.broken()]
        return {"shown": before, "amiss": amiss}


def _trouble() -> list[str]:
    try:
        return [told for told in (store.standing().trouble, journal.trouble()) if told]
    except store.WarehouseError as error:
        return [str(error)]


def _is_left(path: Path) -> bool:
    return ".part" in path.name or path.suffix == ".wal"


def ended(trial: Trial, allowed: tuple[Any, Any]) -> list[str]:
    """End the command at each of its calls, also by the power; gives how many, and faults."""
    copies: dict[str, tuple[str, Path]] = {}
    calls = 0
    for unsynced in trial.watch():
        calls += 1
        lines = unsynced.read_text(encoding="utf-8").splitlines()
        left = trial.left()
        torn = [(int(at), int(length), path) for at, length, path in map(str.split, lines)]
        also = sorted({re.sub(r"[0-9a-f]{8}", "", path) for *_, path in torn})
        for how, key in (("killed", left), ("torn", f"{left} {also}")):
            if key in copies or (how == "torn" and not torn):
                continue
            copies[key] = f"{how} at {calls}", trial.place / f"{how}-{calls}"
            shutil.copytree(trial.now, copies[key][1])
            # A guard takes it away, which the kills of test_publishing try.
            shutil.rmtree(copies[key][1] / "data" / "scratch", ignore_errors=True)
            if how == "torn":
                _tear(trial, copies[key][1], torn)
    told = [f"{trial.command} ended: {calls} calls, {len(copies)} looked at"]
    for what, copy in copies.values():
        trial.begin(copy)
        found = in_child(trial.look)
        if "raised" in found or found["amiss"] or found["shown"] not in allowed:
            told.append(f"{trial.command} {what}: {found}")
        shutil.rmtree(copy)
    return told


def _tear(trial: Trial, copy: Path, unsynced: list[tuple[int, int, str]]) -> None:
    """Let the later half of what was last written be zeros."""
    for begin, length, name in unsynced:
        path = copy / Path(name).relative_to(trial.now)
        if path.is_file():
            with path.open("r+b") as file:
                file.seek(begin + length // 2)
                file.write(bytes(length - length // 2))


def refused(trial: Trial, how: str, stride: int, allowed: tuple[Any, Any]) -> list[str]:
    """Refuse one call in `stride`; gives how many, and faults."""
    faults: list[str] = []
    for number in count(len(how) % stride + 1, stride):
        trial.begin(trial.before)
        done = in_child(lambda: trial.run(number, how))  # noqa: B023
        if done.get("calls", number) < number:
            return [f"{trial.command} {how}: {number // stride} tried", *faults]
        said = trial.said.read_text(encoding="utf-8", errors="replace")
        if scratch := trial.scratch():
            faults.append(f"{trial.command} {how} {number}: {scratch}")
        left = trial.left()
        if left not in trial.seen:
            trial.seen[left] = in_child(trial.look)
        found = trial.seen[left]
        what = f"{trial.command} {how} {number}"
        if "raised" in found or found["amiss"] or found["shown"] not in allowed:
            faults.append(f"{what}: {found}")
        if done.get("code") not in (0, 1, 2, 3) or "Error" in said or "Traceback" in said:
            faults.append(f"{what}: {done} {said}")
        elif done["code"] == 0 and found.get("shown") != allowed[1]:
            faults.append(f"{what}: done, but {found}")
        elif done["code"] and found.get("shown") != allowed[0]:
            faults.append(f"{what}: {said}, but {found}")
    return faults


def main(command: str, place: Path) -> None:
    """Try all calls of a command; prints how many were tried of each kind, and the faults."""
    importlib.import_module("pandas")
    trial = Trial(command, place)
    os.environ |= {
        "SAMVERKAN_DATA": str(trial.now / "data"),
        "XDG_STATE_HOME": str(trial.now / "state"),
    }
    trial.now.mkdir()
    in_child(lambda: prepare(command, trial.now))
    shutil.copytree(trial.now, trial.before)
    before = in_child(shown)
    in_child(lambda: trial.run(0, "plain"))
    after = in_child(shown)
    # What both import is imported once for all tries.
    names = in_child(lambda: (trial.run(0, "plain"), trial.look(), [*sys.modules])[2])
    for name in names:
        with suppress(ImportError):
            importlib.import_module(name)
    print(*ended(trial, (before, after)), sep="\n", flush=True)
    for how, stride in REFUSED.items():
        print(*refused(trial, how, stride, (before, after)), sep="\n", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
