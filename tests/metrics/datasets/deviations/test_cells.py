"""Deviations under disclosure control: processes against wholes, areas, answers and medians."""

from dataclasses import replace

import pytest

from metrics.catalogue import indicators
from metrics.datasets.deviations.cells import Count, table
from metrics.disclosure.audit import ranges
from metrics.disclosure.cells import Table
from metrics.disclosure.pattern import pattern

INDICATORS = [one for one in indicators().values() if one.dataset == "deviations"]
ANSWERED = "deviations_answered_share"


def count(
    level: str, place: str, area: str, process: str, deviations: float, **measures: float
) -> Count:
    given = {"answered_in_time": 0.0, "answer_due": 0.0, "open_cases": 0.0, "answer_days": 0.0,
             "open_at_end": 0.0}  # fmt: skip
    return Count(level, place, area, process, True, {"deviations": deviations, **given, **measures})


def quarter(*, small: float = 3.0, seen: float = 0.0) -> Table:
    """Two areas of two municipalities and two processes; `seen` cases that an area only sees."""
    municipal = [
        count("municipality", "1490", "sodra-alvsborg", "Läkemedel", 20),
        count("municipality", "1490", "sodra-alvsborg", "Egenvård", small),
        count("municipality", "1463", "sodra-alvsborg", "Läkemedel", 9),
        count("municipality", "1463", "sodra-alvsborg", "Egenvård", 8),
        count("municipality", "1480", "goteborg", "Läkemedel", 30),
        count("municipality", "1480", "goteborg", "Egenvård", 12),
    ]
    areas = [
        count("area", "sodra-alvsborg", "sodra-alvsborg", "Läkemedel", 29),
        count("area", "sodra-alvsborg", "sodra-alvsborg", "Egenvård", 8 + small),
        count("area", "goteborg", "goteborg", "Läkemedel", 30 + seen),
        count("area", "goteborg", "goteborg", "Egenvård", 12),
    ]
    return table([*municipal, *areas], INDICATORS, 5)


def hidden(of: Table) -> set[tuple[str, str, str]]:
    found = pattern(of)
    assert all(one.safe for one in ranges(of, found.hidden))
    return {
        (row.indicator, row.location[1], row.location[3])
        for row in of.rows
        if row.numerator in found.hidden
    }


def test_nothing_small_hides_nothing() -> None:
    assert not {row for row in hidden(quarter(small=7.0)) if row[0] == "deviations"}


def test_no_municipality_is_shown_by_process() -> None:
    shown = {row.location for row in quarter().rows if row.location[0] == "municipality"}
    assert shown == {
        ("municipality", code, area, "alla")
        for code, area in (("1490", "sodra-alvsborg"), ("1463", "sodra-alvsborg"),
                           ("1480", "goteborg"))
    }  # fmt: skip


def test_a_small_process_takes_others_with_it_and_leaves_the_wholes() -> None:
    """3 cases of a process in one area follow from the county's unless another area's go too."""
    small = [
        count("municipality", "1490", "sodra-alvsborg", "Läkemedel", 20),
        count("municipality", "1490", "sodra-alvsborg", "Egenvård", 3),
        count("municipality", "1480", "goteborg", "Läkemedel", 30),
        count("municipality", "1480", "goteborg", "Egenvård", 12),
    ]
    areas = [count("area", one.area, one.area, one.process, one.measures["deviations"] or 0)
             for one in small]  # fmt: skip
    found = {
        row for row in hidden(table([*small, *areas], INDICATORS, 5)) if row[0] == "deviations"
    }
    assert found == {
        ("deviations", area, process)
        for area in ("sodra-alvsborg", "goteborg")
        for process in ("Läkemedel", "Egenvård")
    }


def test_a_rate_is_hidden_with_its_number() -> None:
    few = table(
        [count("municipality", "1490", "sodra-alvsborg", "Läkemedel", 3),
         count("municipality", "1463", "sodra-alvsborg", "Läkemedel", 40),
         count("area", "sodra-alvsborg", "sodra-alvsborg", "Läkemedel", 43)],
        INDICATORS, 5,
    )  # fmt: skip
    found = hidden(few)
    for code in ("1490", "1463"):
        assert ("deviations", code, "alla") in found
        assert ("deviations_per_10000", code, "alla") in found


