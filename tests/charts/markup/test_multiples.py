import re
from urllib.parse import unquote

import pandas as pd
import pytest

from charts.markup.multiples import multiples_html
from metrics.catalogue import indicator
from views.courses.panels import Panels

NAN = float("nan")


@pytest.fixture
def shown() -> Panels:
    series = {"1480": [1.0, NAN, 2.0, 4.0], "1481": [NAN, NAN, NAN, NAN]}
    return Panels(
        indicator=indicator("mean_days"),
        values=pd.DataFrame(series, index=["2025-11", "2025-12", "2026-01", "2026-02"]),
        rows=pd.DataFrame(
            {
                "place": ["1480", "1481"],
                "name": ["Göteborg", "Mölndal"],
                "area": ["goteborg", "simba"],
                "area_name": ["Göteborgsområdet", "SIMBA"],
                "value": [4.0, NAN],
                "status": ["ok", "missing"],
            }
        ),
        against=pd.Series([1.0, 1.0, 1.0, 1.0]),
        ceiling=2.0,
        beyond=1,
    )


def courses(markup: str) -> list[str]:
    """The lines of every picture, as SVG writes them."""
    return re.findall(r"<path d='([^']*)'", unquote(markup))


def test_each_municipality_has_a_panel_with_its_name_and_value(shown: Panels) -> None:
    markup = multiples_html(shown, by_area=False)
    assert markup.count("<li>") == 2
    assert '>Göteborg</a></span> <span class="number">4,00</span>' in markup
    assert '>Mölndal</a></span> <span class="number">–</span>' in markup
    assert "group" not in markup


def test_areas_are_named_where_panels_come_by_area(shown: Panels) -> None:
    markup = multiples_html(shown, by_area=True)
    assert markup.index("Göteborgsområdet</a>") < markup.index("Göteborg</a></span>")
    assert markup.index("SIMBA") < markup.index("Mölndal")


def test_a_gap_breaks_the_line_and_what_is_too_high_is_cut_off(shown: Panels) -> None:
    _, against, own, end, *_ = courses(multiples_html(shown, by_area=False))
    assert against.count("M") == 1
    assert own.count("M") == 2
    assert own.endswith("L196.0 4.0")
    assert end == "M196.0 4.0h0"


def test_pictures_fetch_nothing(shown: Panels) -> None:
    sources = re.findall(r'src="([^"]*)"', multiples_html(shown, by_area=False))
    assert len(sources) == 2
    assert all(source.startswith("data:image/svg+xml,") for source in sources)


def test_without_a_common_scale_each_panel_has_its_own(shown: Panels) -> None:
    alone = Panels(shown.indicator, shown.values, shown.rows, None, None, 0)
    _, own, _, *_ = courses(multiples_html(alone, by_area=False))
    assert own.startswith("M4.0 40.0")
    assert own.endswith("L196.0 4.0")
