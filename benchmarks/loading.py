"""How long a large file takes to load, and how much memory.

A case file of two million invented stays is loaded with `samverkan load`, and beside it DuckDB only
reads the same file into a table. Both are whole processes, alternating, so that ratios come from
one run; the best of each is compared.
"""

import os
import random
import shutil
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

import reference
from benchmarks.measured import Measured
from benchmarks.processes import SAMVERKAN, timed
from swedish.typography import number

STAYS = 2_000_000
ROUNDS = 3
# What is promised: at most this many times the bare read, in under a gigabyte.
TIMES = 2.2
MEGABYTES = 1000

BARE = """
import duckdb, sys
path, table = sys.argv[1:]
duckdb.connect(table).execute("create table stay as from read_csv($path)", {"path": path})
"""
HEADINGS = (
    "Löpnr;Folkbokföringskommun;Sjukhus;Vårdform;Inskrivningsdatum;"
    "Meddelande utskrivningsklar;Utskrivningsdatum"
)


def write_stays(path: Path, *, stays: int) -> None:
    """A case file with invented stays over a quarter, the same for every run."""
    chance = random.Random(7)
    homes = [home.name for home in reference.municipalities()]
    hospitals = [hospital.name for hospital in reference.hospitals()]
    start = datetime(2019, 4, 1)
    rows = []
    for _ in range(20_000):
        end = start + timedelta(minutes=15 * chance.randrange(91 * 96))
        notice = end - timedelta(minutes=15 * chance.choice((2, 8, 20, 100, 300, 900)))
        told = "" if chance.random() < 0.05 else f"{notice:%Y-%m-%d %H:%M}"
        care_form = "Psykiatri" if chance.random() < 0.1 else "Somatik"
        rows.append(
            f"{chance.choice(homes)};{chance.choice(hospitals)};{care_form};"
            f"{notice - timedelta(days=6):%Y-%m-%d};{told};{end:%Y-%m-%d %H:%M}"
        )
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADINGS + "\n")
        for number in range(stays):
            file.write(f"{number + 1};{rows[number % len(rows)]}\n")


def measure() -> Measured:
    """What DuckDB and samverkan take, the best of some rounds."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        cases = place / "vardtillfallen.csv"
        write_stays(cases, stays=STAYS)
        bare, loads = [], []
        for at in range(ROUNDS):
            own = place / str(at)
            own.mkdir()
            # And what the machine remembers of it: an emptied folder would be taken for lost.
            environment = os.environ | {
                "SAMVERKAN_DATA": str(own / "data"),
                "XDG_STATE_HOME": str(own / "state"),
            }
            table = str(own / "bare.duckdb")
            bare.append(
                timed([sys.executable, "-c", BARE, str(cases), table], environment=environment)
            )
            loads.append(timed([SAMVERKAN, "load", str(cases)], environment=environment))
            shutil.rmtree(own)
    least_bare, least_load = min(bare)[0], min(loads)[0]
    ratio = least_load / least_bare
    memory = max(megabytes for _, megabytes in loads)
    return Measured(
        [
            [f"{number(STAYS, 0)} vårdtillfällen", "uppmätt", "högst"],
            ["DuckDB läser filen", f"{number(least_bare, 2)} s", ""],
            ["`samverkan load`", f"{number(least_load, 2)} s", ""],
            ["gånger så lång tid", number(ratio, 2), number(TIMES, 1)],
            ["minne som mest", f"{number(memory, 0)} MB", f"{number(MEGABYTES, 0)} MB"],
        ],
        kept=ratio <= TIMES and memory <= MEGABYTES,
    )
