"""Late and corrected counts: one who kept what was shown before cannot subtract them."""

from pathlib import Path

import pytest

import pipeline
from metrics.changes import late
from metrics.changes.late import Sums, given_away, sentence
from metrics.datasets.discharges.cells import TOLD
from metrics.proof import proofs_beside
from metrics.values import Value, values

HEAD = "Månad;Kommun;Antal utskrivna;Antal dagar;Kvar mer än 3 dagar;Kvar mer än 7 dagar\n"
COUNTS = {
    "Göteborg": (400, 300, 60, 20),
    "Mölndal": (60, 40, 9, 5),
    "Skövde": (90, 70, 15, 6),
    "Lidköping": (50, 30, 8, 5),
    "Mariestad": (30, 25, 6, 0),
}
GULLSPANG, LIDKOPING, TIBRO = "1447", "1494", "1472"


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
    assert not load(data, Gullspång=(9, 9, 0, 0)).withheld
    assert sums("discharges") == [639.0, 179.0]


def test_what_two_versions_ago_showed_is_no_way_into_what_is_shown_now(data: Path) -> None:
    """The forms of care that the first hides follow from the third's, where that knows only the
    second: each shows what hides the other."""
    others = "2019-07;Mark;Psykiatri;9;9\n2019-07;Göteborg;Psykiatri;2;2\n"
    for number, (somatic, psychiatric) in enumerate([(2, 9), (6, 12), (12, 9)]):
        path = data / f"{number}.csv"
        path.write_text(
            "Månad;Kommun;Vårdform;Antal utskrivna;Antal dagar\n"
            f"2019-07;Borås;Somatik;{somatic};{somatic}\n"
            f"2019-07;Borås;Psykiatri;{psychiatric};{psychiatric}\n{others}",
            encoding="utf-8",
        )
        with pipeline.checked(path) as file:
            pipeline.publish(file)
    assert [(one.beside, one.open_cells) for one in proofs_beside()] == [(2, ()), (1, ())]


