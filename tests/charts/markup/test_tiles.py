import pandas as pd
import pytest

import reference
from charts import theme
from charts.markup.tiles import short_names, tiles_html

STEPS = pd.DataFrame({"shade": [1, 5], "low": [0.5, 1.25], "high": [0.5, 3.2]})


@pytest.fixture
def rows() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "place": ["1402", "1480", "1481", "1407"],
            "name": ["Partille", "Göteborg", "<b>Mölndal", "Öckerö"],
            "value": [3.2, 0.5, None, None],
            "status": ["ok", "partial", "confidential", "missing"],
            "shade": [5, 1, 0, 0],
            "highlight": [True, False, False, False],
            "tile_col": [3, 2, 2, 1],
            "tile_row": [7, 7, 8, 7],
        }
    )


def drawn(rows: pd.DataFrame) -> str:
    return tiles_html(
        rows, steps=STEPS, unit="dagar", decimals=2, lead=lambda code: f"manad?omrade={code}"
    )


def test_each_tile_lies_where_its_municipality_does(rows: pd.DataFrame) -> None:
    assert '<li class="shade-5 chosen" style="grid-column: 4; grid-row: 8">' in drawn(rows)
    assert drawn(rows).index("Öckerö") < drawn(rows).index("Göteborg") < drawn(rows).index("Mölnd")


def test_numbers_stand_in_the_tiles_and_what_is_missing_has_its_sign(rows: pd.DataFrame) -> None:
    shown = drawn(rows)
    for number in ("3,20", "0,50*", "..", "–"):
        assert f'<span class="number">{number}</span>' in shown
    assert ".. skyddad uppgift" in shown
    assert "signs" not in drawn(rows.iloc[:1])


def test_names_are_text_and_no_markup(rows: pd.DataFrame) -> None:
    assert "&lt;b&gt;Mölndal" in drawn(rows)


def test_the_key_says_what_the_shades_span(rows: pd.DataFrame) -> None:
    assert '<li class="shade-1">0,50</li><li class="shade-5">1,25–3,20</li>' in drawn(rows)


def test_where_all_are_chosen_none_is_outlined(rows: pd.DataFrame) -> None:
    assert "chosen" not in drawn(rows.assign(highlight=True))


def test_short_names_tell_the_municipalities_apart() -> None:
    short = short_names([home.name for home in reference.municipalities()])
    assert len(set(short.values())) == 49
    assert max(map(len, short.values())) <= 5
    assert (short["Göteborg"], short["Mark"], short["Borås"]) == ("Göteb", "Mark", "Bor")


def luminance(color: str) -> float:
    """The relative luminance of WCAG 2.1."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("shade", theme.SHADES)
def test_text_on_every_shade_holds_four_and_a_half_to_one(shade: str) -> None:
    assert (luminance(shade) + 0.05) / (luminance(theme.INK) + 0.05) >= 4.5


def test_shades_go_from_light_to_dark() -> None:
    found = [luminance(shade) for shade in theme.SHADES]
    assert found == sorted(found, reverse=True)


def test_each_tile_leads_to_its_municipality(rows: pd.DataFrame) -> None:
    assert '<a class="go" href="manad?omrade=1480">' in drawn(rows)
