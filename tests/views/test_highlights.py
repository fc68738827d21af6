"""What is brought up is true, and what is true and weighs is brought up: on series made at random.

The truth is worked out anew from the series, with `metrics.spc.xmr` (proven on its own) and plain
comparisons.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reference
from metrics import values
from metrics.catalogue import indicator
from metrics.spc.xmr import IMPROVEMENT, Point, xmr
from settings import settings as own_settings
from swedish import typography
from tests.effort import examples
from views import coverage, highlights, scoreboard
from views.highlights import Highlight, Weight

MONTHS = [f"2025-{month:02d}" for month in range(1, 13)] + ["2026-01", "2026-02"]
TODAY = datetime.date(2026, 3, 5)
KEYS = ("mean_days", "same_day_share", "discharges")
AREA = "simba"
HOMES = [home for home in reference.municipalities() if home.area == AREA]
Series = Sequence[float | None]
# By indicator and place, a value a month.
World = Mapping[tuple[str, str], Series]


def series(highest: float) -> st.SearchStrategy[list[float | None]]:
    known = st.floats(0, highest).map(lambda value: round(value, 3))
    steady = st.floats(0, highest / 3).map(lambda value: [round(value, 3)] * 13)
    jump = st.builds(lambda flat, last: [*flat, last], steady, known)
    anything = st.lists(st.one_of(st.none(), known), min_size=14, max_size=14)
    return st.one_of(jump, anything)


worlds = st.fixed_dictionaries(
    {(key, place): series(6) for key in KEYS for place in [AREA, *(h.code for h in HOMES)]}
)


@contextmanager
def world(given_series: World, *, reported: int = 4) -> Iterator[None]:
    """The series in place of the warehouse's, the last month reported by so many of four."""
    rows = [
        values.Value(
            indicator=key,
            period=month,
            level="area" if place == AREA else "municipality",
            place=place,
            name=reference.place_name("area" if place == AREA else "municipality", place),
            numerator=value,
            denominator=1.0,
            value=value,
            status="ok",
            reported=reported if place == AREA and month == MONTHS[-1] else 4,
            expected=4,
        )
        for (key, place), numbers in given_series.items()
        for month, value in zip(MONTHS, numbers, strict=True)
        if value is not None
    ]

    def found(
        *,
        indicator: str,
        level: str | None = None,
        place: str | None = None,
        start: str | None = None,
        end: str | None = None,
        **_: object,
    ) -> list[values.Value]:
        return [
            row
            for row in rows
            if row.indicator == indicator
            and level in (None, row.level)
            and place in (None, row.place)
            and (start or "") <= row.period <= (end or "9999")
        ]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(values, "values", found)
        patch.setattr(coverage, "values", found)
        patch.setattr(values, "periods", lambda dataset="discharges": MONTHS)
        patch.setattr(values, "periods_by_indicator", lambda: dict.fromkeys(KEYS, MONTHS))
        patch.setattr(values, "care_forms", lambda dataset="discharges": ["alla"])
        yield


def brought_up(given_series: World, *, reported: int = 4) -> list[Highlight]:
    with world(given_series, reported=reported):
        board = scoreboard.board(period=MONTHS[-1])
        return highlights.highlights(
            board,
            about=indicator("mean_days"),
            place=AREA,
            period=MONTHS[-1],
            part="alla",
            today=TODAY,
            settings=own_settings(),
        )


def last_point(key: str, numbers: Series) -> Point | None:
    """The reading of the last month, None where it has no value or no limits.

    No limits have fewer than six values, those that are mostly zeros, and those of no width.
    """
    known = [value for value in numbers if value is not None]
    if numbers[-1] is None or len(known) < 6 or 2 * known.count(0) >= len(known):
        return None
    chosen = indicator(key)
    after_gap = [before is None for before in numbers]
    gaps = [n for n, at in enumerate(_months(numbers), 1) if n > 1 and after_gap[at - 1]]
    chart = xmr(
        known,
        improvement=IMPROVEMENT[chosen.direction],
        target=chosen.target,
        gaps_at=gaps,
    )
    return chart.last if chart.last and chart.last.upper > chart.last.lower else None


def _months(numbers: Series) -> list[int]:
    return [at for at, value in enumerate(numbers) if value is not None]


@given(worlds)
@settings(max_examples=examples(10))
def test_at_most_seven_the_weightiest_first(given_series: World) -> None:
    weights = [one.weight for one in brought_up(given_series)]
    assert len(weights) <= 7
    assert weights == sorted(weights)


