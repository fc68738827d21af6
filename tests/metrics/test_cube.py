"""The cube of every discharge export against sums made by hand from the expected tables."""

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest

import pipeline
import reference
from metrics.values import Value, values
from tests.effort import in_soak
from warehouse import store

EXPORTS = Path(__file__).parents[1] / "data" / "exports"
FILES = {
    "utskrivningsklar_2018-10_2020-12.csv": "utskrivningsklar_2018-10_2020-12.csv",
    "utskrivningsklar_2019-07.xlsx": "utskrivningsklar_2019-07.csv",
    "utskrivningsklar_2020_manader.xls": "utskrivningsklar_2020_manader.csv",
    "vardtillfallen_2019_kv2.csv": "vardtillfallen_2019_kv2.csv",
}
SUMS = {"discharges": "discharges", "ready_days": "ready_days", "over_7": "over_7"}
RATIOS = {
    "mean_days": (1, ("ready_days",), ("discharges",)),
    "same_day_share": (100, ("same_day",), ("discharges",)),
    "over_3_share": (100, ("over_3",), ("discharges",)),
    "before_notice_share": (100, ("before_notice",), ("before_notice", "discharges")),
}
Place = tuple[str, str, str]


def table(name: str) -> list[dict[str, str]]:
    with (EXPORTS / "expected" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def places(row: dict[str, str]) -> list[Place]:
    """The period, level and place of every number that a row is part of."""
    area = reference.municipality_by_code()[row["code"]].area
    found = [("county", "lan"), ("area", area), ("municipality", row["code"])]
    if row.get("hospital"):
        found.append(("hospital", row["hospital"]))
    return [(row["month"], level, place) for level, place in found]


def by_hand(
    rows: list[tuple[dict[str, str], list[Place]]], measures: tuple[str, ...], care_form: str
) -> dict[Place, int]:
    """Sums over the rows that are known in full, each with the places that it is part of."""
    sums: Counter[Place] = Counter()
    for row, part_of in rows:
        if care_form in ("alla", row.get("care_form", "").lower()):
            number = sum(int(row[measure]) for measure in measures)
            for at in part_of:
                sums[at] += number
    return dict(sums)


def close(found: Value, wanted: float | None) -> bool:
    if wanted is None or found.value is None:
        return found.value is None and wanted is None
    return abs(found.value - wanted) < 1e-9


@pytest.mark.parametrize(("file", "expected"), FILES.items())
def test_every_indicator_place_and_care_form_is_the_sum_by_hand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, expected: str
) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path))
    # Only raw values are read, so that choosing what to hide would be work for nothing.
    (tmp_path / "settings.toml").write_text("disclosure_threshold = 0\n", encoding="utf-8")
    with pipeline.checked(EXPORTS / file) as delivery:
        pipeline.publish(delivery)
    rows = table(expected)
    forms = ["alla", *(["somatik", "psykiatri"] if "care_form" in rows[0] else [])]
    known = [(row, places(row)) for row in rows if ".." not in row.values()]
    have = {name for name in rows[0] if known[0][0].get(name)}
    for form in forms:
        for indicator, measure in SUMS.items():
            found = {
                (v.period, v.level, v.place): v
                for v in values(indicator=indicator, part=form, raw=True)
            }
            if measure not in have:
                assert not found
                continue
            wanted = by_hand(known, (measure,), form)
            told = {at for at, value in found.items() if value.value is not None}
            assert told == wanted.keys()
            assert all(close(found[at], number) for at, number in wanted.items())
        for indicator, (per, over, under) in RATIOS.items():
            found = {
                (v.period, v.level, v.place): v
                for v in values(indicator=indicator, part=form, raw=True)
            }
            if not {*over, *under} <= have:
                assert not found
                continue
            above, below = by_hand(known, over, form), by_hand(known, under, form)
            for at, number in below.items():
                assert close(found[at], per * above[at] / number if number else None), at


def test_hidden_parts_make_the_whole_partial(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path))
    with pipeline.checked(EXPORTS / "utskrivningsklar_2019-07.xlsx") as file:
        pipeline.publish(file)
    rows = table("utskrivningsklar_2019-07.csv")
    hidden = defaultdict(set)
    for row in rows:
        hidden[row["code"]].add(row["discharges"] == "..")
    for value in values(indicator="discharges", level="municipality", raw=True):
        assert value.status == ("partial" if True in hidden[value.place] else "ok")
        assert (value.reported, value.expected) == (int(value.status == "ok"), 1)
    for value in values(indicator="discharges", level="municipality", part="psykiatri", raw=True):
        assert value.status == ("confidential" if True in hidden[value.place] else "ok")
    (county,) = values(indicator="discharges", level="county", raw=True)
    whole = sum(True not in states for states in hidden.values())
    assert (county.status, county.reported, county.expected) == ("partial", whole, 49)


def test_hospitals_within_an_area_are_of_its_residents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path))
    with pipeline.checked(EXPORTS / "vardtillfallen_2019_kv2.csv") as file:
        pipeline.publish(file)
    sums: Counter[tuple[str, str, str]] = Counter()
    for row in table("vardtillfallen_2019_kv2.csv"):
        area = reference.municipality_by_code()[row["code"]].area
        sums[area, row["month"], row["hospital"]] += int(row["ready_days"])
    found = {
        (area.key, value.period, value.place): value.value
        for area in reference.areas()
        for value in values(indicator="ready_days", level="hospital", within=area.key, raw=True)
    }
    assert found == sums


@in_soak
def test_ten_times_the_rows_is_a_cube_of_the_same_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a page reads does not grow with what was loaded; `make benchmark` times the pages."""
    stays = [
        f"{home.name};{hospital.name};{form};2019-07-01 10:00;2019-07-{3 + day:02d} 12:00\n"
        for home in reference.municipalities()
        for hospital in reference.hospitals()
        for form in ("Somatik", "Psykiatri")
        for day in range(3)
    ]
    sizes = []
    for times in (1, 10):
        data = tmp_path / str(times)
        data.mkdir()
        monkeypatch.setenv("SAMVERKAN_DATA", str(data))
        file = data / "stays.csv"
        head = "Kommun;Sjukhus;Vårdform;Meddelande utskrivningsklar;Utskrivningsdatum\n"
        file.write_text(head + "".join(stays) * times, encoding="utf-8")
        with pipeline.checked(file) as delivery:
            pipeline.publish(delivery)
        (county,) = values(indicator="discharges", level="county")
        assert county.value == len(stays) * times
        with store.reading() as connection:
            assert connection is not None
            tables = ("cube", "shown", "reading", "discharge_days")
            sizes.append(
                [connection.execute(f"select count(*) from {name}").fetchone() for name in tables]
            )
    assert sizes[0] == sizes[1]
