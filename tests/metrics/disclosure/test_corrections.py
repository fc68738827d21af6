"""What is hidden when a period is corrected: one who kept what was shown before learns little."""

from pathlib import Path

import pipeline
from metrics.datasets.deviations.ways import Way
from metrics.datasets.deviations.ways_cells import hidden
from metrics.disclosure.cells import Rule, Table
from metrics.disclosure.past import with_past
from metrics.values import values

ALE, STENUNGSUND, TJORN = "1440", "1415", "1419"


def load(folder: Path, *, ale: int, tjorn: int = 2) -> pipeline.Preview:
    """Load a month of SIMBA, in which Tjörn has a small count; give what it was to change."""
    path = folder / f"{len(list(folder.iterdir()))}.csv"
    homes = {"Ale": ale, "Kungälv": 300, "Stenungsund": 8, "Tjörn": tjorn}
    rows = [f"2019-07;{home};{count};{count}\n" for home, count in homes.items()]
    path.write_text("Månad;Kommun;Antal utskrivna;Antal dagar\n" + "".join(rows), encoding="utf-8")
    with pipeline.checked(path) as file:
        seen = pipeline.preview(file)
        pipeline.publish(file, force=True)
    return seen


def covered() -> set[str]:
    found = values(indicator="discharges", level="municipality")
    return {one.place for one in found if one.status == "confidential"}


def test_as_little_moves_as_can_be(data: Path) -> None:
    load(data, ale=12)
    assert covered() == {TJORN, STENUNGSUND}
    load(data, ale=6)
    assert covered() == {TJORN, STENUNGSUND}


def test_without_a_past_the_smallest_goes_along(data: Path) -> None:
    load(data, ale=6)
    assert covered() == {TJORN, ALE}


def test_a_hidden_number_that_is_corrected_to_more_stays_hidden(data: Path) -> None:
    """The county's sum tells by how much it grew, so that to show it would tell what it was."""
    load(data, ale=12)
    load(data, ale=12, tjorn=9)
    assert TJORN in covered()
    load(data, ale=13, tjorn=9)
    assert TJORN in covered()
    (county,) = values(indicator="discharges", level="county")
    assert county.value == 330


def test_what_a_number_was_is_not_told_once_it_is_hidden(data: Path) -> None:
    load(data, ale=12)
    seen = load(data, ale=3)
    assert covered() >= {TJORN, ALE}
    told = {(one.indicator, one.place) for one in seen.largest}
    assert told and ("discharges", ALE) not in told
    between = {(one.indicator, one.place) for one in pipeline.between(1, 2).largest}
    assert between and ("discharges", ALE) not in between


def test_a_table_from_whom_to_whom_keeps_what_it_hid() -> None:
    hospitals = ("NU-sjukvården", "Sahlgrenska Universitetssjukhuset", "Skaraborgs Sjukhus")
    ways = [
        Way("lan", "municipality", home, "hospital", hospital, cases)
        for home, row in {"1480": (2.0, 8.0, 30.0), "1490": (9.0, 12.0, 40.0)}.items()
        for hospital, cases in zip(hospitals, row, strict=True)
    ]
    areas = ("Göteborgsområdet", "Södra Älvsborg")
    first, second = (
        {("lan", area, hospital) for area in areas for hospital in ("NU", other)}
        for other in ("SU", "SkaS")
    )
    assert hidden(ways, 5) == first
    assert hidden(ways, 5, before=second) == second


def test_parts_that_are_alike_in_all_keep_their_places_beside_a_past() -> None:
    """Two cases with nothing to tell them apart: what a past holds of another is not read as it."""
    now = Table(parts=(3.0, 3.0, 5.0), cells=(), names=("a", "a", "b"))
    past = Table(parts=(9.0,), cells=(), names=("c",), rules=(Rule(((0, 1.0),), 9.0),))
    both = with_past(now, (), past, ())
    assert (both.names, both.parts) == (("a", "a", "b", "c"), (3.0, 3.0, 5.0, 9.0))
    assert both.rules[-1].terms == ((3, 1.0),)
