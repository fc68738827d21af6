import re
from dataclasses import replace

import pytest

from charts.markup.cards import area_cards_html
from charts.markup.scoreboard import board_html
from charts.markup.sparks import common_scale
from metrics.catalogue import indicator
from metrics.spc.xmr import xmr
from views.scoreboard import Row
from views.trend import Step, Trend

MONTHS = [f"2025-{month:02d}" for month in range(1, 13)]


def trend(values: list[float], *, status: str = "ok") -> Trend:
    """A trend over twelve months, the last with `status`; NaN for no value."""
    known = [value for value in values if value == value]
    steps = [
        Step(month, value=value if value == value else None, status="ok")
        for month, value in zip(MONTHS, values, strict=True)
    ]
    steps[-1] = replace(steps[-1], status=status)
    chart = xmr(known, improvement="decrease")
    return Trend(indicator("mean_days"), "Fyrbodal", "2025-12", steps, chart)


@pytest.fixture
def row() -> Row:
    calm = [0.7, 0.8] * 6
    return Row(
        indicator("mean_days"),
        "2025-12",
        {
            "lan": trend(calm),
            "fyrbodal": trend([*calm[:11], 4.25]),
            "simba": trend([*calm[:11], float("nan")], status="confidential"),
            "samla": trend(calm, status="partial"),
        },
        told=frozenset({"fyrbodal"}),
    )


def drawn(row: Row, period: str = "2025-12") -> str:
    places = ["lan", "fyrbodal", "simba", "samla", "skaraborg"]
    return board_html([row], places=places, chosen="fyrbodal", period=period, caption="Alla mått")


def test_a_signal_has_icon_and_word_and_chance_has_neither(row: Row) -> None:
    shown = drawn(row)
    assert "</span>0,80</a></td>" in shown
    assert '4,25<br><span class="reading special_cause_concern">' in shown
    assert "Försämring" in shown
    assert "Slumpvariation" not in shown
    # A signal that is no stronger than chance among so many is not told as one.
    unsure = drawn(replace(row, told=frozenset()))
    assert '4,25<br><span class="reading unsure">(<span aria-hidden="true">!</span>' in unsure
    assert "Försämring)</span>" in unsure
    assert "special_cause" not in unsure


def test_what_is_not_known_has_its_sign(row: Row) -> None:
    shown = drawn(row)
    assert '<td class="number">..</td>' in shown
    assert '<td class="number">–</td>' in shown
    assert "</span>0,80*</a></td>" in shown
    assert ".. skyddad uppgift" in shown


def test_the_chosen_place_is_set_apart(row: Row) -> None:
    (head,) = re.findall(r'<th scope="col" class="number chosen">(.*?)</th>', drawn(row))
    assert head == (
        '<a class="go" href="manadsuppfoljning?omrade=fyrbodal&amp;period=2025-12">Fyrbodal</a>'
    )


def test_another_period_is_named(row: Row) -> None:
    assert 'Genomsnitt <span class="unit">dagar</span>' in drawn(row)
    quarter = replace(row, period="2025-K4")
    assert '<span class="unit">dagar, kvartal 4 2025</span>' in drawn(quarter)


def test_the_areas_charts_have_one_scale_and_say_what_they_show() -> None:
    calm, worse = trend([0.7, 0.8] * 6), trend([*[0.7, 0.8] * 5, 0.7, 4.25])
    assert common_scale([calm, worse]) == (0.7, 4.25)
    shown = area_cards_html(
        {"simba": calm, "fyrbodal": worse},
        chosen="fyrbodal",
        told=(),
        lead=lambda key: f"till?{key}",
    )
    assert "Försämring)" in shown and "(∼" not in shown
    assert '<li class="card chosen"><p class="title"><a class="go" href="till?fyrbodal">' in shown
    assert shown.count("chosen") == 1
    assert f'alt="{worse.alt}"' in shown
    assert common_scale([]) is None
