"""Make the demo export: three years of invented discharges, the same bytes every time.

    python data/demo/make_demo.py [FOLDER]

Stays are simulated one by one and then counted, so that the columns agree with each other. No row
comes from real data. README.md beside this file says what is built in on purpose.
"""

import csv
import math
import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

HERE = Path(__file__).resolve().parent
REFERENCE = HERE.parent / "reference"
FIRST_YEAR, FIRST_MONTH, MONTHS = 2023, 11, 36
FILE = "utskrivningsklara_2023-11_2026-10.csv"
# Chosen so that no small municipality has a month without discharges.
SEED = 41

HEAD = (
    "Månad", "Kommun", "Sjukhus", "Vårdform", "Antal utskrivna", "Antal dagar",
    "Genomsnittligt antal dagar", "Utskrivna samma dag", "Kvar mer än 3 dagar",
    "Kvar mer än 7 dagar", "Utskrivna före meddelande",
)  # fmt: skip

SU = "Sahlgrenska Universitetssjukhuset"
NU = "NU-sjukvården"
SKAS = "Skaraborgs Sjukhus"
SAS = "Södra Älvsborgs Sjukhus"
SV = "Sjukhusen i väster"
COAST = "Dalslands, Lysekils och Strömstads sjukhus"
LUNDBY = "Capio Lundby Närsjukhus"
# These have no psychiatric wards.
SOMATIC_ONLY = frozenset({COAST, LUNDBY})

# Of an area's patients, the share that each hospital discharges; then where it differs.
SHARES = {
    "goteborg": {SU: 0.93, SV: 0.05, LUNDBY: 0.02},
    "simba": {SV: 0.80, SU: 0.20},
    "samla": {SV: 0.78, SU: 0.22},
    "sodra-alvsborg": {SAS: 0.90, SU: 0.10},
    "fyrbodal": {NU: 0.91, SU: 0.09},
    "skaraborg": {SKAS: 0.92, SU: 0.08},
}
GOTEBORG = {SU: 0.84, SV: 0.12, LUNDBY: 0.04}
BY_ALINGSAS = {SAS: 0.75, SV: 0.15, SU: 0.10}
BY_LOCAL_HOSPITAL = {NU: 0.82, COAST: 0.10, SU: 0.08}
OWN_SHARES = {
    "1480": GOTEBORG,
    **dict.fromkeys(("1442", "1466"), BY_ALINGSAS),
    **dict.fromkeys(
        ("1427", "1430", "1435", "1438", "1439", "1460", "1461", "1484", "1486", "1492"),
        BY_LOCAL_HOSPITAL,
    ),
}

BEFORE_NOTICE = {SAS: 0.18, SU: 0.09}
BEFORE_NOTICE_ELSEWHERE = 0.05

DISCHARGES_PER_1000 = 1.16
PSYCHIATRIC_SHARE = 0.10
LEVEL = 0.62
PSYCHIATRIC_FACTOR = 1.9
SPREAD = 0.18
# Midsummer and July, Christmas and January: fewer to receive patients at home.
DAYS_BY_MONTH = (1.16, 1.00, 0.96, 0.95, 0.95, 1.10, 1.14, 1.00, 0.95, 0.95, 0.96, 1.10)
VOLUME_BY_MONTH = (1.05, 1.02, 1.04, 1.00, 1.00, 0.97, 0.92, 0.96, 1.00, 1.02, 1.02, 1.00)


@dataclass(frozen=True)
class Course:
    """A municipality's mean days: `before`, then over `months` from index `start` to `after`."""

    before: float
    after: float
    start: int
    months: int

    def at(self, index: int) -> float:
        """The level in the month with this index."""
        passed = min(max((index - self.start + 1) / self.months, 0.0), 1.0)
        return self.before + (self.after - self.before) * passed


COURSES = {
    "1485": Course(before=1.6, after=0.5, start=26, months=4),
    "1490": Course(before=0.5, after=1.3, start=26, months=4),
    "1435": Course(before=0.8, after=4.2, start=31, months=2),
}


