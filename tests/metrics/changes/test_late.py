"""Late and corrected counts: one who kept what was shown before cannot subtract them."""

from pathlib import Path

import pipeline
from metrics.changes.late import sentence
from metrics.values import Value, values
from warehouse import store

HEAD = "Månad;Kommun;Antal utskrivna;Antal dagar;Kvar mer än 3 dagar;Kvar mer än 7 dagar\n"
COUNTS = {
    "Göteborg": (400, 300, 60, 20),
    "Mölndal": (60, 40, 9, 5),
    "Skövde": (90, 70, 15, 6),
    "Lidköping": (50, 30, 8, 5),
    "Mariestad": (30, 25, 6, 0),
}
GULLSPANG, LIDKOPING = "1447", "1494"


def load(folder: Path, **homes: tuple[int, int, int, int]) -> pipeline.Loaded:
    """Load a month of what is given, and else of COUNTS."""
    rows = [
        f"2019-07;{home};{';'.join(map(str, counts))}\n"
        for home, counts in (COUNTS | homes).items()
    ]
    path = folder / f"{len(list(folder.glob('*.csv')))}.csv"
    path.write_text(HEAD + "".join(rows), encoding="utf-8")
    with pipeline.checked(path) as file:
        assert file.ok, file.problems
        return pipeline.publish(file)


def shown(indicator: str, place: str) -> Value | None:
    (found,) = values(indicator=indicator, place=place) or (None,)
    return found


def sums(indicator: str) -> list[float | None]:
    """What is shown of the county and Skaraborg."""
    found = (shown(indicator, place) for place in ("lan", "skaraborg"))
    return [one.value if one else None for one in found]


def test_a_late_small_count_is_not_the_difference_of_the_sums(data: Path) -> None:
    load(data)
    before = {key: sums(key) for key in ("discharges", "ready_days", "over_7", "over_3_share")}
    done = load(data, Gullspång=(4, 9, 1, 0))
    assert {key: sums(key) for key in before} == before
    late = shown("discharges", GULLSPANG)
    assert late is not None and (late.status, late.value) == ("confidential", None)
    county = shown("discharges", "lan")
    assert county is not None and (county.status, county.reported) == ("partial", 5)
    assert done.withheld == (("2019-07", GULLSPANG),)
    assert "Gullspång juli 2019" in sentence(done.withheld)


def test_a_late_count_of_many_is_added_but_not_its_few(data: Path) -> None:
    load(data)
    before = sums("over_3_share"), sums("over_7")
    load(data, Gullspång=(40, 39, 6, 2))
    assert sums("discharges") == [670.0, 210.0]
    assert (sums("over_3_share"), sums("over_7")) == before


def test_what_was_withheld_stays_so_until_it_is_no_longer_few(data: Path) -> None:
    load(data)
    load(data, Gullspång=(4, 9, 1, 0))
    assert load(data, Gullspång=(4, 9, 1, 0), Skövde=(95, 70, 15, 6)).withheld
    assert sums("discharges") == [635.0, 175.0]
    assert not load(data, Gullspång=(9, 9, 0, 0)).withheld
    assert sums("discharges") == [639.0, 179.0]


def test_a_count_that_is_corrected_to_few_is_withheld(data: Path) -> None:
    load(data)
    load(data, Lidköping=(3, 4, 0, 0))
    assert sums("discharges") == [580.0, 120.0]
    late = shown("discharges", LIDKOPING)
    assert late is not None and late.status == "confidential"


def test_an_area_that_comes_as_a_whole_is_added(data: Path) -> None:
    load(data)
    done = load(data, Borås=(80, 60, 12, 6), Tranemo=(3, 2, 0, 0), Ulricehamn=(9, 8, 0, 0))
    assert done.withheld == ()
    county = shown("discharges", "lan")
    assert county is not None and county.value == 722


def test_withdrawing_gives_away_no_more(data: Path) -> None:
    load(data)
    load(data, Gullspång=(4, 9, 1, 0))
    second = load(data, Gullspång=(9, 9, 0, 0))
    assert second.load_id is not None
    done = pipeline.withdraw(second.load_id, reason="fel fil")
    assert done.withheld == (("2019-07", GULLSPANG),)
    assert sums("discharges") == [630.0, 170.0]
    with store.reading() as connection:
        assert connection is not None
        (kept,) = connection.execute("select count(*) from withheld").fetchall()
    assert kept == (6,)
