"""Municipalities as bars: grouped by area, on one scale, each leading to its own page."""

import pandas as pd

from charts.markup.bars import bars_html

ROWS = pd.DataFrame(
    {
        "place": ["1402", "1480", "1490", "1407"],
        "name": ["Partille", "Göteborg", "<Borås>", "Öckerö"],
        "value": [0.8, 0.4, 0.6, None],
        "status": ["ok", "partial", "ok", "confidential"],
        "point_type": pd.Series(
            ["special_cause_concern", None, "common_cause", None], dtype=object
        ),
    }
)


def drawn(rows: pd.DataFrame = ROWS) -> str:
    return bars_html(
        rows,
        areas={"goteborg": 0.61, "sodra-alvsborg": None},
        mark=0.5,
        decimals=2,
        lead=lambda code: f"manad?omrade={code}",
    )


def test_areas_come_in_their_order_with_their_own_values() -> None:
    shown = drawn()
    assert shown.index("Göteborgsområdet") < shown.index("Partille") < shown.index("Göteborg<")
    assert shown.index("Öckerö") < shown.index("Södra Älvsborg") < shown.index("&lt;Borås&gt;")
    assert 'Göteborgsområdet</a> <span class="number">0,61</span>' in shown
    assert '<a class="go" href="manad?omrade=1480">Göteborg</a>' in shown


def test_signals_are_named_and_what_is_hidden_or_incomplete_is_said() -> None:
    shown = drawn()
    assert '<i class="special_cause_concern"' in shown and "Försämring" in shown
    assert "skyddad uppgift" in shown and "ofullständig" in shown


def test_one_far_away_is_cut_off_and_it_is_said() -> None:
    many = pd.concat([ROWS.iloc[[2]]] * 40 + [ROWS.iloc[[2]].assign(value=9.0)])
    assert "Staplarna slutar vid 0,66." in drawn(many)
    assert "width: 100.0%" in drawn(many)
