"""Make the demo exports beside the discharges: deviations, funds, inhabitants, other indicators.

    python data/demo/make_demo_cases.py [FOLDER]

Everything is invented but the inhabitants of 2025, which are those of the reference tables, and the
275 000 kronor that a NOSAM may requisition. The same bytes every time. README.md says what is built
in.
"""

import csv
import datetime
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
REFERENCE = HERE.parent / "reference"
SEED = 1177
FIRST_DAY, LAST_DAY, MADE = (
    datetime.date(2023, 10, 1),
    datetime.date(2026, 9, 30),
    datetime.date(2026, 10, 12),
)

SU = "Sahlgrenska Universitetssjukhuset"
HOSPITALS = {
    "goteborg": SU,
    "simba": "Sjukhusen i väster",
    "samla": "Sjukhusen i väster",
    "sodra-alvsborg": "Södra Älvsborgs Sjukhus",
    "fyrbodal": "NU-sjukvården",
    "skaraborg": "Skaraborgs Sjukhus",
}
PROCESSES = {
    "In- och utskrivning": 0.34,
    "Informationsöverföring": 0.24,
    "Läkemedel": 0.16,
    "Samordnad individuell plan (SIP)": 0.10,
    "Rehabilitering och hjälpmedel": 0.09,
    "Egenvård": 0.04,
    "Övrigt": 0.03,
}
SEVERITIES = {"Ingen": 0.35, "Mindre": 0.42, "Måttlig": 0.19, "Betydande": 0.04}
PARTNERS = {"hospital": 0.62, "Närhälsan": 0.26, "Vårdcentral": 0.12}
CASES_PER_10000_A_QUARTER = 2.4
# A new routine for reporting, from the second quarter of 2025.
REPORTS_MORE = {"1480": 1.7, "1481": 1.6}
NOSAM = {
    "NOSAM Centrum": (275000, 261500),
    "NOSAM Hisingen": (275000, 275000),
    "NOSAM Nordost": (240000, 118000),
    "NOSAM Sydväst": (275000, 30500),
    "NOSAM Härryda": (150000, 150000),
    "NOSAM Mölndal": (0, 0),
    "NOSAM Partille": (275000, 96250),
    "NOSAM Öckerö": (120000, 120000),
}
AREAS_OF_FUNDS = {
    "Göteborgsområdet": 4_200_000,
    "SIMBA": 700_000,
    "SAMLA": 500_000,
    "Södra Älvsborg": 1_400_000,
    "Fyrbodal": 1_600_000,
    "Skaraborg": 1_600_000,
}
# What is known of a municipality and quarter where that is no share: left out, not reported, not
# applicable, confidential.
SIP_UNKNOWN = {
    ("Grästorp", "2024-K2"): None,
    ("Essunga", "2024-K3"): ("-", "-"),
    ("Karlsborg", "2024-K4"): (".", "."),
    ("Dals-Ed", "2025-K1"): ("..", ".."),
}
# The first numbers of a month, which the export of three years corrects; Åmål comes late with it.
# Discharges, days, same day, more than 3 and more than 7 days.
NOVEMBER: dict[str, Sequence[object]] = {
    "Sotenäs": (6, 4, 4, 0, 0), "Uddevalla": (51, 88, 24, 6, 2), "Åmål": ("-",) * 5,
}  # fmt: skip
SUICIDES = {2020: 215, 2021: 203, 2022: 208, 2023: 191, 2024: 186, 2025: 178}


def main(folder: Path) -> None:
    """Write the demo exports into the folder."""
    chance = random.Random(SEED)
    homes = _rows("municipalities")
    people = {
        row["code"]: int(row["population"]) for row in _rows("population") if row["year"] == "2025"
    }
    span = f"Urval: {FIRST_DAY} – {LAST_DAY}"
    heads = (
        "Ärendenummer", "Händelsedatum", "Registreringsdatum", "Rapporterande organisation",
        "Mottagande organisation", "Kommun", "Process", "Allvarlighetsgrad", "Status", "Besvarad",
        "Avslutad",
    )  # fmt: skip
    titles = [["Avvikelser i samverkan (exempeldata)"], [span], [f"Uttag {MADE}"], []]
    _write(
        folder / "avvikelser_2023-10_2026-09.csv",
        [*titles, heads, *_cases(homes, people, chance)],
    )
    _write(folder / "brister_2023_kv3.csv", _counts(homes, people, chance))
    _write(folder / "medel_2026.csv", _funds())
    inhabitants = [
        [f"{row['code']} {row['name']}", year, round(people[row["code"]] * size)]
        for year, size in ((2023, 0.992), (2024, 0.996), (2025, 1))
        for row in homes
    ]
    _write(folder / "befolkning_2023_2025.csv", [("region", "år", "folkmängd"), *inhabitants])
    _write(folder / "indikatorer_2020_2026.csv", _indicators(homes, people, chance))
    early_heads = (
        "Månad", "Kommun", "Antal utskrivna", "Antal dagar", "Utskrivna samma dag",
        "Kvar mer än 3 dagar", "Kvar mer än 7 dagar",
    )  # fmt: skip
    early = [("2023-11", home, *row) for home, row in NOVEMBER.items()]
    _write(folder / "forsta_2023-11_fyrbodal.csv", [early_heads, *early])


def _rows(table: str) -> list[dict[str, str]]:
    with (REFERENCE / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";", lineterminator="\r\n").writerows(rows)


