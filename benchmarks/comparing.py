"""What others take for the same file: DuckDB alone, plain SQL, pandas with pandera, frictionless.

Each is a small program in `benchmarks/compared`, run in an environment of its own that
`make benchmark` makes, since nothing of samverkan needs them. The first only reads; the others try
the values against the same rules. None does what else `samverkan load` does: it tells where each
fault stands, accounts for each cell, compares with what was, hides, and publishes.
"""

import csv
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import reference
from benchmarks.loading import write_stays
from benchmarks.measured import Measured
from benchmarks.processes import SAMVERKAN, timed, worked
from swedish.typography import number

# As many as a county has in some months, and in ten years.
STAYS = (100_000, 2_000_000)
PYTHON = Path(__file__).parents[1] / ".cache" / "compared" / "bin" / "python"
OTHERS = {
    "bare": "DuckDB, bara läsning",
    "rules": "regler i ren SQL i DuckDB",
    "schema": "pandas och pandera",
    "frictionless_table": "frictionless",
}


def measure() -> Measured:
    """What each program takes; nothing is promised."""
    rows = [["vårdtillfällen", "program", "processorsekunder", "minne, MB"]]
    for stays in STAYS:
        with tempfile.TemporaryDirectory() as name:
            rows += _measured(stays, Path(name))
    return Measured(rows)


def _measured(stays: int, place: Path) -> Iterator[list[str]]:
    cases = place / "vardtillfallen.csv"
    write_stays(cases, stays=stays)
    _names(place / "homes.csv", [home.name for home in reference.municipalities()])
    _names(place / "sites.csv", [site.name for site in reference.hospitals()])
    for script, told in OTHERS.items():
        own = str(Path(__file__).parent / "compared" / f"{script}.py")
        command = [str(PYTHON), own, str(cases), str(place / f"{script}.duckdb"), str(place)]
        yield _row(stays, told, command, os.environ)
    environment = os.environ | {"SAMVERKAN_DATA": str(place / "data")}
    yield _row(stays, "`samverkan load`", [SAMVERKAN, "load", str(cases)], environment)


def _names(path: Path, names: list[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["name"], *([name] for name in names)])


def _row(
    stays: int, what: str, command: Sequence[str], environment: Mapping[str, str]
) -> list[str]:
    before = worked()
    _, megabytes = timed(command, environment=environment)
    return [number(stays, 0), what, number(worked() - before, 1), number(megabytes, 0)]
