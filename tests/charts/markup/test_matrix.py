import pandas as pd
import pytest

from charts.markup.matrix import matrix_html


@pytest.fixture
def markup() -> str:
    grid = pd.DataFrame(
        [[8, 0, 8], [2, None, 2], [10, 0, 10]],
        index=["Borås", "<SÄS>", "Summa"],
        columns=["SÄS", "Närhälsan", "Summa"],
        dtype="float64",
    )
    statuses = pd.DataFrame("ok", index=grid.index, columns=grid.columns)
    statuses.loc["<SÄS>", "Närhälsan"] = "confidential"
    return matrix_html(
        grid,
        statuses=statuses,
        caption="Från vem till vem",
        total="Summa",
        leads={"Borås": "avvikelser?omrade=1490"},
    )


def test_it_is_a_table_with_headed_rows_and_columns(markup: str) -> None:
    assert "<caption>Från vem till vem</caption>" in markup
    assert '<th scope="row">&lt;SÄS&gt;</th>' in markup
    assert '<a class="go" href="avvikelser?omrade=1490">Borås</a>' in markup
    assert '<th scope="col" class="number">Närhälsan</th>' in markup


def test_cells_are_shaded_by_their_count_and_sums_are_not(markup: str) -> None:
    assert '<td class="number" style="background: rgba(15, 91, 99, 0.36)">8</td>' in markup
    assert '<td class="number" style="background: rgba(15, 91, 99, 0.09)">2</td>' in markup
    assert '<td class="number">10</td>' in markup


def test_nothing_and_not_known_are_told_apart(markup: str) -> None:
    assert '<td class="number nothing">0</td>' in markup
    assert '<td class="number">..</td>' in markup
