"""Numbers, months, sorting and plurals as Swedish readers write them."""

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import swedish

MONTHS = st.builds(
    lambda year, month: f"{year}-{month:02d}", st.integers(1900, 2099), st.integers(1, 12)
)
QUARTERS = st.builds(
    lambda year, quarter: f"{year}-K{quarter}", st.integers(1900, 2099), st.integers(1, 4)
)
YEARS = st.integers(1900, 2099).map(str)
PERIODS = MONTHS | QUARTERS | YEARS


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, 0, "0"),
        (0.64, 2, "0,64"),
        (1234.5, 1, "1\u00a0234,5"),
        (1234567, 0, "1\u00a0234\u00a0567"),
        (-1234.5, 1, "\u22121\u00a0234,5"),
        (2.675, 2, "2,68"),
        (0.125, 2, "0,13"),
        (2.5, 0, "3"),
        (-2.5, 0, "\u22123"),
        (-0.004, 2, "0,00"),
        (3, 2, "3,00"),
        (Decimal("1000.005"), 2, "1\u00a0000,01"),
        (10**40, 2, "10" + "\u00a0000" * 13 + ",00"),
        (1e-300, 1, "0,0"),
        (None, 2, "–"),
        (math.nan, 2, "–"),
        (math.inf, 0, "–"),
    ],
)
def test_number(value: float | Decimal | None, decimals: int, text: str) -> None:
    assert swedish.number(value, decimals) == text


@given(st.floats(-1e12, 1e12), st.integers(0, 6))
def test_number_reads_back_within_half_a_last_decimal(value: float, decimals: int) -> None:
    text = swedish.number(value, decimals)
    read = Decimal(text.replace("\u00a0", "").replace(",", ".").replace("\u2212", "-"))
    assert abs(read - Decimal(repr(value))) <= Decimal("0.5").scaleb(-decimals)


@given(st.floats(0.001, 1e12), st.integers(0, 3))
def test_number_of_the_opposite_differs_only_in_sign(value: float, decimals: int) -> None:
    assert swedish.number(-value, decimals).lstrip("\u2212") == swedish.number(value, decimals)


def test_kronor() -> None:
    assert swedish.kronor(275000) == "275\u00a0000\u00a0kr"
    assert swedish.kronor(-10) == "\u221210\u00a0kr"
    assert swedish.kronor(None) == "–"


def test_names_of_periods() -> None:
    assert swedish.month_name("2019-07") == "juli 2019"
    assert swedish.month_short("2019-07") == "jul 2019"
    assert swedish.month_short("2019-03") == "mar 2019"
    assert swedish.period_name("2019-12") == "december 2019"
    assert swedish.period_name("2020-K1") == "kvartal 1 2020"
    assert swedish.period_name("2020") == "2020"


@pytest.mark.parametrize("text", ["2019-13", "2019-00", "2020-K5", "20", "juli", "2019-07-01", ""])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="expected a period"):
        swedish.period_name(text)


@pytest.mark.parametrize("text", ["2020-K1", "2020"])
def test_month_name_refuses_other_periods(text: str) -> None:
    with pytest.raises(ValueError, match="expected a month"):
        swedish.month_name(text)


def test_steps_over_the_new_year() -> None:
    assert swedish.next_period("2019-12") == "2020-01"
    assert swedish.previous_period("2020-01") == "2019-12"
    assert swedish.next_period("2019-K4") == "2020-K1"
    assert swedish.previous_period("2020-K1") == "2019-K4"
    assert swedish.next_period("2019") == "2020"
    assert swedish.previous_period("2020") == "2019"


@given(PERIODS)
def test_the_period_before_the_next_is_itself(period: str) -> None:
    following = swedish.next_period(period)
    assert following > period
    assert swedish.previous_period(following) == period


def test_months_between() -> None:
    assert swedish.months_between("2019-11", "2020-02") == [
        "2019-11",
        "2019-12",
        "2020-01",
        "2020-02",
    ]
    assert swedish.months_between("2020-02", "2020-02") == ["2020-02"]
    assert swedish.months_between("2020-02", "2020-01") == []


@given(MONTHS, st.integers(0, 40))
def test_months_between_steps_one_month_at_a_time(start: str, steps: int) -> None:
    expected = [start]
    for _ in range(steps):
        expected.append(swedish.next_period(expected[-1]))
    assert swedish.months_between(start, expected[-1]) == expected


def test_sort_key_follows_the_swedish_alphabet() -> None:
    names = ["Öckerö", "Åmål", "Älvsborg", "Ale", "Vara", "Vänersborg", "Västra", "Zinkgruvan"]
    assert sorted(names, key=swedish.sort_key) == [
        "Ale",
        "Vara",
        "Vänersborg",
        "Västra",
        "Zinkgruvan",
        "Åmål",
        "Älvsborg",
        "Öckerö",
    ]


