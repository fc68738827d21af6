"""Betalningsansvar: the worked examples to the krona, and what must hold for any month."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pipeline
import reference
from metrics.liability import month
from metrics.liability.answers import HIDDEN, INCOMPLETE, liabilities
from metrics.liability.bounds import NO_SINGLE_STAYS, bounded
from metrics.liability.month import Liability, Stays
from metrics.liability.rules import Terms, open_points, rule, terms
from settings import SettingsError, settings

RATE = 9300


def sums(discharges: float, days: float, *, care_form: str | None = None) -> Stays:
    """Nobody beyond the seventh day."""
    return Stays(care_form=care_form, discharges=discharges, days=days, lengths={})


def singles(*lengths: int, care_form: str | None = None) -> Stays:
    return Stays(
        care_form=care_form,
        discharges=len(lengths),
        days=sum(lengths),
        long_stays=sum(length > 7 for length in lengths),
        lengths=Counter(lengths),
    )


def owed(
    *stays: Stays,
    period: str = "2022-03",
    before: tuple[list[Stays] | None, ...] = (),
    chosen: Terms | None = None,
    rate: int | None = RATE,
) -> Liability:
    return bounded(
        municipality="1480",
        period=period,
        stays=stays,
        before=before,
        terms=chosen or Terms(),
        rate=rate,
    )


def test_worked_example_above_three() -> None:
    answer = owed(sums(40, 132))
    assert (answer.mean, answer.liable, answer.excess_days) == (3.3, True, 12)
    assert answer.amount == 111_600
    assert reference.liability_rates()[2022].sek_per_day == RATE


def test_exactly_three_costs_nothing() -> None:
    answer = owed(sums(40, 120))
    assert (answer.mean, answer.liable, answer.excess_days, answer.amount) == (3.0, False, 0, 0)


def test_nobody_has_no_mean() -> None:
    answer = owed(sums(0, 0))
    assert (answer.mean, answer.liable, answer.amount) == (None, False, 0)
    assert answer.reason == month.NO_DISCHARGES


def test_a_year_without_an_amount_gives_days_and_no_kronor() -> None:
    answer = owed(sums(40, 132), period="2021-03", rate=None)
    assert (answer.excess_days, answer.amount) == (12, None)
    assert answer.reason == "Belopp saknas för 2021."


@pytest.mark.parametrize(("period", "known"), [("2018-09", False), ("2018-10", True)])
def test_the_average_model_starts_with_the_first_whole_month(period: str, known: bool) -> None:
    answer = owed(sums(10, 50), period=period)
    assert (answer.liable is not None) is known
    assert answer.reason == ("" if known else month.NO_RULE)


@pytest.mark.parametrize(
    ("period", "model"),
    [
        ("2018-01", "none"),
        ("2019-12", "average"),
        ("2020-01", "individual"),
        ("2020-03", "individual"),
        ("2020-04", "average"),
        ("2026-01", "average"),
    ],
)
def test_the_rule_of_psykiatri_by_month(period: str, model: str) -> None:
    assert rule(period, "psykiatri").model == model


def test_psykiatri_is_counted_person_by_person_in_early_2020() -> None:
    stays = (sums(10, 30, care_form="somatik"), singles(5, 7, 8, 20, care_form="psykiatri"))
    answer = owed(*stays, period="2020-02", rate=8200)
    assert (answer.discharges, answer.average_days, answer.individual_days) == (10, 0, 14)
    assert answer.amount == 14 * 8200
    together = owed(*stays, period="2020-04", rate=8200)
    assert together.discharges == 14


def test_psykiatri_without_single_stays_is_counted_between_bounds() -> None:
    """Three persons with sixty days together are at least 39 and at most 53 beyond the seventh."""
    psykiatri = Stays(care_form="psykiatri", discharges=3, days=60)
    answer = owed(sums(10, 40, care_form="somatik"), psykiatri, period="2020-02")
    assert (answer.least_days, answer.most_days) == (10 + 39, 10 + 53)
    assert (answer.liable, answer.excess_days) == (True, None)


@pytest.mark.parametrize(
    ("choice", "average", "individual"),
    [("inside", 28 - 9, 0), ("first_days", 18 - 9, 10), ("outside", 11 - 6, 10)],
)
def test_the_seven_day_rule_by_choice(choice: str, average: int, individual: int) -> None:
    answer = owed(singles(5, 6, 17), chosen=Terms(long_stays=choice))
    assert (answer.average_days, answer.individual_days) == (average, individual)


def test_without_single_stays_the_answer_is_between_bounds_and_says_why() -> None:
    stays = Stays(care_form=None, discharges=3, days=28, long_stays=1)
    answer = owed(stays)
    assert (answer.liable, answer.excess_days, answer.amount) == (True, None, None)
    assert (answer.least_days, answer.most_days, answer.least_amount) == (19, 21, 19 * RATE)
    assert answer.reason == NO_SINGLE_STAYS


def test_psykiatri_in_a_mean_of_its_own() -> None:
    stays = (sums(10, 20, care_form="somatik"), sums(2, 10, care_form="psykiatri"))
    assert owed(*stays).excess_days == 0
    assert owed(*stays, chosen=Terms(psykiatri="separate")).excess_days == 4


def test_three_months_are_tested_together_and_the_month_is_paid() -> None:
    chosen = Terms(test_months=3)
    light, heavy = [sums(10, 10)], [sums(10, 40)]
    assert owed(sums(10, 40), before=(light, light), chosen=chosen).excess_days == 0
    assert owed(sums(10, 40), before=(heavy, light), chosen=chosen).excess_days == 0
    assert owed(sums(10, 41), before=(heavy, light), chosen=chosen).excess_days == 11
    unknown = owed(sums(10, 40), before=(heavy, None), chosen=chosen)
    assert (unknown.liable, unknown.reason) == (None, month.NO_MONTHS_BEFORE)


@pytest.mark.parametrize(
    ("mean_decimals", "days_decimals", "days"), [(-1, -1, 2), (1, -1, 2.1), (1, 0, 2), (0, -1, 0)]
)
def test_rounding(mean_decimals: int, days_decimals: int, days: float) -> None:
    chosen = Terms(mean_decimals=mean_decimals, days_decimals=days_decimals)
    assert owed(sums(21, 65), chosen=chosen).excess_days == days


def test_an_amount_is_rounded_half_up_to_whole_kronor() -> None:
    assert owed(sums(2, 6.5), rate=1).amount == 1


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="days for"):
        sums(0, 3)


@pytest.mark.parametrize(
    "wrong",
    [{"test_months": 2}, {"long_stays": "maybe"}, {"psykiatri": "no"}, {"mean_decimals": 9}],
)
def test_a_choice_that_does_not_exist_is_refused(wrong: dict[str, int | str]) -> None:
    with pytest.raises(SettingsError, match="liability_"):
        Terms(**wrong)  # type: ignore[arg-type]  # that is the point


def test_the_shipped_terms_are_those_of_the_worked_example() -> None:
    assert terms(settings()) == Terms()


@pytest.mark.parametrize("long_stays", ["inside", "first_days", "outside"])
def test_every_open_point_is_stated(long_stays: str) -> None:
    points = open_points(Terms(long_stays=long_stays))
    assert len(points) == 5
    assert all(point.endswith(".") for point in points)
    assert any("precis 3,0 ger inget ansvar" in point for point in points)


lengths = st.lists(st.integers(0, 40), min_size=1, max_size=12)
# Outside is not here: there a stay that passes seven days takes its first seven out of the mean.
choices = st.builds(
    Terms,
    mean_decimals=st.sampled_from((-1, 0, 1, 2)),
    days_decimals=st.sampled_from((-1, 0, 1)),
    long_stays=st.sampled_from(("inside", "first_days")),
    psykiatri=st.sampled_from(("same", "separate")),
)


@given(lengths, st.data(), choices)
def test_more_days_never_cost_less(stays: list[int], data: st.DataObject, chosen: Terms) -> None:
    longer = list(stays)
    longer[data.draw(st.integers(0, len(stays) - 1))] += data.draw(st.integers(1, 20))
    less, more = owed(singles(*stays), chosen=chosen), owed(singles(*longer), chosen=chosen)
    assert less.amount is not None and more.amount is not None
    assert more.amount >= less.amount


@given(st.integers(1, 500), choices)
def test_three_exactly_costs_nothing_and_one_day_more_costs_a_day(n: int, chosen: Terms) -> None:
    assert owed(sums(n, 3 * n), chosen=chosen).amount == 0
    assert owed(sums(n, 3 * n + 1)).amount == RATE


@given(lengths)
def test_first_days_cost_what_exceeds_the_mean_or_the_seventh_day(stays: list[int]) -> None:
    answer = owed(singles(*stays))
    beyond = sum(max(0, stay - 7) for stay in stays)
    assert answer.excess_days == max(beyond, sum(stays) - 3 * len(stays))


@given(st.integers(0, 300), st.integers(0, 2000), st.integers(1, 20_000))
def test_kronor_are_days_times_the_amount(n: int, days: int, rate: int) -> None:
    answer = owed(sums(n, days if n else 0), rate=rate)
    assert answer.excess_days is not None
    assert answer.amount == answer.excess_days * rate
    assert answer.liable is (answer.amount > 0)


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of one's own."""
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path))
    return tmp_path


