"""Tables, lists and single lines as markup: the figures of a chart, and what stands around it."""

from collections.abc import Callable, Iterable, Sequence

import pandas as pd
from markupsafe import Markup

from charts.columns import TableColumn
from charts.markup.cells import NOT_KNOWN, SIGNS, has_gaps, is_date, is_zero, texts
from charts.markup.templating import rendered
from charts.rows import cells_of
from metrics.catalogue import Indicator
from swedish import typography

# More rows than this scroll under their head; fewer are all in sight, on a telephone too.
_LONG = 20
_PROTECTED = NOT_KNOWN["confidential"]
# What `ui/take.js` knows each way to take a figure along as, and what it is called.
_WAYS = (
    ("copy-picture", "Kopiera bilden"),
    ("save-png", "Spara som PNG"),
    ("save-svg", "Spara som SVG"),
    ("copy-numbers", "Kopiera talen"),
    ("save-numbers", "Spara talen som CSV"),
    ("copy-link", "Kopiera länken hit"),
)


def table_html(
    rows: pd.DataFrame,
    columns: Sequence[TableColumn],
    *,
    caption: str,
    lead: Callable[[str], str] | None = None,
) -> str:
    """A table with its caption, the first column heading the rows, and a key to the signs used.

    A column whose every value is protected is named below the table instead. Wider than the page
    it scrolls by itself, by touch and by keyboard, and so does a long one. A list of places is put
    in order by its heads, in the browser (`ui/order.js`). With `lead`, which gives the address that
    a row's `place` leads to, the names are links.
    """
    first, *others = columns
    told = [(column, texts(rows, column)) for column in others]
    kept = [(column, cells) for column, cells in told if set(cells) != {_PROTECTED}] or told
    names = typography.enumerate_words(
        [column.head for column, cells in told if (column, cells) not in kept]
    )
    body = [[(text, _look(text, column)) for text in cells] for column, cells in kept]
    return rendered(
        "table",
        caption=caption,
        is_long=len(rows) > _LONG,
        columns=[first, *(column for column, _ in kept)],
        names=texts(rows, first),
        rows=list(zip(*body, strict=True)) if body else [()] * len(rows),
        addresses=[lead(place) for place in rows["place"]] if lead else [],
        hidden=f"{names} är skyddade på alla rader." if names else "",
        # One row has no order.
        sorts=first.lists and len(rows) > 1,
        signs=SIGNS if has_gaps(rows) else "",
    )


def _look(text: str, column: TableColumn) -> str:
    """The class of a cell's markup."""
    if column.decimals is None:
        return "when" if is_date(text) else ""
    return "number nothing" if is_zero(text) else "number"


def list_html(lead: str, rows: pd.DataFrame, head: str, text: str) -> str:
    """A sentence that a list completes: for each row the column `head`, and its `text`."""
    return rendered("list", lead=lead, rows=cells_of(rows), head=head, text=text)


def definitions_html(indicators: Iterable[Indicator]) -> str:
    """Name, definition, caveats and source of each indicator."""
    return rendered("definitions", indicators=indicators)


def title_html(text: str, *, lead: str = "") -> str:
    """The page's title, and what stands below it."""
    return rendered("title", text=text, lead=lead)


def demo_html(text: str) -> str:
    """That what is shown is no real data."""
    return rendered("demo", text=text)


def signed_in_html(name: str, *, out: str) -> str:
    """Who has signed in, and where they sign out."""
    return rendered("signed_in", name=name, out=out)


def finding_html(text: str) -> str:
    """What figures say, in words."""
    return rendered("line", kind="finding", text=text, who="")


def signs_html(text: str) -> str:
    """How to read what stands above."""
    return rendered("line", kind="signs", text=text, who="")


def remark_html(text: str, *, who: str, kind: str = "") -> str:
    """What somebody has said, and who."""
    return rendered("line", kind=kind, text=text, who=who)


def points_html(texts: Iterable[str]) -> str:
    """What there is to bring up, one thing a line, in order."""
    return rendered("points", texts=texts)


def origin_html(lines: Iterable[str]) -> str:
    """Where a number comes from, line by line."""
    return rendered("origin", lines=lines)


def take_html(about: Indicator | None = None) -> str:
    """The ways to take a figure along, in the unit and from the source of the indicator that it is
    about; what they do is in the browser (`ui/take.js`)."""
    return rendered("take", ways=_WAYS, about=about)


def group_html(markup: str, *, alt: str) -> str:
    """Markup that is a figure, called `alt`; it is put in as it is, since a template made it."""
    return rendered("group", markup=Markup(markup), alt=alt)