@dataclass(frozen=True)
class Municipality:
    """What the simulation knows of a municipality."""

    code: str
    name: str
    inhabitants: int
    shares: dict[str, float]
    level: float

    def mean_days(self, index: int) -> float:
        """The expected days as discharge-ready before season and care form."""
        course = COURSES.get(self.code)
        return course.at(index) if course else self.level


def municipalities(chance: random.Random) -> list[Municipality]:
    """All municipalities of the reference tables, each with a level of its own."""
    inhabitants = {
        row["code"]: int(row["population"]) for row in _rows("population") if row["year"] == "2025"
    }
    return [
        Municipality(
            code=row["code"],
            name=row["name"],
            inhabitants=inhabitants[row["code"]],
            shares=OWN_SHARES.get(row["code"], SHARES[row["area"]]),
            level=LEVEL * math.exp(SPREAD * _normal(chance)),
        )
        for row in _rows("municipalities")
    ]


def _rows(table: str) -> list[dict[str, str]]:
    with (REFERENCE / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# Of Python's generators only random() promises the same numbers in every version.
def _normal(chance: random.Random) -> float:
    return sum(chance.random() for _ in range(12)) - 6


def _poisson(mean: float, chance: random.Random) -> int:
    """Knuth's method; good for means under 700."""
    limit, product, count = math.exp(-mean), chance.random(), 0
    while product > limit:
        product *= chance.random()
        count += 1
    return count


def _days(mean: float, chance: random.Random) -> int:
    """Whole days of one stay: 0 for most, else geometric; about 70 % are 0 at a mean of 0.7."""
    zero = 1 / (1 + 0.612 * mean)
    if chance.random() < zero:
        return 0
    rest = 1 - (1 - zero) / mean
    return 1 + int(math.log(1 - chance.random()) / math.log(rest))


def rows(chance: random.Random) -> Iterator[list[str]]:
    """The export's rows by month, municipality, hospital and care form."""
    places = municipalities(chance)
    for index in range(MONTHS):
        year, month = divmod(FIRST_YEAR * 12 + FIRST_MONTH - 1 + index, 12)
        for place in places:
            for hospital in sorted(place.shares):
                for care_form in ("Psykiatri", "Somatik"):
                    if care_form == "Psykiatri" and hospital in SOMATIC_ONLY:
                        continue
                    counts = _counts(place, hospital, care_form, index, month, chance)
                    if counts:
                        label = f"{place.code} {place.name}"
                        yield [f"{year}-{month + 1:02}", label, hospital, care_form, *counts]


def _counts(
    place: Municipality,
    hospital: str,
    care_form: str,
    index: int,
    month: int,
    chance: random.Random,
) -> list[str]:
    psychiatric = care_form == "Psykiatri"
    volume = (
        place.inhabitants / 1000 * DISCHARGES_PER_1000 * VOLUME_BY_MONTH[month]
        * place.shares[hospital] * (PSYCHIATRIC_SHARE if psychiatric else 1 - PSYCHIATRIC_SHARE)
    )  # fmt: skip
    both = 1 + PSYCHIATRIC_SHARE * (PSYCHIATRIC_FACTOR - 1)
    mean = place.mean_days(index) * DAYS_BY_MONTH[month] / both
    if psychiatric:
        mean *= PSYCHIATRIC_FACTOR
    share = BEFORE_NOTICE.get(hospital, BEFORE_NOTICE_ELSEWHERE)
    stays = Counter(_days(mean, chance) for _ in range(_poisson(volume, chance)))
    before = _poisson(volume * share / (1 - share), chance)
    discharges = stays.total()
    if not discharges:
        return []
    days = sum(length * count for length, count in stays.items())
    average = (Decimal(days) / discharges).quantize(Decimal("0.01"), ROUND_HALF_UP)
    over_3 = sum(count for length, count in stays.items() if length > 3)
    over_7 = sum(count for length, count in stays.items() if length > 7)
    figures = (discharges, days, f"{average}".replace(".", ","), stays[0], over_3, over_7, before)
    return [str(figure) for figure in figures]


def main(folder: Path) -> None:
    """Write the demo export into the folder."""
    with (folder / FILE).open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(HEAD)
        writer.writerows(rows(random.Random(SEED)))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
