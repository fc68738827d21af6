"""How long the largest data that is thought of takes: ten years of months for 290 municipalities.

A county of its own has all the country's municipalities, in an area for each of the old counties;
every month of ten years tells of each in two care forms. Told are the time and memory of publishing
it, and of each page when somebody opens it for the first time, and again.
"""

import csv
import os
import random
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from streamlit.testing.v1 import AppTest

import dashboard
import reference
from benchmarks.processes import SAMVERKAN, timed
from reference.files import COLUMNS
from settings import SHIPPED
from ui.destinations import DESTINATIONS, Destination

YEARS = range(2016, 2026)
HEADINGS = "Månad;Kommun;Sjukhus;Vårdform;Antal utskrivna;Antal dagar"
# What is promised: published while one has coffee, and no page that one waits for.
PUBLISHED, PAGE = 600.0, 3.0


def write_county(folder: Path) -> list[str]:
    """The tables of a county of the whole country; gives the codes of its municipalities."""
    shipped = SHIPPED / "reference"
    homes = [(home.code, home.name) for home in reference.municipalities()]
    with (shipped / "other_municipalities.csv").open(encoding="utf-8") as file:
        homes += [(row["code"], row["name"]) for row in csv.DictReader(file)]
    homes.sort()
    areas = sorted({code[:2] for code, _ in homes})
    own: dict[str, Sequence[Sequence[object]]] = {
        "county": [("name", "Riket"), ("full_name", "Hela riket"), ("forum", "Riksrådet")],
        "areas": [(f"l{key}", f"Område {key}", f"Område {key}", int(key)) for key in areas],
        "municipalities": [
            (code, name, f"l{code[:2]}", "", number % 20, number // 20)
            for number, (code, name) in enumerate(homes)
        ],
        "hospitals": [("Rikets sjukhus", "RS", "Riket", f"l{areas[0]}")],
        "population": [
            (code, year, 10_000 + 100 * number)
            for number, (code, _) in enumerate(homes)
            for year in YEARS
        ],
    }
    folder.mkdir()
    for table, columns in COLUMNS.items():
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([columns, *own.get(table, [])])
    return [code for code, _ in homes]


def write_months(path: Path, codes: Sequence[str]) -> None:
    """Invented discharges and days of each municipality, month and care form."""
    chance = random.Random(7)
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADINGS + "\n")
        for year in YEARS:
            for month in range(1, 13):
                for code in codes:
                    for form, most in (("Somatik", 80), ("Psykiatri", 12)):
                        stays = chance.randrange(most)
                        days = sum(chance.randrange(3) for _ in range(stays))
                        file.write(
                            f"{year}-{month:02d};{code};Rikets sjukhus;{form};{stays};{days}\n"
                        )


def measure() -> bool:
    """Measure, print, and say whether the promises hold."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        codes = write_county(folder / "riket")
        (folder / "settings.toml").write_text('county_folder = "riket"\n', encoding="utf-8")
        months = folder / "manader.csv"
        write_months(months, codes)
        before = os.environ.get("SAMVERKAN_DATA")
        os.environ["SAMVERKAN_DATA"] = name
        try:
            command = [SAMVERKAN, "load", "--yes", str(months)]
            published, megabytes = timed(command, environment=os.environ)
            print(
                f"{len(codes)} municipalities, {len(YEARS)} years: published in {published:.0f} s, "
                f"{megabytes:.0f} MB of memory"
            )
            time.sleep(2.0)
            pages = {place.file: _opened(place) for place in DESTINATIONS if not place.agreed}
        finally:
            if before is None:
                del os.environ["SAMVERKAN_DATA"]
            else:
                os.environ["SAMVERKAN_DATA"] = before
    for page, (first, again) in pages.items():
        print(f"{page}: {first:.1f} s the first time, {again:.2f} s again")
    return published <= PUBLISHED and max(first for first, _ in pages.values()) <= PAGE


def _opened(place: Destination) -> tuple[float, float]:
    test = AppTest.from_file(dashboard.__file__, default_timeout=300)
    taken = []
    if place != DESTINATIONS[0]:
        test.run()
        test.switch_page(place.file)
    for _ in range(2):
        started = time.perf_counter()
        test.run()
        taken.append(time.perf_counter() - started)
        if test.exception:
            raise SystemExit(f"{place.file} failed: {test.exception[0].value}")
    return taken[0], taken[1]
