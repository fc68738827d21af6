from collections.abc import Callable

import pandas as pd
import pytest

from charts.drawn import Drawn
from charts.funds import amount_chart


@pytest.fixture
def drawn() -> Drawn:
    return amount_chart(
        pd.DataFrame(
            [
                ("Tilldelat", "Västra Götaland", 33_000_000.0, "lower", "amount"),
                ("De sex <områdena>", "", 10_000_000.0, "exact", "part"),
                ("Använt", "", None, "exact", "amount"),
                ("Ej redovisat", "", 3_000_000.0, "lower", "rest"),
            ],
            columns=["name", "detail", "value", "bound", "kind"],
        )
    )


def test_looks_as_stored(drawn: Drawn, same_as_stored: Callable[[Drawn, str], None]) -> None:
    same_as_stored(drawn, "funds")


def test_every_amount_stands_to_the_krona(drawn: Drawn) -> None:
    shown = (label.text.replace("\u00a0", " ") for label in drawn.layout.annotations)
    texts = [text for text in shown if text != "▶"]
    assert "<b>minst 33 000 000 kr</b>" in texts[0]
    assert any("De sex &lt;områdena&gt;  <b>10 000 000 kr</b>" in text for text in texts)
    assert any("Använt  <b>uppgift saknas</b>" in text for text in texts)


def test_a_lower_bound_has_an_open_end(drawn: Drawn) -> None:
    ends = [label.x for label in drawn.layout.annotations if label.text == "▶"]
    assert ends == [33_000_000, 3_000_000]


def test_nothing_to_draw_is_drawn_as_nothing() -> None:
    columns = ["name", "detail", "value", "bound", "kind"]
    assert not amount_chart(pd.DataFrame([], columns=columns)).data


def test_a_sum_far_beyond_the_others_is_given_in_words_alone() -> None:
    rows = [
        ("Tilldelat", "Västra Götaland", 33_000_000.0, "lower", "amount"),
        ("Får rekvirera", "8 NOSAM", 2_200_000.0, "exact", "amount"),
        ("Använt", "8 NOSAM", 629_500.0, "exact", "amount"),
    ]
    drawn = amount_chart(pd.DataFrame(rows, columns=["name", "detail", "value", "bound", "kind"]))
    assert [bar.x[0] for bar in drawn.data] == [2_200_000, 629_500]
    assert drawn.layout.xaxis.range[1] == 2_200_000
    said = drawn.layout.annotations[0].text
    assert "33\u00a0000\u00a0000" in said and "utan stapel" in said


def test_a_whole_is_said_and_its_parts_have_the_scale() -> None:
    rows = [
        ("Västra Götaland", "", 33_000_000.0, "lower", "whole"),
        ("Kommunalförbunden", "", 10_000_000.0, "exact", "part"),
        ("Göteborgsområdet", "", 4_200_000.0, "exact", "part"),
    ]
    drawn = amount_chart(pd.DataFrame(rows, columns=["name", "detail", "value", "bound", "kind"]))
    assert [bar.x[0] for bar in drawn.data] == [10_000_000, 4_200_000]
    assert drawn.layout.xaxis.range[1] == 10_000_000
    assert "staplarna visar delarna" in drawn.layout.annotations[0].text
