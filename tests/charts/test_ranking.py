from collections.abc import Callable

import pandas as pd
import pytest

from charts.drawn import Drawn
from charts.hospitals import hospital_chart
from charts.ranking import ranking_chart

NO_LINES = pd.DataFrame({"text": [], "value": [], "kind": []})
LINES = pd.DataFrame(
    {
        "text": ["Göteborgsområdet 0,78", "Västra Götaland 0,91", "Gräns 3,0"],
        "value": [0.78, 0.91, 3.0],
        "kind": ["place", "place", "target"],
    }
)


@pytest.fixture
def municipalities() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "name": ["Partille", "Göteborg", "Mölndal", "Härryda", "Öckerö"],
            "value": [3.2, 0.84, 0.71, None, None],
            "status": ["ok", "partial", "ok", "confidential", "missing"],
            "highlight": [True] * 5,
            "point_type": ["special_cause_concern", "common_cause", "common_cause", None, None],
        }
    )


@pytest.fixture
def hospitals() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "name": ["Sahlgrenska Universitetssjukhuset", "NU-sjukvården", "Sjukhusen i väster"],
            "value": [18.75, 4.0, None],
            "numerator": [1_234, 12, None],
            "denominator": [6_582, 300, None],
            "status": ["ok", "ok", "confidential"],
            "highlight": [True, False, False],
        }
    )


def texts(figure: Drawn) -> list[str]:
    return [annotation.text for annotation in figure.layout.annotations]


def test_ranking_looks_as_stored(
    municipalities: pd.DataFrame, same_as_stored: Callable[[Drawn, str], None]
) -> None:
    drawn = ranking_chart(municipalities, lines=LINES, unit="dagar", decimals=2)
    same_as_stored(drawn, "ranking")


def test_hospitals_look_as_stored(
    hospitals: pd.DataFrame, same_as_stored: Callable[[Drawn, str], None]
) -> None:
    same_as_stored(hospital_chart(hospitals, unit="procent", decimals=1), "hospitals")


def test_hospitals_lead_to_where_they_are_drawn_over_time(hospitals: pd.DataFrame) -> None:
    drawn = hospital_chart(hospitals, unit="procent", decimals=1, lead=lambda at: f"jamfor?{at}")
    assert list(drawn.data[0].customdata) == [f"jamfor?{name}" for name in hospitals["name"]]
    assert 'href="jamfor?NU-sjukvården"' in texts(drawn)[1]


def test_places_without_a_value_say_why(municipalities: pd.DataFrame) -> None:
    shown = texts(ranking_chart(municipalities, lines=NO_LINES, unit="dagar", decimals=2))
    assert "skyddad uppgift" in shown[3]
    assert "uppgift saknas" in shown[4]
    assert "<b>0,84</b> ofullständig" in shown


def test_signals_stand_beside_their_bar_in_words(municipalities: pd.DataFrame) -> None:
    shown = texts(ranking_chart(municipalities, lines=NO_LINES, unit="dagar", decimals=2))
    assert shown[0].startswith("<b>3,20</b>")
    assert "■ Försämring" in shown[0]
    assert "Slumpvariation" not in "".join(shown)


def test_lines_are_named_on_rows_of_their_own(municipalities: pd.DataFrame) -> None:
    drawn = ranking_chart(municipalities, lines=LINES, unit="dagar", decimals=2)
    assert {"Göteborgsområdet 0,78", "Västra Götaland 0,91", "Gräns 3,0"} <= set(texts(drawn))
    tops = [shape.y1 for shape in drawn.layout.shapes]
    assert sorted(tops, reverse=True) == tops
    assert len(set(tops)) == 3


def test_hospital_counts_stand_beside_the_share(hospitals: pd.DataFrame) -> None:
    bars = hospital_chart(hospitals, unit="procent", decimals=1).data[0]
    assert "18,8\u00a0%" in bars.text[0]
    assert "1\u00a0234 av 6\u00a0582" in bars.text[0]
    assert "skyddad uppgift" in bars.text[2]


def test_a_hidden_number_is_nowhere_in_the_figure(hospitals: pd.DataFrame) -> None:
    bars = hospital_chart(hospitals, unit="procent", decimals=1).data[0]
    assert bars.x[2] == 0
    assert "av" not in bars.text[2]
    assert "av" not in bars.hovertext[2].replace("i väster", "")


def test_names_and_bars_lead_to_the_places_chart(municipalities: pd.DataFrame) -> None:
    rows = municipalities.assign(place=[str(at) for at in range(len(municipalities))])
    drawn = ranking_chart(
        rows, lines=NO_LINES, unit="dagar", decimals=2, lead=lambda place: f"till?omrade={place}"
    )
    assert drawn.data[0].customdata[1] == "till?omrade=1"
    assert drawn.layout.yaxis.ticktext[1].startswith('<a href="till?omrade=1" target="_self"')


def test_a_bar_far_beyond_the_others_does_not_squeeze_them() -> None:
    rows = pd.DataFrame(
        {
            "name": [f"Kommun {at}" for at in range(30)],
            "value": [461.0, *(30.0 - at for at in range(29))],
            "status": "ok",
            "highlight": True,
            "point_type": None,
        }
    )
    drawn = ranking_chart(rows, lines=NO_LINES, unit="dagar", decimals=0)
    _, end = drawn.layout.xaxis.range
    assert 30 <= end < 46
    assert max(drawn.data[0].x) == end
    shown = texts(drawn)
    assert shown[0] == "<b>//</b>"
    assert f"Staplarna slutar vid {end:.0f}" in shown
    assert "<b>461</b>" in shown


def test_a_limit_beyond_the_scale_is_said_at_its_edge(municipalities: pd.DataFrame) -> None:
    calm = municipalities.assign(value=municipalities["value"].clip(upper=0.9))
    drawn = ranking_chart(calm, lines=LINES, unit="dagar", decimals=2)
    assert "<b>Gräns 3,0</b> → utanför bilden" in texts(drawn)
    assert drawn.layout.xaxis.range[1] < 1
