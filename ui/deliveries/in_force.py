"""The card after publishing: what is in force now, in numbers that people know, and where to go."""

from collections.abc import Mapping

import streamlit as st

import reference
from swedish.periods import period_name
from ui import layout
from views.news import newest

_PAGES: Mapping[str, tuple[str, str]] = {
    "discharges": ("pages/monthly.py", "period"),
    "deviations": ("pages/deviations.py", "kvartal"),
    "funds": ("pages/funds.py", "ar"),
}
_ELSEWHERE = "pages/compare.py"
_REPORTED = ("discharges", "deviations")


def card(dataset: str, period: str) -> None:
    """Say what is in force of a dataset up to the period, and lead to its page and its report."""
    name = period_name(period)
    with st.container(border=True, key=f"in-force-{dataset}"):
        st.subheader(f"Nu gäller {name}", anchor=False)
        if said := newest.told(dataset, period=period):
            layout.finding(said)
        with st.container(horizontal=True, gap="medium"):
            page, asked = _PAGES.get(dataset, (_ELSEWHERE, ""))
            where = {"omrade": reference.COUNTY} | ({asked: period} if asked else {})
            st.page_link(
                page,
                label=f"Öppna {name}",
                icon=":material/arrow_forward:",
                query_params=where,
            )
            if dataset in _REPORTED:
                kind = {"rapport": "quarterly"} if dataset == "deviations" else {}
                st.page_link(
                    "pages/briefing.py",
                    label="Gör rapporten",
                    icon=":material/description:",
                    query_params=where | kind,
                )