@pytest.mark.parametrize(("ways", "is_hidden"), [(3, False), (4, True), (5, True)])
def test_a_total_that_says_how_many_go_each_way_is_hidden(ways: int, is_hidden: bool) -> None:
    """5 cases that go four ways: none is of more than two, since nobody would be shown as 0."""
    few = count("municipality", "1490", "sodra-alvsborg", "Läkemedel", 5)
    others = [
        count("municipality", "1463", "sodra-alvsborg", "Läkemedel", 40),
        count("area", "sodra-alvsborg", "sodra-alvsborg", "Läkemedel", 45),
    ]
    found = hidden(table([replace(few, ways=ways), *others], INDICATORS, 5))
    assert (("deviations", "1490", "alla") in found) == is_hidden


def test_a_share_is_hidden_where_the_rest_is_small() -> None:
    """18 of 20 answered in time leave 2 who were not."""
    answered = {"answered_in_time": 18.0, "answer_due": 20.0, "answer_days": 20.0}
    of = table([count("hospital", "SU", "lan", "Läkemedel", 25, **answered)], INDICATORS, 5)
    assert ("deviations_answered_share", "SU", "alla") in hidden(of)
    assert ("deviations", "SU", "alla") not in hidden(of)


def test_a_hidden_share_hides_what_it_is_of() -> None:
    """A hidden row shows no denominator, so the county's may not give it either."""
    places = [
        count("hospital", name, "lan", "Läkemedel", 25, answered_in_time=given, answer_due=20)
        for name, given in (("SU", 18), ("SkaS", 10))
    ]
    of = table(places, INDICATORS, 5)
    found = pattern(of).hidden
    shares = {row.location[1]: row for row in of.rows if row.indicator == ANSWERED}
    assert shares["SU"].numerator in found and shares["SU"].denominator in found
    assert shares["SkaS"].numerator not in found and shares["SkaS"].denominator not in found
    assert all(one.safe for one in ranges(of, found))


def test_where_all_answers_are_due_they_are_as_many_as_the_cases_and_stay_shown() -> None:
    answered = {"answered_in_time": 18.0, "answer_due": 20.0}
    of = table([count("hospital", "SU", "lan", "Läkemedel", 20, **answered)], INDICATORS, 5)
    rows = {row.indicator: row for row in of.rows if row.location[3] == "alla"}
    assert rows[ANSWERED].denominator == rows["deviations"].numerator
    assert (ANSWERED, "SU", "alla") in hidden(of)
    assert ("deviations", "SU", "alla") not in hidden(of)


def test_cases_that_an_area_only_sees_are_in_what_its_share_is_of() -> None:
    """The one that it only sees is late: the area's share is of 21 cases, 18 in time."""
    own = {"answered_in_time": 18.0, "answer_due": 20.0}
    area = {"answered_in_time": 18.0, "answer_due": 21.0}
    of = table(
        [count("municipality", "1480", "goteborg", "Läkemedel", 30, **own),
         count("area", "goteborg", "goteborg", "Läkemedel", 31, **area)],
        INDICATORS, 5,
    )  # fmt: skip
    here = (ANSWERED, ("area", "goteborg", "lan", "alla"))
    (row,) = (row for row in of.rows if (row.indicator, row.location) == here)
    assert row.numerator is not None and row.denominator is not None
    assert [of.cells[n].value for n in (row.numerator, row.denominator)] == [18, 21]


def test_a_median_of_few_is_hidden() -> None:
    few = count("hospital", "SU", "lan", "Läkemedel", 25, answer_days=3.0)
    many = count("hospital", "SkaS", "lan", "Läkemedel", 25, answer_days=9.0)
    found = hidden(table([few, many], INDICATORS, 5))
    assert ("deviations_median_answer_days", "SU", "alla") in found
    assert ("deviations_median_answer_days", "SkaS", "alla") not in found


def test_cases_that_an_area_only_sees_hide_none_of_its_own() -> None:
    of = quarter(small=7.0, seen=2.0)
    assert not {row for row in hidden(of) if row[0] == "deviations"}
