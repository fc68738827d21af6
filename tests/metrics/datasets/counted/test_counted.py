"""Declared counts with hospitals and two things that they are told apart by, against plain sums."""

from collections import defaultdict
from itertools import product

import duckdb
import pytest

from loaders import kinds
from loaders.declaration import Column, Export, PartOf
from loaders.exports.shared_columns import HOSPITAL, MONTH, MUNICIPALITY
from metrics.datasets.counted.cells import Unit, table
from metrics.datasets.counted.declared import declared
from metrics.disclosure.audit import ranges
from metrics.disclosure.pattern import pattern
from metrics.indicator import Indicator

HOMES = {"1490": "sodra-alvsborg", "1463": "sodra-alvsborg", "1480": "goteborg"}
MADE = Indicator(
    key="made", name="Gjorda", short="Gjorda", unit="utskrivna", decimals=0, direction="neutral",
    dataset="plans", calculation="sum", numerator="plans", definition="", caveats="", source="",
)  # fmt: skip
SHARE = Indicator(
    key="seen", name="Sedda", short="Sedda", unit="%", decimals=1, direction="higher",
    dataset="plans", calculation="ratio", numerator="seen", denominator="plans", per=100,
    share=True, definition="", caveats="", source="",
)  # fmt: skip


def units(few: int) -> list[Unit]:
    """Every crossing of municipality, hospital, group and age; `few` in one of them."""
    found = []
    crossings = product(HOMES, ("Östra", "SÄS"), ("vuxna", "barn"), ("0-17", "18-"))
    for number, (home, hospital, group, age) in enumerate(crossings):
        plans = few if number == 0 else 20 + number
        measures = {"plans": float(plans), "seen": float(plans // 2)}
        found.append(Unit(home, HOMES[home], hospital, (group, age), measures))
    return found


def test_every_cell_is_the_sum_of_what_it_holds() -> None:
    made = table(units(9), [MADE], 5, open_measures=frozenset())
    by_hand: dict[tuple[str, ...], float] = defaultdict(float)
    for unit in units(9):
        plans = unit.measures["plans"] or 0
        for part in ("alla", *unit.parts):
            by_hand["county", "lan", part] += plans
            by_hand["area", unit.area, part] += plans
        by_hand["municipality", unit.municipality, "alla"] += plans
        by_hand["hospital", str(unit.hospital), "alla"] += plans
    found = {
        (level, place, part): made.cells[row.numerator or 0].value
        for row in made.rows
        for level, place, _, part in [row.location]
    }
    assert found == by_hand


@pytest.mark.parametrize("few", [1, 2, 3, 4])
def test_what_is_few_is_hidden_and_cannot_be_worked_out(few: int) -> None:
    """Of the whole municipality, whose hospitals and groups all hold more."""
    small = [unit for unit in units(few) if unit.municipality != "1490"]
    small.append(Unit("1490", "sodra-alvsborg", None, (), {"plans": float(few), "seen": 0.0}))
    rules = [PartOf(parts=("seen",), whole="plans")]
    made = table(small, [MADE, SHARE], 5, open_measures=frozenset(), rules=rules)
    found = pattern(made)
    assert not found.unproven
    assert all(one.safe for one in ranges(made, found.hidden))
    (row,) = (r for r in made.rows if r.indicator == "made" and r.location[1] == "1490")
    assert row.numerator in found.hidden


def test_what_counts_no_persons_is_not_hidden() -> None:
    small = [Unit("1490", "sodra-alvsborg", None, (), {"plans": 3.0, "seen": 1.0})]
    made = table(small, [MADE], 5, open_measures=frozenset({"plans", "seen"}))
    assert not pattern(made).hidden


def test_a_dataset_is_what_its_exports_declare() -> None:
    group = Column(key="target", label="Grupp", kind=kinds.CHOICE, choices={"barn": "barn"})
    counts = Column(key="plans", label="Antal", kind=kinds.COUNT)
    days = Column(key="waited", label="Dagar", kind=kinds.COUNT, counts="days")
    one = Export(key="a", title="Planer", dataset="plans", columns=(MONTH, MUNICIPALITY, counts))
    other = Export(
        key="b", title="Planer finare", dataset="plans",
        columns=(MONTH, MUNICIPALITY, HOSPITAL, group, counts, days),
    )  # fmt: skip
    assert declared([one, other], own=["plans"]) == []
    (found,) = declared([one, other], own=[])
    assert (found.key, found.name, found.dimensions) == ("plans", "Planer", ("target",))
    assert {key: measure.counts for key, measure in found.measures.items()} == {
        "plans": "persons",
        "waited": "days",
    }


def test_a_file_that_tells_less_apart_is_coarser_and_can_be_written() -> None:
    target = Column(key="target", label="Grupp", kind=kinds.CHOICE, choices={"barn": "barn"})
    counts = Column(key="plans", label="Antal", kind=kinds.COUNT)
    export = Export(
        key="a", title="Planer", dataset="plans", columns=(MONTH, MUNICIPALITY, target, counts)
    )
    (found,) = declared([export], own=[])
    with duckdb.connect() as connection:
        connection.execute(
            """
            create table counted (
                load_id integer, period varchar, municipality varchar, hospital varchar,
                parts map(varchar, varchar), measure varchar, value double, state varchar,
                sheet varchar, cell varchar
            );
            create table fact as
            select
                '2026-01' as period, '1490' as municipality, null::varchar as hospital,
                null::varchar as care_form, 'plans' as measure, 7.0 as value, 'ok' as state,
                'Blad1' as sheet, 'C2' as cell;
            """
        )
        found.make_spoken(connection, cases=False)
        assert connection.execute("from spoken").fetchall() == [("2026-01", "1490", 0)]
        found.write(connection, 1, cases=False)
        connection.execute("alter table fact add column target varchar default 'barn'")
        found.make_spoken(connection, cases=False)
        assert connection.execute("from spoken").fetchall() == [("2026-01", "1490", 1)]
        found.write(connection, 2, cases=False)
        rows = connection.execute("select load_id, parts, value from counted order by 1").fetchall()
    assert rows == [(1, {}, 7.0), (2, {"target": "barn"}, 7.0)]
