"""The card after publishing: what is in force now, in numbers that people know, and where to go."""

from collections.abc import Sequence

import streamlit as st

import reference
from charts.markup.links import ASKED, COMPARE
from metrics.catalogue import of_dataset
from metrics.datasets import datasets, name_of
from reports.making import KINDS
from swedish.periods import grain_of, period_name
from ui import layout
from ui.destinations import file_of
from ui.layout import plain
from views.neighbours import area_of
from views.news import newest


def card(dataset: str, period: str, *, done: Sequence[str]) -> None:
    """Say what is in force of a dataset up to the period, and lead to its page and its report.

    `done` is what was published of it, in words.
    """
    name = period_name(period)
    with st.container(border=True, key=f"in-force-{dataset}"):
        st.subheader(f"{name_of(dataset)}: nu gäller {name}", anchor=False)
        for text in done:
            st.success(plain(text), icon=":material/check:")
        if said := newest.told(dataset, period=period):
            layout.finding(said)
        with st.container(horizontal=True, gap="medium"):
            page, grain = datasets()[dataset].page, grain_of(period)
            # What the reader has chosen before, also where nothing could be shown of it yet.
            chosen = area_of(st.session_state.get("omrade", reference.COUNTY))
            where = {"omrade": chosen, ASKED[grain]: period}
            measures = [one.key for one in of_dataset(dataset) if one.grain == grain]
            if page or measures:
                st.page_link(
                    file_of(page.path if page else COMPARE),
                    label=f"Öppna {name}",
                    icon=":material/arrow_forward:",
                    query_params=where if page else where | {"matt": measures[0]},
                )
            reports = [kind.path for kind in KINDS.values() if kind.dataset == dataset]
            if reports:
                st.page_link(
                    "pages/briefing.py",
                    label="Gör rapporten",
                    icon=":material/description:",
                    query_params=where | {"rapport": reports[0]},
                )
