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
