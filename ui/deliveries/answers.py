"""What came of something that was done, told once the page has been drawn anew."""

from collections.abc import Sequence

import streamlit as st

from ui.deliveries.intake import Answer

_KEPT = "answers"


def tell(answers: Sequence[Answer]) -> None:
    """Keep the answers and draw the page anew."""
    st.session_state[_KEPT] = [*st.session_state.get(_KEPT, []), *answers]
    st.rerun()


def told() -> None:
    """Show the answers that were kept, once."""
    for answer in st.session_state.pop(_KEPT, []):
        if answer.done:
            st.success(answer.text, icon=":material/check:")
        else:
            st.error(answer.text, icon=":material/error:")
