"""Workbooks and web pages read by a program of its own (cells.py), which may fail without harm."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from loaders.problems import refuse
from loaders.reading.limits import MAX_COLUMNS, MAX_SHEETS

# A cell takes some tens of bytes unpacked, and some hundreds as text in Python.
_MEMORY, _MEMORY_A_BYTE, _MOST_MEMORY = 180_000_000, 30, 1_000_000_000
_SECONDS, _BYTES_A_SECOND, _MOST_SECONDS = 2, 1_000_000, 30
_PROGRAM = Path(__file__).with_name("cells.py")
_WORDS = {"workbook": "Arbetsboken", "html": "Webbsidan"}


@dataclass(frozen=True)
class Cells:
    """A sheet's cells as a file of text (cells.py), so many columns wide.

    Of a web page also which rows and columns it hides, and which rows it strikes out.
    """

    name: str
    path: Path
    columns: int
    hidden: bool
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    struck_rows: frozenset[int] = frozenset()


class Parsing:
    """A file that is being parsed beside this process."""

    def __init__(
        self, path: Path, *, kind: Literal["workbook", "html"], unpacked: int, folder: Path
    ) -> None:
        """Begin; what it may cost grows with `unpacked`, the bytes of its parts, up to a bound."""
        limits = (
            min(_MEMORY + _MEMORY_A_BYTE * unpacked, _MOST_MEMORY),
            min(_SECONDS + unpacked // _BYTES_A_SECOND, _MOST_SECONDS),
            MAX_SHEETS,
            MAX_COLUMNS,
        )
        self._kind = kind
        self._folder = folder
        # Isolated: the program's own folder has modules named like some of Python's.
        command = [sys.executable, "-I", str(_PROGRAM), kind, str(path), str(folder)]
        self._process = subprocess.Popen(
            [*command, *map(str, limits)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
        )

    def stop(self) -> None:
        """End it, if it has not ended."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.communicate()

    def sheets(self) -> list[Cells]:
        """The sheets, their cells written into the folder. Raises Refused."""
        printed, _ = self._process.communicate()
        if self._process.returncode or not printed:
            raise refuse(
                "too-large",
                f"{_WORDS[self._kind]} kräver mer minne eller tid än en fil av sin storlek.",
            )
        answer = json.loads(printed)
        if "refused" in answer:
            raise refuse(answer["refused"], answer["message"])
        return [
            Cells(
                name=sheet["name"],
                path=self._folder / f"{number}.cells",
                columns=sheet["columns"],
                hidden=sheet["hidden"],
                hidden_rows=frozenset(sheet.get("hidden_rows", ())),
                hidden_columns=frozenset(sheet.get("hidden_columns", ())),
                struck_rows=frozenset(sheet.get("struck_rows", ())),
            )
            for number, sheet in enumerate(answer["sheets"])
        ]


@contextmanager
def ending(parsing: Parsing) -> Iterator[None]:
    """Let the parsing end with the block, also where the file is refused for another reason."""
    try:
        yield
    finally:
        parsing.stop()
