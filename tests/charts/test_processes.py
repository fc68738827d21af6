from collections.abc import Callable

import pandas as pd
import pytest

from charts import theme
from charts.drawn import Drawn
from charts.processes import process_chart

QUARTERS = ["2020-K4", "2021-K1", "2021-K2"]
BREAKS = pd.DataFrame({"period": ["2021-K2"], "text": ["Enbart MedControl PRO"]})


@pytest.fixture
def drawn() -> Drawn:
    counts = pd.DataFrame(
        [
            ("Läkemedel", "2020-K4", 12.0, "ok"),
            ("Läkemedel", "2021-K1", None, "confidential"),
            ("Läkemedel", "2021-K2", 7.0, "partial"),
            ("Egenvård", "2020-K4", 0.0, "ok"),
            ("Egenvård", "2021-K2", None, "missing"),
        ],
        columns=["process", "period", "value", "status"],
    )
    return process_chart(counts, quarters=QUARTERS, chosen="2021-K2", breaks=BREAKS, lead=str)


def test_looks_as_stored(drawn: Drawn, same_as_stored: Callable[[Drawn, str], None]) -> None:
    same_as_stored(drawn, "processes")


def test_zero_unknown_and_confidential_are_told_apart(drawn: Drawn) -> None:
    assert [list(strip.text) for strip in drawn.data] == [["12", "..", "7"], ["0", "–"]]
    # A quarter that was not reported has no bar at all.
    assert [list(strip.x) for strip in drawn.data] == [[0, 1, 2], [0, 2]]


def test_a_bar_leads_to_its_quarter(drawn: Drawn) -> None:
    assert list(drawn.data[0].customdata) == QUARTERS


def test_the_chosen_quarter_is_marked_and_the_partial_hatched(drawn: Drawn) -> None:
    bars = drawn.data[0].marker
    assert list(bars.color) == [theme.QUIET, theme.QUIET, theme.ACCENT]
    assert list(bars.pattern.shape) == ["", "", "/"]


def test_the_break_stands_between_its_quarters(drawn: Drawn) -> None:
    (line,) = [shape for shape in drawn.layout.shapes if shape.line.dash == "dash"]
    assert line.x0 == line.x1 == 1.5
    assert "Enbart MedControl PRO" in [label.text for label in drawn.layout.annotations]


def test_all_strips_have_one_scale(drawn: Drawn) -> None:
    heights = [height for strip in drawn.data for height in strip.y]
    assert heights[2] / heights[0] == pytest.approx(7 / 12)
