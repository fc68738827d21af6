"""How long the largest data that is thought of takes: ten years of months for 290 municipalities.

A county of its own has all the country's municipalities, in an area for each of the old counties;
every month of ten years tells of each in two care forms. Told are the time and memory of publishing
it and of correcting a number of it, and of each page when somebody opens it for the first time, and
again.
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
from benchmarks.measured import Measured
from benchmarks.processes import SAMVERKAN, timed, worked
from reference.files import COLUMNS
from settings import SHIPPED
from swedish.typography import number
from ui.destinations import DESTINATIONS, Destination

YEARS = range(2016, 2026)
HEADINGS = "Månad;Kommun;Sjukhus;Vårdform;Antal utskrivna;Antal dagar"
# What is promised: published while one has coffee, and no page that one waits for.
PUBLISHED, PAGE = 600.0, 3.0
MEGABYTES = 1000
# Twice the years take twice the work, and what has begun to be written to disk some more.
TIMES = 2 * 4 / 3


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
            (code, name, f"l{code[:2]}", "", at % 20, at // 20)
            for at, (code, name) in enumerate(homes)
        ],
        "hospitals": [("Rikets sjukhus", "RS", "Riket", f"l{areas[0]}")],
        "population": [
            (code, year, 10_000 + 100 * at) for at, (code, _) in enumerate(homes) for year in YEARS
        ],
    }
    folder.mkdir()
    for table, columns in COLUMNS.items():
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([columns, *own.get(table, [])])
    return [code for code, _ in homes]


def write_months(path: Path, codes: Sequence[str], years: Sequence[int] = YEARS) -> None:
    """Invented discharges and days of each municipality, month and care form."""
    chance = random.Random(7)
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADINGS + "\n")
        for year in years:
            for month in range(1, 13):
                for code in codes:
                    for form, most in (("Somatik", 80), ("Psykiatri", 12)):
                        stays = chance.randrange(most)
                        days = sum(chance.randrange(3) for _ in range(stays))
                        file.write(
                            f"{year}-{month:02d};{code};Rikets sjukhus;{form};{stays};{days}\n"
                        )


def measure() -> Measured:
    """What publishing half of the years and all of them takes, and then correcting a number; and
    what the pages take."""
    heads = ["290 kommuner", "processorsekunder", "s", "minne som mest, MB"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        codes = write_county(folder / "riket")
        half, whole, corrected = (folder / f"{one}.csv" for one in ("half", "whole", "corrected"))
        write_months(half, codes, YEARS[: len(YEARS) // 2])
        write_months(whole, codes)
        # The last number is another.
        corrected.write_text(whole.read_text(encoding="utf-8").rstrip() + "1\n", encoding="utf-8")
        loads = {
            f"{len(YEARS) // 2} år publiceras": _load(half, _data(folder, "half")),
            f"{len(YEARS)} år publiceras": _load(whole, _data(folder, "whole")),
            "och ett tal rättas": _load(corrected, folder / "whole"),
        }
        time.sleep(2.0)
        pages = _pages(folder / "whole")
    rows = [
        [what, number(work, 1), number(seconds, 0), number(megabytes, 0)]
        for what, (work, seconds, megabytes) in loads.items()
    ]
    opened = [
        [title, "", f"{number(first, 1)}, sedan {number(again, 2)}", ""]
        for title, (first, again) in pages.items()
    ]
    most = ["högst", "", f"{number(PUBLISHED, 0)}; en sida {number(PAGE, 1)}", f"{MEGABYTES}"]
    some, all_years, _ = (work for work, _, _ in loads.values())
    return Measured(
        [heads, *rows, *opened, most],
        kept=max(seconds for _, seconds, _ in loads.values()) <= PUBLISHED
        and max(megabytes for _, _, megabytes in loads.values()) < MEGABYTES
        and all_years <= TIMES * some
        and max(first for first, _ in pages.values()) <= PAGE,
    )


def _data(folder: Path, name: str) -> Path:
    """A data folder that has nothing but which county it is of."""
    data = folder / name
    data.mkdir()
    (data / "riket").symlink_to(folder / "riket")
    (data / "settings.toml").write_text('county_folder = "riket"\n', encoding="utf-8")
    return data


def _load(months: Path, data: Path) -> tuple[float, float, float]:
    """Seconds of work, seconds, and megabytes that loading takes."""
    environment = os.environ | {"SAMVERKAN_DATA": str(data)}
    before = worked()
    seconds, megabytes = timed([SAMVERKAN, "load", "--yes", str(months)], environment=environment)
    return worked() - before, seconds, megabytes


def _pages(data: Path) -> dict[str, tuple[float, float]]:
    """Seconds that each page takes the first time and again."""
    os.environ["SAMVERKAN_DATA"] = str(data)
    return {place.title: _opened(place) for place in DESTINATIONS if not place.agreed}


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
