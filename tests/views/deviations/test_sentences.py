"""Sentences about deviations say what the numbers say, and never that more is worse."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.statistics.funnel import funnel
from reference import Event
from swedish.typography import number
from views.deviations import sentences as said

BREAK = Event(
    "2021-04-01", "goteborg", "seriebrott", "Avvikelser rapporteras enbart i MedControl PRO", ""
)
JUDGING = re.compile(r"bättr|sämr|förbättr|försämr|ökn|ökat|minsk|problem|brist", re.IGNORECASE)
COUNTS = st.none() | st.integers(0, 2000).map(float)
QUARTERS = st.builds(
    lambda year, part: f"{year}-K{part}", st.integers(2019, 2023), st.integers(1, 4)
)


def registered(count: float | None, previous: float | None = None, quarter: str = "2020-K3") -> str:
    return said.registered(
        place_name="Fyrbodal", quarter=quarter, count=count, previous=previous, breaks=[BREAK]
    )


@pytest.mark.parametrize(
    ("count", "previous", "text"),
    [
        (34, None, "Fyrbodal: 34 avvikelser registrerades under kvartal 3 2020."),
        (1, 0, "Fyrbodal: 1 avvikelse registrerades under kvartal 3 2020. "
               "Kvartalet före, kvartal 2 2020: 0."),
        (0, None, "Fyrbodal: inga avvikelser registrerades under kvartal 3 2020."),
        (None, 5, "Fyrbodal: uppgift om registrerade avvikelser under kvartal 3 2020 saknas."),
    ],
)  # fmt: skip
def test_registered(count: float | None, previous: float | None, text: str) -> None:
    assert registered(count, previous) == text


def test_what_is_hidden_is_not_said_to_be_missing() -> None:
    told = said.registered(
        place_name="Öckerö", quarter="2020-K3", count=None, previous=None, hidden=True
    )
    assert told == (
        "Öckerö: hur många som registrerades under kvartal 3 2020 är skyddat, "
        "för att enskilda inte ska kunna pekas ut."
    )


def test_a_comparison_across_the_break_says_so() -> None:
    assert registered(34, 20, quarter="2021-K2") == (
        "Fyrbodal: 34 avvikelser registrerades under kvartal 2 2021. "
        "Kvartalet före, kvartal 1 2021: 20. De två kvartalen kan inte jämföras. "
        "Seriebrott den 1 april 2021 (Göteborgsområdet): "
        "avvikelser rapporteras enbart i MedControl PRO."
    )
    assert "jämföras" not in registered(34, None, quarter="2021-K2")


@given(COUNTS, COUNTS, QUARTERS)
def test_more_is_never_judged_and_the_break_never_hidden(
    count: float | None, previous: float | None, quarter: str
) -> None:
    text = registered(count, previous, quarter)
    assert not JUDGING.search(text)
    compared = count is not None and previous is not None
    assert ("kan inte jämföras" in text) == (compared and quarter == "2021-K2")
    if count:
        assert f": {number(count, 0)} avvikelse" in text
    if compared:
        assert f": {number(previous, 0)}." in text


@pytest.mark.parametrize(
    ("count", "due", "text"),
    [
        (47, 58, "47 av de 58 ärenden som är äldre än två månader besvarades inom två månader "
                 "(81,0\u00a0procent)."),
        (58, 58, "Alla 58 ärenden som är äldre än två månader besvarades inom två månader "
                 "(100,0\u00a0procent)."),
        (0, 3, "Inget av de 3 ärenden som är äldre än två månader besvarades inom två månader "
               "(0,0\u00a0procent)."),
        (1, 1, "Det enda ärende som är äldre än två månader besvarades inom två månader."),
        (0, 1, "Det enda ärende som är äldre än två månader besvarades inte inom två månader."),
        (0, 0, "Två månader har inte gått för något av ärendena."),
        (None, None, "Uppgift om svar saknas."),
    ],
)  # fmt: skip
def test_answered(count: float | None, due: float | None, text: str) -> None:
    assert said.answered(count=count, due=due).replace("\u00a0", " ") == text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (7, "7 ärenden är fortfarande öppna."),
        (1, "1 ärende är fortfarande öppet."),
        (0, "Inget ärende är fortfarande öppet."),
        (None, ""),
    ],
)
def test_open(count: float | None, text: str) -> None:
    assert said.still_open(count) == text


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (23, "Mediantiden till svar är 23,0 dagar, med ärenden som väntar medräknade."),
        (
            23.5,
            "Mediantiden till svar är 23,5 dagar, med ärenden som väntar medräknade.",
        ),
        (1, "Mediantiden till svar är 1,0 dagar, med ärenden som väntar medräknade."),
        (None, ""),
    ],
)
def test_median(days: float | None, text: str) -> None:
    assert said.time_to_answer(days) == text


@pytest.mark.parametrize(
    ("parts", "of", "text"),
    [
        ([("Läkemedel", 12), ("Egenvård", 3)], 15, "Flest ärenden: Läkemedel, 12 av 15."),
        ([("Läkemedel", 3), ("Egenvård", 3)], 6,
         "Flest ärenden: Egenvård och Läkemedel, 3 av 6 vardera."),
        ([("Läkemedel", 3), ("Egenvård", None)], None,
         "Flest ärenden bland de kända: Läkemedel, 3. 1 process visas inte."),
        ([(name, 2) for name in "abcd"], 8, "4 processer har flest, 2 vardera."),
        ([("Läkemedel", 0)], 0, ""),
        ([], None, ""),
    ],
)  # fmt: skip
def test_largest_process(
    parts: list[tuple[str, float | None]], of: float | None, text: str
) -> None:
    assert said.largest(parts, of=of) == text


@given(st.lists(st.tuples(st.sampled_from("abcdefg"), COUNTS), unique_by=lambda pair: pair[0]))
def test_no_process_has_more_than_the_largest(parts: list[tuple[str, float | None]]) -> None:
    known = [count for _, count in parts if count]
    text = said.largest(parts, of=None)
    if known:
        assert number(max(known), 0) in text
        assert ("visas inte" in text) == any(count is None for _, count in parts)


def test_the_funnel_in_words() -> None:
    drawn = funnel(
        {"a": 60, "b": 12, "c": 0, "d": 9},
        inhabitants={"a": 600_000, "b": 40_000, "c": 13_000, "d": 4_600},
        names={"a": "Göteborg", "b": "Partille", "c": "Öckerö", "d": "Dals-Ed"},
    )
    assert said.funnel_finding(drawn, quarter="2020-K3", without=2) == (
        "2 av 4 kommuner som visas ligger innanför gränserna under kvartal 3 2020. "
        "Tillsammans: 1,23 per 10\u00a0000 invånare. "
        "Över 99,8 %-gränsen: Dals-Ed. Över 95 %-gränsen: Partille. 2 kommuner visas inte."
    )
    # What is hidden is few: with it the county's rate is lower, and Öckerö's 0 is no signal.
    named = {"c": "Öckerö", "d": "Tjörn"}
    of_shown = funnel({"c": 0, "d": 9}, inhabitants={"c": 13_000, "d": 13_000}, names=named)
    of_all = funnel({"c": 0, "d": 9}, inhabitants={"c": 13_000, "d": 13_000}, names=named, rate=2.5)
    assert "Under 95\N{NO-BREAK SPACE}%-gränsen: Öckerö." in said.funnel_finding(
        of_shown, quarter="2020-K3"
    )
    assert said.funnel_finding(of_all, quarter="2020-K3", without=2, of_county=True).startswith(
        "1 av 2 kommuner som visas ligger innanför gränserna under kvartal 3 2020. Hela länet: 2,50"
    )
    assert said.funnel_finding(funnel({}, inhabitants={}, names={}), quarter="2020-K3") == (
        "Ingen kommun har något känt antal för kvartal 3 2020."
    )


@pytest.mark.parametrize(
    ("pairs", "text"),
    [
        ([("Borås", "SÄS", 4), ("SÄS", "Borås", 2)], "Flest går från Borås till SÄS: 4 ärenden."),
        ([("Borås", "SÄS", 2), ("SÄS", "Borås", 2)],
         "Flest går från Borås till SÄS och från SÄS till Borås: 2 ärenden vardera."),
        ([("a", str(n), 1) for n in range(5)], "Flest, 1 ärende vardera, går 5 olika vägar."),
        ([("Borås", "SÄS", None)],
         "Antalen är skyddade, för att enskilda inte ska kunna pekas ut."),
        ([], "Det finns inga ärenden med känd avsändare och mottagare."),
    ],
)  # fmt: skip
def test_the_matrix_in_words(pairs: list[tuple[str, str, float | None]], text: str) -> None:
    assert said.matrix_finding(pairs) == text


def test_what_is_covered() -> None:
    assert said.covered(["Göteborgsområdet", "SIMBA"], of=6, partial=True) == (
        "Kvartalet är ofullständigt: uppgifterna omfattar bara Göteborgsområdet och SIMBA."
    )
    assert said.covered(["a", "b"], of=2, partial=False) == ""