def test_the_attack_on_versions_together_finds_what_is_not_withheld(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(data)
    monkeypatch.setattr(late, "given_away", lambda *_, **__: [])
    load(data, Gullspång=(4, 9, 1, 0))
    (proof,) = proofs_beside()
    assert proof.beside == 1
    assert {(one.cell.what, one.lowest, one.highest) for one in proof.open_cells} >= {
        ("discharges", 4, 4)
    }
    monkeypatch.undo()
    monkeypatch.setenv("SAMVERKAN_DATA", str(data / "data"))
    load(data, Gullspång=(3, 9, 1, 0), Mölndal=(61, 40, 9, 5))
    load(data, Gullspång=(3, 9, 1, 0), Mölndal=(61, 41, 9, 5))
    assert {one.beside: len(one.open_cells) for one in proofs_beside()}[3] == 0


MONTH = "2019-07"
GOTEBORG, BORAS, TRANEMO = "1480", "1490", "1452"
SHOWN = {GOTEBORG: 400.0, LIDKOPING: 50.0}


def withheld(before: dict[str, float], now: dict[str, float], *, over_3: float = 0) -> set[str]:
    """The measures and places that are withheld of discharges, of which so many stayed longer."""

    def made(of: dict[str, float]) -> Sums:
        return {(MONTH, home): {"discharges": n, "over_3": over_3} for home, n in of.items()}

    return {
        f"{home} {measure}" for _, home, measure in given_away(made(before), made(now), TOLD, 5)
    }


def places(found: set[str]) -> set[str]:
    return {one.split()[0] for one in found}


def test_what_is_few_is_not_added_and_what_is_many_is() -> None:
    assert places(withheld(SHOWN, SHOWN | {GULLSPANG: 4})) == {GULLSPANG}
    assert withheld(SHOWN, SHOWN | {GULLSPANG: 40}) == set()
    assert withheld(SHOWN, SHOWN | {GULLSPANG: 0}) == set()
    assert withheld({}, SHOWN | {GULLSPANG: 4}) == set()


def test_of_a_late_count_of_many_only_its_few_are_withheld() -> None:
    assert withheld(SHOWN, SHOWN | {GULLSPANG: 40}, over_3=3) == {
        f"{GULLSPANG} {measure}" for measure in ("same_day", "over_3", "over_7")
    }


def test_a_count_that_is_corrected_to_few_is_withheld() -> None:
    assert places(withheld(SHOWN, SHOWN | {LIDKOPING: 3})) == {LIDKOPING}
    assert places(withheld(SHOWN | {LIDKOPING: 0}, SHOWN | {LIDKOPING: 3})) == {LIDKOPING}


def test_of_what_was_hidden_only_the_change_is_told() -> None:
    assert withheld(SHOWN | {LIDKOPING: 2}, SHOWN | {LIDKOPING: 3}) == set()


def test_an_area_that_comes_as_a_whole_is_added_where_it_is_many() -> None:
    assert withheld(SHOWN, SHOWN | {BORAS: 80, TRANEMO: 3}) == set()
    assert places(withheld(SHOWN, SHOWN | {TRANEMO: 3})) == {TRANEMO}
    assert places(withheld(SHOWN, SHOWN | {BORAS: 1, TRANEMO: 2})) == {BORAS, TRANEMO}


def test_what_the_facts_give_does_not_depend_on_when_they_came(data: Path) -> None:
    load(data)
    load(data, Gullspång=(4, 9, 1, 0))
    raw = {
        place: [
            (one.value, one.status, one.reported)
            for one in values(indicator="discharges", place=place, raw=True)
        ]
        for place in (GULLSPANG, "skaraborg", "lan")
    }
    assert raw == {
        GULLSPANG: [(4.0, "ok", 1)],
        "skaraborg": [(174.0, "partial", 4)],
        "lan": [(634.0, "partial", 6)],
    }
    assert sums("discharges") == [630.0, 170.0]


def test_where_a_small_count_is_lost_the_hidden_ones_leave_with_it() -> None:
    """The sums fall by what the hidden ones had together, which what was shown of the rest told."""
    before = SHOWN | {GULLSPANG: 3, TIBRO: 12, BORAS: 2}
    now = SHOWN | {TIBRO: 12, BORAS: 2}
    hidden = {(MONTH, home): {"discharges"} for home in (GULLSPANG, TIBRO, BORAS)}

    def left(before: dict[str, float], now: dict[str, float], *, out: float = 0) -> set[str]:
        old, new = (
            {(MONTH, home): {"discharges": n} for home, n in of.items()} for of in (before, now)
        )
        kept = {(MONTH, TIBRO): {"discharges": out}} if out else {}
        found = given_away(old, new, TOLD, 5, hidden=hidden, left_out=kept)
        return {home for _, home, measure in found if measure == "discharges"}

    assert left(before, now) == {TIBRO}
    assert left(before, before) == set()
    # Of an area that is lost as a whole only the sum is told, and it was shown.
    assert left(before, {GOTEBORG: 400, BORAS: 2}) == set()
    # What has left stays out, or its return would tell it; until it is another number.
    assert left(SHOWN | {BORAS: 2}, now, out=12) == {TIBRO}
    assert left(SHOWN | {BORAS: 2}, now | {TIBRO: 13}, out=12) == set()


def test_a_small_count_that_is_withdrawn_is_not_the_difference_of_the_sums(data: Path) -> None:
    few = {"Gullspång": (4, 9, 1, 0), "Tibro": (7, 9, 1, 0)}
    load(data, **few)
    kept = sums("discharges")
    assert kept == [641.0, 181.0]
    seen = {home: shown("discharges", home) for home in (GULLSPANG, TIBRO)}
    assert [one.status for one in seen.values() if one] == ["confidential", "confidential"]
    path = data / "utan.csv"
    rows = [f"2019-07;{home};{';'.join(map(str, n))}\n" for home, n in COUNTS.items()]
    gone = f"2019-07;Gullspång;-;-;-;-\n2019-07;Tibro;{';'.join(map(str, few['Tibro']))}\n"
    path.write_text(HEAD + "".join(rows) + gone, encoding="utf-8")
    with pipeline.checked(path) as file:
        assert file.ok, file.problems
        done = pipeline.publish(file)
    assert ("2019-07", TIBRO) in done.withheld
    assert sums("discharges") == [630.0, 170.0]