def _publish(folder: Path, text: str) -> None:
    path = folder / "fil.csv"
    path.write_text(text, encoding="utf-8")
    with pipeline.checked(path) as file:
        assert file.ok, file.problems
        pipeline.publish(file)


def test_sums_from_the_warehouse(load: Path) -> None:
    _publish(
        load,
        "Månad;Kommun;Vårdform;Antal utskrivna;Antal dagar;Kvar mer än 7 dagar\n"
        "2022-03;Göteborg;Somatik;30;100;0\n"
        "2022-03;Göteborg;Psykiatri;10;32;0\n"
        "2022-03;Borås;Somatik;40;120;0\n",
    )
    found = {answer.municipality: answer for answer in liabilities(start="2022-03", end="2022-03")}
    assert (found["1480"].mean, found["1480"].excess_days) == (3.3, 12)
    assert found["1480"].amount == 111_600
    assert found["1490"].amount == 0


def test_single_stays_from_the_warehouse(load: Path) -> None:
    def stays(*days: int, form: str) -> str:
        return "".join(
            f"Borås;SÄS;{form};2020-02-01;2020-02-02;2020-02-{2 + day:02}\n" for day in days
        )

    _publish(
        load,
        "Kommun;Sjukhus;Vårdform;Inskrivningsdatum;Meddelande utskrivningsklar;Utskrivningsdatum\n"
        + stays(*[0] * 20, 17, 17, 17, 17, 17, form="Somatik")
        + stays(*[9] * 6, form="Psykiatri"),
    )
    (answer,) = liabilities(start="2020-02", end="2020-02", municipality="1490", raw=True)
    assert (answer.discharges, answer.days) == (25, 35)
    assert (answer.average_days, answer.individual_days) == (0, 50 + 12)
    assert answer.amount == 62 * 8200
    assert answer.reason == ""


