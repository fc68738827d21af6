"""Sentences say what the numbers say, and no more."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.spc.xmr import Assurance, Point, PointType, SpecialCause, xmr
from swedish.typography import number
from views.ranking.sentences import AREA, Ranked, bar_alt, hospital_finding, ranking_finding
from views.sentences import expectation, line_alt, period_finding

CHANGE_WORDS = ("Förbättring", "Försämring", "Högre än väntat", "Lägre än väntat", "Föregående")
VALUES = st.none() | st.just(math.nan) | st.integers(0, 40).map(lambda tenths: tenths / 10)
NAMES = st.lists(
    st.sampled_from(["Ale", "Åmål", "Öckerö", "Partille", "Mölndal", "Vara", "Gullspång"]),
    unique=True,
)
ROWS = NAMES.flatmap(
    lambda names: st.tuples(*(st.builds(Ranked, st.just(name), VALUES) for name in names))
)


def point(
    cause: SpecialCause = "Common Cause", kind: PointType = "common_cause", upper: float = 0.92
) -> Point:
    return Point(mean=0.62, lower=0.41, upper=upper, special_cause=cause, point_type=kind)


def month(**changes: Any) -> str:
    given_values: dict[str, Any] = {
        "place_name": "Göteborgsområdet",
        "period": "2019-07",
        "value": 0.64,
        "unit": "dagar i genomsnitt",
        "decimals": 2,
        "previous": 0.88,
        "target": 3.0,
        "point": point(),
        "expectation": "",
        "preliminary": False,
        "reported": 5,
        "expected": 5,
    }
    return period_finding(**given_values | changes)


def ranking(*rows: tuple[Any, ...], **changes: Any) -> str:
    given_values: dict[str, Any] = {
        "place_name": "Göteborgsområdet",
        "period": "2019-07",
        "rows": [Ranked(*row) for row in rows],
        "unit": "dagar",
        "decimals": 2,
        "place_value": None,
        "county_value": None,
    }
    return ranking_finding(**given_values | changes)


def hospitals(*rows: tuple[str, float | None], **changes: Any) -> str:
    given_values: dict[str, Any] = {
        "period": "2019-07",
        "rows": [Ranked(*row) for row in rows],
        "county_value": 8.1,
        "decimals": 1,
    }
    return hospital_finding(**given_values | changes)


def known(rows: tuple[Ranked, ...]) -> list[float]:
    return [row.value for row in rows if row.value is not None and not math.isnan(row.value)]


def test_a_protected_month_is_not_said_to_have_no_value() -> None:
    assert month(value=None, status="confidential", point=None) == (
        "Göteborgsområdet: värdet för juli 2019 är skyddat, för att enskilda inte "
        "ska kunna pekas ut."
    )
    assert "inget värde" in month(value=None, point=None)


def test_month_by_chance() -> None:
    assert month() == (
        "Göteborgsområdet: 0,64 dagar i genomsnitt i juli 2019, under målet 3,0. "
        "Variationen är slumpmässig: värdet ligger inom gränserna 0,41–0,92."
    )


def test_month_with_a_signal_tells_the_month_before() -> None:
    signal = point("7 Points Below CL", "special_cause_improvement")
    assert month(target=None, value=0.5, point=signal) == (
        "Göteborgsområdet: 0,50 dagar i genomsnitt i juli 2019. "
        "Förbättring: minst sju värden i rad ligger under medelvärdet 0,62. "
        "Föregående värde, juni 2019: 0,88 dagar i genomsnitt."
    )


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        ("Above UCL", "Försämring: värdet ligger över den övre gränsen 0,92."),
        ("Below LCL", "Försämring: värdet ligger under den nedre gränsen 0,41."),
        ("7 Point Trend (Increasing)", "Försämring: minst sju värden i rad stiger."),
        ("7 Point Trend (Decreasing)", "Försämring: minst sju värden i rad sjunker."),
        ("2 in 3 Above CL", "minst två av tre värden i rad ligger nära den övre gränsen 0,92."),
        ("2 in 3 Below CL", "minst två av tre värden i rad ligger nära den nedre gränsen 0,41."),
        ("7 Points Above CL", "minst sju värden i rad ligger över medelvärdet 0,62."),
    ],
)
def test_month_says_which_rule(cause: SpecialCause, words: str) -> None:
    assert words in month(point=point(cause, "special_cause_concern"))


def test_month_in_a_neutral_direction() -> None:
    assert "Högre än väntat: värdet ligger över" in month(
        point=point("Above UCL", "special_cause_neutral_high")
    )


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (2.9, "2,90 dagar i genomsnitt i juli 2019, under målet 3,0."),
        (3.1, "3,10 dagar i genomsnitt i juli 2019, över målet 3,0."),
        (3.0, "3,00 dagar i genomsnitt i juli 2019, lika med målet 3,0."),
        (2.999, "3,00 dagar i genomsnitt i juli 2019, strax under målet 3,0."),
        (3.001, "3,00 dagar i genomsnitt i juli 2019, strax över målet 3,0."),
    ],
)
def test_month_against_the_target(value: float, words: str) -> None:
    assert words in month(value=value)


@pytest.mark.parametrize(
    ("assurance", "words"),
    [
        ("consistent_pass", "Om inget ändras väntas värdena ligga under målet."),
        ("consistent_fail", "Om inget ändras väntas värdena ligga över målet."),
        ("inconsistent", "Om värdena hamnar under eller över målet avgörs av slumpen."),
    ],
)
def test_month_tells_what_is_to_be_expected_of_the_target(assurance: Assurance, words: str) -> None:
    told = expectation(assurance, target_name="målet", lower_is_better=True)
    assert told == words
    assert words in month(expectation=told)


def test_a_limit_that_reads_as_the_value_gets_the_decimals_that_tell_them_apart() -> None:
    crossed = Point(250, 186.3, 313.7, "Above UCL", "special_cause_neutral_high")
    said = month(value=314, unit="antal", decimals=0, target=None, point=crossed)
    assert "värdet 314,0 ligger över den övre gränsen 313,7" in said
    assert "värdet ligger över den övre gränsen 314." in month(
        value=320, unit="antal", decimals=0, target=None, point=crossed
    )


@pytest.mark.parametrize(
    ("kind", "words"),
    [("zeros", "Minst hälften av värdena är noll"), ("hidden", "skyddade"), ("xmr", "för få")],
)
def test_a_value_that_is_not_judged_says_why(kind: str, words: str) -> None:
    text = month(point=point(upper=math.nan), kind=kind, expectation="Om inget ändras …")
    assert words in text
    assert "slump" not in text and "Om inget" not in text


def test_month_with_few_values_behind_it() -> None:
    assert month(preliminary=True).endswith(
        "Gränserna är preliminära: de bygger på färre än 12 värden."
    )
    alone = month(preliminary=True, expectation="Om inget ändras …", point=point(upper=math.nan))
    assert alone.endswith("Det finns för få värden för att bedöma variationen.")


def test_month_with_incomplete_data() -> None:
    assert month(reported=4).endswith(
        "Underlaget är ofullständigt: 4 av 5 kommuner har rapporterat."
    )


@pytest.mark.parametrize("missing", [None, math.nan])
def test_month_without_a_value(missing: float | None) -> None:
    assert month(value=missing, reported=0, expected=1) == (
        "Göteborgsområdet: inget värde för juli 2019. "
        "Underlaget är ofullständigt: kommunen har inte rapporterat allt."
    )


def test_that_none_has_told_all_is_not_that_nobody_has_told_anything() -> None:
    assert month(reported=0).endswith(
        "Underlaget är ofullständigt: ingen av 5 kommuner har rapporterat allt."
    )


def test_month_of_a_count() -> None:
    assert month(value=1200, unit="antal", decimals=0, target=None, point=None) == (
        "Göteborgsområdet: 1\u00a0200 i juli 2019."
    )
    assert "1 dag i juli 2019" in month(value=1, unit="dagar", decimals=0)
    assert "under målet 3." in month(value=1, unit="dagar", decimals=0)


def test_month_of_other_periods() -> None:
    clipped = Point(0.6, 0, 1.3, "Common Cause", "common_cause")
    assert month(period="2020-K1", point=clipped) == (
        "Göteborgsområdet: 0,64 dagar i genomsnitt under kvartal 1 2020, under målet 3,0. "
        "Variationen är slumpmässig: värdet ligger inom gränserna 0,00–1,30."
    )


@given(st.lists(st.integers(0, 60).map(lambda tenths: tenths / 10), min_size=1, max_size=40))
def test_month_mentions_a_change_only_on_a_signal(values: list[float]) -> None:
    last = xmr(values, improvement="decrease").last
    assert last is not None
    text = month(value=values[-1], previous=values[-2] if len(values) > 1 else None, point=last)
    signalled = last.special_cause != "Common Cause"
    assert any(word in text for word in CHANGE_WORDS) == signalled
    assert ("slumpmässig" in text) == (not signalled and len(values) > 1)


@given(st.floats(0, 100), st.floats(0, 100), st.integers(0, 3))
def test_month_is_on_the_right_side_of_the_target(
    value: float, target: float, decimals: int
) -> None:
    text = month(value=value, target=target, decimals=decimals, point=None)
    assert ("under målet" in text) == (value < target)
    assert ("över målet" in text) == (value > target)


def test_ranking() -> None:
    text = ranking(
        ("Partille", 1.2),
        ("Öckerö", 0.2),
        ("Göteborg", 0.64),
        ("Härryda", None),
        ("Mölndal", math.nan),
        place_value=0.64,
        county_value=0.7,
    )
    assert text == (
        "Högst av de 3 kommuner som visas i Göteborgsområdet i juli 2019: Partille, 1,20 dagar. "
        "Lägst av dem: Öckerö, 0,20 dagar. Göteborgsområdet: 0,64 dagar. "
        "Västra Götaland: 0,70 dagar. 2 kommuner saknar uppgift."
    )


def test_ranking_tells_hidden_missing_and_nobody_apart() -> None:
    absent: list[tuple[Any, ...]] = [("C", None, "confidential"), ("D", None, "none")]
    text = ranking(("A", 2), ("B", 1), *absent)
    assert text.startswith("Högst av de 2 kommuner som visas i")
    assert text.endswith("1 kommun har skyddade värden. 1 kommun har inget att räkna på.")
    # Who had nobody discharged is not hidden: the highest is the highest of all.
    assert ranking(("A", 2), ("B", 1), absent[1]).startswith("Högst i Göteborgsområdet")


def test_ranking_with_ties() -> None:
    tied = ranking(("Öckerö", 1.2), ("Partille", 1.2), ("Ale", 0.0), ("Tjörn", 0.001))
    assert tied == (
        "Högst i Göteborgsområdet i juli 2019: Partille och Öckerö, 1,20 dagar. "
        "Lägst: Ale och Tjörn, 0,00 dagar."
    )
    many = ranking(("A", 0), ("B", 0), ("C", 0), ("D", 0), ("E", 2))
    assert many.endswith("Lägst: 4 kommuner, 0,00 dagar.")


def test_ranking_where_all_are_equal() -> None:
    assert ranking(("A", 0.5), ("B", 0.5), ("C", None)) == (
        "2 kommuner har samma värde i Göteborgsområdet i juli 2019: 0,50 dagar. "
        "1 kommun saknar uppgift."
    )


def test_ranking_where_those_that_are_shown_are_equal() -> None:
    told = ranking(("A", 0.0), ("B", 0.0), ("C", None, "confidential"))
    assert told.startswith("2 kommuner som visas har samma värde i Göteborgsområdet i juli 2019: ")
    assert ranking(("A", 0.0), ("C", None, "confidential")).startswith(
        "Endast A har ett värde som visas i Göteborgsområdet i juli 2019: "
    )


def test_ranking_of_one() -> None:
    assert ranking(("Ale", 0.5), ("Tjörn", None)) == (
        "Endast Ale har ett värde i Göteborgsområdet i juli 2019: 0,50 dagar. 1 kommun saknar "
        "uppgift."
    )


@pytest.mark.parametrize("rows", [[], [("Ale", None)]])
def test_ranking_of_none(rows: list[tuple[str, None]]) -> None:
    assert ranking(*rows) == "Ingen kommun i Göteborgsområdet har något värde för juli 2019."


def test_what_is_hidden_has_a_value() -> None:
    rows = [Ranked("SU", None, "confidential"), Ranked("SkaS", 0.0)]
    none = ranking_finding(
        place_name="SIMBA", period="2019-07", rows=rows[:1], unit="dagar", decimals=1,
        place_value=None,
    )  # fmt: skip
    assert none == "Ingen kommun i SIMBA har något värde som visas för juli 2019."
    rows[1] = Ranked("SkaS", 4.0)
    shown = hospital_finding(period="2019-07", rows=rows, county_value=None, decimals=1)
    assert shown.startswith("Endast SkaS har ett värde som visas om andelen utskrivna före")


def test_ranking_of_areas() -> None:
    text = ranking(("SIMBA", None), place_name="Västra Götaland", noun=AREA)
    assert text == "Inget område i Västra Götaland har något värde för juli 2019."


@given(ROWS)
def test_ranking_names_the_extremes_and_the_missing(rows: tuple[Ranked, ...]) -> None:
    text = ranking_finding(
        place_name="Skaraborg",
        period="2019-07",
        rows=rows,
        unit="dagar",
        decimals=1,
        place_value=None,
    )
    values = known(rows)
    assert "nan" not in text and "None" not in text
    if values:
        assert f"{number(max(values), 1)} dagar" in text
        assert f"{number(min(values), 1)} dagar" in text
        assert ("saknar uppgift" in text) == (len(values) < len(rows))
    assert ("Högst" in text) == (len(set(values)) > 1)
    assert ("har något värde" in text) == (not values)
    for row in rows:
        extreme = row.value in (min(values), max(values)) if values else False
        assert row.name not in text or extreme


def test_hospitals() -> None:
    assert hospitals(("NU-sjukvården", 6.0), ("Södra Älvsborgs Sjukhus", 12.3), ("SU", None)) == (
        "Störst andel utskrivna före meddelande om utskrivningsklar i juli 2019 av de 2 sjukhus "
        "som visas: Södra Älvsborgs Sjukhus, 12,3 procent. Hela länet: 8,1 procent. 1 sjukhus "
        "saknar uppgift."
    )


def test_one_hospital_is_not_the_first_of_anything() -> None:
    rows = [Ranked("SU", 7.5), Ranked("SkaS", 7.7, "partial"), Ranked("NU", None, "confidential")]
    said = hospital_finding(period="2019-07", rows=rows, county_value=None, decimals=1)
    assert said.startswith(
        "Endast SU har fullständiga uppgifter om andelen utskrivna före meddelande om "
        "utskrivningsklar i juli 2019: 7,5 procent. 1 sjukhus har ofullständiga uppgifter."
    )


def test_hospitals_with_nobody_discharged_before_notice() -> None:
    assert hospitals(("SU", 0.0), ("SkaS", None), county_value=0.0) == (
        "Inga utskrivna före meddelande om utskrivningsklar i juli 2019 vid de sjukhus som "
        "visas. Hela länet: 0,0 procent. 1 sjukhus saknar uppgift."
    )


@pytest.mark.parametrize("rows", [[], [("SU", None), ("SkaS", math.nan)]])
def test_hospitals_without_values(rows: list[tuple[str, float | None]]) -> None:
    assert hospitals(*rows, county_value=None) == (
        "Inget sjukhus har något värde för andelen utskrivna före meddelande om "
        "utskrivningsklar i juli 2019."
    )


@given(ROWS)
def test_hospitals_name_only_the_largest(rows: tuple[Ranked, ...]) -> None:
    text = hospital_finding(period="2019-07", rows=rows, county_value=None, decimals=1)
    values = known(rows)
    # One alone is not the largest of anything; those that have nothing to count are not there.
    others = [row for row in rows if row.status != "none"]
    assert ("Störst" in text or text.startswith("Endast")) == any(values)
    assert not any(values) or text.startswith("Endast") == (len(values) == 1 < len(others))
    for row in rows:
        assert row.name not in text or row.value == max(values)


def line(*points: tuple[str, float | None]) -> str:
    return line_alt(
        name="Genomsnittlig vårdtid som utskrivningsklar",
        place_name="SIMBA",
        points=points,
        unit="dagar",
        decimals=2,
        finding="Slumpen råder.",
    )


def test_line_alt() -> None:
    assert line(("2019-05", 0.92), ("2019-06", None), ("2019-07", 0.64)) == (
        "Linjediagram: Genomsnittlig vårdtid som utskrivningsklar, SIMBA, maj 2019 till juli 2019. "
        "Lägst 0,64 dagar (juli 2019), högst 0,92 dagar (maj 2019). 1 värde saknas. Slumpen råder."
    )


@pytest.mark.parametrize("points", [[], [("2019-05", None)]])
def test_line_alt_without_values(points: list[tuple[str, None]]) -> None:
    assert line(*points) == (
        "Linjediagram: Genomsnittlig vårdtid som utskrivningsklar, SIMBA. Inga värden. "
        "Slumpen råder."
    )


def test_line_alt_tells_protected_values_from_missing_ones() -> None:
    text = line_alt(
        name="Dagar",
        place_name="Ale",
        points=[("2019-05", 0.92), ("2019-06", None), ("2019-07", 0.64), ("2019-08", None)],
        unit="dagar",
        decimals=2,
        finding="",
        hidden=1,
    )
    assert "Av de värden som visas är lägst 0,64 dagar" in text
    assert "1 värde är skyddat. 1 värde saknas." in text


def test_an_incomplete_value_is_no_extreme() -> None:
    points = [("2023-K3", 186.0), ("2023-K4", 371.0), ("2024-K1", 390.0)]
    named: Any = {"name": "Avvikelser", "place_name": "Länet", "unit": "antal", "decimals": 0}
    text = line_alt(**named, points=points, finding="", partial=["2023-K3"])
    assert "Lägst 371 (kvartal 4 2023), högst 390 (kvartal 1 2024)." in text
    assert "Ofullständiga värden räknas inte: kvartal 3 2023." in text
    assert "räknas inte" not in line_alt(**named, points=points, finding="")
    # Where all are, none of them is the highest.
    every = line_alt(**named, points=points, finding="", partial=[period for period, _ in points])
    assert "ögst" not in every and every.endswith("Alla värden är ofullständiga.")


def test_bar_alt() -> None:
    text = bar_alt(name="Dagar", place_name="SIMBA", period="2019-07", finding="Ale är högst.")
    assert text == "Stapeldiagram: Dagar, SIMBA, juli 2019. Ale är högst."


def test_line_alt_of_one_value_or_of_equal_ones_names_no_extremes() -> None:
    named: Any = {"name": "Avvikelser", "place_name": "Ale", "unit": "ärenden", "decimals": 0}
    points: list[tuple[str, float | None]] = [("2026-K1", 0.0), ("2026-K2", 0.0)]
    assert "Alla värden är 0 ärenden." in line_alt(**named, points=points, finding="")
    assert "kvartal 1 2026 till kvartal 2 2026." in line_alt(**named, points=points, finding="")
    alone = line_alt(**named, points=points[:1], finding="")
    assert alone.startswith("Linjediagram: Avvikelser, Ale, kvartal 1 2026. Ett värde: 0")
    points[1] = ("2026-K2", None)
    text = line_alt(**named, points=points, finding="", hidden=1)
    assert "Ett värde visas: 0 ärenden (kvartal 1 2026)." in text
