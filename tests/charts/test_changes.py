"""The chart of what a new version changes."""

from collections.abc import Callable

import pandas as pd
import pytest

from charts.changes import changes_chart
from charts.drawn import Drawn


@pytest.fixture
def rows() -> pd.DataFrame:
    columns = ["name", "period", "new", "changed", "lost", "unchanged"]
    return pd.DataFrame(
        [
            ("Utskrivna", "2019-12", 0, 2, 1, 5),
            ("Utskrivna", "2020-01", 8, 0, 0, 0),
            ("Dagar <b>", "2020-01", 3, 0, 0, 0),
        ],
        columns=columns,
    )


def test_looks_as_stored(rows: pd.DataFrame, same_as_stored: Callable[[Drawn, str], None]) -> None:
    same_as_stored(changes_chart(rows), "changes")


def test_each_indicator_is_named_and_markup_in_a_name_is_text(rows: pd.DataFrame) -> None:
    names = [text.text for text in changes_chart(rows).layout.annotations]
    assert names == ["Utskrivna", "Dagar &lt;b&gt;"]


def test_every_kind_is_explained_once(rows: pd.DataFrame) -> None:
    shown = [bar.name for bar in changes_chart(rows).data if bar.showlegend]
    assert shown == ["Nya", "Ändrade", "Borttagna", "Oförändrade"]