@given(worlds)
@settings(max_examples=examples(10))
def test_what_is_said_of_the_place_itself_is_true(given_series: World) -> None:
    own = (Weight.TARGET_MISSED, Weight.WORSE, Weight.UNUSUAL, Weight.BETTER)
    for one in brought_up(given_series):
        if one.weight not in own:
            continue
        assert one.indicator is not None
        chosen = indicator(one.indicator)
        numbers = given_series[one.indicator, AREA]
        assert numbers[-1] is not None
        assert typography.number(numbers[-1], chosen.decimals) in one.text
        point = last_point(one.indicator, numbers)
        kind = point.point_type if point else "common_cause"
        assert ("Försämring" in one.text) == (kind == "special_cause_concern")
        assert ("Förbättring" in one.text) == (kind == "special_cause_improvement")
        assert ("än väntat" in one.text) == kind.startswith("special_cause_neutral")
        missed = chosen.target is not None and numbers[-1] > chosen.target
        assert (
            ("över gränsen för betalningsansvar" in one.text)
            == missed
            == (one.weight == Weight.TARGET_MISSED)
        )


@given(worlds)
@settings(max_examples=examples(10))
def test_every_signal_and_missed_target_is_brought_up(given_series: World) -> None:
    found = brought_up(given_series)
    said = {one.indicator for one in found if one.weight < Weight.PLACES_OVER_TARGET}
    for key in KEYS:
        numbers = given_series[key, AREA]
        point = last_point(key, numbers)
        worse = point is not None and point.point_type == "special_cause_concern"
        target = indicator(key).target
        missed = target is not None and numbers[-1] is not None and numbers[-1] > target
        assert (key in said) == (worse or missed)


@given(worlds)
@settings(max_examples=examples(10))
def test_municipalities_that_are_named_are_over_the_target_or_worse(given_series: World) -> None:
    texts = {one.weight: one.text for one in brought_up(given_series)}
    over = texts.get(Weight.PLACES_OVER_TARGET, "")
    worse = texts.get(Weight.PLACES_WORSE, "")
    last = {home.name: given_series["mean_days", home.code][-1] for home in HOMES}
    beyond = [name for name, value in last.items() if value is not None and value > 3.0]
    assert bool(over) == bool(beyond)
    if 0 < len(beyond) <= 3:
        assert [name for name in last if f"{name} (" in over] == [n for n in last if n in beyond]
    elif beyond:
        assert f"{len(beyond)} kommuner ligger över" in over
    for home in HOMES:
        numbers = given_series["mean_days", home.code]
        point = last_point("mean_days", numbers)
        concern = point is not None and point.point_type == "special_cause_concern"
        # Six scattered values and one above their limits may be chance, and are not told of among
        # many places; a leap from a year that was level is not chance.
        named = home.name in worse.split("slumpen i ")[-1]
        assert concern or not named
        if concern and None not in numbers and len(set(numbers[:-1])) == 1:
            assert named


STEADY: World = {
    (key, place): [0.7, 0.8] * 7 for key in KEYS for place in [AREA, *(h.code for h in HOMES)]
}


def test_where_nothing_is_amiss_nothing_is_brought_up() -> None:
    assert brought_up(STEADY) == []


def test_what_is_incomplete_is_said_with_the_number_of_reports() -> None:
    (one,) = brought_up(STEADY, reported=3)
    assert one.weight is Weight.INCOMPLETE
    assert one.text.startswith(
        "Underlaget för februari 2026 är ofullständigt: 3 av 4 kommuner har rapporterat."
    )


def test_a_month_that_has_not_been_reported_is_the_first_to_be_said() -> None:
    silent = {at: [*numbers[:-1], None] for at, numbers in STEADY.items()}
    first = brought_up(silent)[0]
    assert first.weight is Weight.NOT_REPORTED
    assert first.text == "SIMBA har inga uppgifter om utskrivningsklara för februari 2026."


def test_a_late_delivery_is_brought_up() -> None:
    late = {at: [*numbers[:-2], None, None] for at, numbers in STEADY.items()}
    texts = [one.text for one in brought_up(late) if one.weight is Weight.LATE]
    assert texts == ["Leverans av utskrivningsklara saknas för januari 2026."]


@pytest.mark.parametrize(
    ("key", "value", "missed"),
    [("mean_days", 3.0, False), ("mean_days", 3.001, True), ("discharges", 99.0, False)],
)
def test_the_target_itself_is_not_missed(key: str, value: float, missed: bool) -> None:
    assert highlights.misses(value, indicator(key)) is missed


def test_a_signal_that_has_been_told_is_not_raised_again() -> None:
    signal, missed = (
        Highlight(weight, "sagt", "a") for weight in (Weight.BETTER, Weight.TARGET_MISSED)
    )
    other = Highlight(Weight.WORSE, "annat", "b")
    assert highlights.besides([signal, missed, other], told={"a"}) == [missed, other]


def test_what_is_missing_stays_when_there_is_too_much_to_say() -> None:
    many = [Highlight(Weight.WORSE, str(n)) for n in range(9)]
    kept = highlights.chosen([*many, Highlight(Weight.LATE, "sen")])
    assert [one.text for one in kept] == ["0", "1", "2", "3", "4", "5", "sen"]
