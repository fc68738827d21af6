"""How long `samverkan report` takes on the demo data, each report as a process of its own."""

import os
import tempfile
from itertools import product
from pathlib import Path

from benchmarks.measured import Measured
from benchmarks.processes import SAMVERKAN, timed
from pipeline import demonstration
from reports.making import KINDS
from swedish.typography import number

SECONDS = 3.0
ROUNDS = 2
PERIODS = {"briefing": "2026-10", "quarterly": "2026-K3", "monthly": "2026-10"}


def measure() -> Measured:
    """What each report takes, the better of some rounds."""
    rows = [["rapport", "om", "format", "s"]]
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SAMVERKAN_DATA"] = folder
        demonstration.load_demo()
        slowest = 0.0
        for kind, about in KINDS.items():
            for form, area in product(about.formats, ("lan", "goteborg")):
                output = str(Path(folder) / f"{kind}.{form}")
                about_it = ["--area", area, "--period", PERIODS[kind]]
                asked = [kind, *about_it, "--output", output, "--overwrite"]
                seconds, _ = min(
                    timed([SAMVERKAN, "report", *asked], environment=os.environ)
                    for _ in range(ROUNDS)
                )
                slowest = max(slowest, seconds)
                rows.append([kind, area, form, number(seconds, 2)])
    rows.append(["den långsammaste, högst", "", "", number(SECONDS, 1)])
    return Measured(rows, kept=slowest < SECONDS)
