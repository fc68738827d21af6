"""Deviations in one version after another: what was hidden in one stays so beside the other."""

from collections.abc import Collection
from pathlib import Path

import pipeline
from metrics.catalogue import indicators
from metrics.datasets.deviations.cells import Count, table
from metrics.datasets.deviations.ways import Way
from metrics.datasets.deviations.ways_cells import hidden
from metrics.disclosure.audit import Range, ranges
from metrics.disclosure.cells import Table
from metrics.disclosure.past import with_past
from metrics.disclosure.pattern import pattern
from metrics.proof import proofs_beside
from metrics.values import Value, values

INDICATORS = [one for one in indicators().values() if one.dataset == "deviations"]
HEAD = (
    "Uttag 2020-07-10;Urval: 2020-04-01 – 2020-06-30\n"
    "Ärendenummer;Registreringsdatum;Rapporterande organisation;Mottagande organisation;Kommun;"
    "Process;Status;Besvarad;Avslutad\n"
)
ALE, TJORN = "1440", "1419"


def quarter(*, care: float, medicine: float) -> Table:
    """Two areas; Borås has so many cases of each of two processes."""
    counts = {
        ("1490", "sodra-alvsborg"): {"Läkemedel": medicine, "Egenvård": care},
        ("1463", "sodra-alvsborg"): {"Läkemedel": 9.0, "Övrigt": 7.0},
        ("1480", "goteborg"): {"Läkemedel": 30.0, "Egenvård": 12.0},
    }
    rows = []
    for (home, area), by_process in counts.items():
        for process, count in by_process.items():
            measures = {"deviations": count, "answer_due": count, "answered_in_time": count}
            for level, place in (("municipality", home), ("area", area)):
                given = {**measures, "open_cases": 0.0, "answer_days": count}
                rows.append(Count(level, place, area, process, True, given))
    return table(rows, INDICATORS, 5)


def opened(old: Table, new: Table) -> list[Range]:
    """The small counts that one who has seen both can work out."""
    before = pattern(old).hidden
    alone = pattern(new).hidden
    chosen = {n for n in pattern(with_past(new, alone, old, before)).hidden if n < len(new.cells)}
    both = with_past(new, chosen, old, before)
    return given_away(both, both.kept)


def given_away(of: Table, covered: Collection[int]) -> list[Range]:
    return [one for one in ranges(of, covered) if one.cell.sensitive and not one.safe]


def test_a_case_that_moves_to_a_process_that_had_none_is_not_the_difference() -> None:
    old, new = quarter(care=0.0, medicine=20.0), quarter(care=1.0, medicine=19.0)
    assert opened(old, new) == []
    alone = pattern(new).hidden
    seen = with_past(new, alone, old, pattern(old).hidden)
    assert given_away(seen, alone) != []


def test_a_way_that_was_few_stays_hidden_when_it_is_many() -> None:
    def ways(first: float, second: float) -> list[Way]:
        hospitals = ("NU-sjukvården", "Skaraborgs Sjukhus")
        rows = {"1480": (first, 20.0), "1490": (second, 15.0), "1487": (12.0, 9.0)}
        return [
            Way("lan", "municipality", home, "hospital", hospital, cases)
            for home, row in rows.items()
            for hospital, cases in zip(hospitals, row, strict=True)
        ]

    old, new = ways(10.0, 8.0), ways(9.0, 9.0)
    assert hidden(old, 5) == hidden(new, 5) == frozenset()
    few = ways(2.0, 16.0)
    covered = hidden(few, 5)
    assert covered
    assert hidden(old, 5, before=covered) == frozenset()
    assert hidden(old, 5, before=covered, past=few) >= covered


def export(folder: Path, name: str, cases: dict[str, int]) -> pipeline.Loaded:
    """Load a quarter with so many cases of each municipality."""
    rows = [
        f"{home}-{n};2020-04-0{n % 9 + 1};{home}s kommun;Sjukhusen i väster;{home};Läkemedel;"
        "Avslutad;2020-05-02;2020-05-09\n"
        for home, count in cases.items()
        for n in range(count)
    ]
    path = folder / name
    path.write_text(HEAD + "".join(rows), encoding="utf-8")
    with pipeline.checked(path) as file:
        assert file.ok, file.problems
        return pipeline.publish(file)


def shown(indicator: str, place: str, *, raw: bool = False, part: str = "alla") -> Value:
    (value,) = values(indicator=indicator, place=place, part=part, raw=raw)
    return value


def test_a_late_small_count_of_cases_is_not_the_difference_of_the_sums(data: Path) -> None:
    many = {"Kungälv": 20, "Stenungsund": 9, "Tjörn": 8}
    assert export(data, "a.csv", many).withheld == ()
    before = {
        key: (shown(key, "simba").value, shown(key, "Sjukhusen i väster").value)
        for key in ("deviations", "deviations_answered_share", "deviations_median_answer_days")
    }
    rate = shown("deviations_per_10000", "simba")
    assert export(data, "b.csv", many | {"Ale": 2}).withheld == (("2020-K2", ALE),)
    for key, told in before.items():
        now = shown(key, "simba"), shown(key, "Sjukhusen i väster")
        assert tuple(one.value for one in now) == told
        assert [one.status for one in now] == ["partial", "partial"]
    late = shown("deviations", ALE)
    assert (late.value, late.status, late.reported) == (None, "confidential", 0)
    smaller = shown("deviations_per_10000", "simba")
    assert smaller.denominator is not None and rate.denominator is not None
    assert smaller.denominator < rate.denominator
    assert shown("deviations", "simba", part="Läkemedel").value == 37
    assert shown("deviations", "simba", raw=True).value == 39
    assert [(one.beside, one.open_cells) for one in proofs_beside()] == [(1, ())]
    assert export(data, "c.csv", many | {"Ale": 7}).withheld == ()
    assert shown("deviations", "simba").value == 44
