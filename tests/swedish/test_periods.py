"""Months, quarters and years as Swedish readers write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from swedish.periods import (
    holds,
    is_period,
    month_name,
    month_short,
    months_of,
    next_period,
    parse_month,
    parse_quarter,
    period_name,
    period_short,
    periods_between,
    previous_period,
)

MONTHS = st.builds(
    lambda year, month: f"{year}-{month:02d}", st.integers(1900, 2099), st.integers(1, 12)
)
QUARTERS = st.builds(
    lambda year, quarter: f"{year}-K{quarter}", st.integers(1900, 2099), st.integers(1, 4)
)
YEARS = st.integers(1900, 2099).map(str)
PERIODS = MONTHS | QUARTERS | YEARS


def test_names_of_periods() -> None:
    assert month_name("2019-07") == "juli 2019"
    assert month_short("2019-07") == "jul 2019"
    assert month_short("2019-03") == "mar 2019"
    assert period_name("2019-12") == "december 2019"
    assert period_name("2020-K1") == "kvartal 1 2020"
    assert period_name("2020") == "2020"


@pytest.mark.parametrize("text", ["2019-13", "2019-00", "2020-K5", "20", "juli", "2019-07-01", ""])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="expected a period"):
        period_name(text)


@pytest.mark.parametrize("text", ["2020-K1", "2020"])
def test_month_name_refuses_other_periods(text: str) -> None:
    with pytest.raises(ValueError, match="expected a month"):
        month_name(text)


def test_steps_over_the_new_year() -> None:
    assert next_period("2019-12") == "2020-01"
    assert previous_period("2020-01") == "2019-12"
    assert next_period("2019-K4") == "2020-K1"
    assert previous_period("2020-K1") == "2019-K4"
    assert next_period("2019") == "2020"
    assert previous_period("2020") == "2019"


@given(PERIODS)
def test_the_period_before_the_next_is_itself(period: str) -> None:
    following = next_period(period)
    assert following > period
    assert previous_period(following) == period


@given(MONTHS, st.integers(0, 40))
def test_periods_between_steps_one_period_at_a_time(start: str, steps: int) -> None:
    expected = [start]
    for _ in range(steps):
        expected.append(next_period(expected[-1]))
    assert periods_between(start, expected[-1]) == expected


@pytest.mark.parametrize(
    "text",
    [
        "juli 2019",
        "Juli 2019",
        "JULI 2019",
        "juli\u00a02019",
        "  juli  2019 ",
        "juli, 2019",
        "juli-2019",
        "juli2019",
        "jul-19",
        "jul 19",
        "jul 2019",
        "jul. 2019",
        "jul '19",
        "Juli 19",
        "2019-07",
        "2019-7",
        "2019/07",
        "2019.07",
        "2019 07",
        "201907",
        "07/2019",
        "7-2019",
        "2019 juli",
        "2019-jul",
        "2019M07",
        "2019m7",
        "2019-07-01",
        "2019-07-01 00:00:00",
        "2019-07-01 00:00",
        "2019-07-01T00:00:00",
        "2019-07-01 00:00:00.000",
    ],
)
def test_parse_month_reads(text: str) -> None:
    assert parse_month(text) == "2019-07"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "juli",
        "2019",
        "1907",
        "19-07",
        "20191",
        "2019-13",
        "2019-00",
        "201913",
        "13/2019",
        "2019-08-05",
        "2019-07-02 00:00:00",
        "2019-07-01 12:00:00",
        "2019-13-01",
        "1 juli 2019",
        "19 juli",
        "ju 2019",
        "hösten 2019",
        "juli 2019 2020",
        "mars-april 2019",
        "2019-K3",
        "kv1 2020",
        "1401",
        "140107",
        "Göteborg",
        "Totalt 2019",
        "-",
        "..",
    ],
)
def test_parse_month_refuses(text: str) -> None:
    assert parse_month(text) is None


@given(MONTHS)
def test_parse_month_reads_what_is_written(period: str) -> None:
    year, month = period.split("-")
    for text in (
        month_name(period),
        month_short(period),
        period_name(period).upper(),
        period,
        f"{year}{month}",
        f"{year}M{month}",
        f"{year}-{month}-01 00:00:00",
    ):
        assert parse_month(text) == period
    if year >= "2000":
        assert parse_month(f"{month_short(period)[:3]}-{year[2:]}") == period


@given(st.dates())
def test_parse_month_takes_a_full_date_only_on_the_first(day: object) -> None:
    text = str(day)
    if not "1900" <= text[:4] <= "2099" or not text.endswith("-01"):
        assert parse_month(text) is None
    else:
        assert parse_month(text) == text[:7]


@given(st.text())
def test_parse_month_gives_a_month_or_none(text: str) -> None:
    period = parse_month(text)
    assert period is None or month_name(period)


@pytest.mark.parametrize(
    "text",
    [
        "2020-K1",
        "2020K1",
        "2020 kv 1",
        "kv1 2020",
        "kv. 1 2020",
        "K1-20",
        "kvartal 1 2020",
        "Kvartal 1, 2020",
        "Q1 2020",
        "2020Q1",
        "1 kvartalet 2020",
        "Första kvartalet 2020",
    ],
)
def test_parse_quarter_reads(text: str) -> None:
    assert parse_quarter(text) == "2020-K1"


@pytest.mark.parametrize(
    "text", ["", "2020", "2020-01", "2020-K5", "K0 2020", "kvartal 2020", "K1"]
)
def test_parse_quarter_refuses(text: str) -> None:
    assert parse_quarter(text) is None


@given(QUARTERS)
def test_parse_quarter_reads_what_is_written(period: str) -> None:
    assert parse_quarter(period) == period
    assert parse_quarter(period_name(period)) == period


def test_periods_between_are_of_one_kind() -> None:
    assert periods_between("2019-K3", "2020-K1") == ["2019-K3", "2019-K4", "2020-K1"]
    assert periods_between("2018", "2020") == ["2018", "2019", "2020"]
    assert periods_between("2019-12", "2020-01") == ["2019-12", "2020-01"]
    assert periods_between("2020", "2019") == []
    with pytest.raises(ValueError, match="one kind"):
        periods_between("2019-11", "2020-K1")


def test_periods_have_short_names() -> None:
    shown = [period_short(period) for period in ("2020-01", "2020-K1", "2020")]
    assert shown == ["jan 2020", "kv 1 2020", "2020"]


@pytest.mark.parametrize(
    ("text", "good"),
    [("2019-07", True), ("2020-K1", True), ("2020", True), ("2019-13", False), ("juli", False)],
)
def test_a_period_is_told_from_other_text(text: str, good: bool) -> None:
    assert is_period(text) is good


@pytest.mark.parametrize(
    ("period", "held", "not_held"),
    [
        ("2020-K2", ["2020-04", "2020-06", "2020-K2"], ["2020-03", "2020-07", "2020", "2019-05"]),
        ("2020", ["2020", "2020-K4", "2020-01", "2020-12"], ["2019-12", "2021"]),
        ("2020-02", ["2020-02"], ["2020-K1", "2020-01", "2020"]),
    ],
)
def test_a_period_holds_those_in_it(period: str, held: list[str], not_held: list[str]) -> None:
    assert all(holds(period, part) for part in held)
    assert not any(holds(period, part) for part in not_held)


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2019-07", "2019-07", "2019-07"),
        ("2020-K1", "2020-01", "2020-03"),
        ("2020-K4", "2020-10", "2020-12"),
        ("2020", "2020-01", "2020-12"),
    ],
)
def test_the_first_and_last_month_of_a_period(period: str, first: str, last: str) -> None:
    assert months_of(period) == (first, last)


def test_what_is_no_period_has_no_months() -> None:
    with pytest.raises(ValueError):
        months_of("juli")