def test_what_is_hidden_of_a_municipality_gives_no_amount(load: Path) -> None:
    _publish(
        load,
        "Månad;Kommun;Antal utskrivna;Antal dagar;Kvar mer än 7 dagar\n"
        "2022-03;Ale;3;40;1\n2022-03;Kungälv;30;100;0\n2022-03;Tjörn;20;90;0\n",
    )
    found = {answer.municipality: answer for answer in liabilities(start="2022-03", end="2022-03")}
    assert (found["1440"].amount, found["1440"].discharges, found["1440"].reason) == (
        None,
        None,
        HIDDEN,
    )
    raw = {one.municipality: one for one in liabilities(start="2022-03", end="2022-03", raw=True)}
    # One of three persons with forty days stayed between 26 and 40 of them.
    assert (raw["1440"].least_days, raw["1440"].most_days) == (31, 33)


def test_who_is_liable_for_long_stays_is_said_so_where_the_mean_is_not(load: Path) -> None:
    _publish(
        load,
        "Månad;Kommun;Vårdform;Antal utskrivna;Antal dagar;Kvar mer än 7 dagar\n"
        "2020-02;Borås;Somatik;30;100;0\n2020-02;Borås;Psykiatri;20;80;6\n",
    )
    (answer,) = liabilities(start="2020-02", end="2020-02")
    assert (answer.mean, answer.liable, answer.amount) == (None, True, None)
    assert (answer.least_days, answer.least_amount) == (6, 6 * 8200)


def test_single_stays_are_not_told_of_where_a_share_is_hidden(load: Path) -> None:
    """The days beyond the seventh leave the others' days, which three persons stayed here."""
    lengths = [*[0] * 20, 1, 2, 3, *[17] * 6]
    _publish(
        load,
        "Kommun;Sjukhus;Vårdform;Inskrivningsdatum;Meddelande utskrivningsklar;Utskrivningsdatum\n"
        + "".join(f"Borås;SÄS;Somatik;2022-03-01;2022-03-02;2022-03-{2 + n:02}\n" for n in lengths),
    )
    (raw,) = liabilities(start="2022-03", end="2022-03", raw=True)
    assert raw.least_days == raw.most_days == raw.excess_days
    (shown,) = liabilities(start="2022-03", end="2022-03")
    assert (shown.days, shown.excess_days, shown.liable) == (108, None, raw.liable)
    assert shown.least_days is not None and shown.most_days is not None
    assert shown.least_days < shown.most_days


def test_what_has_not_been_reported_is_not_nobody(load: Path) -> None:
    _publish(
        load,
        "Månad;Kommun;Antal utskrivna;Antal dagar;Kvar mer än 7 dagar\n"
        "2022-03;Mark;-;-;-\n2022-03;Borås;30;100;0\n",
    )
    (answer,) = liabilities(start="2022-03", end="2022-03", municipality="1463")
    assert (answer.liable, answer.amount, answer.reason) == (None, None, INCOMPLETE)


def test_a_municipality_is_not_settled_by_care_form_for_all_to_see(load: Path) -> None:
    """In early 2020 the two forms had rules of their own, and neither is published by itself."""
    _publish(
        load,
        "Månad;Kommun;Vårdform;Antal utskrivna;Antal dagar;Kvar mer än 7 dagar\n"
        "2020-02;Borås;Somatik;30;100;0\n2020-02;Borås;Psykiatri;20;30;0\n",
    )
    (answer,) = liabilities(start="2020-02", end="2020-02")
    assert (answer.amount, answer.reason) == (None, HIDDEN)


def test_an_empty_warehouse_has_no_answers(load: Path) -> None:
    assert liabilities(start="2022-01", end="2022-12") == []
