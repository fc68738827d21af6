"""From whom to whom: counts in a grid, shaded by size and readable as the table it is."""

from html import escape
from math import isnan

import pandas as pd

from charts import theme
from swedish import typography

_UNKNOWN = {"confidential": "..", "missing": typography.NO_VALUE}
# The strongest shade leaves the text on it more than 7:1.
_STRONGEST = 0.36


def matrix_html(grid: pd.DataFrame, *, statuses: pd.DataFrame, caption: str, total: str) -> str:
    """A table with a row for each sender and a column for each receiver, in the orders given.

    `grid`: senders as index, receivers as columns, counts (NaN where not known); the row and the
    column called `total` are set apart and not shaded. `statuses` has the same shape and says why
    a count is not known.
    """
    highest = grid.drop(index=total, columns=total, errors="ignore").max().max()
    name = escape(caption, quote=True)
    head = "".join(
        f'<th scope="col" class="number">{escape(str(receiver))}</th>' for receiver in grid.columns
    )
    body = "".join(
        f'<tr{_set_apart(sender, total)}><th scope="row">{escape(str(sender))}</th>'
        + "".join(
            _cell(
                float(grid.loc[sender, receiver]),
                str(statuses.loc[sender, receiver]),
                highest=0.0 if total in (sender, receiver) else float(highest),
            )
            for receiver in grid.columns
        )
        + "</tr>"
        for sender in grid.index
    )
    return (
        f'<div class="table matrix" role="region" aria-label="{name}" tabindex="0"><table>'
        f'<caption>{name}</caption><thead><tr><th scope="col">Från ↓ Till →</th>{head}</tr>'
        f"</thead><tbody>{body}</tbody></table></div>"
    )


def _cell(value: float, status: str, *, highest: float) -> str:
    if isnan(value):
        return f'<td class="number">{_UNKNOWN.get(status, typography.NO_VALUE)}</td>'
    if value == 0:
        return '<td class="number nothing">0</td>'
    shade = f' style="background: {_tint(value / highest)}"' if highest > 0 else ""
    return f'<td class="number"{shade}>{typography.number(value, 0)}</td>'


def _tint(share: float) -> str:
    """The accent, as strong as the share of the highest count."""
    red, green, blue = (int(theme.ACCENT[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {share * _STRONGEST:.2f})"


def _set_apart(sender: object, total: str) -> str:
    return ' class="total"' if sender == total else ""
