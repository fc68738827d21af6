"""What the year holds for a forum, month by month."""

import pytest

import reference
from views.year_wheel import forums, wheel


def texts(start: str, forum: str | None = None) -> dict[str, list[str]]:
    return {
        month: [item.text for item in items] for month, items in wheel(start, forum=forum).months
    }


def test_this_month_and_the_three_that_follow() -> None:
    assert texts("2026-11", "LGS") == {
        "2026-11": ["Budget fastställs"],
        "2026-12": ["Bokslut enligt anvisningar"],
        "2027-01": [],
        "2027-02": ["Fastställer årsrapport, publiceras"],
    }


def test_an_item_of_several_forums_is_each_ones() -> None:
    assert forums() == ("LGS", "LGS BG", "NOSAM", "Politiskt samråd", "Temagrupper")
    assert texts("2026-01", "NOSAM")["2026-01"] == ["Årsrapport inlämnad (11 januari)"]
    assert texts("2026-01", "LGS")["2026-01"] == []


def test_items_of_every_month_stand_by_themselves() -> None:
    assert [item.text for item in wheel("2026-07", forum="LGS").every_month] == [
        "Statistik in- och utskrivning, varje månad"
    ]
    assert wheel("2026-07", forum="NOSAM").every_month == ()
    assert all(not items for _, items in wheel("2026-06", forum="LGS").months[:3])


def test_without_a_forum_all_items_are_there() -> None:
    year = [
        items for start in ("2026-01", "2026-05", "2026-09") for _, items in wheel(start).months
    ]
    dated = [item for item in reference.year_wheel() if item.month]
    assert sorted(map(str, sum(year, ()))) == sorted(map(str, dated))


@pytest.mark.parametrize("start", ["2026-K1", "2026", "november"])
def test_only_a_month_can_begin_it(start: str) -> None:
    with pytest.raises(ValueError):
        wheel(start)
