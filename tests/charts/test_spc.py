from collections.abc import Callable

import pandas as pd
import pytest

from charts import theme
from charts.drawn import Drawn
from charts.spc import spc_chart

TEXT = [theme.INK, theme.MUTED, theme.ACCENT, theme.IMPROVEMENT, theme.DETERIORATION]
EVENTS = pd.DataFrame(
    {
        "date": ["2019-06-21", "2020-01-01", "2020-04-01"],
        "text": [
            "Midsommarhelgen problematisk på vissa håll",
            "Psykiatri: betalningsansvar efter 7 kalenderdagar",
            "Samma regler för psykiatri och somatik",
        ],
    }
)


def texts(figure: Drawn) -> list[str]:
    return [annotation.text for annotation in figure.layout.annotations]


def test_looks_as_stored(
    points: pd.DataFrame, same_as_stored: Callable[[Drawn, str], None]
) -> None:
    drawn = spc_chart(
        points, unit="dagar", decimals=2, target=3.0, target_text="Gräns 3,0", events=EVENTS
    )
    same_as_stored(drawn, "spc")


def test_signals_differ_from_chance_in_colour_and_in_shape(points: pd.DataFrame) -> None:
    marker = spc_chart(points, unit="dagar", decimals=2).data[-1].marker
    chance, concern, improvement = 0, 3, 13
    assert len({marker.color[chance], marker.color[concern], marker.color[improvement]}) == 3
    assert len({marker.symbol[chance], marker.symbol[concern], marker.symbol[improvement]}) == 3


def test_a_missing_month_is_a_gap_and_not_a_zero(points: pd.DataFrame) -> None:
    line = spc_chart(points, unit="dagar", decimals=2).data[-1]
    assert pd.isna(line.y[5])
    assert len(line.x) == 14


def test_an_incomplete_month_is_hollow_and_says_so(points: pd.DataFrame) -> None:
    status = ["ok"] * 13 + ["partial"]
    line = spc_chart(points.assign(status=status), unit="dagar", decimals=2).data[-1]
    assert line.marker.symbol[13] == "circle-open"
    assert "circle-open" not in line.marker.symbol[:13]
    assert "ofullständigt underlag" in line.hovertext[13]
    drawn = spc_chart(points.assign(status=status), unit="dagar", decimals=2)
    assert "<b>● 0,50*</b>" in texts(drawn)


def test_lines_and_runs_are_named_where_they_stand(points: pd.DataFrame) -> None:
    named = texts(spc_chart(points, unit="dagar", decimals=2, target=3.0, target_text="Gräns 3,0"))
    assert {"undre 0,30", "medel 0,75", "övre 1,20", "<b>● 0,50</b>"} <= set(named)
    assert "■ Försämring" in named
    assert "◆ Förbättring" in named


def test_preliminary_limits_are_dashed_and_said_to_be_so(points: pd.DataFrame) -> None:
    drawn = spc_chart(points.assign(preliminary=True), unit="dagar", decimals=2)
    assert drawn.data[1].line.dash == "dash"
    assert "prel. övre 1,20" in texts(drawn)


def test_without_limits_no_limits_are_named(points: pd.DataFrame) -> None:
    single = points.iloc[-1:].assign(lower=float("nan"), upper=float("nan"), point_type=None)
    drawn = spc_chart(single, unit="dagar", decimals=2, target=3.0, target_text="Gräns 3,0")
    assert texts(drawn) == ["<b>Gräns 3,0</b> ↑ utanför bilden", "<b>● 0,50</b>"]
    low, top = drawn.layout.yaxis.range
    assert low < 0.5 < top
    assert top - low > 0.06  # in hundredths, with six numbers along it


def test_the_axis_is_scaled_to_the_points_and_a_target_far_away_is_said_at_the_edge(
    points: pd.DataFrame,
) -> None:
    drawn = spc_chart(points, unit="dagar", decimals=2, target=3.0, target_text="Gräns 3,0")
    assert drawn.layout.yaxis.range[1] < 2
    assert "<b>Gräns 3,0</b> ↑ utanför bilden" in texts(drawn)
    assert all(3.0 not in (line.y or ()) for line in drawn.data)
    higher = points.assign(value=points["value"] + 5, lower=5.3, mean=5.75, upper=6.2)
    assert spc_chart(higher, unit="dagar", decimals=2).layout.yaxis.range[0] > 4.5
    near = spc_chart(points, unit="dagar", decimals=2, target=1.9, target_text="Gräns 1,9")
    assert "<b>Gräns 1,9</b>" in texts(near)
    assert near.layout.yaxis.range[1] > 1.9


def test_each_event_has_a_row_of_its_own_and_later_lines_stop_below_earlier_texts(
    points: pd.DataFrame,
) -> None:
    drawn = spc_chart(points, unit="dagar", decimals=2, events=EVENTS)
    tops = [shape.y1 for shape in drawn.layout.shapes]
    assert len(set(tops)) == 3
    by_date = {shape.x0: shape.y1 for shape in drawn.layout.shapes}
    assert by_date["2020-01-01"] < by_date["2020-04-01"] < by_date["2019-06-21"]


def test_hover_and_months_are_swedish(points: pd.DataFrame) -> None:
    drawn = spc_chart(points, unit="dagar", decimals=2)
    assert drawn.data[-1].hovertext[3] == "<b>juni 2019</b><br>1,60\u00a0dagar<br>Försämring"
    assert drawn.layout.xaxis.ticktext[-1] == "apr<br>2020"
    assert drawn.layout.separators == ",\u00a0"


def test_a_text_with_markup_in_it_is_shown_as_it_is(points: pd.DataFrame) -> None:
    events = pd.DataFrame({"date": ["2019-06-21"], "text": ["<b>Ny</b> regel"]})
    assert "&lt;b&gt;Ny&lt;/b&gt; regel" in texts(
        spc_chart(points, unit="dagar", decimals=2, events=events)
    )


@pytest.mark.parametrize("color", TEXT)
def test_text_has_contrast(color: str) -> None:
    assert contrast(color, theme.PAPER) >= 4.5


@pytest.mark.parametrize("color", [theme.CHANCE, theme.QUIET])
def test_graphics_have_contrast(color: str) -> None:
    assert contrast(color, theme.PAPER) >= 3


def contrast(first: str, second: str) -> float:
    """WCAG 2.1, 1.4.3: relative luminances of two #rrggbb."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(color: str) -> float:
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
