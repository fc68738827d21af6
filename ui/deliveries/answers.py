"""What came of something that was done, told once the page has been drawn anew."""

from collections.abc import Sequence

import streamlit as st

from ui import address
from ui.deliveries import in_force
from ui.deliveries.intake import Answer
from ui.layout import plain

_KEPT = "answers"


def tell(answers: Sequence[Answer], *, at: str = "") -> None:
    """Keep the answers and draw the page anew; the pages show the newest that was published.

    `at` names the part of the page where they are told: what was pressed far down is not looked for
    at the top.
    """
    for answer in sorted(answers, key=lambda one: one.period or ""):
        if answer.done and answer.period:
            address.show_published(answer.period)
    key = f"{_KEPT}{at}"
    st.session_state[key] = [*st.session_state.get(key, []), *answers]
    st.rerun()


def told(at: str = "") -> frozenset[str]:
    """Show the answers that were kept, once: what was published on one card a dataset, with what is
    in force of it.

    Gives the names of the files that were published.
    """
    answers = st.session_state.pop(f"{_KEPT}{at}", [])
    if not at:
        return _shown(answers)
    if answers:
        # Named for hands.js, which brings it into sight.
        with st.container(key=f"told-{at}"):
            _shown(answers)
    return frozenset()


def _shown(answers: Sequence[Answer]) -> frozenset[str]:
    published: dict[str, list[Answer]] = {}
    for answer in answers:
        if answer.done and answer.dataset and answer.period:
            published.setdefault(answer.dataset, []).append(answer)
        elif answer.done:
            st.success(plain(answer.text), icon=":material/check:")
        else:
            st.error(plain(answer.text), icon=":material/error:")
    for dataset, done in published.items():
        period = max(answer.period or "" for answer in done)
        in_force.card(dataset, period, done=[answer.text for answer in done])
    return frozenset(answer.file for done in published.values() for answer in done)
