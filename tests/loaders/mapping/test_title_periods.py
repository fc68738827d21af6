"""Which months, quarters and years titles name, and what they leave to those of the first."""

import pytest

from loaders.kinds import periods
from loaders.mapping.title_periods import completed, quarters_in
from loaders.mapping.titles import months_in


@pytest.mark.parametrize(
    "own, before, month",
    [
        (["2020"], ["Utskrivningsklara juli", "2019"], "2020-07"),
        (["Augusti"], ["Utskrivningsklara juli 2019"], "2019-08"),
        (["Augusti 2020"], ["Utskrivningsklara juli 2019"], "2020-08"),
    ],
)
def test_a_year_or_a_month_alone_is_completed(
    own: list[str], before: list[str], month: str
) -> None:
    assert months_in(completed(own, before), file="rapport") == [month]


@pytest.mark.parametrize(
    ("title", "month"),
    [
        ("fr.o.m. 1/7-19 t.o.m. 31/7-19", "2019-07"),
        ("1/7–31/7 2019", "2019-07"),
        ("190701-190731", "2019-07"),
        ("1/7-15/7 2019", None),
        ("190701-190715", None),
        ("HS 190701-12", None),
    ],
)
def test_a_month_is_named_by_its_first_and_last_day(title: str, month: str | None) -> None:
    assert months_in([title], file="") == ([month] if month else [])


@pytest.mark.parametrize(
    ("title", "quarters"),
    [
        ("Brister kvartal II 2020", ["2020-K2"]),
        ("kv. IV 2020", ["2020-K4"]),
        ("Brister 2020K1", ["2020-K1"]),
        ("första kv. 2020", ["2020-K1"]),
        ("januari, februari och mars 2020", ["2020-K1"]),
        ("1/1–31/3 2020", ["2020-K1"]),
        ("200101–200331", ["2020-K1"]),
        ("Brister per kvartal i Göteborg 2020", []),
        ("BRISTER PER KVARTAL I GÖTEBORG 2020", []),
        ("maj och juni 2020", []),
        ("Ärende 2020K12", []),
    ],
)
def test_a_quarter_is_named_in_other_ways(title: str, quarters: list[str]) -> None:
    assert quarters_in([title], file="") == quarters


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2020-01-01–2020-12-31", "2020"),
        ("20200101-20201231", "2020"),
        ("2020-01-01–2021-12-31", None),
    ],
)
def test_a_year_may_be_written_from_its_first_day_to_its_last(text: str, year: str | None) -> None:
    assert periods.year(text) == year
