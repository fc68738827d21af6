from collections.abc import Callable
from itertools import pairwise

import pandas as pd
import pytest

from charts.drawn import Drawn
from charts.lines import lines_chart

NAN = float("nan")


@pytest.fixture
def values() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Göteborg": [0.6, 0.7, 0.7, 0.72],
            "Mölndal": [0.9, NAN, 0.8, 0.73],
            "Öckerö": [1.5, 0.2, 0.9, NAN],
            "Västra Götaland": [0.7, 0.7, 0.7, 0.71],
        },
        index=["2025-11", "2025-12", "2026-01", "2026-02"],
    )


def drawn(values: pd.DataFrame) -> Drawn:
    return lines_chart(values, unit="dagar", decimals=2)


def test_looks_as_stored(
    values: pd.DataFrame, same_as_stored: Callable[[Drawn, str], None]
) -> None:
    same_as_stored(drawn(values), "lines")


def test_every_line_is_named_at_its_end(values: pd.DataFrame) -> None:
    names = [text.text for text in drawn(values).layout.annotations]
    assert "● Göteborg<br><b>0,72</b>" in names
    assert "◆ Öckerö<br><b>–</b>" in names
    assert "Västra Götaland<br><b>0,71</b>" in names


def test_names_keep_apart_and_within_the_plot(values: pd.DataFrame) -> None:
    figure = drawn(values)
    heights = sorted(text.y for text in figure.layout.annotations)
    low, top = figure.layout.yaxis.range
    step = 36 * (top - low) / 330
    gaps = [after - before for before, after in pairwise(heights)]
    assert min(gaps) >= step - 1e-9
    assert heights[-1] <= top


def test_no_line_has_the_colours_that_mean_better_or_worse(values: pd.DataFrame) -> None:
    colors = {line.line.color for line in drawn(values).data}
    assert len(colors) == 4
    assert not colors & {"#1f6cb0", "#bf4f0b"}


@pytest.mark.parametrize("periods", [["2020-K1", "2020-K2"], ["2019", "2020"], ["2026-02"]])
def test_quarters_years_and_a_single_period_are_drawn(periods: list[str]) -> None:
    figure = drawn(pd.DataFrame({"Ale": [1.0] * len(periods)}, index=periods))
    assert len(figure.data) == 1
