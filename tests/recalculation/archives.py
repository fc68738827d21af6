"""Archives of deliveries made by chance: with what is missing, hidden, corrected and taken back."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import reference

_SIGNS = ("-", "..")
_FORMS = ("Somatik", "Psykiatri")
_PROCESSES = ("In- och utskrivning", "Läkemedel", "Egenvård")
_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Delivered:
    """A file, and how it is loaded: `force`, the areas that it is said to have, or taken back."""

    path: Path
    force: bool = False
    covers: tuple[str, ...] = ()
    withdrawn: bool = False


def archive(chance: Random, folder: Path) -> Iterator[Delivered]:
    """Files in the order that they are to be loaded, written in the folder as they are asked for.

    Each of discharges, deviations, funds and inhabitants; one is loaded twice.
    """
    made = [
        *_discharges(chance, folder),
        *_deviations(chance, folder),
        *(_funds(chance, folder, number) for number in range(2)),
        *(_inhabitants(chance, folder, year) for year in (2023, 2025)),
    ]
    chance.shuffle(made)
    yield from made
    yield chance.choice([one for one in made if not one.force and not one.withdrawn])


def _homes(chance: Random, share: float) -> list[reference.Municipality]:
    return [one for one in reference.municipalities() if chance.random() < share]


def _discharges(chance: Random, folder: Path) -> Iterator[Delivered]:
    hospitals = [one.name for one in reference.hospitals()]
    for number in range(4):
        fine, told = number != 2, chance.random() < 0.7
        heads = ["Månad", "Kommun", *(("Sjukhus", "Vårdform") if fine else ()), "Antal utskrivna",
                 "Antal dagar"]  # fmt: skip
        heads += ["Utskrivna samma dag", "Kvar mer än 3 dagar", "Kvar mer än 7 dagar"] * told
        rows = []
        for month in chance.sample(("2024-11", "2024-12", "2025-01", "2025-02"), 2):
            for home in _homes(chance, chance.choice((0.3, 0.9))):
                for form in _FORMS if fine else ("",):
                    for hospital in chance.sample(hospitals, chance.randint(0, 2)) if fine else "-":
                        where = [month, home.name, *((hospital, form) if fine else ())]
                        rows.append([*where, *_stays(chance, told)])
        yield Delivered(
            _written(folder / f"u{number}.csv", [heads, *rows]),
            force=number == 2 and chance.random() < 0.5,
            withdrawn=number == 3,
        )


def _stays(chance: Random, told: bool) -> list[str]:
    if chance.random() < 0.08:
        return [chance.choice(_SIGNS)] * (5 if told else 2)
    lengths = [chance.choice((0, 0, 1, 2, 4, 9)) for _ in range(chance.randint(1, 30))]
    of_each = [sum(length > most for length in lengths) for most in (3, 7)]
    counts = [len(lengths), sum(lengths), *([lengths.count(0), *of_each] if told else ())]
    return [str(count) for count in counts]


def _deviations(chance: Random, folder: Path) -> Iterator[Delivered]:
    yield from (_cases(chance, folder, number) for number in range(3))
    for number, quarter in enumerate(chance.sample((1, 2, 3, 4), 2)):
        rows = [[f"Brister i samverkan, kvartal {quarter} 2025"], ["Kommun", *_PROCESSES]]
        for home in _homes(chance, 0.8):
            signs = (*map(str, range(12)), "–", "..")
            rows.append([home.name, *(chance.choice(signs) for _ in _PROCESSES)])
        yield Delivered(
            _written(folder / f"b{number}.csv", rows),
            force=chance.random() < 0.3,
            covers=("samla",) if chance.random() < 0.3 else (),
        )


def _cases(chance: Random, folder: Path, number: int) -> Delivered:
    first = datetime.date(2025, chance.choice((1, 2, 4)), 1)
    last = chance.choice((datetime.date(2025, 8, 20), datetime.date(2025, 9, 30)))
    made = last + chance.randint(0, 40) * _DAY
    heads = ["Ärendenummer", "Händelsedatum", "Registreringsdatum", "Rapporterande organisation",
             "Mottagande organisation", "Kommun", "Process", "Status", "Besvarad",
             "Avslutad"]  # fmt: skip
    homes = _homes(chance, chance.choice((0.4, 1.0)))
    units = [f"{home.name.removesuffix('s')}s kommun" for home in homes]
    units += [hospital.name for hospital in reference.hospitals()]
    units += ["Närhälsan", "Vårdcentral", "Ambulans"]
    rows = []
    for at in range(250):
        registered = first + chance.randint(0, (last - first).days) * _DAY
        # The same case is in several exports, in each as it stood then.
        answered = registered + Random(at).randint(0, 90) * _DAY if at % 7 else None
        closed = answered + Random(at).randint(0, 60) * _DAY if answered and at % 3 else None
        known = [one if one and one <= made else None for one in (answered, closed)]
        status = "Avslutad" if known[1] else "Besvarad" if known[0] else "Pågående"
        rows.append(
            [f"2025-{at:04d}", str(registered), str(registered), *chance.choices(units, k=2),
             chance.choice(homes).name, chance.choice(_PROCESSES), status,
             *(str(one or "") for one in known)]
        )  # fmt: skip
    title = [[f"Urval: {first} – {last}"], [f"Uttag {made}"]]
    return Delivered(
        _written(folder / f"a{number}.csv", [*title, heads, *rows]),
        force=chance.random() < 0.2,
        covers=tuple(chance.sample([one.key for one in reference.areas()], 2))
        if chance.random() < 0.4
        else (),
        withdrawn=number == 2 and chance.random() < 0.5,
    )


def _funds(chance: Random, folder: Path, number: int) -> Delivered:
    # No part is more than its whole.
    amounts = (
        ("", "..", "drygt 9 Mkr", "5 Mkr"),
        ("", "-", "2 Mkr", "1 250 tkr"),
        ("", "..", "400 tkr"),
        ("", "..", "250 000 kr", "0"),
    )
    heads = ["Program", "År", "Nivå", "Mottagare", "Tilldelat", "Får rekvirera", "Rekvirerat",
             "Använt"]  # fmt: skip
    recipients = [("Län", "Västra Götaland"), ("Delregion", "De sex vårdsamverkansområdena"),
                  *(("Delregion", area.name) for area in reference.areas()),
                  ("NOSAM", "NOSAM Centrum"), ("NOSAM", "NOSAM Öckerö"), ("Projekt", "Ett team"),
                  ("Region", "Västra Götalandsregionen")]  # fmt: skip
    rows = [
        [programme, "2025", *recipient, *given]
        for programme in ("Suicidprevention", "Nära vård")
        for recipient in recipients
        if chance.random() < 0.7
        for given in ([*map(chance.choice, amounts)],)
        if any(given)
    ]
    return Delivered(_written(folder / f"m{number}.csv", [heads, *rows]))


def _inhabitants(chance: Random, folder: Path, year: int) -> Delivered:
    known = {code: count for (code, _), count in reference.population().items()}
    rows = [
        [f"{one.code} {one.name}", str(year), str(known[one.code] + chance.randint(-300, 300))]
        for one in _homes(chance, 0.9)
    ]
    return Delivered(_written(folder / f"f{year}.csv", [["region", "år", "folkmängd"], *rows]))


def _written(path: Path, rows: list[list[str]]) -> Path:
    path.write_text("".join(";".join(row) + "\n" for row in rows), encoding="utf-8")
    return path
