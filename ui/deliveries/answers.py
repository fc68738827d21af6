"""What came of something that was done, told once the page has been drawn anew."""

from collections.abc import Sequence

import streamlit as st

from ui import address
from ui.deliveries import in_force
from ui.deliveries.intake import Answer
from ui.layout import plain

_KEPT = "answers"


def tell(answers: Sequence[Answer]) -> None:
    """Keep the answers and draw the page anew; the pages show the newest that was published."""
    for answer in sorted(answers, key=lambda one: one.period or ""):
        if answer.done and answer.period:
            address.show_published(answer.period)
    st.session_state[_KEPT] = [*st.session_state.get(_KEPT, []), *answers]
    st.rerun()


def told() -> None:
    """Show the answers that were kept, once, and what is in force of what was published."""
    published: dict[str, str] = {}
    for answer in st.session_state.pop(_KEPT, []):
        if answer.done:
            st.success(plain(answer.text), icon=":material/check:")
        else:
            st.error(plain(answer.text), icon=":material/error:")
        if answer.done and answer.dataset and answer.period:
            newest = published.get(answer.dataset, "")
            published[answer.dataset] = max(newest, answer.period)
    for dataset, period in published.items():
        in_force.card(dataset, period)
