"""Numerator and denominator are of the same places, and `reported` counts exactly them.

Deliveries are made at random, and every rate is worked out anew from their rows.
"""

import random
from pathlib import Path

import pytest

import pipeline
import reference
from metrics.values import Value, values
from tests.effort import examples

MONTHS = ("2021-05", "2026-03")
AREAS = ("simba", "samla")
HOMES = {home.code: home for home in reference.municipalities() if home.area in AREAS}


def people(code: str, period: str) -> int:
    """That year's, else the nearest earlier year's, else the nearest later's."""
    year = int(period[:4])
    known = {at: count for (home, at), count in reference.population().items() if home == code}
    earlier = [at for at in known if at <= year]
    return known[max(earlier) if earlier else min(known)]


def publish(folder: Path, text: str) -> None:
    path = folder / "export.csv"
    path.write_text(text, encoding="utf-8")
    # Only raw values are read, so that choosing what to hide would be work for nothing.
    (folder / "data").mkdir(exist_ok=True)
    (folder / "data/settings.toml").write_text("disclosure_threshold = 0\n", encoding="utf-8")
    with pipeline.checked(path) as file:
        assert not [one for one in file.problems if one.severity == "error"], file.problems
        pipeline.publish(file)


def found(indicator: str, period: str) -> dict[str, Value]:
    return {
        one.place: one
        for level in ("county", "area")
        for one in values(indicator=indicator, level=level, start=period, end=period, raw=True)
    }


def test_days_per_inhabitant_are_of_those_who_reported(data: Path) -> None:
    for seed in range(examples(2)):
        chance = random.Random(seed)
        days = {
            (month, code): chance.choice(["..", "-", 0, 5, 40, 300])
            for month in MONTHS
            for code in HOMES
        }
        rows = [
            f"{month};{HOMES[code].name};{20 if isinstance(told, int) else told};{told}"
            for (month, code), told in days.items()
        ]
        publish(data, "Månad;Kommun;Antal utskrivna;Antal dagar\n" + "\n".join(rows) + "\n")
        for month in MONTHS:
            got = found("ready_days_per_1000", month)
            for place in ("lan", *AREAS):
                there = {
                    code: told
                    for code, home in HOMES.items()
                    if place in ("lan", home.area) and isinstance(told := days[month, code], int)
                }
                one = got[place]
                assert one.reported == len(there)
                if there:
                    assert one.numerator == sum(there.values())
                    assert one.denominator == sum(people(code, month) for code in there)
                    assert one.value == pytest.approx(1000 * one.numerator / one.denominator)
                else:
                    assert one.value is None


def test_a_municipality_without_rows_keeps_its_inhabitants(data: Path) -> None:
    """A list of stays names who had any: the others had none, and are as many as they are."""
    head = "Månad;Kommun;Vårdform;Antal utskrivna;Antal dagar\n"
    rows = "2026-03;Ale;Somatik;20;10\n2026-03;Ale;Psykiatri;5;7\n2026-03;Kungälv;Somatik;30;9\n"
    publish(data, head + rows + "2026-02;Tjörn;Somatik;2;0\n")
    got = {
        part: values(
            indicator="ready_days_per_1000", level="area", place="simba", part=part, raw=True
        )[-1]
        for part in ("alla", "psykiatri")
    }
    there = ("1440", "1482", "1419")
    for one, days in ((got["alla"], 26), (got["psykiatri"], 7)):
        assert (one.period, one.numerator, one.reported) == ("2026-03", days, 3)
        assert one.denominator == sum(people(code, "2026-03") for code in there)


def test_who_usually_has_many_and_is_not_there_has_not_reported(data: Path) -> None:
    """Usually, not on an average: what is shown of April would else say how many hidden ones were
    in other months."""
    head = "Månad;Kommun;Antal utskrivna;Antal dagar\n"
    months = [f"2026-{month:02d}" for month in range(1, 7)]
    usual = {"Ale": 40, "Kungälv": 50, "Tjörn": 1, "Stenungsund": 2}
    once = {("2026-01", "Stenungsund"): 60}
    rows = [
        f"{month};{name};{once.get((month, name), count)};{count}"
        for month in months
        for name, count in usual.items()
        if month != "2026-04" or name == "Ale"
    ]
    publish(data, head + "\n".join(rows) + "\n")
    reported = {
        one.period: one.reported
        for one in values(indicator="discharges", level="area", place="simba", raw=True)
    }
    assert reported == dict.fromkeys(months, 4) | {"2026-04": 3}


def test_who_is_not_in_the_list_at_all_has_reported_no_form_of_care(data: Path) -> None:
    """However few it has of one form, and however far lists reach that do not name it; but what is
    missing covers nothing that is known."""
    head = "Månad;Kommun;Vårdform;Antal utskrivna;Antal dagar\n"
    known = [f"2024-{month:02d};Ale;Somatik;40;9" for month in range(1, 5)]
    publish(data, head + "\n".join([*known, "2026-04;Tjörn;Somatik;48;48"]) + "\n")
    rows = [
        f"2026-{month:02d};{name};{form};{count};{count}"
        for month in range(1, 5)
        for name, form, count in (
            ("Ale", "Somatik", 40),
            ("Ale", "Psykiatri", 2),
            ("Kungälv", "Somatik", 8),
            ("Kungälv", "Psykiatri", 1),
            ("Tjörn", "Somatik", 50),
        )
        if month != 4 or name == "Ale"
    ]
    publish(data, head + "\n".join(rows) + "\n")
    for part, days, there in (
        ("alla", 90, ("1440", "1419")),
        ("somatik", 88, ("1440", "1419")),
        ("psykiatri", 2, ("1440",)),
    ):
        one = values(
            indicator="ready_days_per_1000", level="area", place="simba", part=part, raw=True
        )[-1]
        assert (one.period, one.numerator, one.reported) == ("2026-04", days, len(there))
        assert one.denominator == sum(people(code, "2026-04") for code in there)


def test_deviations_per_inhabitant_are_of_the_places_that_are_spoken_of(data: Path) -> None:
    rows = "2021-K2;Ale;60\n2021-K2;Kungälv;0\n2021-K2;Lerum;30\n"
    publish(data, "Kvartal;Kommun;SIP\n" + rows)
    for place, count, there in (
        ("lan", 90, ("1440", "1482", "1441")),
        ("simba", 60, ("1440", "1482")),
        ("samla", 30, ("1441",)),
    ):
        one = found("deviations_per_10000", "2021-K2")[place]
        assert (one.numerator, one.reported, one.status) == (count, len(there), "partial")
        assert one.denominator == sum(people(code, "2021-K2") for code in there)


def test_who_tells_no_number_of_a_process_is_in_no_rate_of_it(data: Path) -> None:
    rows = "2021-K2;Ale;60;..\n2021-K2;Kungälv;0;30\n2021-K2;Lerum;..;..\n"
    publish(data, "Kvartal;Kommun;SIP;Egenvård\n" + rows)
    ale, kungalv = people("1440", "2021-K2"), people("1482", "2021-K2")
    for part, count, there, reported in (
        ("Samordnad individuell plan (SIP)", 60, ale + kungalv, 2),
        ("Egenvård", 30, kungalv, 1),
        ("alla", 90, ale + kungalv, 2),
    ):
        [one] = values(
            indicator="deviations_per_10000", place="lan", part=part, start="2021-K2", raw=True
        )
        assert (one.numerator, one.denominator, one.reported) == (count, there, reported)
