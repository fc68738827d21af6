"""How long a large workbook takes to check.

A workbook of a hundred thousand invented stays is checked with `samverkan check`, and beside it
python-calamine only reads the same workbook. Both are whole processes, alternating, so that the
ratio comes from one run; the median of the pairs counts.
"""

import csv
import os
import statistics
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from openpyxl.workbook import Workbook

from benchmarks.loading import write_stays
from benchmarks.measured import Measured
from benchmarks.processes import SAMVERKAN, timed
from swedish.typography import number

STAYS = 100_000
ROUNDS = 5
# What is promised: at most this many times the bare read.
TIMES = 2.5

BARE = """
import sys
from python_calamine import CalamineWorkbook
with CalamineWorkbook.from_path(sys.argv[1]) as book:
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()
"""
_FIRST_TIME = 4


def write_workbook(path: Path, *, stays: int) -> None:
    """The stays of `write_stays` as a workbook, with numbers and times as Excel keeps them."""
    lines = path.with_suffix(".csv")
    write_stays(lines, stays=stays)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Data")
    with lines.open(encoding="utf-8", newline="") as file:
        for at, row in enumerate(csv.reader(file, delimiter=";")):
            sheet.append(_cells(row) if at else row)
    book.save(path)


def _cells(row: list[str]) -> list[int | str | datetime | None]:
    times = (datetime.fromisoformat(text) if text else None for text in row[_FIRST_TIME:])
    return [int(row[0]), *row[1:_FIRST_TIME], *times]


def measure() -> Measured:
    """How many times as long as only reading the workbook checking it takes."""
    with tempfile.TemporaryDirectory() as folder:
        workbook = Path(folder) / "vardtillfallen.xlsx"
        write_workbook(workbook, stays=STAYS)
        environment = os.environ | {"SAMVERKAN_DATA": str(Path(folder) / "data")}
        ratios = []
        for _ in range(ROUNDS):
            bare, _ = timed([sys.executable, "-c", BARE, str(workbook)], environment=environment)
            check, _ = timed([SAMVERKAN, "check", str(workbook)], environment=environment)
            ratios.append(check / bare)
    ratio = statistics.median(ratios)
    return Measured(
        [
            [f"arbetsbok med {number(STAYS, 0)} vårdtillfällen", "uppmätt", "högst"],
            ["kontroll, gånger tiden att bara läsa", number(ratio, 2), number(TIMES, 1)],
        ],
        kept=ratio <= TIMES,
    )
