"""A program that is killed, or whose disk refuses, at each of its calls that change a file.

Run as a script with a folder to work in, and how many calls to go at a time: it forks a child for
each call, ends the child there, and looks at what is left with another. Python's audit events tell
of the calls; of those that DuckDB makes by itself, see test_system_calls.py.
"""

import importlib
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb

from warehouse import store
from warehouse.keeping import backup
from warehouse.store.versions import logged

_CALLS = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate"}


def change(number: int) -> None:
    """Publish a version that tells this number beside those before."""
    with duckdb.connect() as connection, store.writing(connection, command="prov"):
        connection.execute("create table if not exists told (number integer)")
        connection.execute("insert into told values ($number)", {"number": number})


def told() -> list[int]:
    """The numbers that the version in force tells; none where nothing is published."""
    with store.reading() as connection:
        if connection is None:
            return []
        return [number for (number,) in connection.execute("from told order by 1").fetchall()]


def undo() -> None:
    """Go back to version 1."""
    with (
        duckdb.connect() as connection,
        store.writing(connection, command="undo 1", start=store.path_of(1)),
    ):
        pass


def save() -> None:
    """Write a backup."""
    backup.make(backup.folder() / "kopia.zip")


OPERATIONS: dict[str, tuple[Callable[[], None], list[int], list[int]]] = {
    # What is done, and what is told before and after.
    "first": (lambda: change(9), [], [9]),
    "change": (lambda: change(9), [1, 2], [1, 2, 9]),
    "undo": (undo, [1, 2], [1]),
    "backup": (save, [1, 2], [1, 2]),
}


def _at(number: int, folder: Path, act: Callable[[], None]) -> list[str]:
    """Let the call with this number be the last; gives the calls seen so far, to be added to."""
    seen: list[str] = []

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event not in _CALLS or not str(arguments[0]).startswith(str(folder)):
            return
        if event == "open" and not _writes(arguments):
            return
        seen.append(f"{event} {arguments[0]}")
        if len(seen) == number:
            act()

    sys.addaudithook(hook)
    return seen


def _writes(arguments: tuple[object, ...]) -> bool:
    flags = arguments[2]
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _refuse() -> None:
    raise OSError(28, "No space left on device")


def _in_child(work: Callable[[], object]) -> tuple[int, str]:
    """How a forked child ended, and what it had to say."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        try:
            answer = work()
            os.write(writing, json.dumps(answer).encode())
            os._exit(0)
        except BaseException as error:
            os.write(writing, f"{type(error).__name__}: {error}".encode())
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read().decode()
    _, status = os.waitpid(child, 0)
    return status, said


def _after() -> object:
    """What is told, after the next command has been tried, and what is left lying."""
    before = told()
    change(77)
    folder = store.path_of(1).parent
    left = [path.name for path in folder.iterdir() if ".part" in path.name]
    left += [f"{n} without its file" for n in logged() if n not in store.versions()]
    return [before, told(), left, store.standing().trouble]


def tried(operation: str, source: Path, place: Path, how: str, stride: int) -> int:
    """Try each call in turn, or one in `stride`; prints what went wrong, one fault a line."""
    do, before, after = OPERATIONS[operation]
    act = _refuse if how == "refuse" else _die
    # Another operation begins at another call, so that few of them see more.
    number = len(operation) % stride + 1
    done = 0
    while True:
        folder = place / f"{operation}-{how}-{number}"
        shutil.copytree(source, folder)
        os.environ["SAMVERKAN_DATA"] = str(folder)
        status, said = _in_child(lambda: _calls(number, folder, act, do))  # noqa: B023
        if status == 0 and int(said) < number:
            return done
        status_after, found = _in_child(_after)
        shutil.rmtree(folder)
        _judge(f"{operation} {how} at {number} ({said})", status_after, found, before, after)
        if how == "refuse" and status and not said.startswith("Unwritable"):
            print(f"{operation} refused at {number}: {said}")
        done += 1
        number += stride


def _two() -> None:
    change(1)
    change(2)


def _calls(number: int, folder: Path, act: Callable[[], None], do: Callable[[], None]) -> int:
    seen = _at(number, folder, act)
    do()
    return len(seen)


def _judge(what: str, status: int, found: str, before: list[int], after: list[int]) -> None:
    if status:
        print(f"{what}: {found}")
        return
    shown, then, left, trouble = json.loads(found)
    if shown not in (before, after) or then != [*shown, 77] or left or trouble:
        print(f"{what}: {shown} {then} {left} {trouble}")


def main(place: Path, stride: int) -> None:
    """Try every operation; prints the faults and how many calls were tried."""
    # DuckDB imports it with its first parameter; here once for all children.
    importlib.import_module("pandas")
    empty, two = place / "empty", place / "two"
    empty.mkdir()
    os.environ["SAMVERKAN_DATA"] = str(two)
    _in_child(_two)
    total = 0
    for operation in OPERATIONS:
        for how in ("kill", "refuse"):
            source = empty if operation == "first" else two
            total += tried(operation, source, place, how, stride)
    print(f"tried {total}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