# Of Python's generators only random() promises the same numbers in every version.
def _one_of(shares: dict[str, float], chance: random.Random) -> str:
    left = chance.random() * sum(shares.values())
    for name, share in shares.items():
        left -= share
        if left < 0:
            return name
    return next(reversed(shares))


def _some_days(mean: float, chance: random.Random) -> datetime.timedelta:
    return datetime.timedelta(days=1 + sum(int(chance.random() * mean) for _ in range(2)))


def _cases(
    homes: list[dict[str, str]], people: dict[str, int], chance: random.Random
) -> Iterator[list[object]]:
    """The cases by day of registration; about as often from the municipality as to it."""
    day = FIRST_DAY
    number = 0
    # A quarter has about 91 days.
    daily = {row["code"]: people[row["code"]] / 10000 * CASES_PER_10000_A_QUARTER / 91
             for row in homes}  # fmt: skip
    while day <= LAST_DAY:
        for row in homes:
            more = REPORTS_MORE.get(row["code"], 1.0) if day >= datetime.date(2025, 4, 1) else 1.0
            if chance.random() >= daily[row["code"]] * more:
                continue
            number += 1
            yield [f"{day.year}-{number:05}", *_case(row, day, chance)]
        day += datetime.timedelta(days=1)


def _case(row: dict[str, str], day: datetime.date, chance: random.Random) -> list[object]:
    name = row["name"]
    municipality = f"{name} kommun" if name.endswith(("s", "x", "z")) else f"{name}s kommun"
    partner = _one_of(PARTNERS, chance)
    partner = HOSPITALS[row["area"]] if partner == "hospital" else partner
    # Some are in a hospital of another area.
    if partner == HOSPITALS[row["area"]] and chance.random() < 0.08:
        partner = SU
    pair = (municipality, partner) if chance.random() < 0.55 else (partner, municipality)
    answered = day + _some_days(45, chance)
    closed = answered + _some_days(30, chance)
    slow = chance.random() < 0.16
    if slow:
        answered, closed = answered + _some_days(60, chance), closed + _some_days(90, chance)
    is_answered, is_closed = answered <= MADE, closed <= MADE and chance.random() < 0.9
    status = "Avslutad" if is_closed else "Besvarad" if is_answered else "Under utredning"
    happened = day - _some_days(12, chance)
    return [
        happened, day, *pair, name, _one_of(PROCESSES, chance), _one_of(SEVERITIES, chance),
        status, answered if is_answered else "", closed if is_closed else "",
    ]  # fmt: skip


def _counts(
    homes: list[dict[str, str]], people: dict[str, int], chance: random.Random
) -> Iterator[Sequence[object]]:
    """The quarter before the cases, as counts for one area."""
    yield ["Brister i samverkan, kvartal 3 2023 (exempeldata)"]
    yield []
    yield ("Kommun", *PROCESSES)
    for row in homes:
        if row["area"] != "goteborg":
            continue
        whole = people[row["code"]] / 10000 * CASES_PER_10000_A_QUARTER
        counts = [int(whole * share + chance.random()) for share in PROCESSES.values()]
        yield (row["name"], *(count or "–" for count in counts))


def _funds() -> Iterator[Sequence[object]]:
    yield (
        "Program", "År", "Nivå", "Mottagare", "Tilldelat", "Får rekvirera", "Rekvirerat", "Använt",
        "Beslutsdatum", "Beslut av",
    )  # fmt: skip
    for year, day, share in ((2025, "2025-02-14", 1.0), (2026, "2026-02-13", 0.6)):
        programme = "Suicidprevention"
        yield (programme, year, "Län", "Västra Götaland", "drygt 33 Mkr", "", "", "", day, "")
        for name, kronor in AREAS_OF_FUNDS.items():
            yield (programme, year, "Delregion", name, f"{kronor} kr", "", "", "", day, "")
        for name in ("Kommunalförbunden", "Västra Götalandsregionen"):
            level = "Region" if name.endswith("regionen") else "Kommunalförbund"
            yield (programme, year, level, name, "10 Mkr", "", "", "", day, "")
        for name, (asked, used) in NOSAM.items():
            spent = int(used * share / 500) * 500
            yield (programme, year, "NOSAM", name, "", "275 000 kr", asked, spent, day, "")
    for name, text, used in (("Familjecentral på landsbygd", "1 250 tkr", 780_000),
                               ("Mobilt team för unga", "970 tkr", 412_500)):  # fmt: skip
        yield ("Nära vård", 2026, "Projekt", name, text, "", text, used, "2026-01-22", "")


def _indicators(
    homes: list[dict[str, str]], people: dict[str, int], chance: random.Random
) -> Iterator[Sequence[object]]:
    yield ("Indikator", "Plats", "Period", "Täljare", "Nämnare", "Värde")
    for year, count in SUICIDES.items():
        yield ("suicides", "Västra Götaland", year, count, "", "")
    for quarter in range(12):
        year, number = divmod(2023 * 4 + 3 + quarter, 4)
        for row in homes:
            planned = max(12, int(people[row["code"]] / 1000 * 0.9))
            share = 0.62 + 0.012 * quarter + 0.1 * (chance.random() - 0.5)
            done = min(planned, round(planned * share))
            at = (row["name"], f"{year}-K{number + 1}")
            counts = SIP_UNKNOWN.get(at, (done, planned))
            if counts is not None:
                yield ("sip_share", *at, *counts, "")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
