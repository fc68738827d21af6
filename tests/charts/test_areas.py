from collections.abc import Callable

import pandas as pd

from charts.areas import area_chart
from charts.drawn import Drawn


def test_looks_as_stored(
    points: pd.DataFrame, same_as_stored: Callable[[Drawn, str], None]
) -> None:
    same_as_stored(area_chart(points, unit="dagar", decimals=2, ceiling=2.0), "area")


def test_scale_is_the_one_given(points: pd.DataFrame) -> None:
    drawn = area_chart(points, unit="dagar", decimals=2, ceiling=2.0)
    assert tuple(drawn.layout.yaxis.range) == (0, 2.0)


def test_a_single_month_is_named_once(points: pd.DataFrame) -> None:
    drawn = area_chart(points.iloc[-1:], unit="dagar", decimals=2, ceiling=2.0)
    assert [text.text for text in drawn.layout.annotations] == ["apr 2020"]


def test_latest_point_is_the_largest(points: pd.DataFrame) -> None:
    sizes = area_chart(points, unit="dagar", decimals=2, ceiling=2.0).data[-1].marker.size
    assert max(sizes) == sizes[-1]
    assert sizes[-1] > sizes[-2]
