"""What others take for the same file: DuckDB alone, plain SQL, pandas with pandera, frictionless.

Each is a small program in `benchmarks/compared`, run in an environment of its own that
`make benchmark` makes, since nothing of samverkan needs them. The first only reads; the others try
the values against the same rules. None does what else `samverkan load` does: it tells where each
fault stands, accounts for each cell, compares with what was, hides, and publishes.
"""

import csv
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import reference
from benchmarks.loading import write_stays
from benchmarks.processes import SAMVERKAN, timed, worked

# As many as a county has in some months, and in ten years.
STAYS = (100_000, 2_000_000)
PYTHON = Path(__file__).parents[1] / ".cache" / "compared" / "bin" / "python"
OTHERS = {
    "bare": "DuckDB, only reading",
    "rules": "plain SQL rules in DuckDB",
    "schema": "pandas and pandera",
    "frictionless_table": "frictionless",
}


def measure() -> bool:
    """Measure and print; nothing is promised."""
    print("| vårdtillfällen | program | processorsekunder | minne, MB |")
    for stays in STAYS:
        with tempfile.TemporaryDirectory() as name:
            _measure(stays, Path(name))
    return True


def _measure(stays: int, place: Path) -> None:
    cases = place / "vardtillfallen.csv"
    write_stays(cases, stays=stays)
    _names(place / "homes.csv", [home.name for home in reference.municipalities()])
    _names(place / "sites.csv", [site.name for site in reference.hospitals()])
    for script, told in OTHERS.items():
        own = str(Path(__file__).parent / "compared" / f"{script}.py")
        command = [str(PYTHON), own, str(cases), str(place / f"{script}.duckdb"), str(place)]
        _tell(stays, told, command, os.environ)
    environment = os.environ | {"SAMVERKAN_DATA": str(place / "data")}
    _tell(stays, "samverkan load", [SAMVERKAN, "load", str(cases)], environment)


def _names(path: Path, names: list[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["name"], *([name] for name in names)])


def _tell(stays: int, what: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
    before = worked()
    _, megabytes = timed(command, environment=environment)
    print(f"| {stays} | {what} | {worked() - before:.1f} | {megabytes:.0f} |")
