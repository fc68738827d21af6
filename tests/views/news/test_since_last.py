"""What has happened since last: signals only, one a place, the worst first, at most three."""

from dataclasses import replace

from metrics.catalogue import indicator
from metrics.spc.xmr import xmr
from views.news.since_last import since_last
from views.scoreboard import Row
from views.trend import Step, Trend

MONTHS = [f"2025-{month:02d}" for month in range(1, 13)]
CALM = [0.7, 0.8] * 6
CALM_TOO = 0.75


def trend(key: str, last: float) -> Trend:
    """Twelve months of nothing, and then a last one."""
    about = indicator(key)
    values = [*CALM[:11], last]
    steps = [
        Step(month, value=value, status="ok") for month, value in zip(MONTHS, values, strict=True)
    ]
    chart = xmr(values, improvement="decrease" if about.direction == "lower" else "increase")
    return Trend(about, "x", MONTHS[-1], steps, chart)


def board(**last: float) -> list[Row]:
    """Two indicators, each place with these last values in both."""
    return [
        Row(
            indicator(key),
            MONTHS[-1],
            {at.replace("_", "-"): trend(key, to) for at, to in last.items()},
            told=frozenset(at for at, to in last.items() if to != CALM_TOO),
        )
        for key in ("mean_days", "over_3_share")
    ]


def test_only_signals_are_events_one_a_place_and_the_worst_first() -> None:
    rows = board(lan=0.75, goteborg=0.1, simba=4.0, samla=3.0, fyrbodal=0.05)
    found = since_last(rows, place="lan")
    assert [one.place for one in found.events] == ["samla", "simba", "fyrbodal"]
    assert found.events[0].kind == "special_cause_concern"
    assert found.events[0].also == ("mer än 3 dagar",)
    assert "Detsamma gäller mer än 3 dagar." in found.events[0].said
    assert (found.more, found.looked) == (1, 10)
    assert found.note == "10 serier genomsågs. 1 plats till har en signal; se tabellen."


def test_an_area_has_its_own_events_only() -> None:
    rows = board(lan=4.0, goteborg=0.75, simba=4.0)
    assert not since_last(rows, place="goteborg").events
    assert since_last(rows, place="goteborg").note == (
        "2 serier genomsågs. Ingen av dem avviker mer än slumpen väntas ge bland så många."
    )


def test_what_happened_in_an_earlier_period_is_no_event() -> None:
    old, new = board(lan=4.0)
    earlier = replace(old, period="2025-11")
    found = since_last(
        [earlier, replace(new, trends={"lan": trend("over_3_share", 0.75)}, told=frozenset())],
        place="lan",
    )
    assert not found.events