def test_sort_key_puts_accents_and_case_aside() -> None:
    assert swedish.sort_key("Idé") == swedish.sort_key("ide")
    # "ö" written as o with a combining diaeresis is still ö.
    assert swedish.sort_key("O\u0308ckero\u0308") == swedish.sort_key("Öckerö")


def test_plural() -> None:
    assert swedish.plural(1, "kommun", "kommuner") == "1 kommun"
    assert swedish.plural(5, "kommun", "kommuner") == "5 kommuner"
    assert swedish.plural(0, "kommun", "kommuner") == "0 kommuner"
    assert swedish.plural(1200, "dag", "dagar") == "1\u00a0200 dagar"


def test_enumerate_words() -> None:
    assert swedish.enumerate_words([]) == ""
    assert swedish.enumerate_words(["a"]) == "a"
    assert swedish.enumerate_words(["a", "b"]) == "a och b"
    assert swedish.enumerate_words(("a", "b", "c")) == "a, b och c"


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
    assert swedish.parse_month(text) == "2019-07"


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
    assert swedish.parse_month(text) is None


@given(MONTHS)
def test_parse_month_reads_what_is_written(period: str) -> None:
    year, month = period.split("-")
    for text in (
        swedish.month_name(period),
        swedish.month_short(period),
        swedish.period_name(period).upper(),
        period,
        f"{year}{month}",
        f"{year}M{month}",
        f"{year}-{month}-01 00:00:00",
    ):
        assert swedish.parse_month(text) == period
    if year >= "2000":
        assert swedish.parse_month(f"{swedish.month_short(period)[:3]}-{year[2:]}") == period


@given(st.dates())
def test_parse_month_takes_a_full_date_only_on_the_first(day: object) -> None:
    text = str(day)
    if not "1900" <= text[:4] <= "2099" or not text.endswith("-01"):
        assert swedish.parse_month(text) is None
    else:
        assert swedish.parse_month(text) == text[:7]


@given(st.text())
def test_parse_month_gives_a_month_or_none(text: str) -> None:
    period = swedish.parse_month(text)
    assert period is None or swedish.month_name(period)


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
    assert swedish.parse_quarter(text) == "2020-K1"


@pytest.mark.parametrize(
    "text", ["", "2020", "2020-01", "2020-K5", "K0 2020", "kvartal 2020", "K1"]
)
def test_parse_quarter_refuses(text: str) -> None:
    assert swedish.parse_quarter(text) is None


@given(QUARTERS)
def test_parse_quarter_reads_what_is_written(period: str) -> None:
    assert swedish.parse_quarter(period) == period
    assert swedish.parse_quarter(swedish.period_name(period)) == period


def test_periods_between_are_of_one_kind() -> None:
    assert swedish.periods_between("2019-K3", "2020-K1") == ["2019-K3", "2019-K4", "2020-K1"]
    assert swedish.periods_between("2018", "2020") == ["2018", "2019", "2020"]
    assert swedish.periods_between("2019-12", "2020-01") == ["2019-12", "2020-01"]
    assert swedish.periods_between("2020", "2019") == []
    with pytest.raises(ValueError, match="one kind"):
        swedish.periods_between("2019-11", "2020-K1")


def test_periods_have_short_names() -> None:
    shown = [swedish.period_short(period) for period in ("2020-01", "2020-K1", "2020")]
    assert shown == ["jan 2020", "kv 1 2020", "2020"]


@pytest.mark.parametrize(
    ("text", "good"),
    [("2019-07", True), ("2020-K1", True), ("2020", True), ("2019-13", False), ("juli", False)],
)
def test_a_period_is_told_from_other_text(text: str, good: bool) -> None:
    assert swedish.is_period(text) is good


@pytest.mark.parametrize(
    ("period", "held", "not_held"),
    [
        ("2020-K2", ["2020-04", "2020-06", "2020-K2"], ["2020-03", "2020-07", "2020", "2019-05"]),
        ("2020", ["2020", "2020-K4", "2020-01", "2020-12"], ["2019-12", "2021"]),
        ("2020-02", ["2020-02"], ["2020-K1", "2020-01", "2020"]),
    ],
)
def test_a_period_holds_those_in_it(period: str, held: list[str], not_held: list[str]) -> None:
    assert all(swedish.holds(period, part) for part in held)
    assert not any(swedish.holds(period, part) for part in not_held)


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
    assert swedish.months_of(period) == (first, last)


def test_what_is_no_period_has_no_months() -> None:
    with pytest.raises(ValueError):
        swedish.months_of("juli")
