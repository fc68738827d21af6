"""What a part measured, as a table in `docs/uppmatt.md`."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from commands.guide import filled, lines
from swedish.typography import number

PAGE = Path(__file__).parents[1] / "docs" / "uppmatt.md"


@dataclass(frozen=True)
class Measured:
    """A table, its heads first, and whether what is promised of it holds."""

    rows: Sequence[Sequence[str]]
    kept: bool = True


def table(measured: Measured) -> list[str]:
    """The lines of it as the page has them."""
    heads, *rows = measured.rows
    return lines([heads, ["---"] * len(heads), *rows])


def write(part: str, measured: Measured) -> None:
    """Put the table between the marks of the part, with when and on what it was measured."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    where = f"Uppmätt {date.today()} på {os.cpu_count()} kärnor med {number(memory, 0)} GB minne."
    kept = "" if measured.kept else " **Det som är utlovat hölls inte.**"
    text = PAGE.read_text(encoding="utf-8")
    told = [*table(measured), "", where + kept]
    PAGE.write_text(filled(text, part, told, by="make benchmark"), encoding="utf-8")
