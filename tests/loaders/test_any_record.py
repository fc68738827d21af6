"""Whatever a file of cases, counts, funds, inhabitants or indicators holds, it is answered.

As `test_any_file`, for the other kinds: facts or problems of the catalogue, never an exception.
"""

import random
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pipeline
from loaders.delivery import Delivery
from loaders.problems import KINDS
from tests.effort import examples, parametrize_some
from tests.loaders.sheets import write_text, write_workbook

ODD: list[object] = [
    *("", " ", "-", "–", "..", ".", "0", "-1", "1e308", "nan", "12,5", "1 234", "=1+1", "'", '"'),
    *(
        "Totalt",
        "Summa",
        "Summa A",
        "Alla",
        "Hela länet",
        "Riket",
        "Kommun",
        "Program",
        "Mottagare",
    ),
    *("Göteborg", "Göteborgsområdet", "Kungsbacka", "01 Stockholms län", "SU", "Närhälsan", "SIP"),
    *("2020", "2020-K1", "kv 1", "2020-13", "2020-12-31", "2 april 2020", "99999999", "43923", ";"),
    *(
        "drygt 33 Mkr",
        "ca 3",
        "1,350 tkr",
        "(5)",
        "högst 2",
        "10 000 000 000 Mkr",
        "kr",
        "suicides",
    ),
    *("x" * 5000, "\ufffd", "\U0001f9d1", "1\n2", "{}", "$row", "'; drop table load", "\\", "%"),
    *(None, 10**18, 0.1, True, -5, 1e300, "suicides", "Mottagare"),
]
GOOD: Mapping[str, Sequence[Sequence[object]]] = {
    "avvikelser": [
        ["Urval: 2020-04-01 – 2020-06-30"],
        ["Ärendenummer", "Registreringsdatum", "Från", "Till", "Kommun", "Process", "Besvarad"],
        ["A1", "2020-04-02", "SÄS", "Borås Stad", "Borås", "Läkemedel", "2020-05-01"],
        ["A2", "2020-05-02", "Marks kommun", "SÄS", "Mark", "SIP", None],
        ["A3", "2020-06-02", "SU", "Närhälsan", "Göteborg", "Övrigt", None],
    ],
    "brister": [
        ["Brister i samverkan, kvartal 1 2020"],
        ["Kommun", "Läkemedel", "SIP", "Summa"],
        ["Härryda", 1, "–", 1],
        ["Partille", 4, 3, 7],
        ["Totalt", 5, 3, 8],
    ],
    "kvartal": [
        ["År", "Kvartal", "Kommun", "Process", "Antal"],
        [2020, 1, "Härryda", "SIP", 3],
        [None, None, None, "Läkemedel", 4],
        [None, 2, "Partille", "SIP", 5],
    ],
    "medel": [
        ["Belopp i tkr"],
        ["Program", "År", "Nivå", "Mottagare", "Tilldelat", "Får rekvirera", "Rekvirerat"],
        ["A", 2020, "Län", "VG", "drygt 33 Mkr", None, None],
        [None, None, "Delregion", "SIMBA", 50, None, None],
        ["B", 2021, "NOSAM", "NOSAM Centrum", None, "275 000 kr", "200 000 kr"],
        ["Summa", None, None, None, 1, 1, 1],
    ],
    "befolkning": [
        ["Folkmängd efter region och år"],
        ["region", "2023", "2024"],
        ["1401 Härryda", 39000, 39500],
        ["1402 Partille", 40000, 40100],
        ["14 Västra Götalands län", 79000, 79600],
    ],
    "indikatorer": [
        ["Indikator", "Plats", "Period", "Täljare", "Nämnare", "Värde"],
        ["suicides", "Borås", "2020", 3, None, None],
        ["sip_share", "Göteborgsområdet", "2020-K1", 3, 4, None],
        ["sip_share", "Mark", "2020-K2", None, None, "75,5 %"],
    ],
}
KEYS = {
    "avvikelser": "case_number, registered, municipality",
    "medel": "programme, year, level, recipient",
    "indikatorer": "indicator, place, period",
    "brister": "period, municipality, process, state",
    "befolkning": "period, municipality, state",
}


def whole(file: Delivery) -> None:
    """Every row has what tells it apart, and stands once."""
    assert file.export is not None
    table = "record" if file.export.records else "fact"
    keys = KEYS.get(file.export.key)
    if keys is None:
        return
    once = keys.removesuffix(", state").removesuffix(", registered, municipality")
    missing = " or ".join(f"{key} is null" for key in keys.split(", "))
    found = file.connection.execute(f"from {table} where {missing}").fetchall()
    assert found == []
    twice = f"select 1 from {table} group by {once} having count(*) > 1"
    assert file.connection.execute(twice).fetchall() == []


@parametrize_some("name", GOOD, usual=3)
@settings(
    max_examples=examples(3),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 2**32), changes=st.integers(1, 8))
def test_cells_changed_rows_and_columns_moved(name: str, seed: int, changes: int) -> None:
    chance = random.Random(seed)
    rows = [list(row) for row in GOOD[name]]
    for _ in range(changes):
        row = chance.randrange(len(rows))
        what = chance.random()
        if what < 0.65:
            rows[row][chance.randrange(len(rows[row]))] = chance.choice(ODD)
        elif what < 0.75 and len(rows) > 1:
            del rows[row]
        elif what < 0.85:
            rows.insert(row, list(chance.choice(rows)))
        else:
            at = chance.randrange(5)
            for line in rows:
                line.insert(at, chance.choice(ODD) if what > 0.93 else None)
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAMVERKAN_DATA", folder)
        if chance.random() < 0.85:
            path = write_text(Path(folder) / "fil.csv", rows)
        else:
            path = write_workbook(Path(folder) / "fil.xlsx", {"2020": rows})
        with pipeline.checked(path, covers=["simba"]) as file:
            assert {problem.code for problem in file.problems} <= KINDS.keys()
            assert all(problem.message.endswith((".", "?")) for problem in file.problems)
            if file.ok:
                whole(file)
                if chance.random() < 0.2:
                    assert pipeline.publish(file).load_id == 1
