"""The parts that pages are laid out with: their look, a figure with its table, an empty page."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import streamlit as st

from charts import theme
from charts.columns import TableColumn
from charts.drawn import Drawn
from charts.markup import tables
from charts.rows import AbsentRow, LoadedRow, rows_of
from metrics.catalogue import Indicator
from metrics.datasets import datasets, name_of
from swedish.periods import period_name
from ui.shown.figures import Figure
from views.trend import Trend

ICON = Path(theme.__file__).with_name("icon.svg")
"""The mark in the browser's tab: a file of our own, since an icon by name is fetched."""
MARK = ICON.with_name("mark.svg")
"""The mark with the name, at the head of every page."""
# A sentence ends where the next begins with a capital letter.
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])")


def titled(text: str) -> None:
    """The page's title: the first sentence of what it says; the rest stands below it."""
    first, *rest = _SENTENCES.split(text.strip(), maxsplit=1)
    st.html(tables.title_html(first.removesuffix("."), lead="".join(rest)))


def finding(text: str) -> None:
    """What the figures below say, in words."""
    st.html(tables.finding_html(text))


def points(texts: Sequence[str], *, otherwise: str) -> None:
    """What there is to say, one thing a line, or `otherwise` where there is nothing."""
    if not texts:
        finding(otherwise)
        return
    st.html(tables.points_html(texts))


def figure(
    drawn: Drawn,
    *,
    key: str,
    alt: str,
    rows: pd.DataFrame,
    columns: Sequence[TableColumn],
    caption: str,
    about: Indicator | None = None,
) -> None:
    """A figure with `alt` for those who do not see it and its numbers one click away.

    Without rows there is nothing to draw, and the finding beside it has said so.
    """
    if rows.empty:
        return
    made = Figure(alt, tables.table_html(rows, columns, caption=caption), about, drawn=drawn)
    shown(made, key=key)


def shown(made: Figure | None, *, key: str, more: Callable[[], None] | None = None) -> None:
    """A finished figure with its numbers one click away; nothing where there is none.

    What `more` shows stands beside the numbers.
    """
    if made is None:
        return
    with st.container(key=f"figure-{key}"):
        if made.drawn is None:
            st.html(tables.group_html(made.markup, alt=made.alt))
        else:
            st.plotly_chart(made.drawn, key=key, alt=made.alt, theme=None, config=theme.CONFIG)
        with beneath(key):
            with st.expander("Visa siffrorna som tabell", key=f"{key}-table"):
                st.html(made.table)
            st.html(tables.take_html(made.about))
            if more is not None:
                more()


@contextmanager
def beneath(key: str) -> Iterator[None]:
    """What can be opened below the figure called `key`, side by side while it is closed."""
    with st.container(horizontal=True, key=f"below-{key}"):
        yield


@contextmanager
def on_demand(label: str, *, key: str, begun: bool = False) -> Iterator[bool]:
    """A part that is closed unless `begun`: whether it has been opened, before which nothing in it
    is made.

    What has been written in it stays, also when it is closed again.
    """
    # Not by `expanded`: with it the part is another one once something is begun, and what is being
    # written in it at that moment is lost.
    if begun and key not in st.session_state:
        st.session_state[key] = True
    part = st.expander(label, key=key, on_change="rerun")
    made = f"{key}-made"
    if part.open:
        st.session_state[made] = True
    with part:
        yield bool(st.session_state.get(made))


def incomplete(shown: Trend, *, missing: pd.DataFrame) -> None:
    """Say of a month that is not whole how much has been reported, and whose report is missing.

    `missing` as from `summary.not_reported`.
    """
    if shown.status != "partial":
        return
    who = "; ".join(f"{row.missing} ({row.area})" for row in rows_of(missing, AbsentRow))
    caption(f"* {shown.completeness} Saknas eller ofullständig: {who}.")


def caption(text: str) -> None:
    """How to read what stands above."""
    st.html(tables.signs_html(text))


def freshness(loaded: pd.DataFrame) -> None:
    """Per dataset when it was loaded and how far it reaches, or that it is missing.

    `loaded` as `loaded.freshness`.
    """
    rows = [
        {
            "name": name_of(row.dataset),
            "last": period_name(row.last_period),
            "file": row.file,
            "day": f"{row.loaded_at:%Y-%m-%d}",
        }
        for row in rows_of(loaded, LoadedRow)
    ]
    there = set(loaded["dataset"])
    rows += [
        {"name": one.name, "last": "saknas", "file": "", "day": ""}
        for one in datasets().values()
        if one.writing and one.key not in there
    ]
    columns = [
        TableColumn("name", "Uppgifter"),
        TableColumn("last", "Till och med"),
        TableColumn("file", "Ur filen"),
        TableColumn("day", "Inläst"),
    ]
    table(pd.DataFrame(rows), columns, caption="Senast inlästa")


def table(rows: pd.DataFrame, columns: Sequence[TableColumn], *, caption: str) -> None:
    """A table that reads like one."""
    st.html(tables.table_html(rows, columns, caption=caption))


def to_report(kind: str, *, area: str, **period: str) -> None:
    """The way from a page to its hand-out, with the page's area and period."""
    st.page_link(
        "pages/briefing.py",
        label="Gör rapport av det här",
        icon=":material/description:",
        query_params={"rapport": kind, "omrade": area, **period},
    )


def definitions(chosen: Iterable[Indicator]) -> None:
    """How each measure is defined, one click away."""
    with st.expander("Så räknas måtten"):
        st.html(tables.definitions_html(chosen))


def plain(text: str) -> str:
    """Text that users wrote, which Markdown then shows as it is."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]()#+-.!|<>~$:" else c for c in text)
