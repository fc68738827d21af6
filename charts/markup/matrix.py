"""From whom to whom: counts in a grid, shaded by size and readable as the table it is."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from charts import theme
from charts.markup.cells import number
from charts.markup.templating import rendered

# The strongest shade leaves the text on it more than 7:1.
_STRONGEST = 0.36


@dataclass(frozen=True)
class _Cell:
    text: str
    is_zero: bool
    tint: str


def matrix_html(
    grid: pd.DataFrame,
    *,
    statuses: pd.DataFrame,
    caption: str,
    total: str,
    leads: Mapping[str, str],
) -> str:
    """A table with a row for each sender and a column for each receiver, in the orders given.

    `grid`: senders as index, receivers as columns, counts (NaN where not known); the row and the
    column called `total` are set apart and not shaded. `statuses` has the same shape and says why
    a count is not known. `leads` has the address that each of those with a page leads to, by name.
    """
    highest = float(grid.drop(index=total, columns=total, errors="ignore").max().max())
    rows = [
        (
            str(sender),
            [
                _cell(
                    float(grid.loc[sender, receiver]),
                    str(statuses.loc[sender, receiver]),
                    highest=0.0 if total in (sender, receiver) else highest,
                )
                for receiver in grid.columns
            ],
        )
        for sender in grid.index
    ]
    heads = [str(receiver) for receiver in grid.columns]
    return rendered("matrix", caption=caption, heads=heads, rows=rows, total=total, leads=leads)


def _cell(value: float, status: str, *, highest: float) -> _Cell:
    tint = _tint(value / highest) if value > 0 and highest > 0 else ""
    return _Cell(number(value, status, 0), is_zero=value == 0, tint=tint)


def _tint(share: float) -> str:
    """The accent, as strong as the share of the highest count."""
    red, green, blue = (int(theme.ACCENT[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {share * _STRONGEST:.2f})"
