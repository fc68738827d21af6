from collections.abc import Callable

import pandas as pd
import pytest

from charts import theme
from charts.drawn import Drawn
from charts.funnel import funnel_chart
from metrics.statistics.funnel import funnel

COUNTS = {"Göteborg": 60, "Partille": 12, "Öckerö": 0, "Dals-Ed": 9}
PEOPLE = {"Göteborg": 600_000, "Partille": 40_000, "Öckerö": 13_000, "Dals-Ed": 4_600}


@pytest.fixture
def drawn() -> Drawn:
    found = funnel(COUNTS, inhabitants=PEOPLE, names={name: name for name in COUNTS})
    points = pd.DataFrame(
        {
            "name": [point.name for point in found.points],
            "count": [point.count for point in found.points],
            "inhabitants": [point.inhabitants for point in found.points],
            "rate": [point.rate for point in found.points],
            "position": [point.position for point in found.points],
            "highlight": [point.name == "Dals-Ed" for point in found.points],
        }
    )
    curve = pd.DataFrame([{"inhabitants": size, **vars(at)} for size, at in found.curve[::20]])
    return funnel_chart(points, curve=curve, rate=found.rate)


def test_looks_as_stored(drawn: Drawn, same_as_stored: Callable[[Drawn, str], None]) -> None:
    same_as_stored(drawn, "funnel")


def test_those_outside_are_named_and_have_a_shape_of_their_own(drawn: Drawn) -> None:
    texts = [label.text for label in drawn.layout.annotations]
    assert "Partille" in texts
    assert "Dals-Ed" in texts
    assert "Göteborg" not in texts
    assert list(drawn.data[-1].marker.symbol) == ["circle", "triangle-up", "circle", "triangle-up"]


def test_no_colour_judges(drawn: Drawn) -> None:
    colors = {*drawn.data[-1].marker.color, *drawn.data[-1].marker.line.color}
    assert colors == {theme.ACCENT, theme.PAPER, theme.CHANCE}


def test_the_hover_says_what_it_is_made_of(drawn: Drawn) -> None:
    assert drawn.data[-1].hovertext[1].replace("\u00a0", " ") == (
        "<b>Partille</b><br>3,00 per 10 000 invånare<br>12 registrerade, 40 000 invånare"
        "<br>Över 95 %-gränsen"
    )


def test_a_single_municipality_can_be_drawn() -> None:
    found = funnel({"Ale": 3}, inhabitants={"Ale": 32_000}, names={"Ale": "Ale"})
    points = pd.DataFrame([vars(found.points[0]) | {"position": "inside", "highlight": True}])
    curve = pd.DataFrame([{"inhabitants": size, **vars(at)} for size, at in found.curve])
    low, high = funnel_chart(points, curve=curve, rate=found.rate).layout.xaxis.range
    assert low < high


def test_points_and_names_lead_to_their_places() -> None:
    found = funnel(COUNTS, inhabitants=PEOPLE, names={name: name for name in COUNTS})
    points = pd.DataFrame(
        [
            vars(point) | {"position": point.position, "rate": point.rate, "highlight": True}
            for point in found.points
        ]
    )
    curve = pd.DataFrame([{"inhabitants": size, **vars(at)} for size, at in found.curve[::20]])
    drawn = funnel_chart(points, curve=curve, rate=found.rate, lead=lambda at: f"avvikelser?{at}")
    assert list(drawn.data[-1].customdata) == [f"avvikelser?{at}" for at in points["place"]]
    texts = [label.text for label in drawn.layout.annotations]
    assert any('href="avvikelser?Partille"' in text for text in texts)
