"""Workbooks read by a program of its own (cells.py), which may fail without harm to this one."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from loaders.problems import refuse
from loaders.reading.safety import MAX_COLUMNS, MAX_SHEETS

# A cell takes some tens of bytes unpacked, and some hundreds as text in Python.
_MEMORY, _MEMORY_A_BYTE = 180_000_000, 30
_SECONDS, _BYTES_A_SECOND = 1, 2_000_000
_PROGRAM = Path(__file__).with_name("cells.py")


@dataclass(frozen=True)
class Cells:
    """A sheet's cells as a CSV file: quoted, separated by commas, so many columns wide."""

    name: str
    path: Path
    columns: int
    hidden: bool


def parse(path: Path, *, unpacked: int, folder: Path) -> list[Cells]:
    """The sheets of a workbook, their cells written into `folder`, which is empty.

    What it may cost grows with `unpacked`, the bytes of its parts. Raises Refused.
    """
    limits = (
        _MEMORY + _MEMORY_A_BYTE * unpacked,
        _SECONDS + unpacked // _BYTES_A_SECOND,
        MAX_SHEETS,
        MAX_COLUMNS,
    )
    # Isolated: the program's own folder has modules named like some of Python's.
    done = subprocess.run(
        [sys.executable, "-I", str(_PROGRAM), str(path), str(folder), *map(str, limits)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode or not done.stdout:
        raise refuse(
            "too-large", "Arbetsboken kräver mer minne eller tid än en fil av sin storlek."
        )
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise refuse(answer["refused"], answer["message"])
    return [
        Cells(
            name=sheet["name"],
            path=folder / f"{number}.csv",
            columns=sheet["columns"],
            hidden=sheet["hidden"],
        )
        for number, sheet in enumerate(answer["sheets"])
    ]
