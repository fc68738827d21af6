"""How long pages take with some data and with ten times as much.

The same quarter of stays and the same of deviations, in ten times as many rows: each page's script
is run in the program's own process, without a browser, and the best of some runs is compared.
"""

import os
import tempfile
import time
from pathlib import Path

from streamlit.testing.v1 import AppTest

import dashboard
import pipeline
from benchmarks.loading import write_stays
from benchmarks.measured import Measured
from swedish.typography import number
from ui.destinations import DESTINATIONS, Destination

STAYS, CASES = 100_000, 10_000
ROUNDS = 5
# What is promised is no difference; this much is what a busy machine may give.
TIMES = 1.25
HEADINGS = (
    "Ärendenummer;Händelsedatum;Registreringsdatum;Rapporterande organisation;"
    "Mottagande organisation;Kommun;Process;Allvarlighetsgrad;Status;Besvarad"
)
KINDS = (
    "Göteborgs kommun;Sahlgrenska Universitetssjukhuset;Göteborg;In- och utskrivning;Mindre",
    "Närhälsan;Borås kommun;Borås;Läkemedel;Ingen",
    "Falköpings kommun;Skaraborgs Sjukhus;Falköping;Informationsöverföring;Måttlig",
)


def write_cases(path: Path, *, cases: int) -> None:
    """A file of invented deviations, registered on the days of a quarter in turn."""
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADINGS + "\n")
        for number in range(cases):
            day = f"2019-{4 + number % 3:02d}-{1 + number % 30:02d}"
            kind = KINDS[number % len(KINDS)]
            file.write(f"2019-{number + 1:07d};{day};{day};{kind};Avslutad;{day}\n")


def times(times_as_much: int) -> dict[str, float]:
    """Seconds that each page takes, by its file."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SAMVERKAN_DATA"] = folder
        files = Path(folder) / "stays.csv", Path(folder) / "cases.csv"
        write_stays(files[0], stays=STAYS * times_as_much)
        write_cases(files[1], cases=CASES * times_as_much)
        for path in files:
            with pipeline.checked(path) as file:
                pipeline.publish(file)
        return {place.file: _page(place) for place in DESTINATIONS if not place.agreed}


def _page(place: Destination) -> float:
    test = AppTest.from_file(dashboard.__file__, default_timeout=60).run()
    if place != DESTINATIONS[0]:
        test.switch_page(place.file).run()
    taken = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        test.run()
        taken.append(time.perf_counter() - started)
        if test.exception:
            raise SystemExit(f"{place.file} failed: {test.exception[0].value}")
    return min(taken)


def measure() -> Measured:
    """What each page takes with some rows, and with ten times as many."""
    some, more = times(1), times(10)
    ratio = sum(more.values()) / sum(some.values())
    heads = [
        *("sida", f"{number(STAYS, 0)} vårdtillfällen och {number(CASES, 0)} avvikelser, s"),
        *("tio gånger så många, s", "gånger så lång tid", "högst"),
    ]
    rows = [
        [place.title, *(number(taken[place.file], 2) for taken in (some, more)), "", ""]
        for place in DESTINATIONS
        if place.file in some
    ]
    total = ["alla", *(number(sum(taken.values()), 2) for taken in (some, more))]
    return Measured(
        [heads, *rows, [*total, number(ratio, 2), number(TIMES, 2)]], kept=ratio <= TIMES
    )
